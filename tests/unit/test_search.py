"""Names are found as people type them, the best first, fast."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search import Listing, NameIndex, index_entities, spell
from sample import sample_graph

_NAMES = (
    "新质生产力",
    "先进生产力",
    "生产力",
    "人工智能",
    "人工智能产业",
    "重庆",
    "银行",
    "绿色",
    "5G网络",
    "ＡＩ芯片",
)

NAMES = st.text("新质生产力智", min_size=1, max_size=4)


@pytest.fixture(scope="module")
def index() -> NameIndex:
    listings = [
        Listing(f"entity/{name}", name, "Concept", n_mentions=len(_NAMES) - i)
        for i, name in enumerate(_NAMES)
    ]
    return NameIndex(
        [
            *listings,
            Listing(
                "entity/国家发展改革委", "国家发展和改革委员会", "Organization", ("国家发展改革委", "发改委")
            ),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("新质", ["新质生产力"]),
        ("新质 生产力", ["新质生产力"]),
        ("生产力", ["生产力", "新质生产力", "先进生产力"]),  # exact before inside
        ("xinzhi", ["新质生产力"]),
        ("xin zhi sheng", ["新质生产力"]),
        ("xzscl", ["新质生产力"]),
        ("xzshengcl", ["新质生产力"]),
        ("rgzn", ["人工智能", "人工智能产业"]),
        ("scl", ["生产力", "新质生产力", "先进生产力"]),
        ("chongqing", ["重庆"]),
        ("yinhang", ["银行"]),
        ("lvse", ["绿色"]),
        ("5G", ["5G网络"]),
        ("5gwl", ["5G网络"]),
        ("ai", ["ＡＩ芯片"]),
        ("AI芯片", ["ＡＩ芯片"]),
        ("fgw", ["国家发展和改革委员会"]),
        ("发改委", ["国家发展和改革委员会"]),
        ("xzsclx", []),
        ("不存在", []),
        ("", []),
        ("  ", []),
        (".*", []),
        ("\n", []),
    ],
)
def test_a_name_is_found_as_it_is_typed(index: NameIndex, typed: str, found: list[str]) -> None:
    assert [hit.listing.name for hit in index.search(typed)] == found


def test_a_hit_tells_which_alias_fits(index: NameIndex) -> None:
    assert index.search("发改委")[0].alias == "发改委"
    assert index.search("国家发展和改革委员会")[0].alias == ""


def test_a_search_can_be_narrowed_to_kinds_and_cut(index: NameIndex) -> None:
    assert index.search("国家", kinds=["Concept"]) == ()
    assert len(index.search("生产力", limit=1)) == 1


def test_names_aliases_and_ids_are_looked_up_exactly(index: NameIndex) -> None:
    assert index.find("发改委") is index.find("entity/国家发展改革委")
    assert index.find("发改") is None


def test_a_name_wins_over_an_alias_of_something_else() -> None:
    index = NameIndex(
        [Listing("entity/a", "甲", "Concept", ("乙",), 9), Listing("entity/b", "乙", "Concept")]
    )
    found = index.find("乙")
    assert found is not None
    assert found.id == "entity/b"


def test_all_entities_of_a_graph_are_in_its_index() -> None:
    graph = sample_graph()
    index = index_entities(graph)
    assert len(index) == len(graph.entities)
    assert all(index.search(entity.name)[0].listing.id == entity.id for entity in graph.entities)


def test_spelling_is_that_of_the_phrase() -> None:
    assert spell("长江银行重庆行长") == ["chang", "jiang", "yin", "hang", "chong", "qing", "hang", "zhang"]


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), max_size=30), st.text("新质xzhi", max_size=3))
def test_the_first_hits_are_the_first_of_all(named: list[tuple[str, list[str]]], typed: str) -> None:
    index = NameIndex(
        Listing(f"entity/{number}", name, "Concept", tuple(aliases), number % 5)
        for number, (name, aliases) in enumerate(named)
    )
    everything = index.search(typed, limit=1000)
    scores = [hit.score for hit in everything]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.listing.id for hit in everything}) == len(everything)
    for limit in (1, 2, 5):
        assert index.search(typed, limit=limit) == everything[:limit]
