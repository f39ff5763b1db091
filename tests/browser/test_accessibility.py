"""axe-core finds nothing to object to, in light and dark, on any kind of page."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

Open = Callable[..., Page]

_FAULTS = """async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html))"""


def faults(page: Page) -> list[str]:
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    return list(page.evaluate(_FAULTS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(open_page: Open, sample_site: Path, scheme: str) -> None:
    article = next(sample_site.glob("articles/*快*.html"))
    node = "#node=" + quote("entity/新质生产力", safe="")
    places = [("graph.html", ""), ("graph.html", node), ("index.html", ""), ("views.html", "")]
    for path, anchor in [(sample_site / name, anchor) for name, anchor in places] + [(article, "#s3")]:
        page = open_page(path, anchor, scheme=scheme)
        assert faults(page) == [], path.name
        if anchor == node:
            page.locator("#panel .evidence").first.click()
            assert faults(page) == []
            page.click("#show-table")
            assert faults(page) == []
        page.close()
