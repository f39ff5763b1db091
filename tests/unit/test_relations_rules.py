"""Every relation rule finds its relation in its example, and no claim comes from a rule without one."""

import re
from pathlib import Path

import pytest

from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, Claim
from kg.relations.descriptions import ANY, RuleDescription, family_of, load_rule_descriptions

SOURCES = Path(__file__).parents[2] / "src" / "kg" / "relations"
_RULE_RE = re.compile(r'f?"([a-z]+(?:-[a-z]+)*)(?::\{[^}]*\})?"(?:, asserted=True)?\)')


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def names_of(claim: Claim) -> tuple[str, str, str]:
    subject = claim.subject.name if claim.subject else "ARTICLE"
    return subject, claim.kind.value, claim.object.name


@pytest.mark.parametrize("rule", load_rule_descriptions().values(), ids=lambda rule: rule.id)
def test_a_rule_finds_its_relation_in_its_example(rule: RuleDescription, lexicon: Lexicon) -> None:
    title, mark, _ = rule.example.rpartition("\\n")
    text, body_start = rule.example.replace("\\n", "\n"), len(title) + 1 if mark else 0
    reading = read_article(Article("a", title, text, body_start=body_start), lexicon=lexicon)
    claims = (*reading.stated.claims, *reading.facts.claims)  # what is added is none that the rules state
    found = [(family_of(claim.rule), names_of(claim)) for claim in claims]
    subject, kind, obj = rule.expected
    assert any(
        family == rule.id and names[0] == subject and names[2] == obj and kind in (names[1], ANY)
        for family, names in found
    ), found


def test_a_rule_of_one_kind_states_that_kind_in_its_example() -> None:
    for rule in load_rule_descriptions().values():
        assert rule.kind in (ANY, rule.expected[1]), rule.id


def test_every_rule_in_the_code_is_described() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.py")))
    in_code = {name for name in _RULE_RE.findall(text) if "-" in name}
    assert len(in_code) >= 20
    assert in_code - set(load_rule_descriptions()) == set()
