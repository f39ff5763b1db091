"""The store answers SPARQL over graphs, folders and files, and says clearly what it will not do."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.rdf import write_trig, write_turtle
from kg.store import STORE, GraphStore, open_store, query, write_store
from sample import sample_graph


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return open_store(sample_graph())


def test_memory_turtle_trig_and_folder_give_the_same_answers(tmp_path: Path) -> None:
    write_turtle(sample_graph(), tmp_path / "alone.ttl")
    write_trig(sample_graph(), tmp_path / "graph.trig")
    sources: list[KnowledgeGraph | Path | str] = [
        sample_graph(),
        tmp_path,
        tmp_path / "alone.ttl",
        str(tmp_path / "graph.trig"),
    ]
    answers = [query(source, "evidence").to_text("csv") for source in sources]
    assert len(set(answers)) == 1
    assert len({len(open_store(source)) for source in sources}) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing but a store."""
    write_store(sample_graph(), tmp_path / STORE)
    return tmp_path


@pytest.mark.parametrize("in_memory", [False, True])
def test_a_store_on_disk_gives_the_answers_of_memory(
    folder: Path, store: GraphStore, in_memory: bool
) -> None:
    for source in (folder, folder / STORE):
        opened = open_store(source, in_memory=in_memory)
        assert set(map(str, opened.triples())) == set(map(str, store.triples()))
        assert opened.query("evidence").to_text("csv") == store.query("evidence").to_text("csv")
        assert (len(opened), opened.base) == (len(store), store.base)


def test_many_may_have_a_store_open_at_once(folder: Path) -> None:
    stores = [open_store(folder) for _ in range(3)]
    assert len({len(store) for store in stores}) == 1


def damage_store(folder: Path) -> None:
    (folder / STORE / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")


def test_a_damaged_store_is_told(folder: Path) -> None:
    damage_store(folder)
    with pytest.raises(
        KgError, match=r"graph\.store: the store cannot be opened .*; build again, or remove it"
    ):
        open_store(folder)


def test_a_damaged_store_is_passed_over_for_a_file_beside_it(folder: Path, store: GraphStore) -> None:
    damage_store(folder)
    write_trig(sample_graph(), folder / "graph.trig")
    assert len(open_store(folder)) == len(store)


def test_a_triple_that_two_articles_state_counts_once(store: GraphStore) -> None:
    assert len(store.query("SELECT ?s { ?s kg:promotes ?o }")) == 1
    assert len(store.query("SELECT ?s { GRAPH ?g { ?s kg:promotes ?o } }")) == 2


def test_values_come_as_python_values(store: GraphStore) -> None:
    answer = store.query(
        "SELECT ?value ?approximate ?begin ?none"
        " { ?o kg:value ?value ; kg:approximate ?approximate ; kg:begin ?begin } ORDER BY ?value LIMIT 1"
    )
    assert answer.rows[0][:2] == (Decimal("-0.5"), False)
    assert isinstance(answer.rows[0][2], int)
    assert answer.rows[0][3] is None


def test_ask_construct_and_describe_are_answered(store: GraphStore) -> None:
    assert store.query("ASK { entity:新质生产力 kg:isA ?x }").truth is True
    assert not store.query("ASK { entity:新质生产力 kg:hinders ?x }")
    made = store.query("CONSTRUCT { ?o kg:promotes ?s } WHERE { ?s kg:promotes ?o }")
    assert made.to_text("turtle").endswith("entity:产业升级\n    kg:promotes entity:科技创新 .\n\n")
    assert "skos:prefLabel" in store.query("DESCRIBE entity:江苏").to_text("turtle")


def test_an_answer_is_written_in_every_format(store: GraphStore) -> None:
    answer = store.query("promotes-what")
    assert answer.to_text("csv").splitlines()[0] == "thing,promoted,modality,article,sentence"
    assert answer.to_text("tsv").splitlines()[0] == "?thing\t?promoted\t?modality\t?article\t?sentence"
    assert '"value":"科技创新"' in answer.to_text("json")
    assert "<literal" in answer.to_text("xml")
    assert store.query("ASK {}").to_text("csv") == "true\n"
    assert store.query("ASK {}").to_text() == "yes\n"


def test_triples_are_written_in_every_format(store: GraphStore) -> None:
    made = "{ ?s kg:promotes ?o ; skos:note ?note ; kg:negated true }"
    note = r"BIND(CONCAT(?name, '\"\n=1') AS ?note)"
    answer = store.query(f"CONSTRUCT {made} WHERE {{ ?s kg:promotes ?o ; skos:prefLabel ?name {note} }}")
    assert len(answer) == 3
    objects = {str(row[2]).replace("True", "true") for row in answer.rows}
    for format_, name in (("turtle", "turtle"), ("json", "json-ld"), ("xml", "xml")):
        found = Graph().parse(data=answer.to_text(format_), format=name)
        assert {str(o) for o in found.objects()} == objects
    rows = csv.reader(io.StringIO(answer.to_text("csv"), newline=""))
    assert {row[2] for row in list(rows)[1:]} == objects
    lines = answer.to_text("tsv").splitlines()
    assert lines[0] == "?subject\t?predicate\t?object"
    assert len(lines) == 4
    with pytest.raises(KgError, match="holds triples only"):
        store.query("ASK {}").to_text("turtle")


def test_a_table_is_aligned_for_characters_two_columns_wide(store: GraphStore) -> None:
    table = store.query("SELECT ?s ?o { ?s kg:promotes ?o }").to_text()
    assert table == (
        "s                o\n───────────────  ───────────────\nentity:科技创新  entity:产业升级\n(1 row)\n"
    )


def test_a_text_cannot_drive_the_terminal(store: GraphStore) -> None:
    assert "\x1b" not in store.query(r'SELECT ("\u001B[31mred" AS ?x) {}').to_text()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("SELECT ?s { ?s kg:promotes ", "query:1:28: not valid SPARQL at the end; a '{' has no partner"),
        (
            "SELECT ?s\nWHERE { ?s foo:bar ?o }",
            "prefix 'foo' is not declared",
        ),
        ("SELEC ?s", "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("mine.rq", "mine.rq names a file; write @mine.rq to ask what it holds"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x a ?y }", "must stand in GROUP BY"),
        ("", "the query is empty"),
        ("promotes-wat", "query 'promotes-wat': unknown; did you mean 'promotes-what'?"),
        ("@nowhere.rq", "nowhere.rq: no such file"),
        ("INSERT DATA { <a> <b> <c> }", "INSERT changes data, which is refused"),
        ("PREFIX x: <http://x/> # INSERT\nDELETE WHERE { ?s ?p ?o }", "DELETE changes data"),
        ("LOAD <http://example.org/>", "LOAD changes data"),
        (
            "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
            "query:1:12: SERVICE asks another machine",
        ),
        (
            r"PREFIX x: <http://x/> SELECT * { ?s ?p x:a\#"
            " . SERVICE <http://x> { ?s ?p ?o } }",
            "SERVICE asks another machine",
        ),
        (
            r"PREFIX x: <http://x/> SELECT * { ?s ?p x:a\' . SERVICE <http://x> { ?s ?p ?o } ?s ?p x:b\' }",
            "SERVICE asks another machine",
        ),
        ("SELECT * {\n  service silent ?x { ?s ?p ?o } }", "query:2:3: SERVICE asks another machine"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_in_one_line(
    store: GraphStore, question: str, said: str
) -> None:
    with pytest.raises(KgError) as caught:
        store.query(question)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT ?x { ?x kg:cue 'INSERT SERVICE {' }",
        "SELECT ?service { ?service a <http://example.org/SERVICE> } # SERVICE <x> {",
        "PREFIX service: <http://example.org/> SELECT ?x { ?x a service:DROP }",
        'SELECT ?x { ?x kg:cue """a "quoted" LOAD""" }',
    ],
)
def test_a_forbidden_word_inside_text_is_only_text(store: GraphStore, question: str) -> None:
    assert len(store.query(question)) == 0


def test_an_alias_names_its_entity(store: GraphStore) -> None:
    assert store.query("actors", params={"name": "央企"}) == store.query(
        "actors", params={"name": "中央企业"}
    )


def test_a_wrong_parameter_or_name_is_told(store: GraphStore) -> None:
    with pytest.raises(KgError, match="no parameter 'who'; it takes: name"):
        store.query("actors", params={"who": "央企"})
    with pytest.raises(KgError, match="nothing in the graph is called '量子计'; did you mean '量子计算'"):
        store.query("needs", params={"name": "量子计"})
    with pytest.raises(KgError, match="it takes: none"):
        store.query("ASK {}", params={"name": "x"})


def test_a_name_cannot_smuggle_sparql(store: GraphStore) -> None:
    for name in ('"} DROP ALL', "kg:x> } #", "kg:", "新\n质"):
        with pytest.raises(KgError):
            store.query("needs", params={"name": name})


def test_a_users_file_may_take_parameters(store: GraphStore, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("# param what ?x: 量子计算\nSELECT ?y WHERE { ?x kg:requires ?y }", encoding="utf-8")
    assert store.query(f"@{file}", params={"what": "量子计算"}).rows == (
        ("https://w3id.org/zhengtu/id/entity/基础研究",),
    )
    file.write_text("# param what\nASK {}", encoding="utf-8")
    with pytest.raises(KgError, match="is no parameter"):
        store.query(f"@{file}")


def test_another_base_is_found_in_the_file(tmp_path: Path) -> None:
    write_trig(sample_graph(), tmp_path / "graph.trig", base="https://example.org/g/")
    store = open_store(tmp_path)
    assert store.base == "https://example.org/g/"
    assert store.query("ASK { entity:科技创新 kg:promotes entity:产业升级 }").truth


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.ttl", None, "no such file or folder"),
        ("folder", None, "no such file or folder"),
        ("bad.ttl", "<a> <b", "not valid RDF"),
        ("notes.md", "x", "not an RDF file by its name"),
    ],
)
def test_a_source_that_is_no_graph_is_told(tmp_path: Path, name: str, content: str | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(KgError, match=said):
        query(path, "ASK {}")


def test_an_empty_folder_tells_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"holds no graph .*kg build"):
        query(tmp_path, "ASK {}")
