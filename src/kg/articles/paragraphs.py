"""Lines become paragraphs again: hard wraps, page breaks and blank lines inside a sentence go.

What decides is the seam between two lines. A sentence that has not ended goes on, unless what
stands before the seam is a heading; a heading that is cut in two is told from a whole one by
what follows it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.articles.characters import HAN
from kg.articles.drafts import Level, Line
from kg.articles.furniture import load_furniture

TERMINAL = "。！？…!?"
_CLOSERS = "”’」』）》】〕)\"'"
_STOPS = TERMINAL + "；：;:."
_OPEN_ENDS = "，、（《“‘「『【〔(-—"
MAX_HEADING = 40  # characters; longer lines without a stop are broken sentences
_SAMPLE = 20_000  # characters that are searched for a word cut in two
_WRAP_COLUMNS = 160  # a hard-wrapped line is no longer than this
_WRAP_SHARE = 0.8  # of the full width: shorter lines end their paragraph
_LATIN_RE = re.compile(r"[A-Za-z0-9,.;:)]")
_LATIN_WORD_RE = re.compile("[A-Za-z]{2}")
_HAN_RE = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph before its characters are tidied; ``level`` as in ``Line``, ``n_seams`` mended."""

    text: str
    number: int = 0
    level: int = Level.PLAIN
    is_whole: bool = False


def has_ended(text: str) -> bool:
    """Tell whether *text* ends with a mark that ends a sentence, closing marks aside.

    Example:
        >>> has_ended("要落实。”"), has_ended("处理好共性")
        (True, False)
    """
    return text.rstrip(_CLOSERS + " ")[-1:] in _ENDED if text else False


_ENDED = frozenset(_STOPS)


def is_like_heading(text: str) -> bool:
    """Tell whether a line could be a heading: short, and no sentence begins or ends in it."""
    return (
        len(text) <= MAX_HEADING
        and not any(mark in text[:-1] for mark in "。；")
        and text[-1:] not in "。；，、：;,:."
        and "\t" not in text
        and _HAN_RE.search(text) is not None
    )


def join_lines(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of *lines* in order."""
    seams = _Seams(lines)
    joined: list[list[Line]] = []
    for line in lines:
        if joined and seams.goes_on(joined[-1], line):
            joined[-1].append(line)
        else:
            joined.append([line])
    return tuple(
        Paragraph(
            _join_texts([line.text for line in group]), group[0].number, group[0].level, group[0].is_whole
        )
        for group in joined
    )


def _join_texts(texts: Iterable[str]) -> str:
    parts: list[str] = []
    for text in texts:
        if parts and _LATIN_RE.match(text[:1]) and parts[-1][-1:].isascii() and parts[-1][-1:].isalnum():
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


class _Seams:
    """Judges the seams of one text, by the width of its lines and by its own words."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._full_width = _find_wrap_width(lines)
        self._has_marked_headings = any(0 < line.level < Level.EMPHASIS for line in lines)

    def goes_on(self, group: Sequence[Line], right: Line) -> bool:
        """Tell whether *right* continues the paragraph that *group* began."""
        left = group[-1]
        if left.level or right.level or "\t" in left.text or "\t" in right.text:
            return False
        furniture = load_furniture()
        if furniture.pattern("enumerator").match(right.text) and not left.text.endswith(("，", "、")):
            return self._is_wrapped(left, right) and not has_ended(left.text) and right.text[0].isdigit()
        if self._is_wrapped(left, right):
            return True
        if furniture.pattern("addressees").fullmatch(right.text) and is_like_heading(left.text):
            return False  # whom a notice is sent to stands under its title
        if has_ended(left.text):
            return False
        if left.text[-1] in _OPEN_ENDS:
            return True
        if right.text[0] in "，。、；：！？）》”’」』】%":
            return True
        return self._is_cut(group, right)

    def _is_wrapped(self, left: Line, right: Line) -> bool:
        if not self._full_width or right.after_gap or right.is_indented:
            return False
        return _width(left.text) >= self._full_width * _WRAP_SHARE

    def _is_cut(self, group: Sequence[Line], right: Line) -> bool:
        """Judge a left side that ends in a word: a cut sentence, or a heading before its text."""
        left = group[-1]
        text = left.text
        starts_amid = load_furniture().pattern("fragment").match(right.text) is not None
        if len(group) > 1 or not is_like_heading(text):
            return starts_amid or not left.is_whole or len(text) > MAX_HEADING
        if left.is_whole:
            return starts_amid
        first, comma, second = text.partition("，")
        signs = 2 * starts_amid + 2 * self._is_known_word(text, right.text)
        signs += 2 * (_LATIN_WORD_RE.match(text[-1] + right.text[0]) is not None)
        if comma and len(first) != len(second):  # two equal halves are a heading (提高认识，加强领导)
            signs += 1 + self._is_cut_up
        signs += self._has_marked_headings
        signs -= 2 * (load_furniture().pattern("enumerator").match(text) is not None)
        return signs >= 2

    @cached_property
    def _is_cut_up(self) -> bool:
        """Tell whether a line too long for a heading ends amid a sentence elsewhere in the text."""
        return any(len(line.text) > MAX_HEADING and not has_ended(line.text) for line in self._lines[:-1])

    def _is_known_word(self, left: str, right: str) -> bool:
        """Tell whether the characters around the seam stand together elsewhere in the text."""
        grams = (left[-2:] + right[:1], left[-1:] + right[:2])
        return any(gram in self._sample for gram in grams if len(_HAN_RE.findall(gram)) == 3)

    @cached_property
    def _sample(self) -> str:
        return "\n".join(line.text for line in self._lines)[:_SAMPLE]


def _find_wrap_width(lines: Sequence[Line]) -> int:
    """Return the columns of a hard-wrapped text, or 0 where a line is a paragraph.

    A text is hard-wrapped when most of its lines that another follows at once are about equally
    long, and many of them end amid a sentence.
    """
    pairs = [
        left
        for left, right in pairwise(lines)
        if not (right.after_gap or left.level or right.level or left.is_whole)
    ]
    if len(pairs) < 2:
        return 0
    widths = sorted(_width(line.text) for line in pairs)
    full = widths[len(widths) * 9 // 10]
    if not 20 <= full <= _WRAP_COLUMNS:
        return 0
    n_full = sum(width >= full * _WRAP_SHARE for width in widths)
    n_open = sum(not has_ended(line.text) for line in pairs)
    return full if n_full >= 0.5 * len(pairs) and n_open >= 0.3 * len(pairs) else 0


def _width(text: str) -> int:
    """Return the columns of a line: UTF-8 gives ASCII one byte and Chinese characters three."""
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2
