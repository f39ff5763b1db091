"""The patterns of relations match their examples; a wrong one is told by file and line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.relations import wordings
from kg.relations.wordings import COLUMNS, load_wording, load_wordings


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a file that stands for the table."""
    path = tmp_path / "relation_patterns.tsv"
    monkeypatch.setattr(wordings, "resource_path", lambda *_: path)
    load_wordings.cache_clear()
    yield path
    load_wordings.cache_clear()


def test_the_patterns_are_found() -> None:
    assert len(load_wordings()) >= 10


def test_a_pattern_holds_the_words_of_its_classes_and_sets() -> None:
    cause = load_wording("cause").search("受市场需求拉动，产量增长")
    assert cause is not None
    assert (cause["b"], cause["by_force"]) == ("市场需求", "拉动")


def test_a_longer_word_is_not_hidden_by_a_shorter_one() -> None:
    charge = load_wording("in_charge").fullmatch("（财政部会同有关部门负责）")
    assert charge is not None
    assert charge["verb"] == "会同有关部门负责"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("one\t甲\t\t乙", "2: 'one' does not match its example '乙'; mend one of them"),
        ("one\t(甲\t\t甲", "2: '\\(甲' is no regular expression: .*; mend it"),
        ("one\t甲\t\t甲\none\t乙\t\t乙", "3: pattern 'one' stands twice; remove one row"),
        ("one\t{no_such_words}\t\t甲", "2: {no_such_words} is no class of words, no set and no earlier"),
    ],
)
def test_a_wrong_pattern_is_told_by_file_and_line(rows: str, message: str, table: Path) -> None:
    table.write_text("\t".join(COLUMNS) + f"\n{rows}\n", encoding="utf-8")
    with pytest.raises(KgError, match=rf"relation_patterns\.tsv:{message}"):
        load_wordings()
