"""A real Chromium that opens pages from the disk, and fails a test on any error or request."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
_LEAD_TO = """anchor => new Promise(done => {
    localStorage.clear();
    document.activeElement?.blur();
    for (const field of document.querySelectorAll('input[type=search]')) {
        field.value = '';
        field.dispatchEvent(new Event('input'));
    }
    if (!document.querySelector('#table').hidden) document.querySelector('#show-table').click();
    location.hash = anchor;
    const wait = () => location.hash.includes('view=') ? done() : setTimeout(wait, 15);
    wait();  // the page has read the hash once it has written its own
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser, for one file: while it is open a loop runs, and other tests start their own."""
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


class Pages:
    """Pages of one browser, used again: what a test opens costs a load, not a process of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.faults: list[str] = []
        self._pools: dict[tuple[tuple[int, int], str], list[Page]] = defaultdict(list)
        self._used: Counter[tuple[tuple[int, int], str]] = Counter()

    def start(self) -> None:
        """Forget what the last test used and found."""
        self.faults.clear()
        self._used.clear()

    def open(
        self,
        path: Path,
        anchor: str = "",
        *,
        size: tuple[int, int] = (1440, 900),
        scheme: str = "light",
        again: bool = False,
    ) -> Page:
        """Open a file, with an optional hash, as a browser that was never there.

        With *again* a page that still shows this file is only led to the hash: all that a graph page
        shows hangs on that, and a load takes twenty times as long.
        """
        key = (size, scheme)
        pool, number = self._pools[key], self._used[key]
        self._used[key] += 1
        if number == len(pool):
            pool.append(self._new_page(size, scheme))
        page = pool[number]
        if again and page.url.partition("#")[0] == path.as_uri():
            page.evaluate(_LEAD_TO, anchor)
            return page
        page.goto("about:blank")  # the same file with another hash would not be loaded again
        page.goto(path.as_uri() + anchor)
        page.wait_for_selector("html[data-ready]")
        return page

    def finish(self) -> None:
        """Leave nothing that the next test could see."""
        for key, number in self._used.items():
            for page in self._pools[key][:number]:
                page.evaluate("localStorage.clear()")

    def _new_page(self, size: tuple[int, int], scheme: str) -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        with suppress(Exception):  # an older Chromium does not know these for files
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.on("console", lambda m: self.faults.extend([m.text] if m.type in ("error", "warning") else []))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.on("request", lambda r: self.faults.extend([] if _is_own(r.url) else [r.url]))
        return page


def _is_own(url: str) -> bool:
    return url.startswith(("file:", "blob:", "about:"))


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def open_page(pages: Pages) -> Iterator[Open]:
    """Open a file; at the end no page may have erred or asked for anything else."""
    pages.start()
    yield pages.open
    pages.finish()
    assert pages.faults == []
