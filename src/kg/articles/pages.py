"""Page numbers and running heads: what printing puts between two lines of a sentence."""

from collections import Counter
from collections.abc import Iterator

from kg.articles.drafts import Line
from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import has_ended

_MAX_RUNNING_HEAD = 40
_MAX_PAGE_NUMBER = 20
_MIN_REPEATS = 2


def drop_page_furniture(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return *lines* without page numbers and running heads, which break no paragraph.

    A running head is a line that stands at the edge of a page at least twice, in the same words.
    """
    page_re = load_furniture().rules["page"][0].pattern
    numbers = {
        index
        for index, line in enumerate(lines)
        if len(line.text) <= _MAX_PAGE_NUMBER and not line.level and page_re.fullmatch(line.text)
    }
    if not numbers:
        return lines
    edges = {0, len(lines) - 1} | {i for number in numbers for i in (number - 1, number + 1)}
    beside = sorted(i for i in edges - numbers if 0 <= i < len(lines))
    repeats = Counter(lines[i].text for i in beside if _may_run(lines[i]))
    heads = {i for i in beside if repeats[lines[i].text] >= _MIN_REPEATS and _may_run(lines[i])}
    return tuple(_without(lines, numbers | heads))


def _may_run(line: Line) -> bool:
    return len(line.text) <= _MAX_RUNNING_HEAD and not line.level and not has_ended(line.text)


def _without(lines: tuple[Line, ...], dropped: set[int]) -> Iterator[Line]:
    for index, line in enumerate(lines):
        if index not in dropped:
            yield line
