"""Show how the time of reading grows with the length of hostile texts.

    python benchmarks/growth.py [--shapes NAME ...] [--longest N] [--svg FILE]

Each text is one shape, at 1/8, 1/4, 1/2 and the whole of the longest length. It is read as a file is and
extracted as an article is. The exponent is that of the curve between half and the whole: 1 is linear,
2 quadratic. Processor time, not the clock's.
"""

import argparse
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from fuzzing import lexicon  # noqa: E402
from kg.articles import read_articles  # noqa: E402
from kg.errors import KgError  # noqa: E402
from kg.extraction import extract_article  # noqa: E402
from kg.records import Article  # noqa: E402

LINE = "科技创新推动产业升级，要加快发展新质生产力，到2025年规模超过5000亿元，增长8.5%、"
SHAPES: dict[str, Callable[[int], str]] = {
    "prose, one line": lambda n: repeat(LINE, n),
    "prose, many lines": lambda n: repeat(LINE[:-1] + "。\n", n),
    "、": lambda n: "、" * n,
    "（ nested": lambda n: "（" * (n // 2) + "）" * (n // 2),
    "《 nested": lambda n: "《" * (n // 2) + "》" * (n // 2),
    "“ nested": lambda n: "“" * (n // 2) + "”" * (n // 2),
    "“‘ nested": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "（ left open": lambda n: repeat("（国", n),
    "names in a list": lambda n: repeat("科技创新、", n),
    "names side by side": lambda n: repeat("产业链", n),
    "的 after 的": lambda n: repeat("科技的", n),
    "verbs": lambda n: repeat("推动发展", n),
    "以…为": lambda n: repeat("以科技创新为", n),
    "numbers": lambda n: repeat("增长5%、", n),
    "digits": lambda n: "9" * n,
    "lines of one character": lambda n: repeat("国\n", n),
    "random characters": lambda n: "".join(
        random.Random(1).choices([chr(c) for c in range(0x4E00, 0x9FA6)], k=n)
    ),
    "HTML tags left open": lambda n: repeat("<p>国", n),
}


def repeat(piece: str, n: int) -> str:
    return (piece * (n // len(piece) + 1))[:n]


def main() -> None:
    parser = argparse.ArgumentParser(description="Show how time grows with length.")
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES), metavar="NAME")
    parser.add_argument("--longest", type=int, default=333_333, help="characters; a million bytes of Chinese")
    parser.add_argument("--svg", type=Path, help="draw the curves into this file")
    options = parser.parse_args()
    lexicon()
    measure("prose, one line", 5000)  # loads what every text needs
    lengths = [options.longest // part for part in (8, 4, 2, 1)]
    print(f"| seconds for characters | {' | '.join(f'{length:,}' for length in lengths)} | exponent |")
    print("|---|" + "---|" * (len(lengths) + 1))
    curves = {}
    for name in options.shapes:
        times = [measure(name, length) for length in lengths]
        curves[name] = list(zip(lengths, times, strict=True))
        exponent = f"{math.log2(times[-1] / times[-2]):.2f}" if times[-2] > 0.05 else "–"
        print(f"| {name} | {' | '.join(f'{seconds:.2f}' for seconds in times)} | {exponent} |", flush=True)
    if options.svg:
        options.svg.write_text(draw(curves), encoding="utf-8")


def measure(name: str, length: int) -> float:
    text = SHAPES[name](length)
    suffix = ".html" if "HTML" in name else ".txt"
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_text(text, encoding="utf-8")
        try:
            articles = read_articles(path).articles
        except KgError:  # nothing but marks
            articles = ()
    for article in articles or (Article("article/a", "", text),):
        extract_article(article, lexicon=lexicon())
    return time.process_time() - began


def draw(curves: dict[str, list[tuple[int, float]]]) -> str:
    """Return the curves as SVG, seconds over characters, the slowest named."""
    width, height, left, bottom = 720, 420, 60, 40
    longest = max(length for curve in curves.values() for length, _ in curve)
    slowest = max(seconds for curve in curves.values() for _, seconds in curve)

    def place(length: float, seconds: float) -> str:
        x = left + (width - left - 170) * length / longest
        y = height - bottom - (height - bottom - 20) * seconds / slowest
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="#fff"/>',
        f'<path d="M{place(0, slowest)} L{place(0, 0)} L{place(longest, 0)}" fill="none" stroke="#888"/>',
        f'<text x="{left}" y="14">seconds of one core</text>',
        f'<text x="{width - 165}" y="{height - 12}">{longest:,} characters</text>',
        f'<text x="{left - 8}" y="26" text-anchor="end">{slowest:.0f}</text>',
    ]
    named = sorted(curves, key=lambda name: -curves[name][-1][1])
    last_y = -20.0
    for name, curve in ((name, curves[name]) for name in named):
        points = " ".join(place(*point) for point in [(0, 0.0), *curve])
        parts.append(f'<polyline points="{points}" fill="none" stroke="#1f5fbf" stroke-opacity=".7"/>')
        x, y = map(float, place(*curve[-1]).split(","))
        if y - last_y >= 13:
            parts.append(f'<text x="{x + 6:.0f}" y="{y + 4:.0f}">{name}</text>')
            last_y = y
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main()
