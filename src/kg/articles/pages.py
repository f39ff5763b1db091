"""Page numbers, running heads and trails: what printing and sites put between the lines of a text."""

from collections import Counter
from collections.abc import Iterator

from kg.articles.credits import find_credits
from kg.articles.drafts import Line
from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import has_ended

_MAX_RUNNING_HEAD = 40
_MAX_PAGE_NUMBER = 20
_MIN_REPEATS = 2
_TRAIL_BEFORE = 2  # lines of a page, after which its trail may begin
_MAX_TRAIL, _MAX_STEP = 6, 60  # steps, and characters of one


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


def drop_trail(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return *lines* without the trail that leads to a page: 首页 / 客服中心 / 新手帮助 / 如何注册.

    Its last step is the title, which stands once more under it; where it does not, the step stays.
    """
    home_re = load_furniture().pattern("home")
    first = next((i for i, line in enumerate(lines[:_TRAIL_BEFORE]) if home_re.fullmatch(line.text)), None)
    if first is None:
        return lines
    last = next((i for i, line in enumerate(lines) if i > first and line.after_gap), len(lines))
    steps = lines[first:last]
    if last == len(lines) or not 1 < len(steps) <= _MAX_TRAIL or any(not _is_step(step) for step in steps):
        return lines
    has_title = len(lines[last].text) <= _MAX_STEP and find_credits(lines[last].text) is None
    return (*lines[:first], *lines[last if has_title else last - 1 :])


def _is_step(line: Line) -> bool:
    return len(line.text) <= _MAX_STEP and not line.level and not line.text.endswith("。")


def _may_run(line: Line) -> bool:
    return len(line.text) <= _MAX_RUNNING_HEAD and not line.level and not has_ended(line.text)


def _without(lines: tuple[Line, ...], dropped: set[int]) -> Iterator[Line]:
    for index, line in enumerate(lines):
        if index not in dropped:
            yield line
