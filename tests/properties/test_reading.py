"""The laws of reading hold for any text that can be written."""

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.articles import read_articles
from kg.articles.characters import normalize_characters, tidy_heading_text, tidy_sentence_text
from kg.articles.encodings import decode_bytes
from kg.errors import KgError
from kg.records import Article
from kg.sentences import split_sentences

CHARACTERS = (
    "新质生产力发展要推动的了。！？；，、：…“”‘’（）《》【】()\"'#*-|<>[]　 \t\n\n\f"
    "０５%５aZ9.第一（一）年月日来源作者记者：张三"
)
TEXTS = st.one_of(
    st.text(st.sampled_from(CHARACTERS), max_size=300),
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "题目在此",
                "张三 李四",
                "（来源：《人民日报》）",
                "新华社北京3月5日电（记者 王伟）要发展。",
                "发展新质生产力，要处理好生产",
                "力和生产关系的关系。",
                "他说：“要监管。要落实。”",
                "— 3 —",
                "## 一、总体要求",
                "<p>段落。</p><p>又一段</p>",
                "2024年3月5日",
                "国务院办公厅",
                "----",
                "",
            ]
        ),
        max_size=12,
    ).map("\n".join),
)
SUFFIXES = st.sampled_from([".txt", ".md", ".html"])


def read(text: str, suffix: str) -> tuple[Article, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return read_articles(path).articles
        except KgError as error:
            assert "\n" not in str(error)  # noqa: PT017 - an error is one of the two results
            return ()


@settings(max_examples=80, deadline=None)
@given(TEXTS, SUFFIXES)
@example("9.", ".txt")
def test_every_span_of_an_article_covers_what_it_claims(text: str, suffix: str) -> None:
    for article in read(text, suffix):
        assert article.text.strip()
        assert article.title == article.title.strip() != ""
        starts = {0}
        for paragraph in article.text.split("\n"):
            assert paragraph == paragraph.strip() != ""
            starts.add(max(starts) + len(paragraph) + 1)
        assert article.body_start in starts
        for span in article.heading_spans:
            assert span.start in starts
            assert span.end + 1 in starts
        for doubt in article.diagnostics:
            assert doubt.article_id == article.id
            assert doubt.span is not None
            assert 0 <= doubt.span.start < doubt.span.end <= len(article.text)


@settings(max_examples=80, deadline=None)
@given(TEXTS, SUFFIXES)
def test_every_sentence_of_an_article_is_its_text(text: str, suffix: str) -> None:
    for article in read(text, suffix):
        check_sentences(article)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(TEXTS, st.text(st.sampled_from("“”‘’（）《》。！？，a国\n …"), max_size=60)), st.integers(0, 5)
)
def test_sentences_are_in_order_and_lose_no_word(text: str, body_start: int) -> None:
    check_sentences(Article("article/a", "题", text, body_start=body_start))


def check_sentences(article: Article) -> None:
    end = 0
    rest = []
    for index, sentence in enumerate(split_sentences(article)):
        span = sentence.span
        assert article.text[span.start : span.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert "\n" not in sentence.text
        assert sentence.index == index
        assert article.text.count("\n", 0, span.start) == sentence.paragraph
        assert span.start >= end
        rest.append(article.text[end : span.start])
        end = span.end
    rest.append(article.text[end:])
    assert not any(char.isalnum() for char in "".join(rest))


@given(TEXTS)
def test_normal_characters_are_normal_already(text: str) -> None:
    once = normalize_characters(text)
    assert normalize_characters(once) == once


@given(TEXTS)
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    paragraph = normalize_characters(text).replace("\n", "").replace("\f", "")
    for tidy in (tidy_sentence_text, tidy_heading_text):
        once = tidy(paragraph)
        assert tidy(once) == once


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_told_error(data: bytes) -> None:
    try:
        decoded = decode_bytes(data)
    except KgError as error:
        assert "\n" not in str(error)  # noqa: PT017 - an error is one of the two results
    else:
        assert (decoded.n_faults == 0) == (decoded.first_fault is None)


@pytest.mark.parametrize(
    "text",
    [
        "国" * 300_000,
        "、国" * 150_000,
        "“（" * 50_000 + "国。" + "）”" * 50_000,
        "（" * 40_000 + "国。",
        "国。" + "）" * 150_000,
        "国，" * 150_000 + "（",
        "要发展。" * 50_000,
        "《国 " * 60_000,
        "来源：" * 60_000,
        "> " * 60_000 + "国",
        "<p><!--" * 40_000 + "国",
        "国\n" * 80_000,
    ],
    ids=lambda text: text[:6],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_hostile_text_takes_linear_time(text: str, suffix: str) -> None:
    start = time.process_time()
    for article in read(text, suffix):
        assert sum(1 for _ in split_sentences(article)) > 0
    assert time.process_time() - start < 5  # seconds; a quadratic step would take far longer
