"""Sentences end where a reader would end them."""

import pytest

from kg.records import Article, Span
from kg.schema import SentenceKind
from kg.sentences import split_sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(Article("article/a", "题", text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["会议指出：“要监管。要落实。”", "各地执行。"],
        ["他说：“‘一带一路’前景广阔！我们有信心。”", "掌声响起。"],
        ["会议强调，“加快发展。”“培育壮大。”", "会议结束。"],
        ["“改革是永恒的主题。”陈某称，下一步将深化改革。", "改革没有止境。"],
        ["“好的。”", "面对挑战，要有作为。"],
        ["所谓“要发展。要创新。”的口号响亮。", "落实更重要。"],
        ["《办法（试行）。修订版》已印发。", "请遵照执行。"],
        ["膜技术（又称反渗透。下同）应用广泛。", "前景广阔。"],
        ["怎么看？", "怎么办？！", "要深思……", "再行动。"],
        ["主要有三项：一是稳就业；二是稳投资；三是稳外贸。", "任务艰巨。"],
        ["比重为98.9%，比上年提高1.2个百分点。", "形势向好。"],
        ["一、总体要求。", "1.坚持创新。", "（二）坚持开放。"],
        ["没有句号的段落"],
    ],
)
def test_a_paragraph_splits_into_these(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_an_unclosed_quote_does_not_swallow_what_follows() -> None:
    assert split("他说：“要发展。要创新。\n各地执行。") == ["他说：“要发展。", "要创新。", "各地执行。"]


def test_a_stray_closing_mark_changes_nothing() -> None:
    assert split("要发展）。要创新”。") == ["要发展）。", "要创新”。"]


def test_titles_and_headings_are_one_sentence_each() -> None:
    text = "怎么看？怎么办？\n甲。乙。\n一、背景。意义\n丙。"
    article = Article("article/a", "题", text, body_start=9, heading_spans=(Span(14, 21),))
    found = [(s.text, s.kind, s.paragraph) for s in split_sentences(article)]
    assert found == [
        ("怎么看？怎么办？", SentenceKind.TITLE, 0),
        ("甲。", SentenceKind.BODY, 1),
        ("乙。", SentenceKind.BODY, 1),
        ("一、背景。意义", SentenceKind.HEADING, 2),
        ("丙。", SentenceKind.BODY, 3),
    ]


def test_marks_alone_are_no_sentence() -> None:
    assert split("……\n。。\n——") == []


def test_text_without_stops_is_cut_at_a_lesser_mark() -> None:
    sentences = split("指标，" * 3000)
    assert max(map(len, sentences)) <= 2000
    assert all(sentence.endswith("，") for sentence in sentences)
