"""The SPARQL 1.1 Protocol, with the clients that people use."""

import csv
import io
import re
import shutil
import subprocess
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from kg.graph import KnowledgeGraph
from kg.rdf import KG, to_rdf_graph
from kg.server.pages import has_workbench
from kg.store import open_store
from sample import sample_graph
from servers import Server

NAMES = "SELECT ?name { ?x a kg:Technology ; skos:prefLabel ?name } ORDER BY ?name"
PARTS = "CONSTRUCT { ?x kg:includes ?y } WHERE { ?x kg:includes ?y }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BODY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


@pytest.fixture(scope="module")
def names(graph: KnowledgeGraph) -> list[str]:
    return [str(name) for (name,) in open_store(graph).query(NAMES)]


@pytest.fixture(scope="module")
def articles(graph: KnowledgeGraph) -> list[str]:
    return [str(iri) for (iri,) in open_store(graph).query("SELECT ?a { ?a a kg:Article } ORDER BY ?a")]


def values(response: httpx.Response, name: str = "name") -> list[str]:
    assert response.status_code == 200, response.text
    return [row[name]["value"] for row in response.json()["results"]["bindings"]]


def test_get_form_and_body_ask_the_same(client: httpx.Client, names: list[str]) -> None:
    assert len(names) > 2
    assert values(client.get("/sparql", params={"query": NAMES})) == names
    assert values(client.post("/sparql", data={"query": NAMES})) == names
    assert values(client.post("/sparql", content=NAMES.encode(), headers=BODY)) == names


def test_the_client_chooses_the_form_of_rows(client: httpx.Client, names: list[str]) -> None:
    def ask(accept: str) -> httpx.Response:
        response = client.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
        assert response.headers["content-type"].split(";")[0] == accept.split(";")[0].split(",")[0]
        assert "Accept" in response.headers["vary"]
        return response

    assert [row["name"] for row in csv.DictReader(io.StringIO(ask("text/csv").text))] == names
    assert ask("text/tab-separated-values, */*;q=0.1").text.count("\n") == len(names) + 1
    found = ElementTree.fromstring(ask("application/sparql-results+xml").content).iter()
    assert [one.text for one in found if one.tag.endswith("literal")] == names
    assert ask("application/json").json()["head"]["vars"] == ["name"]


@pytest.mark.parametrize(
    ("media_type", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_the_client_chooses_the_form_of_triples(client: httpx.Client, media_type: str, format_: str) -> None:
    response = client.get("/sparql", params={"query": PARTS}, headers={"Accept": media_type})
    assert response.headers["content-type"].startswith(media_type)
    found = Graph().parse(data=response.content, format=format_)
    assert len(found) > 0
    assert set(found) == set(to_rdf_graph(sample_graph()).triples((None, KG.includes, None)))


def test_rows_are_json_and_triples_turtle_for_who_does_not_mind(client: httpx.Client) -> None:
    assert "sparql-results+json" in client.get("/sparql?query=ASK{}").headers["content-type"]
    response = client.get("/sparql", params={"query": PARTS})
    assert response.headers["content-type"].startswith("text/turtle")


def test_the_service_describes_itself(client: httpx.Client, server: Server) -> None:
    found = Graph().parse(data=client.get("/sparql").text, format="turtle")
    service = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = URIRef(server.endpoint)
    assert (endpoint, URIRef(f"{service}endpoint"), endpoint) in found
    language = URIRef(f"{service}supportedLanguage")
    assert (endpoint, language, URIRef(f"{service}SPARQL11Query")) in found
    assert len(list(found.objects(endpoint, URIRef(f"{service}resultFormat")))) == 8


def test_a_browser_gets_the_editor(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert ('id="workbench"' if has_workbench() else "<textarea") in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in re.findall(r'(?:src|href)="(/server/[^"]+)"', page.text):
        assert client.get(name).status_code == 200
    assert len(client.get("/server/questions.json").json()) >= 30


class TestGraphs:
    """An article is a graph; others are not here and are not fetched."""

    QUERY = "SELECT (COUNT(*) AS ?n) { ?s a kg:Sentence }"

    def test_from_in_the_query_and_in_the_request_are_the_same(
        self, client: httpx.Client, articles: list[str]
    ) -> None:
        inside = self.QUERY.replace("{", f"FROM <{articles[0]}> {{", 1)
        one = values(client.get("/sparql", params={"query": inside}), "n")
        assert one == values(
            client.get("/sparql", params={"query": self.QUERY, "default-graph-uri": articles[0]}), "n"
        )
        all_ = values(client.get("/sparql", params={"query": self.QUERY}), "n")
        assert 0 < int(one[0]) < int(all_[0])

    def test_the_request_wins_over_the_query(self, client: httpx.Client, articles: list[str]) -> None:
        inside = self.QUERY.replace("{", f"FROM <{articles[1]}> {{", 1)
        asked = {"query": inside, "default-graph-uri": articles[0]}
        other = {"query": self.QUERY, "default-graph-uri": articles[0]}
        assert values(client.post("/sparql", data=asked), "n") == values(
            client.post("/sparql", data=other), "n"
        )

    def test_named_graphs_are_those_named(self, client: httpx.Client, articles: list[str]) -> None:
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        asked = {"query": query, "named-graph-uri": articles[0]}
        assert values(client.get("/sparql", params=asked), "g") == [articles[0]]
        assert set(values(client.get("/sparql", params={"query": query}), "g")) == set(articles)

    @pytest.mark.parametrize("name", ["http://127.0.0.1:9/remote.ttl", "file:///etc/passwd", "not an iri"])
    def test_a_graph_that_is_not_here_is_refused(self, client: httpx.Client, name: str) -> None:
        response = client.get("/sparql", params={"query": self.QUERY, "default-graph-uri": name})
        assert response.status_code == 400
        inside = self.QUERY.replace("{", f"FROM NAMED <{name}> {{", 1)
        assert client.get("/sparql", params={"query": inside}).status_code == 400


class TestClients:
    """What others have written asks and understands."""

    def test_sparqlwrapper_asks_in_every_form(self, server: Server, names: list[str]) -> None:
        wrapper = SPARQLWrapper(server.endpoint)

        def ask(query: str, form: str, method: str = "GET") -> Any:
            wrapper.setMethod(method)
            wrapper.setQuery(query)
            wrapper.setReturnFormat(form)
            return wrapper.queryAndConvert()

        for method in ("GET", POST):
            rows = ask(NAMES, JSON, method)["results"]["bindings"]
            assert [row["name"]["value"] for row in rows] == names
        wrapper.setRequestMethod(POSTDIRECTLY)
        assert names[0] in ask(NAMES, XML, POST).toxml()
        assert names[0] in ask(NAMES, CSV, POST).decode()
        assert "kg:includes" in ask(PARTS, TURTLE, POST).decode()

    def test_rdflib_reads_the_endpoint_like_a_graph(self, server: Server, names: list[str]) -> None:
        remote = Graph(SPARQLStore(server.endpoint, returnFormat="json"))
        assert [str(row[0]) for row in remote.query(NAMES)] == names  # type: ignore[index]
        label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
        subject = remote.value(predicate=label, object=Literal("新质生产力", lang="zh"))
        assert str(subject).endswith("entity/新质生产力")

    @pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
    def test_curl(self, server: Server, names: list[str]) -> None:
        done = subprocess.run(
            [
                *("curl", "-sS", "--noproxy", "*", "-H", "Accept: text/csv"),
                *("--data-urlencode", f"query={NAMES}", server.endpoint),
            ],
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().split() == ["name", *names]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * {", 400, "query:1:11: not valid SPARQL"),
        ("SELECT * { ?x nope:y ?z }", 400, "prefix 'nope' is not declared"),
        ("", 400, "the query is empty"),
        ("DROP ALL", 403, "DROP changes data"),
        ("INSERT DATA { <http://a> <http://b> <http://c> }", 403, "INSERT changes data"),
        ("LOAD <http://127.0.0.1:9/>", 403, "LOAD changes data"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE asks another machine"),
        (
            r"PREFIX a: <http://a/> SELECT * { ?s ?p a:b\' . SERVICE <http://127.0.0.1:9/> {} ?s ?p a:c\' }",
            403,
            "SERVICE asks another machine",
        ),
    ],
)
def test_what_is_not_answered_is_told_in_one_sentence(
    client: httpx.Client, query: str, status: int, said: str
) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == status
    assert said in response.text
    assert response.text.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        ("POST", {"data": {"update": "DROP ALL"}}, 403),
        ("POST", {"content": b"DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("GET", {"params": {"update": "DROP ALL"}}, 403),
        ("POST", {"content": b"ASK{}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": b"ASK{}"}, 415),
        ("POST", {"data": {"other": "x"}}, 400),
        ("POST", {"content": b"\xff\xfe", "headers": BODY}, 400),
        ("POST", {"content": b"query=%ff", "headers": FORM}, 400),
        ("GET", {"params": [("query", "ASK{}"), ("query", "ASK{}")]}, 400),
        ("GET", {"params": [("query", "ASK{}")] + [("x", "y")] * 200}, 400),
        ("GET", {"params": {"query": "ASK{}"}, "headers": {"Accept": "image/png"}}, 406),
        ("PUT", {"content": b"ASK{}"}, 405),
        ("DELETE", {}, 405),
        ("OPTIONS", {}, 405),
    ],
)
def test_a_request_against_the_protocol_is_refused(
    client: httpx.Client, method: str, options: dict[str, object], status: int
) -> None:
    response = client.request(method, "/sparql", **options)  # type: ignore[arg-type]
    assert response.status_code == status
    assert response.text.count("\n") == 1


def test_no_other_origin_may_ask_unless_it_is_let(client: httpx.Client) -> None:
    response = client.get("/sparql?query=ASK{}", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in response.headers


def test_a_name_from_elsewhere_that_points_here_is_refused(client: httpx.Client) -> None:
    assert client.get("/sparql?query=ASK{}", headers={"Host": "rebound.example"}).status_code == 421
    assert client.get("/sparql?query=ASK{}", headers={"Host": "localhost:1"}).status_code == 200
