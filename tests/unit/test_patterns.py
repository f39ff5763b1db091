"""Names of a fixed build are found before words are cut."""

import re

import pytest

from kg.patterns import find_marked
from kg.resources import resource_path
from kg.tables import read_table

_PATTERNS = [
    cells
    for _, cells in read_table(
        resource_path("rules", "name_patterns.tsv"), ("kind", "hint", "pattern", "example")
    )
]


@pytest.mark.parametrize(("kind", "hint", "pattern", "example"), _PATTERNS)
def test_every_pattern_matches_its_example_and_holds_its_hint(
    kind: str, hint: str, pattern: str, example: str
) -> None:
    assert re.search(pattern, example), kind
    assert hint in example


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end, _tag in find_marked(text)]


def test_a_session_is_one_name() -> None:
    assert marked("在中共中央政治局第十一次集体学习时强调") == ["中共中央政治局第十一次集体学习"]
    assert marked("贯彻二十届三中全会精神") == ["二十届三中全会"]


def test_a_transliterated_name_is_whole_and_leaves_its_title() -> None:
    assert marked("中国欧盟商会主席大卫·库奇诺表示") == ["大卫·库奇诺"]


def test_a_person_stands_behind_a_title_and_before_what_follows_names() -> None:
    assert marked("省长邵启明、副省长梁若水出席") == ["邵启明", "梁若水"]


@pytest.mark.parametrize("text", ["国务院总理高度重视", "代表方案、意见", "记者会议在北京召开"])
def test_not_every_word_behind_a_title_is_a_person(text: str) -> None:
    assert marked(text) == []


def test_what_overlaps_is_found_once() -> None:
    assert marked("《关于第七届全国人大二次会议的报告》") == ["《关于第七届全国人大二次会议的报告》"]


def test_a_foreign_name_stands_behind_a_title() -> None:
    assert marked("塞尔维亚总统武契奇当天会见代表团") == ["武契奇"]
    assert marked("该公司副总裁Anna Lindberg表示") == ["Anna Lindberg"]


def test_what_people_are_stands_before_names_of_three_characters() -> None:
    assert marked("来自广州的布商林秀珍，经营多年。") == []
    assert marked("来自广州的经销商林秀珍，经营多年。") == ["林秀珍"]
    assert marked("经销商和顾客都说好。") == []
