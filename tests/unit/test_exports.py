"""Each export reads back in another program's reader, says the same, and is the same bytes every time."""

import csv
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from rdflib import Graph

from kg.errors import KgError
from kg.exports import EXPORT_FILES, write_export
from kg.exports.gexf import write_gexf
from kg.exports.graphml import write_graphml
from kg.exports.jsonld import write_jsonld
from kg.exports.spreadsheets import EDGE_COLUMNS, guard_formula, write_edges, write_nodes
from kg.exports.xmltexts import clean_text
from kg.graph import KnowledgeGraph
from kg.network import to_networkx
from kg.rdf import to_rdf_graph
from sample import sample_graph

HOSTILE = "a\x00b\x1b[31m</node>\u2028\ud800]]>&<'\"\ufffe"


def hostile_graph() -> KnowledgeGraph:
    """Return the sample with a title that no format holds as it is."""
    graph = sample_graph()
    return replace(graph, articles=tuple(replace(a, title=HOSTILE) for a in graph.articles))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", EXPORT_FILES)
def test_an_export_is_written_under_its_names_and_is_byte_stable(tmp_path: Path, name: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_export(sample_graph(), tmp_path / folder, name)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(EXPORT_FILES[name])
    for file in EXPORT_FILES[name]:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize("name", EXPORT_FILES)
def test_hostile_text_breaks_no_export(tmp_path: Path, name: str) -> None:
    write_export(hostile_graph(), tmp_path, name)
    for file in EXPORT_FILES[name]:
        assert (tmp_path / file).read_bytes().decode("utf-8")


def test_an_unknown_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="export 'xlsx': not known; choose from ttl, trig"):
        write_export(sample_graph(), tmp_path, "xlsx")


def test_graphml_reads_back_as_the_network(tmp_path: Path) -> None:
    write_graphml(sample_graph(), tmp_path / "g.graphml")
    network = to_networkx(sample_graph())
    again = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    found = {(s, o, data["kind"]): data for s, o, data in again.edges(data=True)}
    assert found == {(s, o, key): data for s, o, key, data in network.edges(keys=True, data=True)}


def test_gexf_reads_back_as_the_network(tmp_path: Path) -> None:
    write_gexf(sample_graph(), tmp_path / "g.gexf")
    network = to_networkx(sample_graph())
    again = nx.read_gexf(tmp_path / "g.gexf")
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    wanted = {
        (s, o, data["kind"], data["evidence"], float(data["weight"]))
        for s, o, data in network.edges(data=True)
    }
    assert {
        (s, o, d["kind"], d["evidence"], float(d["weight"])) for s, o, d in again.edges(data=True)
    } == wanted


@pytest.mark.parametrize("write", [write_graphml, write_gexf], ids=["graphml", "gexf"])
def test_gephi_finds_one_id_an_edge_and_no_clock(tmp_path: Path, write: type) -> None:
    write(sample_graph(), tmp_path / "g.xml")
    root = ET.parse(tmp_path / "g.xml").getroot()
    ids = [element.get("id") for element in root.iter() if element.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) > 20
    text = (tmp_path / "g.xml").read_text(encoding="utf-8")
    assert "lastmodified" not in text
    assert nx.__version__ not in text


@pytest.mark.parametrize("write", [write_graphml, write_gexf], ids=["graphml", "gexf"])
def test_xml_takes_any_text(tmp_path: Path, write: type) -> None:
    write(hostile_graph(), tmp_path / "g.xml")
    root = ET.parse(tmp_path / "g.xml").getroot()
    assert clean_text(HOSTILE) in {*(e.text for e in root.iter()), *(e.get("label") for e in root.iter())}


def test_jsonld_reads_back_as_the_rdf(tmp_path: Path) -> None:
    write_jsonld(sample_graph(), tmp_path / "g.jsonld")
    again = Graph().parse(tmp_path / "g.jsonld", format="json-ld")
    assert set(again) == set(to_rdf_graph(sample_graph()))


def test_jsonld_is_plain_json_with_short_keys(tmp_path: Path) -> None:
    write_jsonld(sample_graph(), tmp_path / "g.jsonld")
    document = json.loads((tmp_path / "g.jsonld").read_text(encoding="utf-8"))
    place = next(item for item in document["@graph"] if item["@id"].endswith("/江苏"))
    assert place["@type"] == "kg:Place"
    assert place["skos:prefLabel"] == {"@value": "江苏", "@language": "zh"}


def test_csv_nodes_are_those_of_the_network(tmp_path: Path) -> None:
    write_nodes(sample_graph(), tmp_path / "nodes.csv")
    network = to_networkx(sample_graph())
    found = rows(tmp_path / "nodes.csv")
    assert [row["Id"] for row in found] == list(network)
    for row in found:
        attributes = network.nodes[row["Id"]]
        assert row["Label"] == guard_formula(str(attributes["label"]))
        assert (row["kind"], row["n_mentions"]) == (attributes["kind"], str(attributes["n_mentions"]))


def test_csv_edges_give_every_sentence_of_every_statement(tmp_path: Path) -> None:
    write_edges(sample_graph(), tmp_path / "edges.csv")
    graph = sample_graph()
    found = rows(tmp_path / "edges.csv")
    assert tuple(found[0]) == EDGE_COLUMNS
    assert len(found) == sum(len(statement.evidence) for statement in graph.statements())
    texts = {article.source_file: article.text for article in graph.articles}
    for row in found:
        assert texts[row["source_file"]][int(row["begin"]) : int(row["end"])] == row["sentence"]
    promoted = [row for row in found if row["relation"] == "promotes"]
    assert {row["sentence"] for row in promoted} == {
        "科技创新能够催生新产业，推动产业升级。",
        "科技创新推动产业升级。",
    }
    assert {row["negated"] for row in found} == {"true", "false"}


def test_csv_opens_as_chinese_in_a_spreadsheet(tmp_path: Path) -> None:
    write_nodes(sample_graph(), tmp_path / "nodes.csv")
    data = (tmp_path / "nodes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfId,Label,")
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "\uff1d1", '=HYPERLINK("x")']
)
def test_a_spreadsheet_runs_no_formula_from_an_article(tmp_path: Path, text: str) -> None:
    graph = sample_graph()
    articles = tuple(replace(article, title=text) for article in graph.articles)
    write_edges(replace(graph, articles=articles), tmp_path / "edges.csv")
    assert {row["article"] for row in rows(tmp_path / "edges.csv")} == {f"'{text}"}
