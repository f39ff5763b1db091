"""Every table of rules is checked as it is read; a wrong row is told by file and line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import rules
from kg.errors import KgError
from kg.resources import resource_path
from kg.rules import find_verb, kind_of_name, load_verbs, load_word_set
from kg.schema import EntityKind, RelationKind
from kg.tables import read_table

TABLES = sorted(resource_path("rules").glob("*.tsv"), key=lambda path: path.name)
CACHED = (rules.load_verbs, rules.load_word_set, rules._word_sets, rules.load_kinds)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder that stands for ``ontology/rules``; what was read before, and is now, is forgotten."""
    (tmp_path / "word_sets.tsv").write_text("set\tword\tnote\n", encoding="utf-8")
    monkeypatch.setattr(rules, "resource_path", lambda *parts: tmp_path.joinpath(*parts[1:]))
    for load in CACHED:
        load.cache_clear()
    yield tmp_path
    for load in CACHED:
        load.cache_clear()


def test_the_tables_are_found() -> None:
    assert len(TABLES) > 20


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_has_no_row_twice_and_no_empty_first_cell(path: Path) -> None:
    columns = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
    rows = [cells for _, cells in read_table(path, columns)]
    assert rows
    assert len(set(rows)) == len(rows)
    assert all(cells[0] for cells in rows)


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("word_sets", "set\tword\tnote\nmarks\t甲\t\nmarks\t甲\t\n", "word_sets.tsv:3: '甲' stands twice"),
        ("word_sets", "set\tword\tnote\nmarks\t\t\n", "word_sets.tsv:2: an empty cell"),
        ("word_sets", "set\tword\nmarks\t甲\n", "word_sets.tsv:1: header"),
        ("word_sets", "set\tword\tnote\nmarks\t甲\n", "word_sets.tsv:2: 2 cells"),
        ("marks", "word\tnote\n甲\t\n\n甲\t\n", "marks.tsv:4: '甲' stands twice"),
    ],
)
def test_a_wrong_row_of_a_word_set_is_told_by_file_and_line(
    table: str, text: str, message: str, folder: Path
) -> None:
    (folder / f"{table}.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        load_word_set("marks")


def test_a_set_stands_in_one_place(folder: Path) -> None:
    (folder / "word_sets.tsv").write_text("set\tword\tnote\nmarks\t甲\t\n", encoding="utf-8")
    assert load_word_set("marks") == {"甲"}
    load_word_set.cache_clear()
    (folder / "marks.tsv").write_text("word\tnote\n甲\t\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"marks\.tsv: set 'marks' stands in word_sets\.tsv too"):
        load_word_set("marks")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "推动\tpromote\tpromotes\t\t\t",
            r"verbs\.tsv:2: 'promote' is not a relation kind; did you mean 'promotes'",
        ),
        (
            "推动\tpromotes\tpromotes\t\t\t\n推动\tpromotes\tpromotes\t\t\t",
            r"verbs\.tsv:3: verb '推动' stands twice",
        ),
    ],
)
def test_a_wrong_verb_is_told_by_file_and_line(row: str, message: str, folder: Path) -> None:
    (folder / "verbs.tsv").write_text("\t".join(rules.VERB_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(KgError, match=message):
        load_verbs()


def test_a_verb_is_known_with_its_complement() -> None:
    found = find_verb("催生出")
    assert found is not None
    assert found.kind is RelationKind.GENERATES
    assert find_verb("桌子") is None


def test_the_longest_head_gives_the_kind() -> None:
    assert kind_of_name("社会化服务体系") is EntityKind.POLICY
    assert kind_of_name("龘") is None
