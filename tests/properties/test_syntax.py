"""The laws of syntax hold for any row of words, and a long row takes no longer a word than a short one."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clauses import Noun, Parse, parse_sentence
from kg.lexicon import load_lexicon
from kg.records import Sentence, Span, Word
from kg.roles import find_roles
from kg.words import split_words
from tagged import words_of

TAGGED = """
企业/nt 数据/n 发展/vn 推动/v 支持/vn 包括/v 是/v 必须/vm 将/vm 加快/d 深入/dv 主要/da 深度/dn 的/ude 地/udi
等/uet 了/ud 在/p 与/p 以/p 为/p 对/p 和/c 一批/m 各/r 时/f 以来/f 2024年/t 重要/a 绿色化/b 因地制宜/i
《通知》/nk “名”/nq 需要/vv 三大/m 关键/n — 、 ， 。 “ ” （ ） 【 】 ：
"""
ROWS = st.lists(st.sampled_from(TAGGED.split()), max_size=40).map(" ".join)
LEXICON = load_lexicon()
LENGTH = 20_000  # characters; a quadratic reader would need minutes


def parse(words: tuple[Word, ...]) -> Parse:
    text = "".join(word.text for word in words)
    return parse_sentence(Sentence("article/a", 0, Span(0, len(text)), text), words)


def check_noun(noun: Noun, n_words: int) -> None:
    assert noun.name
    assert 0 <= noun.first < noun.last <= n_words
    assert noun.full_span.start <= noun.span.start < noun.span.end
    for owner in noun.owners:
        check_noun(owner, n_words)


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_a_word_has_one_role_and_every_index_is_within_bounds(tagged: str) -> None:
    words = words_of(tagged)
    assert len(find_roles(words)) == len(words)
    found = parse(words)
    for phrase in found.phrases:
        assert 0 <= phrase.first < phrase.last <= len(words)
        assert phrase.text == "".join(word.text for word in words[phrase.first : phrase.last])
    for nominal in found.nominals:
        assert nominal.heads
        for noun in (*nominal.heads, *nominal.members):
            check_noun(noun, len(words))
    for frame in found.frames:
        for noun in (*frame.subjects, *frame.objects, *frame.topic):
            check_noun(noun, len(words))
        assert frame.verb in frame.action
        assert frame.cue_span.start <= frame.verb_span.start
        assert frame.verb_span.end <= frame.cue_span.end


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_reading_twice_gives_the_same(tagged: str) -> None:
    assert parse(words_of(tagged)) == parse(words_of(tagged))


def seconds(text: str) -> float:
    started = process_time()
    parse(split_words(text, offset=0, lexicon=LEXICON))
    return process_time() - started


@pytest.mark.parametrize(
    "unit",
    [
        "、",
        "的",
        "和",
        "发展",
        "企业的",
        "企业和",
        "在企业",
        "与企业",
        "一批",
        "各类",
        "“",
        "”",
        "（",
        "《",
        "“企业”、",
        "深入推进",
        "推动企业发展的",
        "关键在",
        "龘",
        "1",
    ],
)
def test_a_text_without_end_is_read_in_linear_time(unit: str) -> None:
    seconds(unit)  # what is read only once does not count
    n_units = LENGTH // len(unit)
    short, long = (min(seconds(unit * n) for _ in range(2)) for n in (n_units // 4, n_units))
    assert long < 10 * short + 0.2  # four times as long: sixteen times would be quadratic
