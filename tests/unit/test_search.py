"""Names are found as people type them, the best first, fast."""

import random
import time

import pytest

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


@pytest.mark.slow
def test_a_hundred_thousand_names_are_searched_well_under_a_tenth_of_a_second() -> None:
    dice = random.Random(7)
    chars = (
        "新质产业创高端数字绿色低碳智能量子算力网络制造能源材料生态市场科技人才金融安全开放协同融合发展改革"
    )
    names = {"".join(dice.choices(chars, k=dice.choice((4, 5, 6, 8)))) for _ in range(102_000)}
    index = NameIndex(Listing(f"entity/{name}", name, "Concept") for name in sorted(names))
    assert len(index) >= 100_000
    for typed in ("发展改革", "xzscl", "xinzhi", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "nengyuancl"):
        best = min(_time(index, typed) for _ in range(3))
        assert best < 0.1, f"{typed}: {best * 1000:.0f} ms"


def _time(index: NameIndex, typed: str) -> float:
    began = time.perf_counter()
    index.search(typed)
    return time.perf_counter() - began
