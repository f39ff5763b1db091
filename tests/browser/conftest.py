"""A real Chromium that opens pages from the disk, and fails a test on any error or request."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browsers import find_browser
from hostile import hostile_graph
from kg.page import write_html
from sample import sample_graph
from synthetic import synthetic_graph

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine: `make browser` installs it, or says how")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample")
    write_html(sample_graph(), directory, exports=("graph.ttl",))
    return directory


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("hostile")
    write_html(hostile_graph(), directory)
    return directory


@pytest.fixture(scope="session")
def thousand_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("thousand")
    write_html(synthetic_graph(1_000), directory)
    return directory


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a file, with an optional hash; at the end no page may have erred or asked for anything else."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_file(
        path: Path, anchor: str = "", *, size: tuple[int, int] = (1440, 900), scheme: str = "light"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        with suppress(Exception):  # an older Chromium does not know these for files
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.on("console", lambda m: faults.extend([m.text] if m.type in ("error", "warning") else []))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda r: faults.extend([] if r.url.startswith(("file:", "blob:")) else [r.url]))
        page.goto(path.as_uri() + anchor)
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []
