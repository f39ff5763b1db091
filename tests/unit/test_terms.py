"""A text makes terms of its own, and they are found by repetition."""

import pytest

from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article
from kg.terms import find_terms
from kg.words import split_words


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def terms(texts: list[str], lexicon: Lexicon) -> list[str]:
    return [term.name for term in find_terms([split_words(t, offset=0, lexicon=lexicon) for t in texts])]


def test_a_row_that_repeats_in_changing_company_is_a_term(lexicon: Lexicon) -> None:
    assert terms(["发展冰雪经济廊道。", "建设冰雪经济廊道，", "冰雪经济廊道投产。"], lexicon) == [
        "冰雪经济廊道"
    ]


def test_a_row_that_stands_once_is_no_term(lexicon: Lexicon) -> None:
    assert terms(["发展冰雪经济廊道。"], lexicon) == []


def test_a_part_that_stands_only_in_the_longer_term_is_none(lexicon: Lexicon) -> None:
    assert "冰雪经济" not in terms(
        ["发展冰雪经济廊道。", "建设冰雪经济廊道，", "冰雪经济廊道投产。"], lexicon
    )


def test_a_verb_begins_no_term(lexicon: Lexicon) -> None:
    assert terms(["加快发展新业态。", "推动发展新业态，", "发展新业态。"], lexicon) == []


def test_the_order_of_sentences_makes_no_difference(lexicon: Lexicon) -> None:
    texts = ["发展冰雪经济廊道。", "建设城市更新片区，", "冰雪经济廊道投产。", "城市更新片区下水。"]
    assert terms(texts, lexicon) == terms(texts[::-1], lexicon)


def test_a_discovered_mention_quotes_the_article(lexicon: Lexicon) -> None:
    text = "双积公路项目开工。双积公路沿线受益。"
    facts = read_article(Article(id="article/a", title="", text=text), lexicon=lexicon).stated
    for mention in facts.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
