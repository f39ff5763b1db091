"""The hand-made annotations agree with the articles of the corpus they annotate."""

from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.evaluation import ARTICLE, GoldArticle, read_gold
from kg.records import Article

ROOT = Path(__file__).parents[2]
GOLD = {use: read_gold(ROOT / "tests/quality/gold" / f"{use}.jsonl") for use in ("train", "gate")}
ARTICLES = read_articles(ROOT / "corpus").articles
ALL = [*GOLD["train"], *GOLD["gate"]]


def article_of(gold: GoldArticle) -> Article:
    """Return the corpus article that *gold* annotates."""
    here = [article for article in ARTICLES if article.source_file == gold.file]
    return here[0] if len(here) == 1 else next(a for a in here if a.title == gold.title)


def test_gold_holds_all_eighteen_articles_half_of_them_for_the_gate() -> None:
    assert {use: len(articles) for use, articles in GOLD.items()} == {"train": 9, "gate": 9}
    assert len({gold.id for gold in ALL}) == 18 == len(ARTICLES)


@pytest.mark.parametrize("gold", ALL, ids=lambda gold: gold.id)
def test_evidence_stands_in_the_article(gold: GoldArticle) -> None:
    text = article_of(gold).text.replace("\n", "")
    quotes = [relation.evidence for relation in gold.relations]
    quotes += [observation.evidence for observation in gold.observations]
    assert [quote for quote in quotes if quote not in text] == []


@pytest.mark.parametrize("gold", ALL, ids=lambda gold: gold.id)
def test_every_end_and_indicator_is_an_entity(gold: GoldArticle) -> None:
    names = {ARTICLE, *(name for entity in gold.entities for name in (entity.name, *entity.aliases))}
    ends = {end for relation in gold.relations for end in (relation.subject, relation.object)}
    assert ends | {observation.indicator for observation in gold.observations} <= names


@pytest.mark.parametrize("gold", ALL, ids=lambda gold: gold.id)
def test_no_relation_stands_twice_or_joins_a_thing_to_itself(gold: GoldArticle) -> None:
    triples = [(r.subject, r.kind, r.object) for r in gold.relations]
    assert len(set(triples)) == len(triples)
    assert [t for t in triples if t[0] == t[2]] == []


@pytest.mark.parametrize("gold", ALL, ids=lambda gold: gold.id)
def test_gold_is_as_thorough_as_the_guide_asks(gold: GoldArticle) -> None:
    assert len(gold.entities) >= 40
    assert len(gold.relations) >= 50
