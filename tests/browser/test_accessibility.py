"""axe-core finds nothing to object to, in light and dark, on any kind of page."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.page.engines import can_ask

Open = Callable[..., Page]

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_FAULTS = """async options =>
    (await axe.run(options)).violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html))"""


def faults(page: Page, scheme: str) -> list[str]:
    """Return what axe objects to; the dark page differs from the light one in its colours alone."""
    page.evaluate(_AXE)
    return list(page.evaluate(_FAULTS, {"runOnly": ["color-contrast"]} if scheme == "dark" else {}))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_graph_page(open_page: Open, sample_site: Path, scheme: str) -> None:
    page = open_page(sample_site / "graph.html", scheme=scheme)
    assert faults(page, scheme) == []
    page.fill("#search", "新质生产力")
    page.keyboard.press("Enter")
    page.locator("#panel .evidence").first.click()
    assert faults(page, scheme) == []
    page.click("#show-table")
    assert faults(page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_other_pages(open_page: Open, sample_site: Path, scheme: str) -> None:
    names = ("index.html", *(["ask.html"] if can_ask() else []))
    for path in (*(sample_site / name for name in names), next(sample_site.glob("articles/*快*.html"))):
        assert faults(open_page(path, "#s3", scheme=scheme), scheme) == [], path.name
