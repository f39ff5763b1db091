"""What a section says of its numbers: a plan states aims, a review states facts of its year.

A heading of the first rank (二、2012年主要工作任务) holds until the next one; a lead that ends in a
colon (今年的主要预期目标是：) or announces what is to come (下一步) holds for its paragraph.
"""

import re
from collections.abc import Sequence
from functools import cache

from kg.numerals import find_times
from kg.observations.tables import word_ends
from kg.records import Article, Record, Sentence
from kg.schema import SentenceKind

_RANK_RE = re.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|[一二三四五六七八九十]{1,3}\s)")
_LEAD_END_RE = re.compile("[，。：；]")
_MONTHS_RE = re.compile(r"\d{4}-\d\d(?:/\d{4}-\d\d)?")
_LONGEST_HEADING = 30
_TITLE_END = "》”）) 　（全文）"


class Section(Record, frozen=True):
    """Whether undated numbers are aims here, and the year that holds where none is said."""

    is_plan: bool = False
    year: str | None = None


def title_section(article: Article, sentences: Sequence[Sentence]) -> Section:
    """Return what holds from the start of *article*: its title announces a plan, or gives orders.

    An order (通知, 意见) begins after the words that introduce it (通知如下), where there are such.
    """
    title = article.title
    said = heading_section(title, article.date)
    aims = title.replace("目标", "").replace("任务", "") if not title.endswith(("目标", "任务")) else title
    if said is not None and (not said.is_plan or any(word in aims for word in word_ends("plan-title"))):
        return said  # 锚定农业强国目标 提升产能: of a feature, no plan
    if not is_order(title):
        return Section()
    has_preamble = any(opens_order(title, s.text) for s in sentences if s.kind is SentenceKind.BODY)
    return Section(is_plan=not has_preamble)


def title_period(title: str, anchor: str | None) -> str | None:
    """Return the months that the title reports, where they are over.

    Example:
        >>> title_period("上半年车市增长", "2011-07-12"), title_period("下半年车市看好", "2011-07-12")
        ('2011-01/2011-06', None)
    """
    periods = [t.value for t in find_times(title, anchor=anchor) if t.kind == "calendar" and t.value]
    if len(periods) != 1 or not _MONTHS_RE.fullmatch(periods[0]):
        return None
    return periods[0] if anchor and periods[0].split("/")[-1] <= anchor else None


def is_order(title: str) -> bool:
    """Tell whether the title is one of a document that gives orders.

    Example:
        >>> is_order("关于加快发展养老服务的通知"), is_order("公司发布停产通知引关注")
        (True, False)
    """
    return title.rstrip(_TITLE_END).endswith(word_ends("order-title"))


def heading_section(text: str, anchor: str | None) -> Section | None:
    """Return what a heading says of the numbers below it, or ``None`` where it says nothing.

    Example:
        >>> heading_section("二、2012年主要工作任务", "2012-02-08")
        Section(is_plan=True, year='2012')
        >>> heading_section("一、2011年工作回顾", "2012-02-08")
        Section(is_plan=False, year='2011')
        >>> heading_section("三、保障措施", "2012-02-08") is None
        True
    """
    is_review = any(word in text for word in word_ends("review-title"))
    if not is_review and not any(word in _without_targets(text) for word in word_ends("plan-title")):
        return None
    return Section(is_plan=not is_review, year=_year_of(text, anchor))


def _without_targets(text: str) -> str:
    """Leave out the 目标 of a title that are no aims: 袭击多处目标, 实现奋斗目标."""
    return text.replace("目标", "") if any(word in text for word in word_ends("no-aim")) else text


def next_section(section: Section, base: Section, sentence: Sentence, anchor: str | None) -> Section:
    """Return the section that *sentence* opens, or *section*; *base* holds under a heading without a word."""
    text = sentence.text
    if sentence.kind is not SentenceKind.HEADING and not is_numbered_heading(text):
        return section
    said = heading_section(text, anchor)
    if said is None:
        return base if _RANK_RE.match(text) else section
    return said


def opens_order(title: str, text: str) -> bool:
    """Tell whether *text* introduces what a document of this title orders (现通知如下)."""
    return is_order(title) and any(word in text for word in word_ends("order-lead"))


def is_numbered_heading(text: str) -> bool:
    """Tell whether a sentence of the body is a heading that runs on: 四、下一步打算。"""
    return len(text) <= _LONGEST_HEADING and _RANK_RE.match(text) is not None and "，" not in text


def lead_section(text: str, section: Section, anchor: str | None) -> Section:
    """Return what the first words of a paragraph say of it: 下一步, 今年的主要目标是：.

    Example:
        >>> lead_section("下一步，将新建公园5座。", Section(), "2012-02-08")
        Section(is_plan=True, year=None)
    """
    end = _LEAD_END_RE.search(text)
    first = text[: end.start()] if end else text
    if any(word in first for word in word_ends("plan-lead")):
        return Section(is_plan=True, year=_year_of(first, anchor) or section.year)
    return section


def _year_of(text: str, anchor: str | None) -> str | None:
    years = [time.value for time in find_times(text, anchor=anchor) if time.value and time.year]
    return years[-1] if years else None


@cache
def _settled_re() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, word_ends("settled"))))


def is_settled(text: str) -> bool:
    """Tell whether *text* says that a thing has come about, so that its number is no aim (已, 目前).

    Example:
        >>> is_settled("全市已建成"), is_settled("建成")
        (True, False)
    """
    return _settled_re().search(text) is not None


def is_link(text: str) -> bool:
    """Tell whether a line is the headline of another article, as pages list them: ·钢价九月回落."""
    return text.startswith(word_ends("link-mark")) and not text.endswith(word_ends("full-stop"))
