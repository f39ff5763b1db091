"""The JSON API agrees with the graph, and its OpenAPI document with it."""

from typing import Any

import httpx
import pytest

from kg.graph import KnowledgeGraph
from kg.iris import mint_iri
from sample import sample_graph


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return sample_graph()


def get(client: httpx.Client, path: str, **params: str | int) -> httpx.Response:
    return client.get(f"/api/{path}", params=params)


def all_items(client: httpx.Client, path: str, **params: str | int) -> list[dict[str, Any]]:
    """Return the items of all parts."""
    items: list[dict[str, Any]] = []
    offset: int | None = 0
    while offset is not None:
        page = get(client, path, offset=offset, limit=7, **params).json()
        items += page["items"]
        offset = page["next"]
    return items


def test_every_path_is_described(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        f"/api/{name}" for name in ("entities", "entity", "search", "relations", "evidence", "observations")
    }


def test_all_entities_are_listed_once(client: httpx.Client, graph: KnowledgeGraph) -> None:
    listed = all_items(client, "entities")
    ids = [one["id"] for one in listed]
    assert len(set(ids)) == len(ids)
    assert {entity.id for entity in graph.entities} <= set(ids)
    counts = [one["n_mentions"] for one in listed]
    assert counts == sorted(counts, reverse=True)
    places = get(client, "entities", kind="Place").json()["items"]
    assert {one["kind"] for one in places} == {"Place"}


def test_an_entity_is_known_by_name_alias_and_id(client: httpx.Client, graph: KnowledgeGraph) -> None:
    entity = next(one for one in graph.entities if one.aliases)
    for name in (entity.name, entity.aliases[0], entity.id):
        found = get(client, "entity", name=name).json()
        assert found["id"] == entity.id
        assert found["iri"] == mint_iri(entity.id)
        assert set(found["aliases"]) == set(entity.aliases)


def test_codes_wider_terms_and_matches_are_told(client: httpx.Client, graph: KnowledgeGraph) -> None:
    seen = 0
    for entity in graph.entities:
        if entity.codes or entity.broader or entity.exact_match:
            found = get(client, "entity", name=entity.id).json()
            assert {(c["scheme"], c["notation"]) for c in found["codes"]} == {
                (code.scheme, code.notation) for code in entity.codes
            }
            assert set(found["broader"]) == set(entity.broader)
            assert len(found["exact_match"]) == len(entity.exact_match)
            seen += 1
    assert seen > 1


@pytest.mark.parametrize("typed", ["新质", "xzscl", "xinzhi", "央企", "zyqy"])
def test_search_takes_chinese_pinyin_and_aliases(client: httpx.Client, typed: str) -> None:
    assert get(client, "search", q=typed).json()[0]["name"] in ("新质生产力", "中央企业")


def test_relations_are_the_statements_of_the_graph(client: httpx.Client, graph: KnowledgeGraph) -> None:
    found = {str(one["id"]): one for one in all_items(client, "relations")}
    statements = {statement.id: statement for statement in graph.statements()}
    assert set(found) == set(statements)
    for key, statement in statements.items():
        one = found[key]
        assert (one["subject"], one["kind"], one["object"]) == (
            statement.subject_id,
            statement.kind.value,
            statement.object_id,
        )
        assert (one["modality"], one["negated"]) == (statement.modality.value, statement.negated)
        assert one["strength"] == (statement.strength.value if statement.strength else None)
        assert one["attributed_to"] == list(statement.attributed_to)


def test_filters_combine(client: httpx.Client, graph: KnowledgeGraph) -> None:
    edge = graph.edges[len(graph.edges) // 2]
    found = all_items(
        client, "relations", subject=edge.subject_id, kind=edge.kind.value, object=edge.object_id
    )
    assert {one["id"] for one in found} == {statement.id for statement in edge.statements}


def test_evidence_is_verbatim(client: httpx.Client, graph: KnowledgeGraph) -> None:
    items = all_items(client, "evidence")
    assert len(items) == sum(len({e.sentence_index for e in s.evidence}) for s in graph.statements())
    for one in items:
        text = graph.article(str(one["article"])).text
        assert text[one["begin"] : one["end"]] == one["text"]
    statement = str(items[0]["statement"])
    assert {one["statement"] for one in all_items(client, "evidence", statement=statement)} == {statement}


def test_observations_are_the_numbers_of_the_graph(client: httpx.Client, graph: KnowledgeGraph) -> None:
    found = {str(one["id"]): one for one in all_items(client, "observations")}
    assert set(found) == {number.id for number in graph.numbers}
    for number in graph.numbers:
        one = found[number.id]
        assert (one["value"], one["unit"], one["time"]) == (float(number.value), number.unit, number.time)
        assert one["place"] == number.place_id
    number = next(one for one in graph.numbers if one.place_id)
    narrowed = all_items(client, "observations", indicator=number.indicator_id, place=str(number.place_id))
    assert number.id in {one["id"] for one in narrowed}


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("entity", {"name": "没有这个"}, 404),
        ("entity", {}, 400),
        ("entities", {"limit": "0"}, 400),
        ("entities", {"limit": "1001"}, 400),
        ("entities", {"limit": "x"}, 400),
        ("entities", {"offset": "-1"}, 400),
        ("entities", {"kind": "Thing"}, 400),
        ("search", {"q": "x" * 1000}, 400),
        ("relations", {"subject": "没有这个"}, 404),
        ("relations", {"article": "article/x> } DROP ALL #"}, 400),
        ("relations", {"kind": "knows"}, 400),
        ("evidence", {"statement": 'a" b'}, 400),
        ("nothing", {}, 404),
    ],
)
def test_what_is_not_answered_is_told_as_json(
    client: httpx.Client, path: str, params: dict[str, str], status: int
) -> None:
    response = get(client, path, **params)
    assert response.status_code == status
    assert list(response.json()) == ["error"]


def test_a_near_name_is_offered(client: httpx.Client) -> None:
    assert "did you mean '新质生产力'?" in get(client, "entity", name="xzscl").json()["error"]
