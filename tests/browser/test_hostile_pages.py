"""Whatever an article, a file name or a lexicon says shows as text, and nothing of it runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hostile import NAMES

Open = Callable[..., Page]

# Every element and attribute that our own templates and scripts never make.
_FOREIGN = "img, iframe, object, embed, base, link, form, [onerror], [onload], [onmouseover], i:not([class])"


def is_clean(page: Page) -> bool:
    return bool(page.evaluate("window.__pwned === undefined")) and page.locator(_FOREIGN).count() == 0


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_static_pages_show_hostile_text_as_text(
    open_page: Open, hostile_site: Path, size: tuple[int, int]
) -> None:
    pages = [hostile_site / "index.html", hostile_site / "views.html", *hostile_site.glob("articles/*.html")]
    assert len(pages) == 3
    for path in pages:
        page = open_page(path, size=size)
        assert is_clean(page), path.name
        assert "<img src=x onerror=window.__pwned=1>" in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path.name


def test_the_graph_page_shows_hostile_text_as_text(open_page: Open, hostile_site: Path) -> None:
    page = open_page(hostile_site / "graph.html")
    for name in NAMES:
        if not name.strip():
            continue
        page.fill("#search", name)
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel .panel-head h2")
        assert page.text_content("#panel .panel-head h2") == name
        page.locator("#panel .evidence").first.click()
        assert page.locator("#panel blockquote mark").count() >= 1
        assert is_clean(page), name[:40]
    page.click("#show-table")
    assert is_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_a_formula_in_a_name_is_defused_in_csv(open_page: Open, hostile_site: Path) -> None:
    page = open_page(hostile_site / "graph.html")
    page.click("#take summary")
    with page.expect_download() as download:
        page.click("#take-csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert '"\'=HYPERLINK(""' in text
    assert '"=HYPERLINK' not in text
