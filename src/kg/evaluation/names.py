"""When two names mean the same, for scoring.

More lenient than the resolver: annotators differ in modifiers, and that is no fault of a graph.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from kg.resources import resource_path
from kg.tables import read_table

_PUNCTUATION_RE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』（）()·,，。、]")
_SHARE = 0.6  # of the longer name that the shorter must cover, by the annotation guide
_SHORTEST = 2  # one character within another name is a chance


@cache
def normalize_name(name: str) -> str:
    """Return *name* in NFKC and lower case, without punctuation and an opening determiner.

    Example:
        >>> normalize_name("《 我国未来产业 》"), normalize_name("AI")
        ('未来产业', 'ai')
    """
    bare = _PUNCTUATION_RE.sub("", unicodedata.normalize("NFKC", name).lower())
    for prefix in _prefixes():
        if bare.startswith(prefix):
            return bare[len(prefix) :] or bare
    return bare


def is_close(one: str, other: str) -> bool:
    """Tell whether two normalised names mean the same.

    Example:
        >>> is_close("量子计算", "量子计算技术"), is_close("量子", "量子计算技术")
        (True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long and len(short) / len(long) >= _SHARE


def share_a_name(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether any of *some* normalised names is close to any of the *others*."""
    listed = tuple(others)
    return any(is_close(one, other) for one in some for other in listed)


@cache
def _prefixes() -> tuple[str, ...]:
    path = resource_path("rules", "gold_prefixes.tsv")
    return tuple(prefix for _, (prefix, _) in read_table(path, ("prefix", "note")))
