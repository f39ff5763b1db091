"""Golden sentences: what an analyst would mark in each, side by side with the text.

``sentences.tsv`` has a sentence a row (``\\n`` parts paragraphs), the claims it must give and those it
must not, separated by ``；``. A claim is ``主|predicate|宾``, with ``ARTICLE`` for the writer, ``*`` for
anyone, and ``modality=``, ``strength=``, ``speaker=``, ``negated=``, ``action=`` where it matters. Names are
compared as ``kg evaluate`` compares them, forbidden ones to the letter; ``miss`` says why a row is not yet
read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.evaluation.names import is_close, normalize_name
from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, Claim, Mention
from kg.schema import RelationKind

SENTENCES = Path(__file__).parent / "sentences.tsv"
COLUMNS = ["id", "text", "expected", "forbidden", "miss", "note"]
ARTICLE = "ARTICLE"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim as the table writes it: ``主|predicate|宾`` and, where it matters, ``modality=Required`` …."""

    subject: str
    kind: RelationKind
    object: str
    checks: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "|".join((self.subject, self.kind, self.object, *(f"{k}={v}" for k, v in self.checks)))


@dataclass(frozen=True, slots=True)
class Golden:
    id: str
    text: str
    expected: tuple[Wanted, ...]
    forbidden: tuple[Wanted, ...]
    miss: str


def read_goldens() -> Iterator[Golden]:
    header, *rows = SENTENCES.read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == COLUMNS
    for row in rows:
        name, text, expected, forbidden, miss, _note = row.split("\t")
        yield Golden(name, text.replace("\\n", "\n"), tuple(parse(expected)), tuple(parse(forbidden)), miss)


def parse(cell: str) -> Iterator[Wanted]:
    for item in cell.split("；"):
        if item:
            subject, kind, obj, *checks = item.split("|")
            pairs = tuple((key, value) for key, _, value in (check.partition("=") for check in checks))
            yield Wanted(subject, RelationKind(kind), obj, pairs)


def is_named(mention: Mention | None, name: str, *, exact: bool = False) -> bool:
    """Tell whether *mention* goes by *name*: equal, or one inside the other and nearly as long."""
    if name == ANY:
        return True
    if mention is None or name == ARTICLE:
        return mention is None and name == ARTICLE
    if exact:
        return mention.name == name
    wanted = normalize_name(name)
    return any(is_close(wanted, normalize_name(one)) for one in (mention.name, mention.text))


def is_match(claim: Claim, wanted: Wanted, *, exact: bool = False) -> bool:
    if claim.kind is not wanted.kind or not all(is_checked(claim, *check) for check in wanted.checks):
        return False
    pairs = [(claim.subject, claim.object)]
    if claim.kind is RelationKind.INTEGRATES_WITH and claim.subject is not None:
        pairs.append((claim.object, claim.subject))
    return any(
        is_named(subject, wanted.subject, exact=exact) and is_named(obj, wanted.object, exact=exact)
        for subject, obj in pairs
    )


def is_checked(claim: Claim, key: str, value: str) -> bool:
    if key == "speaker":
        return is_named(claim.speaker, value)
    if key == "negated":
        return claim.negated is (value == "yes")
    if key == "action":
        return value in (claim.action or "")
    found = {"modality": claim.modality, "strength": claim.strength}[key]
    return (found or "-") == value


def show(claim: Claim) -> str:
    subject = claim.subject.name if claim.subject else ARTICLE
    extra = f"{claim.modality} {claim.strength or '-'} {'negated ' if claim.negated else ''}{claim.rule}"
    return f"{subject}|{claim.kind}|{claim.object.name}  ({extra})"


GOLDENS = tuple(read_goldens())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def _parameters() -> Iterator[object]:
    for golden in GOLDENS:
        marks = [pytest.mark.xfail(strict=True, reason=f"#3: {golden.miss}")] if golden.miss else []
        yield pytest.param(golden, id=golden.id, marks=marks)


def test_there_are_as_many_golden_sentences_as_were_written() -> None:
    assert len(GOLDENS) == 553
    assert len({golden.id for golden in GOLDENS}) == len(GOLDENS)
    assert len({golden.text for golden in GOLDENS}) == len(GOLDENS)
    assert all(golden.expected or golden.forbidden for golden in GOLDENS)


def test_most_golden_sentences_are_read_whole() -> None:
    assert sum(1 for golden in GOLDENS if golden.miss) <= 15


@pytest.mark.parametrize("golden", list(_parameters()))
def test_a_golden_sentence_gives_what_an_analyst_would_mark(golden: Golden, lexicon: Lexicon) -> None:
    claims = read_article(Article("article/golden", "", golden.text), lexicon=lexicon).stated.claims
    found = "\n".join(map(show, claims))
    missed = [str(one) for one in golden.expected if not any(is_match(c, one) for c in claims)]
    wrong = [str(one) for one in golden.forbidden if any(is_match(c, one, exact=True) for c in claims)]
    assert (missed, wrong) == ([], []), f"{golden.text}\nfound\n{found}"
