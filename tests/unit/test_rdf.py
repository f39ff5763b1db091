"""The RDF exports keep the graph contract, in rdflib and in bytes."""

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import mint_id, mint_iri
from kg.rdf import KG, prefixes, to_rdf, to_rdf_graph, trig_chunks, turtle_chunks, write_trig, write_turtle
from kg.rdf.terms import plain
from kg.rdf.turtle import TurtleWriter
from kg.resources import resource_path
from kg.schema import EntityKind, Modality, ObservationKind, RelationKind, Strength
from sample import sample_graph

PROV = "http://www.w3.org/ns/prov#"
ONTOLOGY = Graph().parse(resource_path("kg.ttl"))


@pytest.fixture(scope="module")
def rdf() -> Graph:
    return to_rdf_graph(sample_graph())


def iri(name: str) -> URIRef:
    return URIRef(mint_iri(mint_id("entity", name)))


def mixed(items: tuple[Any, ...], dice: random.Random) -> tuple[Any, ...]:
    return tuple(dice.sample(items, len(items)))


def shuffled(graph: KnowledgeGraph, seed: int) -> KnowledgeGraph:
    """Return the same graph with everything whose order means nothing in another order."""
    dice = random.Random(seed)
    return KnowledgeGraph(
        mixed(graph.articles, dice),
        MappingProxyType({key: graph.sentences[key] for key in mixed(tuple(graph.sentences), dice)}),
        mixed(tuple(replace(e, mentions=mixed(e.mentions, dice)) for e in graph.entities), dice),
        mixed(tuple(replace(r, statements=mixed(r.statements, dice)) for r in graph.edges), dice),
        mixed(graph.numbers, dice),
        mixed(graph.diagnostics, dice),
        MappingProxyType(dict(mixed(tuple(graph.settings.items()), dice))),
    )


def test_the_vocabulary_and_the_closed_namespace_name_the_same_terms() -> None:
    defined = {str(s) for s in ONTOLOGY.subjects() if str(s).startswith(str(KG)) and str(s) != str(KG)}
    named = {str(KG[name]) for name in KG.__annotations__ if not name.startswith("_")}
    assert defined == named


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_has_a_label_and_a_comment(language: str) -> None:
    for term in {s for s in ONTOLOGY.subjects() if str(s).startswith(str(KG)) and str(s) != str(KG)}:
        for predicate in (RDFS.label, RDFS.comment):
            assert [
                o for o in ONTOLOGY.objects(term, predicate) if getattr(o, "language", None) == language
            ], (term, predicate)


def test_the_vocabulary_holds_every_value_of_the_schema() -> None:
    for kind in EntityKind:
        assert (KG[kind.value], RDFS.subClassOf, KG.Entity) in ONTOLOGY
    for relation in RelationKind:
        assert (
            relation is RelationKind.RELATED_TO
            or (KG[relation.value], RDFS.subPropertyOf, KG.relatedTo) in ONTOLOGY
        )
        assert (KG[relation.value], RDFS.range, KG.Entity) in ONTOLOGY
    for values, of in (
        (Modality, KG.Modality),
        (Strength, KG.Strength),
        (ObservationKind, KG.ObservationKind),
    ):
        assert {str(s) for s in ONTOLOGY.subjects(RDF.type, of)} == {str(KG[value.value]) for value in values}


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError):
        KG.promote  # noqa: B018


def test_there_is_no_blank_node(rdf: Graph) -> None:
    assert not [node for triple in rdf for node in triple if isinstance(node, BNode)]


def test_an_entity_has_name_kind_aliases_codes_and_neighbours(rdf: Graph) -> None:
    place = iri("江苏")
    assert (place, RDF.type, KG.Place) in rdf
    assert (place, SKOS.prefLabel, Literal("江苏", lang="zh")) in rdf
    assert (place, SKOS.broader, iri("中国")) in rdf
    assert (iri("中国"), SKOS.altLabel, Literal("我国", lang="zh")) in rdf
    assert (place, SKOS.exactMatch, URIRef("https://www.wikidata.org/entity/Q16963")) in rdf
    scheme = URIRef(mint_iri(mint_id("scheme", "GB/T 2260")))
    assert (place, SKOS.notation, Literal("320000", datatype=scheme)) in rdf
    assert (place, SKOS.inScheme, scheme) in rdf


def test_an_article_has_its_metadata_and_text(rdf: Graph) -> None:
    graph = sample_graph()
    article = graph.articles[0]
    node = URIRef(mint_iri(article.id))
    assert (node, DCTERMS.title, Literal(article.title)) in rdf
    assert (node, DCTERMS.date, Literal("2024-03-12", datatype=XSD.date)) in rdf
    assert (node, KG.text, Literal(article.text)) in rdf
    assert {
        str(name) for a in rdf.objects(node, DCTERMS.creator) for name in rdf.objects(a, SKOS.prefLabel)
    } == {"王明", "李红"}
    dates = {o.datatype for o in rdf.objects(None, DCTERMS.date) if isinstance(o, Literal)}
    assert dates == {XSD.date, XSD.gYearMonth}


def test_an_author_who_is_an_entity_is_one_node() -> None:
    graph = sample_graph()
    first = replace(graph.articles[0], authors=("习近平",), publisher="江苏")
    nodes = to_rdf_graph(replace(graph, articles=(first, *graph.articles[1:])))
    article = URIRef(mint_iri(first.id))
    assert (article, DCTERMS.creator, iri("习近平")) in nodes
    # A publisher whose name is a place's stays an organization of its own: an entity has one kind.
    assert (article, DCTERMS.publisher, URIRef(mint_iri(mint_id("organization", "江苏")))) in nodes
    assert set(nodes.objects(iri("江苏"), RDF.type)) == {KG.Place}


def test_a_relation_stands_twice_unless_it_is_negated(rdf: Graph) -> None:
    graph = sample_graph()
    plain_triples = {
        (str(s), str(p), str(o)) for s, p, o in rdf if p in {KG[kind.value] for kind in RelationKind}
    }
    assert plain_triples == {
        (mint_iri(edge.subject_id), str(KG[edge.kind.value]), mint_iri(edge.object_id))
        for edge in graph.edges
        if not edge.is_negated
    }
    assert len(set(rdf.subjects(RDF.type, KG.Statement))) == sum(len(edge.statements) for edge in graph.edges)


def test_a_statement_says_how_where_and_who(rdf: Graph) -> None:
    [node] = set(rdf.subjects(RDF.subject, iri("习近平")))
    assert set(rdf.objects(node, RDF.type)) == {KG.Statement, RDF.Statement}
    assert rdf.value(node, RDF.predicate) == KG.advocates
    assert rdf.value(node, RDF.object) == iri("新质生产力")
    assert rdf.value(node, KG.cue) == Literal("强调")
    assert rdf.value(node, KG.action) == Literal("加快发展")
    assert rdf.value(node, KG.modality) == KG.Required
    assert rdf.value(node, KG.strength) == KG.Strong
    assert rdf.value(node, KG.negated) == Literal(False)
    assert rdf.value(node, KG.attributedTo) == iri("习近平")
    assert rdf.value(node, KG.confidence) == Literal(Decimal("0.9"))
    assert rdf.value(rdf.value(node, URIRef(f"{PROV}wasDerivedFrom")), KG.text) == Literal(
        "习近平强调，要加快发展新质生产力。"
    )


def test_an_observation_says_what_was_measured(rdf: Graph) -> None:
    [node] = set(rdf.subjects(KG.value, Literal(Decimal("5787.0"))))
    assert rdf.value(node, KG.indicator) == iri("人工智能核心产业规模")
    assert rdf.value(node, KG.unit) == Literal("亿元")
    assert rdf.value(node, KG.normalizedValue) == Literal(Decimal("578700000000.0"))
    assert rdf.value(node, KG.place) == iri("中国")
    assert rdf.value(node, KG.text) == Literal("5787亿元")
    assert {
        str(rdf.value(n, KG.observationKind)).rsplit("#")[-1] for n in rdf.subjects(RDF.type, KG.Observation)
    } == {
        "Actual",
        "Target",
        "Forecast",
    }


def test_offsets_can_be_checked_from_the_graph_alone(rdf: Graph) -> None:
    checked = 0
    for node in rdf.subjects(KG.inArticle):
        begin, end, text = rdf.value(node, KG.begin), rdf.value(node, KG.end), rdf.value(node, KG.text)
        if text is not None:
            whole = str(rdf.value(rdf.value(node, KG.inArticle), KG.text))
            assert whole[int(str(begin)) : int(str(end))] == str(text)
            checked += 1
    assert checked > 60


def test_each_article_has_its_named_graph_and_turtle_is_their_union() -> None:
    dataset = to_rdf(sample_graph())
    named = {str(g.identifier) for g in dataset.graphs() if str(g.identifier).startswith("https:")}
    assert named == {mint_iri(article.id) for article in sample_graph().articles}
    assert set(dataset.triples((None, None, None))) == set(to_rdf_graph(sample_graph()))
    promotes = (iri("科技创新"), KG.promotes, iri("产业升级"))
    assert len(list(dataset.quads(promotes))) == 2


def test_turtle_and_trig_read_back_as_the_same_graph_in_two_parsers(tmp_path: Path) -> None:
    write_turtle(sample_graph(), tmp_path / "g.ttl")
    write_trig(sample_graph(), tmp_path / "g.trig")
    assert isomorphic(Graph().parse(tmp_path / "g.ttl"), to_rdf_graph(sample_graph()))
    dataset = Dataset()
    dataset.parse(tmp_path / "g.trig")
    assert set(dataset.quads()) == set(to_rdf(sample_graph()).quads())
    quads = list(ox.parse(path=str(tmp_path / "g.trig")))
    assert len(quads) == len(set(quads)) == len(set(dataset.quads()))
    triples = list(ox.parse(path=str(tmp_path / "g.ttl")))
    assert len(triples) == len(set(triples)) == len(to_rdf_graph(sample_graph()))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_input_does_not_show_in_the_bytes(seed: int) -> None:
    graph, other = sample_graph(), shuffled(sample_graph(), seed)
    assert "".join(trig_chunks(graph)) == "".join(trig_chunks(other))
    assert "".join(turtle_chunks(graph)) == "".join(turtle_chunks(other))


def test_nothing_in_the_export_tells_the_time() -> None:
    text = "".join(trig_chunks(sample_graph()))
    assert set(re.findall(r"\b20[23]\d-\d\d-\d\d\b", text)) == {"2024-03-12"}


def test_files_are_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    write_trig(sample_graph(), tmp_path / "g.trig")
    data = (tmp_path / "g.trig").read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "entity:新质生产力".encode() in data


@pytest.mark.parametrize("base", ["example.org", "https://example.org/id", "https://example.org/a b/", ""])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="base IRI"):
        to_rdf(sample_graph(), base=base)


def test_another_base_moves_every_resource_and_no_term() -> None:
    moved = "".join(turtle_chunks(sample_graph(), base="https://example.org/g#"))
    assert moved.replace("https://example.org/g#", "https://w3id.org/zhengtu/id/") == "".join(
        turtle_chunks(sample_graph())
    )


@pytest.mark.parametrize(
    ("local", "written"),
    [
        ("新质生产力", "entity:新质生产力"),
        ("%E2%80%9C人工智能%2B", "entity:%E2%80%9C人工智能%2B"),
        ("5G-A", "entity:5G-A"),
        ("a.b", "entity:a.b"),
        ("-", "<https://w3id.org/zhengtu/id/entity/->"),
        ("①", "<https://w3id.org/zhengtu/id/entity/①>"),
        ("a/b", "<https://w3id.org/zhengtu/id/entity/a/b>"),
        ("", "<https://w3id.org/zhengtu/id/entity/>"),
    ],
)
def test_a_local_name_is_used_only_where_turtle_has_it(local: str, written: str) -> None:
    writer = TurtleWriter(prefixes("https://w3id.org/zhengtu/id/"))
    assert writer.name(f"https://w3id.org/zhengtu/id/entity/{local}") == written


def test_half_a_surrogate_pair_does_not_break_the_file() -> None:
    assert plain("a\ud800b").text == "a\ufffdb"
