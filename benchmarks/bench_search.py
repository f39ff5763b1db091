"""How fast names are found among a hundred thousand: by characters, pinyin, initials and aliases.

    python benchmarks/bench_search.py [--names N] [--rounds N]

The names are made from a seed; every second one has an alias. The times are those of one search on the
processor, the longest and the median of all rounds; nothing is cached.
"""

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]

from kg.search import Listing, NameIndex  # noqa: E402

CHARACTERS = (
    "新质产业创高端数字绿色低碳智能量子算力网络制造能源材料生态市场科技人才金融安全开放协同融合发展改革"
)
TYPED = {
    "substring": "发展改革",
    "one character": "新",
    "pinyin": "xinzhi",
    "pinyin, cut short": "nengyuancl",
    "initials": "xzscl",
    "one letter": "x",
    "alias": "简称新",
    "no hit": "不存在的名字",
    "no hit, many letters": "z" * 36,
    "hostile letters": "xx'x'" * 12,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the search among names.")
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    began = time.process_time()
    index = NameIndex(listings(options.names))
    print(f"{len(index):,} names, indexed in {time.process_time() - began:.1f} s")
    print(f"{'typed':<24}{'hits':>5}{'median':>12}{'longest':>12}")
    for kind, text in TYPED.items():
        times = []
        for _ in range(options.rounds):
            began = time.process_time()
            hits = index.search(text)
            times.append((time.process_time() - began) * 1000)
        print(f"{kind:<24}{len(hits):>5}{statistics.median(times):>9.1f} ms{max(times):>9.1f} ms")


def listings(n_names: int) -> list[Listing]:
    dice = random.Random(7)
    names: dict[str, None] = {}
    while len(names) < n_names:
        names["".join(dice.choices(CHARACTERS, k=dice.choice((4, 5, 6, 8))))] = None
    return [
        Listing(f"entity/{name}", name, "Concept", (f"简称{name[:3]}",) if number % 2 else (), number % 97)
        for number, name in enumerate(names)
    ]


if __name__ == "__main__":
    main()
