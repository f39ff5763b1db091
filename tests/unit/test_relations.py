"""What sentences state, who says it and how strongly; and the laws that every claim obeys."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import Reading, read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, ArticleFacts, Claim
from kg.relations.descriptions import family_of, load_rule_descriptions
from kg.schema import Modality, RelationKind, Strength

LEXICON = load_lexicon()
EXAMPLES = [rule.example.replace("\\n", "\n") for rule in load_rule_descriptions().values()]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return LEXICON


def reading_of(text: str, title: str = "") -> Reading:
    whole = f"{title}\n{text}" if title else text
    article = Article("a", title, whole, body_start=len(title) + 1 if title else 0)
    return read_article(article, lexicon=LEXICON)


def facts_of(text: str, title: str = "") -> ArticleFacts:
    return reading_of(text, title).stated


def triples_of(text: str, title: str = "") -> set[tuple[str, str, str]]:
    return {triple_of(claim) for claim in facts_of(text, title).claims}


def triple_of(claim: Claim) -> tuple[str, str, str]:
    return claim.subject.name if claim.subject else "ARTICLE", claim.kind.value, claim.object.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议强调，要加快发展新质生产力。", ("会议", "advocates", "新质生产力")),
        ("“要加快发展新质生产力。”国务院总理李强说。", ("李强", "advocates", "新质生产力")),
        ("数字经济快速发展。它推动传统产业转型升级。", ("数字经济", "promotes", "传统产业转型升级")),
        ("将科技创新作为重要引擎。", ("ARTICLE", "advocates", "科技创新")),
        ("防止重复建设。", ("ARTICLE", "opposes", "重复建设")),
        ("面对外部冲击，我国经济保持增长。", ("经济", "faces", "外部冲击")),
        ("科技创新为高质量发展提供源头支撑。", ("科技创新", "supports", "高质量发展")),
    ],
)
def test_a_sentence_states(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples_of(text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("如何发展新质生产力？", ("ARTICLE", "advocates", "新质生产力")),
        ("各地探索如何推动产业升级。", ("ARTICLE", "advocates", "产业升级")),
        ("如果出现重复建设，效率就会降低。", ("ARTICLE", "opposes", "重复建设")),
        ("科技创新为高质量发展提供源头支撑。", ("源头支撑", "supports", "高质量发展")),
        ("企业是创新链与产业链的结合点。", ("企业", "isA", "创新链")),
    ],
)
def test_a_sentence_does_not_state(text: str, denied: tuple[str, str, str]) -> None:
    assert denied not in triples_of(text)


def test_who_stands_before_the_colon_of_a_title_does_what_it_tells() -> None:
    assert triples_of("新年第一天。", "浙江：推动民营经济创新发展") == {
        ("浙江", "promotes", "民营经济创新发展")
    }


def test_sentences_without_subject_tell_the_deeds_of_the_actor_in_the_title() -> None:
    text = "江苏建设了产业园区。\n累计培育了高新技术企业。"
    assert ("江苏", "promotes", "高新技术企业") in triples_of(text, "江苏加快建设制造强省")
    assert "高新技术企业" not in {obj for _, _, obj in triples_of(text, "深刻把握发展新质生产力的要求")}


def test_sentences_without_subject_tell_the_deeds_of_the_actor_of_their_paragraph() -> None:
    title = "深刻把握发展新质生产力的要求"
    text = "江苏建设了产业园区。累计培育了高新技术企业。"
    assert ("江苏", "promotes", "高新技术企业") in triples_of(text, title)
    of_a_class = triples_of("企业建设了产业园区。要培育高新技术人才。", title)
    assert ("企业", "promotes", "高新技术人才") not in of_a_class


@pytest.mark.parametrize(
    ("text", "modality", "strength"),
    [
        ("必须加强基础研究。", Modality.REQUIRED, Strength.MANDATORY),
        ("要加强基础研究。", Modality.REQUIRED, Strength.STRONG),
        ("鼓励企业加强基础研究。", Modality.ASSERTED, Strength.ENCOURAGED),
    ],
)
def test_modal_words_tell_how_strongly_a_thing_is_called_for(
    text: str, modality: Modality, strength: Strength
) -> None:
    calls = [claim for claim in facts_of(text).claims if claim.kind is RelationKind.ADVOCATES]
    assert (modality, strength) in {(claim.modality, claim.strength) for claim in calls}


def test_the_words_of_a_person_end_with_the_paragraph() -> None:
    text = "国务院总理李强指出，要加强基础研究。\n必须加快发展新质生产力。"
    assert {("李强", "advocates", "基础研究"), ("ARTICLE", "advocates", "新质生产力")} <= triples_of(text)


def test_nothing_carries_over_from_one_article_to_the_next() -> None:
    text = "要加快发展新质生产力。"
    before = facts_of(text)
    facts_of("国务院总理李强指出，要扩大内需。", "江苏加快建设制造强省")
    assert facts_of(text) == before


def articles() -> Iterator[ArticleFacts]:
    return (facts_of(example) for example in EXAMPLES)


def test_every_claim_is_between_mentions_of_its_article() -> None:
    for facts in articles():
        names = {mention.name for mention in facts.mentions}
        for claim in facts.claims:
            assert claim.object.name in names or claim.object.source == "clause"
            assert claim.subject is None or claim.subject.name in names | {"会议"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=4))
def test_claims_cite_the_article_and_are_the_same_each_time(examples: list[str]) -> None:
    reading = reading_of("\n".join(examples))
    assert reading_of("\n".join(examples)).facts == reading.facts
    facts = reading.facts
    for claim in (*reading.stated.claims, *facts.claims):
        assert claim.cue_span.of(facts.article.text) == claim.cue
        assert claim.cue
        sentence = facts.sentences[claim.sentence_index]
        assert sentence.span.contains(claim.cue_span)
        assert 0 < claim.confidence <= 1
        assert family_of(claim.rule) in load_rule_descriptions(), claim.rule
        is_call = claim.kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES)
        assert claim.action is None or is_call
        assert (claim.label is None) is (claim.kind is not RelationKind.RELATED_TO)
