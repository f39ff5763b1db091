"""The tables of reading are refused where they are wrong, by file and line."""

from pathlib import Path

import pytest

from kg.articles import furniture
from kg.errors import KgError

HEADER = "id\tkind\tfield\tpattern\texample\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a\tline\t\t(\t甲", "pattern of 'a' does not compile"),
        ("a\tline\t\t甲|\t甲", "would match everywhere"),
        ("a\tline\t\t甲\t乙", "'a' misses its example '乙'"),
        ("a\tline\t\t甲\t甲乙", "'a' misses its example"),
        ("a\tline\t甲", "3 cells; expected 5"),
    ],
)
def test_a_wrong_row_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, message: str
) -> None:
    path = tmp_path / "layout.tsv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    monkeypatch.setattr(furniture, "resource_path", lambda *_: path)
    with pytest.raises(KgError, match=r"layout\.tsv:2: ") as caught:
        furniture.load_furniture.__wrapped__()
    assert message in str(caught.value)


def test_every_rule_matches_its_example() -> None:
    assert sum(map(len, furniture.load_furniture().rules.values())) > 70
