"""How large the graph page is, when it is drawn, and how smoothly it moves, in a real Chromium.

    python benchmarks/bench_pages.py [PAGE ...] [--nodes N ...]

Without pages made before, graphs of so many nodes are made from a seed. Chromium draws without a
graphics card here, so that a reader's machine does better. Seconds of a busy machine say little.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from browsers import find_browser  # noqa: E402
from kg.page import to_graph_page  # noqa: E402
from kg.page.models import find_page_model  # noqa: E402
from synthetic import synthetic_graph  # noqa: E402

_ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_WATCH = """() => {
    const frames = globalThis.frames_seen = [];
    let last = performance.now();
    const next = now => { frames.push(now - last); last = now; requestAnimationFrame(next); };
    requestAnimationFrame(next);
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="*")
    parser.add_argument("--nodes", type=int, nargs="+", default=[1_000, 10_000])
    options = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=_ARGUMENTS)
        paths = options.pages or [make_page(n_nodes, Path(place)) for n_nodes in options.nodes]
        for path in paths:
            measure(browser, path)
        browser.close()


def make_page(n_nodes: int, folder: Path) -> Path:
    start = time.process_time()
    page = to_graph_page(find_page_model(synthetic_graph(n_nodes), max_nodes=n_nodes), title="合成")
    path = folder / f"{n_nodes}-nodes.html"
    path.write_text(page, encoding="utf-8")
    print(f"{path.name}: made in {time.process_time() - start:.1f} s of processor time")
    return path


def measure(browser: Browser, path: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(path.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    ready = page.get_attribute("html", "data-ready")
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, drawn {ready} ms after opening")
    page.evaluate(_WATCH)
    start = time.perf_counter()
    page.click("#top-whole", timeout=60_000)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    print(f"  all of it after {1000 * (time.perf_counter() - start):.0f} ms: {page.inner_text('#status')}")
    for name, turns in (("the whole", 0), ("a quarter", 6), ("a few", 10)):
        for _ in range(turns):
            page.mouse.wheel(0, -200)
            page.wait_for_timeout(30)
        page.wait_for_timeout(500)
        print(f"  panning with {name} in the window: {pan(page)}")
    page.close()


def pan(page: Page) -> str:
    """Drag the picture about, and say how long frames took while it moved."""
    page.evaluate("globalThis.frames_seen.length = 0")
    page.mouse.move(760, 450)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(760 + step % 20 * 8, 450 + step % 10 * 6)
    frames = sorted(page.evaluate("globalThis.frames_seen.slice()"))
    page.mouse.up()
    middle, slow, longest = statistics.median(frames), frames[int(len(frames) * 0.95)], frames[-1]
    return f"median {middle:.0f} ms, 95 of 100 under {slow:.0f} ms, longest {longest:.0f} ms"


if __name__ == "__main__":
    main()
