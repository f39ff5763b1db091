"""Article pages, the index and the prepared views, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg.page import write_html
from synthetic import synthetic_graph

Open = Callable[..., Page]


def test_an_article_page_shows_its_text_with_entities_and_relations(
    open_page: Open, sample_site: Path
) -> None:
    page = open_page(sample_site / "articles" / "sample-加快发展.md.html", "#s3")
    assert page.inner_text("#s3") == "习近平强调，要加快发展新质生产力。"
    assert page.get_attribute("#s3 a.kind-Person", "title") == "习近平 · 人物"
    assert "要求（应当）" in page.inner_text("#s3 + details")  # opened by the link
    assert page.inner_text("article .byline").split() == ["王明", "李红", "人民日报", "2024-03-12"]
    assert page.locator("article h1 ~ .byline").count() == 1
    assert set(page.inner_text("ul.legend").split()) >= {"概念", "人物", "指标"}
    for text in ("王明、李红", "人民日报", "2024-03-12", "sample/加快发展.md"):
        assert text in page.inner_text("aside dl")
    assert "5,787亿元" in page.inner_text("aside table")
    assert page.locator("svg.picture circle").count() > 5
    page.click("#s3 a.kind-Concept")
    page.wait_for_selector("html[data-ready] #panel .panel-head h2")
    assert page.inner_text("#panel .panel-head h2") == "新质生产力"


def test_doubts_stand_where_they_are(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "articles" / "sample-通知.txt.html")
    assert page.locator("article .doubted").inner_text() == "可"
    assert "结尾截断" in page.inner_text("article .doubt-note")


def test_the_index_counts_ranks_and_links_everything(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "index.html")
    tiles = page.inner_text("dl.tiles")
    for text in ("3\n", "35\n", "28\n", "4\n"):
        assert text in tiles
    text = page.inner_text("main")
    for wanted in (
        "新质生产力",
        "原始创新不多",
        "创新联合体",
        "人工智能核心产业规模",
        "5,787亿元",
        "结尾截断",
    ):
        assert wanted in text
    links = page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
    files = {link.partition("#")[0] for link in links} - {"", "graph.ttl"}
    assert "graph.ttl" in links
    for name in ("graph.html", "views.html", "articles/"):
        assert any(name in file for file in files)
    for file in files:
        address = page.evaluate("file => new URL(file, location.href).pathname", file)
        assert Path(page.evaluate("decodeURIComponent", address)).exists() or "(" in file, file


def test_the_views_answer_three_questions(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "views.html")
    row = page.locator("#problems tr").filter(has_text="原始创新不多").inner_text()
    assert "量子产业" in row
    assert "创新联合体" in row
    calls = page.inner_text("#calls")
    assert "习近平" in calls
    assert "要求（应当）" in calls
    assert page.locator("#numbers svg.spark").count() == 1


def test_the_pages_speak_english_and_remember_it(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "index.html")
    page.click("#language")
    assert "Most mentioned concepts" in page.inner_text("main")
    page.click("a[href='views.html'] >> nth=0")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("h1")).to_have_text("Views")


@pytest.mark.parametrize("name", ["index.html", "graph.html", "views.html"])
def test_counts_of_a_thousand_and_more_have_separators(
    open_page: Open, thousand_site: Path, name: str
) -> None:
    page = open_page(thousand_site / name, "#top=10000" if name == "graph.html" else "")
    texts = page.eval_on_selector_all(".count, dd, #status, .range b", "all => all.map(e => e.textContent)")
    assert not [text for text in texts if re.search(r"(?<![\d-])\d{4,}(?![\d-])", text)]
    assert any(re.search(r"\d,\d{3}", text) for text in texts) or name == "views.html"


def test_how_many_are_not_listed_is_said_in_both_languages(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.page.overviews._MOST_ROWS", -1_500)  # as if so many more were there
    write_html(synthetic_graph(20), tmp_path)
    page = open_page(tmp_path / "views.html")
    left = page.locator("[data-say='index.left.out']").first
    expect(left).to_have_text(re.compile(r"^另有 1,5\d\d 条未列出$"))
    page.click("#language")
    expect(left).to_have_text(re.compile(r"^1,5\d\d more are not listed$"))


@pytest.mark.parametrize("anchor", ["#calls", "#numbers"])
def test_a_link_into_the_views_leads_to_a_heading_that_the_bar_does_not_hide(
    open_page: Open, thousand_site: Path, anchor: str
) -> None:
    page = open_page(thousand_site / "views.html", anchor, size=(1024, 500))
    bar, heading = (page.locator(one).bounding_box() for one in ("header.bar", f"{anchor} h2"))
    assert bar is not None
    assert heading is not None
    assert bar["y"] + bar["height"] <= heading["y"] < 200


def test_the_head_of_a_long_table_stays_while_its_rows_scroll(open_page: Open, thousand_site: Path) -> None:
    page = open_page(thousand_site / "views.html")
    table = page.locator("#problems > .scroll")
    table.evaluate("element => element.scrollTo(0, 400)")
    assert table.evaluate("element => element.scrollTop") > 100
    box, head = table.bounding_box(), table.locator("thead th").first.bounding_box()
    assert box is not None
    assert head is not None
    assert abs(head["y"] - box["y"]) < 2
