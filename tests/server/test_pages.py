"""The pages of the build and its things by their IRIs; nothing else of the disk."""

import socket
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef

from kg.graph import KnowledgeGraph
from kg.iris import mint_iri
from sample import sample_graph
from servers import Server

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


def test_the_root_leads_to_the_index(client: httpx.Client, build: Path) -> None:
    response = client.get("/", follow_redirects=True)
    assert response.content == (build / "index.html").read_bytes()


def test_every_file_of_the_build_is_served_as_it_is(client: httpx.Client, build: Path) -> None:
    names = [path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()]
    ours = [name for name in names if name not in ("private.txt", "build.json")]
    assert len(ours) > 5
    for name in ours:
        response = client.get("/" + quote(name))
        assert response.status_code == 200, name
        assert response.content == (build / name).read_bytes()
        assert response.headers["x-content-type-options"] == "nosniff"


def test_what_a_browser_has_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.head("/index.html").headers["etag"]
    response = client.get("/index.html", headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/articles/../private.txt",
        "/articles/%2e%2e/private.txt",
        "/..\\..\\private.txt",
        "/private.txt",
        "/.git/config",
        "/articles",
        "/index.html%00.txt",
        "/id/../private.txt",
        "/server/../../__init__.py",
        "/server/..%2f__init__.py",
    ],
)
def test_nothing_but_the_build_is_shown(server: Server, path: str) -> None:
    """Over a bare socket: a client would tidy the path."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert answer.startswith(("HTTP/1.1 404", "HTTP/1.1 400")), answer[:100]
    assert "root:" not in answer
    assert "not listed" not in answer


def test_a_program_gets_triples_under_every_iri(client: httpx.Client, graph: KnowledgeGraph) -> None:
    ids = [
        *(entity.id for entity in graph.entities),
        *(article.id for article in graph.articles),
        *(number.id for number in graph.numbers),
        *(statement.id for statement in list(graph.statements())[:3]),
    ]
    for local_id in ids:
        response = client.get(
            "/id/" + quote(local_id, safe="/%"), headers={"Accept": "application/n-triples"}
        )
        assert response.status_code == 200, local_id
        found = Graph().parse(data=response.text, format="nt")
        assert (URIRef(mint_iri(local_id)), None, None) in found


def test_turtle_is_the_default_and_json_ld_can_be_had(client: httpx.Client) -> None:
    path = "/id/entity/" + quote("新质生产力")
    assert client.get(path).headers["content-type"].startswith("text/turtle")
    linked = client.get(path, headers={"Accept": "application/ld+json"})
    assert any(one["@id"].endswith("新质生产力") for one in linked.json())


def test_a_browser_gets_a_page_with_a_way_into_the_graph(client: httpx.Client) -> None:
    response = client.get("/id/entity/" + quote("新质生产力"), headers=BROWSER)
    assert response.headers["content-type"].startswith("text/html")
    assert "/graph.html#node=entity%2F" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_markup_of_an_article_is_text_on_its_page(client: httpx.Client, graph: KnowledgeGraph) -> None:
    article = next(one for one in graph.articles if "<img" in one.title)
    page = client.get("/id/" + quote(article.id, safe="/%"), headers=BROWSER).text
    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("entity/nothing", 404), ("entity/", 404), ("", 404), ("entity/%ff", 400), ("A/b", 404)],
)
def test_a_path_that_is_no_thing_is_told(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(f"/id/{path}", headers=BROWSER)
    assert response.status_code == status
    assert response.text.count("\n") == 1
