"""Laws of the writers that must hold for any text, not only for what articles usually hold."""

import csv
import io
import json
import tempfile
import unicodedata
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.exports.jsonld import write_jsonld
from kg.exports.spreadsheets import guard_formula
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE, mint_id, mint_iri
from kg.rdf import prefixes, to_rdf_graph, trig_chunks, turtle_chunks
from kg.rdf.terms import Description, Literal, decimal, outside_iri, plain
from kg.rdf.turtle import TurtleWriter, split_descriptions
from kg.records import Article, Diagnostic, Entity
from kg.schema import DiagnosticCode, EntityKind
from kg.store import open_store, update_store
from kg.store.disks import with_union

# Everything but halves of surrogate pairs, with the characters that formats trip over made likely.
texts = st.text(
    st.one_of(
        st.sampled_from("\"\\'\n\r\t\x00\x1b<>&{}|^`%.:-/#①²“”新质\u2028\ufeff\ufffe😀"),
        st.characters(codec="utf-8"),
    )
)
names = texts.filter(bool)


def titled(title: str) -> KnowledgeGraph:
    """Return one article and one entity that bear the title wherever a text may stand."""
    article = Article("article/a", title, f"{title}\n", (title,), title, title, title, title)
    entity = Entity(
        "entity/e", title, EntityKind.CONCEPT, (f"{title}x",), exact_match=(f"https://e.org/{title}",)
    )
    doubt = Diagnostic(DiagnosticCode.NO_FACT, title, title, "article/a")
    return KnowledgeGraph((article,), MappingProxyType({"article/a": ()}), (entity,), (), (), (doubt,))


@given(texts)
def test_any_literal_reads_back_as_written(text: str) -> None:
    writer = TurtleWriter(prefixes(DEFAULT_BASE))
    facts = (
        ("https://example.org/p", Literal(text)),
        ("https://example.org/q", Literal(text, language="zh")),
    )
    written = writer.header() + "".join(writer.write([Description("https://example.org/s", facts)]))
    read = [triple.object.value for triple in ox.parse(written, format=ox.RdfFormat.TURTLE)]
    assert read == [text, text]


@given(names)
def test_any_name_gives_an_iri_that_reads_back_as_written(name: str) -> None:
    iri = mint_iri(mint_id("entity", name))
    writer = TurtleWriter(prefixes(DEFAULT_BASE))
    written = writer.header() + "".join(writer.write([Description(iri, (("https://example.org/p", iri),))]))
    [triple] = ox.parse(written, format=ox.RdfFormat.TURTLE)
    assert triple.subject.value == triple.object.value == iri


@given(st.lists(names, unique=True, min_size=2, max_size=2))
def test_two_names_never_share_an_iri(pair: list[str]) -> None:
    one, two = (unicodedata.normalize("NFC", name) for name in pair)
    assert (mint_id("entity", one) == mint_id("entity", two)) == (one == two)


@given(texts)
def test_any_iri_of_others_can_be_written(text: str) -> None:
    ox.NamedNode(outside_iri(f"https://example.org/{text}"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_decimal_keeps_its_value_and_has_one_form(value: Decimal) -> None:
    text = decimal(value).text
    assert Decimal(text) == value
    assert "." in text
    assert "E" not in text
    assert decimal(Decimal(text)).text == text


@settings(max_examples=50, deadline=None)
@given(names)
def test_any_title_survives_turtle_trig_and_rdflib(title: str) -> None:
    graph = titled(title)
    turtle = Graph().parse(data="".join(turtle_chunks(graph)), format="turtle")
    assert set(turtle) == set(to_rdf_graph(graph))
    quads = list(ox.parse("".join(trig_chunks(graph)), format=ox.RdfFormat.TRIG))
    assert len({(quad.subject, quad.predicate, quad.object) for quad in quads}) == len(turtle)


@settings(max_examples=50, deadline=None)
@given(title=names)
def test_any_title_survives_jsonld(title: str, tmp_path_factory: object) -> None:
    graph = titled(title)
    path = Path(tmp_path_factory.mktemp("jsonld")) / "g.jsonld"  # type: ignore[attr-defined]
    write_jsonld(graph, path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert title in [item["dcterms:title"] for item in document["@graph"] if item["@type"] == "kg:Article"]


@settings(max_examples=50, deadline=None)
@given(names)
def test_any_title_can_be_asked_for(title: str) -> None:
    store = open_store(titled(title))
    answer = store.query("articles")
    assert title in [row[1] for row in answer]
    assert answer.to_text("csv")
    assert answer.to_text("table")


@given(texts)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    guarded = guard_formula(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert guarded.removeprefix("'") == text.removeprefix("'") or guarded == text
    file = io.StringIO()
    csv.writer(file).writerow([guarded, "x"])
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [guarded, "x"]


_TERMS = st.integers(0, 3).map(lambda n: ox.NamedNode(f"https://example.org/{n}"))
_GRAPHS = st.integers(0, 2).map(lambda n: ox.NamedNode(f"https://example.org/graph/{n}"))
# What the default graph says by itself has subjects of its own, as entities do beside what articles state.
_OWN = st.integers(4, 6).map(lambda n: ox.NamedNode(f"https://example.org/{n}"))
_QUADS = st.frozensets(
    st.builds(ox.Quad, _TERMS, _TERMS, _TERMS, _GRAPHS) | st.builds(ox.Quad, _OWN, _TERMS, _TERMS)
)


@settings(deadline=None, max_examples=30)  # each opens three stores on disk
@given(_QUADS, _QUADS)
def test_a_store_that_is_updated_holds_what_one_from_scratch_does(
    before: frozenset[ox.Quad], after: frozenset[ox.Quad]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        last, path = Path(folder, "last"), Path(folder, "next")
        store = ox.Store(str(last))
        store.extend(with_union(before))
        store.flush()
        del store
        update_store(last, path, removed=before, added=after)
        assert set(ox.Store.read_only(str(path))) == set(with_union(after))
        assert set(ox.Store.read_only(str(last))) == set(with_union(before))


@settings(deadline=None)
@given(st.lists(texts, max_size=4))
def test_what_is_written_falls_into_its_descriptions_again(labels: list[str]) -> None:
    writer = TurtleWriter(prefixes("https://example.org/"))
    facts = [
        Description("https://example.org/a", (("https://example.org/b", plain(text)),)) for text in labels
    ]
    written = [writer.header(), *("".join(writer.write([one])) for one in facts)]
    assert list(split_descriptions("".join(written))) == written
