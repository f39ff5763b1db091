"""What is read from pages, prints and feeds as publishers lay them out."""

from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.records import Article, Diagnostic

CASES = sorted((Path(__file__).parent / "reading").iterdir())


def test_every_case_is_gathered() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_is_read_as_expected(case: Path, pytestconfig: pytest.Config) -> None:
    (source,) = case.glob("source.*")
    found = describe(source)
    expected = case / "expected.md"
    if pytestconfig.getoption("--update-golden"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def describe(source: Path) -> str:
    """Return all that is read from a file, in a form that a reviewer can compare by eye."""
    corpus = read_articles(source)
    parts = [*map(_describe_article, corpus), *map(_describe_doubt, corpus.diagnostics)]
    return "\n\n".join(parts) + "\n"


def _describe_article(article: Article) -> str:
    head = [
        f"id: {article.id}",
        f"title: {article.title}",
        f"authors: {'、'.join(article.authors)}",
        f"publisher: {article.publisher or ''}",
        f"date: {article.date or ''}",
        f"url: {article.url or ''}",
    ]
    headings = {span.start for span in article.heading_spans}
    body: list[str] = []
    start = 0
    for paragraph in article.text.split("\n"):
        sign = "# " if start < article.body_start else "## " if start in headings else ""
        body.append(sign + paragraph)
        start += len(paragraph) + 1
    return "\n".join([*head, "", *body, *map(_describe_doubt, article.diagnostics)])


def _describe_doubt(doubt: Diagnostic) -> str:
    place = f"{doubt.span.start}-{doubt.span.end}" if doubt.span else f"line {doubt.line}"
    return f"! {doubt.code} at {place}: {doubt.message}"
