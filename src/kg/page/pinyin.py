"""How a Chinese name is typed on a Latin keyboard."""

import re
from functools import cache

from pypinyin import lazy_pinyin

_HAN_RE = re.compile(r"[\u3400-\u9fff]")
LONGEST = 40  # characters; nobody searches by more


@cache
def spell(name: str) -> str:
    """Return the syllables of *name* separated by spaces, other letters as they are.

    Example:
        >>> spell("新质生产力")
        'xin zhi sheng chan li'
        >>> spell("AI")
        ''
    """
    if not _HAN_RE.search(name):
        return ""
    return " ".join(" ".join(lazy_pinyin(name[:LONGEST])).lower().split())
