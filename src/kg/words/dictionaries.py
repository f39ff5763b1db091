"""What the dictionary of jieba and our own tables know of a word, and the tool that cuts with them.

Nothing is read before it is needed, and jieba itself is not imported where rjieba does the cutting:
both together would take longer than reading a hundred articles.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from kg.errors import InternalError
from kg.resources import resource_path
from kg.rules import load_verbs
from kg.tables import read_table

Cutter = Callable[[str], list[str]]

# Policy prose repeats itself: a word once looked up is remembered. Bounded, so that memory stays flat.
REMEMBERED = 1 << 16
_OWN_FREQUENCY = 3000  # as frequent as a common two-character word of jieba's dictionary


@lru_cache(maxsize=REMEMBERED)
def dictionary_tag(surface: str) -> str | None:
    """Return the tag of a word that a table or the dictionary has, else ``None``.

    Example:
        >>> dictionary_tag("创新"), dictionary_tag("至红岛")
        ('vn', None)
    """
    return load_own_tags().get(surface) or jieba_tag(surface)


def jieba_tag(surface: str) -> str | None:
    """Return the tag that jieba's dictionary gives a word, whatever our tables say."""
    lines = _dictionary_lines()
    entry = surface + " "
    place = bisect_left(lines, entry)
    if place < len(lines) and lines[place].startswith(entry):
        return lines[place].rpartition(" ")[2]
    return None


@cache
def _dictionary_lines() -> list[str]:
    """Return the lines ``word frequency tag`` of jieba's dictionary, sorted.

    Of 349,045 words few ever occur, so the lines are searched as they stand; taking them all apart
    costs five times as much time and twice the memory.
    """
    spec = find_spec("jieba")  # importing jieba would cost more than reading its dictionary
    if spec is None or spec.origin is None:
        raise InternalError("jieba: missing from the installation; reinstall zhengtu")
    text = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8")
    return sorted(text.splitlines())


@cache
def load_own_tags() -> dict[str, str]:
    """Return word → tag as our tables have it."""
    tags = {verb.text: "vn" if verb.nominal else "v" for verb in load_verbs().values()}
    for _, (word, tag, _note) in read_table(resource_path("rules", "words.tsv"), ("word", "tag", "note")):
        if not (tag == "n" and word in tags):
            tags[word] = tag
    return tags


@cache
def load_cutter() -> Cutter:
    """Return rjieba's cutter where it is installed, else jieba's; both know our own words."""
    try:
        import rjieba
    except ImportError:
        return _plain_cutter()
    fast = rjieba.Jieba()
    cut: Cutter = fast.cut
    for word in _own_words(cut):
        fast.add_word(word, _OWN_FREQUENCY, "n")
    return cut


def _own_words(cut: Cutter) -> list[str]:
    """Return the words of our tables that the dictionary lacks, or has as so rare that it cuts them."""
    words = (word for word in load_own_tags() if len(word) > 1)
    return [word for word in words if jieba_tag(word) is None or len(cut(word)) > 1]


def _plain_cutter() -> Cutter:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    plain = jieba.Tokenizer()  # our own, so that a caller's global tokenizer stays as it was
    plain.initialize()
    cut: Cutter = plain.lcut
    for word in _own_words(cut):
        plain.add_word(word, _OWN_FREQUENCY)
    return cut
