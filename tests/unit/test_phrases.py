"""Base noun phrases: runs of nouns and attributes, cut where names stand side by side."""

import pytest

from kg.phrases import find_phrases
from kg.roles import find_roles
from tagged import words_of


def phrases_of(tagged: str) -> list[str]:
    words = words_of(tagged)
    return [phrase.text for phrase in find_phrases(words, find_roles(words))]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("新/a 职业/n 涌现/v", ["新职业"]),
        ("财政部/nt 《通知》/nk 印发/v", ["财政部", "《通知》"]),
        ("“甲”/nq “乙”/nq", ["“甲”", "“乙”"]),
        ("粮食/n 三大/n 产业/n", ["粮食", "三大产业"]),
        ("前沿性/b 、 革命性/b 技术/n", ["前沿性", "革命性技术"]),
        ("经济/n 关键/n 在/p 创新/vn", ["经济", "关键", "创新"]),
    ],
)
def test_a_phrase_ends_where_another_name_begins(tagged: str, expected: list[str]) -> None:
    assert phrases_of(tagged) == expected


def test_attributes_alone_are_no_phrase_unless_listed_or_governed() -> None:
    assert phrases_of("重要/a 的/ude 是/v") == []
    assert phrases_of("具有/v 原创性/b") == ["原创性"]


def test_a_phrase_after_a_number_is_counted() -> None:
    words = words_of("一批/m 基地/n 和/c 园区/n")
    assert [phrase.is_counted for phrase in find_phrases(words, "QNCN")] == [True, False]
