"""The laws of extraction hold for policy prose of any shape, and for any text at all."""

import pickle
import re
import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.extraction import extract_article, read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, ArticleFacts, Claim, Mention
from kg.words import split_words
from kg.words.dictionaries import Cutter, load_cutter

WORDS = """
新质生产力 科技创新 传统产业 创新链 产业链 中小企业 重复建设 堵点卡点 全国统一大市场 人才
资金 算力 国务院 我国 江苏 习近平 5G技术 2023年 5787亿元 3.5% 问题 方面
各类市场主体 《政府工作报告》 “东数西算”工程 原始创新能力不足 推动 催生 制约 破解 加快培育
建设 强调 是 包括 应用于 离不开 忽视、放弃 融合 纳入 提升 存在 提供支撑 作用
"""
MARKS = """
， 。 ； ： 、 的 和 与 等 “ ” ‘ ’ （ ） 《 》 ！ ？ 要 必须 不得 不 将
把 被 由 以 为 通过 随着 在 下 对 从 向 一是 从而 既 又 不是 而是 有望
（以下简称“ ”）
"""
PIECES = st.one_of(st.sampled_from(WORDS.split()), st.sampled_from(MARKS.split()), st.just("\n"))
PROSE = st.lists(PIECES, max_size=60).map("".join)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=40)
TEXTS = st.one_of(PROSE, PROSE, HAN, st.text(max_size=60))
LAWS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LENGTH = 50_000  # characters: a chapter of nothing but marks; longer ones are in benchmarks/


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


LEXICON = load_lexicon()  # Hypothesis and function-scoped fixtures do not go together


def article_of(text: str) -> Article:
    return Article("article/a", "", text, date="2024-03-05")


def facts_of(text: str) -> ArticleFacts:
    return extract_article(article_of(text), lexicon=LEXICON)


def ends_of(claim: Claim) -> tuple[Mention, ...]:
    ends = (claim.subject, claim.object, claim.speaker)
    return tuple(mention for mention in ends if mention is not None)


@LAWS
@given(TEXTS)
@example("要“要”“”")
def test_words_cover_their_sentence_without_gaps(text: str) -> None:
    for parse in read_article(article_of(text), lexicon=LEXICON).parses:
        position = parse.sentence.span.start
        for word in parse.words:
            assert (word.span.start, word.span.of(text)) == (position, word.text)
            position = word.span.end
        assert position == parse.sentence.span.end
        assert len(parse.roles) == len(parse.words)


@LAWS
@given(TEXTS)
@example("（以下简称“《”）")
def test_mentions_are_verbatim_and_stand_in_their_sentence(text: str) -> None:
    facts = facts_of(text)
    for mention in facts.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.name.strip()
        assert facts.sentences[mention.sentence_index].span.contains(mention.span)


@LAWS
@given(TEXTS)
def test_cues_are_verbatim_and_stand_in_their_sentence(text: str) -> None:
    facts = facts_of(text)
    for claim in facts.claims:
        assert claim.cue
        assert claim.cue_span.of(text) == claim.cue
        assert facts.sentences[claim.sentence_index].span.contains(claim.cue_span)
        assert 0 < claim.confidence <= 1


@LAWS
@given(TEXTS)
def test_numbers_stand_in_their_sentence(text: str) -> None:
    facts = facts_of(text)
    for found in facts.measurements:
        assert found.span.of(text).strip()
        assert facts.sentences[found.sentence_index].span.contains(found.span)


@LAWS
@given(TEXTS)
@example("我国制造业存在一些问题：一是原始创新能力不足；二是关键技术受制于人。")
def test_what_a_claim_is_about_is_verbatim(text: str) -> None:
    for claim in facts_of(text).claims:
        for mention in ends_of(claim):
            assert mention.span.of(text) == mention.text


@LAWS
@given(TEXTS)
@example("新质生产力\n新质生产力原始创新能力不足")
@example("惠普公布了新品。惠普TouchPad平板电脑受到欢迎。")
@example("国务院（以下简称“新质生产力5787亿元")
def test_what_a_claim_is_about_is_mentioned(text: str) -> None:
    facts = facts_of(text)
    mentioned = set(facts.mentions)
    for claim in facts.claims:
        listed = {end for end in ends_of(claim) if end.source != "clause"}  # a whole clause is a problem
        assert listed <= mentioned


@LAWS
@given(TEXTS)
def test_extraction_is_deterministic_and_picklable(text: str) -> None:
    facts = facts_of(text)
    assert facts == facts_of(text)
    assert pickle.loads(pickle.dumps(facts)) == facts


@cache
def cutters() -> tuple[Cutter, Cutter]:
    """Return what cuts with rjieba, and what cuts with jieba where rjieba is missing."""
    pytest.importorskip("rjieba")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, "rjieba", None)
        plain = load_cutter.__wrapped__()
    return load_cutter(), plain


@LAWS
@given(st.one_of(HAN, PROSE))
@example("将济青高铁全长约三百公里")
@example("不得不得不得从而")
def test_both_segmenters_give_the_same_words(text: str) -> None:
    fast, plain = cutters()
    for run in re.findall("[\u4e00-\u9fa5]+", text):
        # The same words in another order are as probable (不得不|得|不得): rounding decides, and may differ.
        assert sorted(fast(run)) == sorted(plain(run))


@pytest.mark.parametrize(
    "text",
    [
        "、" * LENGTH,
        "“" * LENGTH,
        "“" * (LENGTH // 2) + "”" * (LENGTH // 2),
        "（" * LENGTH,
        "《" * LENGTH,
        "的" * LENGTH,
        "科技创新、" * (LENGTH // 5),
        "科技创新的" * (LENGTH // 5),
        "推动" * (LENGTH // 2),
        "推动发展" * (LENGTH // 4),
        "以科技创新为" * (LENGTH // 6),
        "，" * LENGTH,
        "5" * LENGTH,
        "在" * LENGTH,
        "人的" * (LENGTH // 2),
        "以对" * (LENGTH // 2),
        "要推动产业发展，" * (LENGTH // 8),
        "产业链" * (LENGTH // 3),
    ],
    ids=lambda text: text[:6],
)
@pytest.mark.slow
def test_a_hostile_text_ends(text: str, lexicon: Lexicon) -> None:
    assert extract_article(article_of(text), lexicon=lexicon).article.text == text


@LAWS
@given(TEXTS, st.integers(0, 1000))
def test_words_are_counted_from_the_offset(text: str, offset: int) -> None:
    here = split_words(text, offset=0, lexicon=LEXICON)
    there = split_words(text, offset=offset, lexicon=LEXICON)
    assert [word.span.start + offset for word in here] == [word.span.start for word in there]
