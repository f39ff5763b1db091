"""The network agrees with the RDF edge for edge, and with the table in docs/model.md."""

import re
from pathlib import Path

import networkx as nx
import pytest
from rdflib.namespace import RDF, SKOS

from kg.graph import KnowledgeGraph
from kg.iris import mint_id, mint_iri
from kg.network import to_networkx
from kg.rdf import KG, to_rdf_graph
from kg.schema import RelationKind
from sample import sample_graph
from synthetic import synthetic_graph

MODEL = Path(__file__).parents[2] / "docs" / "model.md"


def entity(name: str) -> str:
    return mint_id("entity", name)


@pytest.mark.parametrize("graph", [sample_graph(), synthetic_graph(60)], ids=["sample", "synthetic"])
def test_edges_are_the_plain_triples_of_the_rdf(graph: KnowledgeGraph) -> None:
    rdf = to_rdf_graph(graph)
    relations = {KG[kind.value] for kind in RelationKind}
    triples = sorted((str(s), str(p), str(o)) for s, p, o in rdf if p in relations)
    network = to_networkx(graph)
    edges = sorted((mint_iri(s), str(KG[key]), mint_iri(o)) for s, o, key in network.edges(keys=True))
    assert edges == triples


def test_nodes_are_the_entities_and_the_articles_that_speak() -> None:
    graph = sample_graph()
    speaking = {edge.subject_id for edge in graph.edges if edge.subject_id.startswith("article/")}
    assert list(to_networkx(graph)) == sorted({e.id for e in graph.entities} | speaking)


def test_a_node_carries_what_the_rdf_says_of_it() -> None:
    graph = sample_graph()
    rdf, network = to_rdf_graph(graph), to_networkx(graph)
    by_iri = {attributes["iri"]: attributes for _, attributes in network.nodes(data=True)}
    n_checked = 0
    for node, label in rdf.subject_objects(SKOS.prefLabel):
        mentions = set(rdf.subjects(KG.refersTo, node))
        if mentions:  # authors and schemes have none
            n_checked += 1
            found = by_iri[str(node)]
            assert (found["label"], KG[found["kind"]]) == (str(label), rdf.value(node, RDF.type))
            assert found["n_mentions"] == len(mentions)
            assert found["n_articles"] == len({rdf.value(mention, KG.inArticle) for mention in mentions})
    assert n_checked == len(graph.entities)


def test_an_edge_carries_what_its_statements_say() -> None:
    network = to_networkx(sample_graph())
    edge = network.edges[entity("科技创新"), entity("产业升级"), "promotes"]
    assert edge["weight"] == 2
    assert edge["confidence"] == 0.9
    assert edge["modality"] == "Asserted"
    assert edge["evidence"] == "科技创新能够催生新产业，推动产业升级。 | 科技创新推动产业升级。"
    call = network.edges[entity("习近平"), entity("新质生产力"), "advocates"]
    assert (call["label"], call["strength"], call["attributed_to"]) == ("加快发展", "Strong", "习近平")
    assert network.edges[entity("少数国家"), entity("企业"), "relatedTo"]["label"] == "制裁"


def test_a_negated_relation_is_no_edge_and_a_disputed_one_says_so() -> None:
    graph = sample_graph()
    network = to_networkx(graph)
    assert not network.has_edge(graph.articles[0].id, entity("传统产业"))
    assert network.edges[entity("地方"), entity("重复建设"), "implements"]["disputed"] is True


def test_attributes_have_one_type_each_and_all_are_in_the_table() -> None:
    network: nx.MultiDiGraph[str] = to_networkx(sample_graph())
    node_rows, edge_rows = _tables(MODEL.read_text(encoding="utf-8"))
    for rows, data in (
        (node_rows, [attributes for _, attributes in network.nodes(data=True)]),
        (edge_rows, [attributes for _, _, attributes in network.edges(data=True)]),
    ):
        assert data
        for attributes in data:
            assert {key: type(value).__name__ for key, value in attributes.items()} == rows


def _tables(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return attribute and type of the rows that speak of nodes and of edges."""
    rows = re.findall(r"^\| (node|edge) \| `(\w+)` \| (str|int|float|bool) \|", text, re.MULTILINE)
    return (
        {name: kind for of, name, kind in rows if of == "node"},
        {name: kind for of, name, kind in rows if of == "edge"},
    )
