"""Which stretches of words are weighed as names, and which of them become names that no rule has found."""

from dataclasses import replace

import pytest

from kg.extraction import Reading, read_article
from kg.judging import RULE
from kg.judging.models import load_weights, total
from kg.judging.proposals import SaidNames, propose_names, with_mentions
from kg.judging.spans import SpanWeigher, Stretch, all_features, find_stretches
from kg.lexicon import load_lexicon
from kg.records import Article, Mention, Span
from kg.schema import EntityKind

TEXT = "近年来，家电厂商推广空气能热水机，用户对“两联供”反响较好。"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_article(Article("a", "", TEXT), lexicon=load_lexicon())


def _stretches(reading: Reading, weigher: SpanWeigher | None = None, least: int = 0) -> list[Stretch]:
    return list(find_stretches(reading.parses[0], reading.stated.mentions, weigher, least))


def test_stretches_are_words_of_the_text_and_cross_no_mark(reading: Reading) -> None:
    found = _stretches(reading)
    assert len({stretch.span for stretch in found}) == len(found) > 20
    for stretch in found:
        assert stretch.span.of(TEXT) == stretch.text
        assert not set(stretch.text) & set("，。")
        assert 2 <= len(stretch.text) <= 22


def test_stretches_whose_ends_weigh_too_little_are_passed_over_unless_named(reading: Reading) -> None:
    named = {mention.span for mention in reading.stated.mentions}
    kept = _stretches(reading, weigher=SpanWeigher({"bias": 0}), least=1)
    assert {stretch.span for stretch in kept} == named & {s.span for s in _stretches(reading)}
    assert all(stretch.is_named and stretch.weight == 0 for stretch in kept)


@pytest.mark.parametrize(
    ("other", "place"),
    [
        (Span(10, 16), "same"),
        (Span(10, 19), "begins"),
        (Span(8, 16), "ends"),
        (Span(8, 19), "inside"),
        (Span(10, 12), "on"),
        (Span(14, 16), "before"),
        (Span(12, 14), "around"),
        (Span(8, 12), "crosses"),
        (Span(0, 3), "free"),
    ],
)
def test_how_a_stretch_lies_to_a_name_is_a_feature(reading: Reading, other: Span, place: str) -> None:
    words = reading.parses[0].words
    span = Span(10, 16)
    first = next(i for i, word in enumerate(words) if word.span.start == span.start)
    last = next(i for i, word in enumerate(words) if word.span.end == span.end)
    stretch = Stretch(reading.parses[0], first, last, span.of(TEXT), span, is_named=False)
    mention = Mention("a", 0, other, other.of(TEXT), other.of(TEXT), EntityKind.CONCEPT)
    features = all_features(stretch, [mention], TEXT)
    assert f"place:{place}" in features
    assert len(set(features)) == len(features)


def test_what_is_weighed_by_parts_weighs_as_much_as_its_features(reading: Reading) -> None:
    weigher, mentions = SpanWeigher(load_weights("judged_spans")), reading.stated.mentions
    for stretch in _stretches(reading, weigher, least=-1000):
        parts = stretch.weight + weigher.shape(stretch, mentions) + weigher.inner(stretch, TEXT)
        assert parts == total(weigher.weights, all_features(stretch, mentions, TEXT))


def test_what_is_probably_a_name_becomes_one_wherever_it_stands_again() -> None:
    text = "厂商推出空气能热水机。用户喜欢空气能热水机。"
    reading = read_article(Article("a", "", text), lexicon=load_lexicon())
    bare = replace(reading.stated, mentions=())
    weights = {"bias": -80, "name:空气能热水机": 40, "^next:推出": 50}
    found = propose_names(reading.parses, bare, SpanWeigher(weights)).mentions
    assert [(one.text, one.sentence_index) for one in found] == [("空气能热水机", 0), ("空气能热水机", 1)]
    assert {one.source for one in found} == {RULE}
    assert found[0].confidence > found[1].confidence > 0
    weights["name:空气能热水机"] = 0  # nowhere probable enough
    assert propose_names(reading.parses, bare, SpanWeigher(weights)).mentions == ()


def test_a_name_goes_without_quotation_marks() -> None:
    text = "用户对“两联供”系统反响较好。"
    reading = read_article(Article("a", "", text), lexicon=load_lexicon())
    weights = {"bias": -80, "name:“两联供”系统": 900}
    found = propose_names(reading.parses, replace(reading.stated, mentions=()), SpanWeigher(weights)).mentions
    assert ("“两联供”系统", "两联供系统") in {(one.text, one.name) for one in found}


def test_what_the_rules_name_a_little_otherwise_is_not_named_again() -> None:
    text = "厂商推出空气能热水机。"
    reading = read_article(Article("a", "", text), lexicon=load_lexicon())
    near = Mention("a", 0, Span(5, 10), "气能热水机", "气能热水机", EntityKind.CONCEPT)
    weights = {"bias": -80, "name:空气能热水机": 900}
    found = propose_names(reading.parses, with_mentions(reading.stated, (near,)), SpanWeigher(weights))
    assert "空气能热水机" not in {one.name for one in found.mentions}


@pytest.mark.parametrize(("kind", "is_named"), [(EntityKind.ISSUE, True), (EntityKind.CONCEPT, False)])
def test_what_has_a_problem_is_named_besides_it(kind: EntityKind, *, is_named: bool) -> None:
    reading = read_article(Article("a", "", "热水机零部件短缺影响生产。"), lexicon=load_lexicon())
    problem = Mention("a", 0, Span(0, 8), "热水机零部件短缺", "热水机零部件短缺", kind)
    weights = {"bias": -80, "name:热水机零部件": 900}
    stated = replace(reading.stated, mentions=(problem,))
    found = propose_names(reading.parses, stated, SpanWeigher(weights)).mentions
    assert ("热水机零部件" in {one.name for one in found}) is is_named


def test_a_problem_is_not_named_twice() -> None:
    reading = read_article(Article("a", "", "热水机零部件短缺问题影响生产。"), lexicon=load_lexicon())
    problem = Mention("a", 0, Span(0, 10), "热水机零部件短缺问题", "热水机零部件短缺问题", EntityKind.ISSUE)
    weights = {"bias": -80, "name:热水机零部件短缺": 900}
    stated = replace(reading.stated, mentions=(problem,))
    assert propose_names(reading.parses, stated, SpanWeigher(weights)).mentions == ()


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        ("空气能热水机", True),
        ("空气能热水机组", True),  # six of seven characters
        ("空气能热水", True),
        ("热水机", False),  # half of it
        ("新空气能热水机行业标准", False),
        ("光伏", True),
        ("光伏板", True),
        ("光", False),
        ("伏", False),
    ],
)
def test_names_that_say_the_same_are_found_whichever_is_longer(name: str, is_said: bool) -> None:
    assert (name in SaidNames(["空气能热水机", "光伏", "煤"])) is is_said
