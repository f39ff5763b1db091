"""Every correction of a verb's relation is needed by its example; a wrong row is told by file and line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article
from kg.relations import kinds
from kg.relations.descriptions import load_rule_descriptions
from kg.relations.kinds import COLUMNS, Correction, load_corrections
from kg.rules import load_word_set

_ROW = "run\tpromotes\t\tPlace\tPolicy\t\t\timplements\t\t我国完善制度。\t中国|implements|制度"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a file that stands for the table."""
    path = tmp_path / "kind_corrections.tsv"
    monkeypatch.setattr(kinds, "resource_path", lambda *_: path)
    load_corrections.cache_clear()
    yield path
    load_corrections.cache_clear()


def kinds_stated(row: Correction, lexicon: Lexicon) -> set[str]:
    """Return the relations between the two ends in the example; ``-`` where there is none."""
    kinds._find_corrections.cache_clear()
    facts = read_article(Article("a", "", row.example), lexicon=lexicon).stated
    ends = row.expected[0], row.expected[2]
    claims = (claim for claim in facts.claims if claim.subject is not None)
    return {c.kind.value for c in claims if c.subject and (c.subject.name, c.object.name) == ends} or {"-"}


def test_the_corrections_are_found() -> None:
    assert len(load_corrections()) >= 30


@pytest.mark.parametrize("row", load_corrections(), ids=lambda row: row.id)
def test_an_example_reads_as_expected_by_its_correction_alone(
    row: Correction, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert row.expected[1] in kinds_stated(row, lexicon)
    others = tuple(other for other in load_corrections() if other is not row)
    monkeypatch.setattr(kinds, "load_corrections", lambda: others)
    assert row.expected[1] not in kinds_stated(row, lexicon)
    kinds._find_corrections.cache_clear()


@pytest.mark.parametrize("row", load_corrections(), ids=lambda row: row.id)
def test_a_correction_names_rules_and_words_that_there_are(row: Correction) -> None:
    assert row.rules <= load_rule_descriptions().keys()
    assert not row.verbs or load_word_set(row.verbs)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (_ROW.replace("promotes", "promote"), "2: 'promote' is not a relation kind; did you mean"),
        (_ROW.replace("Place", "!Places"), "2: 'Places' is not an entity kind; expected one of"),
        (_ROW.replace("\t\timplements", "\tnow\timplements"), "2: 'now' is not a circumstance; expected one"),
        (_ROW.replace("|implements|", "|"), r"2: expected cell is '中国\|制度'; expected 'subject"),
        (f"{_ROW}\n{_ROW}", "3: id 'run' stands twice; remove one row"),
    ],
)
def test_a_wrong_correction_is_told_by_file_and_line(rows: str, message: str, table: Path) -> None:
    table.write_text("\t".join(COLUMNS) + f"\n{rows}\n", encoding="utf-8")
    with pytest.raises(KgError, match=rf"kind_corrections\.tsv:{message}"):
        load_corrections()
