"""A file with several headed articles becomes several.

A heading begins an article, and not merely a section, when the lines around it say so: a byline or
a line of date and source under it, a source line or a rule that closed the text before it; or when
the file opens with a heading of the highest level and has several of them. The text of a statute under
the order that promulgates it is no article of its own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.articles.credits import find_credits
from kg.articles.drafts import Level, Line
from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import is_like_heading

_MAX_PREAMBLE = 2  # lines before the first heading that belong to its article
_RULE_RE = re.compile(r"[-=_*~#·—]{3,}")


def split_headed(lines: tuple[Line, ...], *, has_title: bool = False) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each article; all in one where the file holds a single one.

    With ``has_title`` the file states a title of its own, so that its headings are sections unless
    credits say otherwise.
    """
    starts = _find_marked_starts(lines, has_title=has_title) or _find_plain_starts(lines)
    if not starts or starts == [0]:
        return (lines,) if lines else ()
    bounds = [0, *starts[1:], len(lines)] if starts[0] <= _MAX_PREAMBLE else [0, *starts, len(lines)]
    return tuple(lines[a:b] for a, b in pairwise(bounds) if a < b)


def _find_marked_starts(lines: tuple[Line, ...], *, has_title: bool) -> list[int]:
    heads = [i for i, line in enumerate(lines) if 0 < line.level < Level.EMPHASIS]
    inner_re = load_furniture().pattern("inner-heading")
    heads = [i for i in heads if not inner_re.match(lines[i].text)]
    if len(heads) < 2:
        return []
    ends = [*heads[1:], len(lines)]
    # A byline under a heading marks it; a source line marks the one it closes, but the last
    # source line of a file may as well close the whole of it.
    marked = [
        _has_credit(lines[head + 1 : head + 3], may_be_byline=True)
        or (end < len(lines) and _has_credit(lines[max(head + 1, end - 2) : end], may_be_byline=False))
        for head, end in zip(heads, ends, strict=True)
    ]
    levels = [lines[head].level for head, is_marked in zip(heads, marked, strict=True) if is_marked]
    top = min(lines[head].level for head in heads)
    n_tops = sum(lines[head].level == top for head in heads)
    deepest = max(levels, default=0) if len(levels) > 1 else 0
    opens_with_heading = heads[0] == 0 and not has_title
    if deepest < top and not (n_tops > 1 and opens_with_heading):
        return []
    if deepest == top and n_tops < 2:
        return []
    return [head for head in heads if lines[head].level <= max(deepest, top)]


def _find_plain_starts(lines: tuple[Line, ...]) -> list[int]:
    """Find articles in a text without markup: title lines after a rule, or with a credit under them."""
    if any(0 < line.level < Level.EMPHASIS or line.is_whole for line in lines):
        return []
    return [i for i in range(len(lines) - 1) if _is_plain_start(lines, i) and not _is_announced(lines, i)]


def _is_announced(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the lines before speak of what is called so: 《某条例》已经…通过，现将《某条例》公布."""
    title = lines[index].text
    return any(line.text == title or f"《{title}》" in line.text for line in lines[:index])


def _is_plain_start(lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    if not is_like_heading(line.text) or find_credits(line.text) is not None:
        return False
    if index and _RULE_RE.fullmatch(lines[index - 1].text):
        return _is_prose(lines[index + 1 : index + 4])
    return (
        (index == 0 or line.after_gap)
        and _has_credit(lines[index + 1 : index + 2], may_be_byline=True)
        and _is_prose(lines[index + 2 : index + 4])
    )


def _has_credit(lines: Sequence[Line], *, may_be_byline: bool) -> bool:
    return any(find_credits(line.text, may_be_byline=may_be_byline) for line in lines)


def _is_prose(lines: Sequence[Line]) -> bool:
    return any(len(line.text) > 40 or line.text.endswith("。") for line in lines)
