"""When, where and by whom a number is given: what its surroundings say of it."""

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.numerals import TimeExpression, day_of
from kg.observations.nouns import is_per
from kg.observations.pieces import Found, Piece
from kg.observations.starts import find_start_times
from kg.observations.tables import (
    load_source_words,
    number_words,
    word_ends,
)
from kg.records import Article, Mention, Record, Sentence, Span, replace
from kg.schema import EntityKind, ObservationKind

_COMPARISON_RE = re.compile(
    r"同比|环比|[比较](?:\d{4}年|[去上前]年|上个?[月季]|上季度|同期)[^，。；]{0,6}?(?=[增减上下提降高低翻加回扩])"
)
_MONTHS_RE = re.compile(r"\d{4}-\d\d(?:/\d{4}-\d\d)?")
_YEAR_RE = re.compile(r"\d{4}")
_SOURCE_KINDS = (EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.POLICY)
_UNSPOKEN = ("same", "due")  # kinds of time that say nothing of the number after them
_WIDEST_GAP = 14  # characters between a source and its verb: 国家统计局28日发布的初步数据显示


class Setting(Record, frozen=True):
    """What holds for a number until the text says otherwise.

    ``time`` holds for the paragraph, ``nearer_time`` for the sentence; ``kind`` for the sentence,
    ``coming_kind`` for numbers of coming years; ``is_due`` says that the time is one by which;
    ``day`` is the one last spoken of, which 当日 means.
    """

    time: str | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    nearer_time: str | None = None
    coming_kind: ObservationKind = ObservationKind.TARGET
    is_due: bool = False
    day: str | None = None

    def after(self, time: TimeExpression) -> "Setting":
        """Return the setting once *time* has been said.

        A calendar time holds for the paragraph, a vague one (近5年来) for the sentence, and 现在
        ends what was said of the past.
        """
        if time.kind == "due":
            return self
        if time.kind == "now":
            return replace(self, time=None, nearer_time=time.value)
        day = day_of(time.value) or self.day
        if time.kind in ("vague", "since", "day", "same"):
            return replace(self, nearer_time=self.period_of(time), day=day)
        return replace(self, time=time.value, nearer_time=time.value, day=day)

    def period_of(self, time: TimeExpression) -> str | None:
        """Return when *time* was: 去年同期 the months last spoken of, a year before."""
        months = _MONTHS_RE.fullmatch(self.time or "")
        if time.kind != "same" or time.year is None or months is None:
            return time.value
        earlier = time.year - int((self.time or "")[-7:-3])  # the year in which the months end
        return _YEAR_RE.sub(lambda year: f"{int(year.group()) + earlier:04}", self.time or "")


def find_time(clause: Sequence[Piece], end: int) -> TimeExpression | None:
    """Return the time said nearest before offset *end* of its clause, comparison bases left out."""
    found: TimeExpression | None = None
    of_starts = find_start_times(clause, end)
    basis = -1  # where a time of comparison stands: 较1-2月、1-3月
    for place, piece in enumerate(clause):
        if piece.start >= end:
            break
        time = piece.time
        if time is None or piece.start in of_starts:
            continue
        before = clause[place - 1].text if place else ""
        is_rate = place > 0 and is_per(clause[place - 1])  # 每人|每年380元: a rate, no time
        is_joined = place > 1 and clause[place - 1].role in "、C" and clause[place - 2].start == basis
        is_unspoken = time.kind in _UNSPOKEN and not _opens(clause, place)
        if is_rate or is_unspoken or before in number_words("time-basis") or is_joined:
            basis = piece.start if is_joined or before in number_words("time-basis") else -1
            continue
        if (time.kind == "since" or before in number_words("from-place")) and _sets_record(clause, place):
            continue
        if not any(char.isdigit() for char in piece.text) and _is_of_whole(clause, place):
            continue  # 占|全年|计划的97%
        if _is_compared_with(clause, place):
            continue
        if found is not None and found.year and time.text in number_words("yearly"):
            continue  # 2012年至2015年|每年
        if time.text == "至今" and found and found.year and time.value:
            time = replace(time, value=f"{found.year}/{time.value[:4]}", kind="since")
        found = time
    return found


def _opens(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether 去年同期 opens its clause, and nothing is compared with it: 去年同期|为210万人次."""
    time, after = clause[place].time, clause[place + 1].text if place + 1 < len(clause) else ""
    is_same = time is not None and time.kind == "same"
    compared = number_words("time-basis") | number_words("likened")
    return is_same and after not in compared and all(piece.role in "CD" for piece in clause[:place])


def find_row(clause: Sequence[Piece]) -> tuple[TimeExpression, ...]:
    """Return times that stand side by side (今年3月、4月和5月), to which a row of numbers may belong."""
    row: list[TimeExpression] = []
    for place, piece in enumerate(clause):
        if piece.time is None:
            if piece.role not in "、C" and len(row) > 1:
                break
            continue
        is_next = bool(row) and place > 1 and clause[place - 1].role in "、C" and clause[place - 2].time
        is_basis = place > 0 and clause[place - 1].text in number_words("time-basis")  # 较1-2月、1-3月
        row = [*row, piece.time] if is_next and row else [] if is_basis else [piece.time]
    return tuple(row) if len(row) > 1 else _years_of(row[0]) if row else ()


def _years_of(time: TimeExpression) -> tuple[TimeExpression, ...]:
    """Return the years of a span one by one (2008—2010年), nothing for another time."""
    first, _, last = (time.value or "").partition("/")
    if not (first.isdigit() and last.isdigit()):
        return ()
    years = range(int(first), int(last) + 1)
    return tuple(replace(time, value=str(year)) for year in years) if len(years) > 1 else ()


def spread_times(clause: Sequence[Piece], row: Sequence[TimeExpression]) -> dict[int, TimeExpression]:
    """Return, by the offset of each number, its time where as many times and numbers stand in a row.

    到2016年和2019年分别增至300万吨和420万吨: the first belongs to the first, the second to the second.
    """
    numbers = [piece for piece in clause if piece.quantity]
    if len(numbers) != len(row) or not any(piece.text in number_words("distributor") for piece in clause):
        return {}
    if any(piece.start > numbers[0].start for piece in clause if piece.time):
        return {}
    return {number.start: time for number, time in zip(numbers, row, strict=True)}


def _is_of_whole(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a time stands right after the verb of a share, of whose whole it is."""
    before = clause[place - 1].text if place else ""
    return before in number_words("share-verb")


def _is_compared_with(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a time is that of the value of which the number is a multiple: 是|2008年|的3倍."""
    if not place or clause[place - 1].text not in number_words("being"):
        return False
    number = next((piece.quantity for piece in clause[place + 1 :] if piece.role != "E"), None)
    return number is not None and number.dimension in ("multiple", "ratio")


def _sets_record(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a time only says how long a record stood (为去年8月以来的最高水平, 创2022年以来新高)."""
    after = "".join(piece.text for piece in clause[place + 1 :])
    said = after.partition("以来")[2] or after  # 自2018年|大桥开通以来|最高纪录
    return said.removeprefix("的").startswith(word_ends("record"))


def find_comparison(text: str) -> str | None:
    """Return what the number is compared with, as written (同比, 比2015年).

    Example:
        >>> find_comparison("同比增长7.5%"), find_comparison("比2015年增加"), find_comparison("达到5%")
        ('同比', '比2015年', None)
    """
    match = _COMPARISON_RE.search(text)
    return match.group() if match else None


def find_source(
    sentence: Sentence, before: int, mentions: Sequence[Mention], terms: Sequence[Found]
) -> Mention | None:
    """Return the body, person or document that the sentence names as giving its numbers.

    *mentions* are those of the sentence; where there are none, its *terms* are sought.
    """
    text = sentence.text[:before]
    cues = sorted((text.find(word), word, side) for word, side in load_source_words().items() if word in text)
    if not cues:
        return None
    for body in _bodies(sentence, before, mentions, terms):
        start, end = body.span.start - sentence.span.start, body.span.end - sentence.span.start
        for place, word, side in cues:
            first, last = (end, place) if side == "after" else (place + len(word), start)
            gap = text[first:last]
            ends = "。；" if side == "after" else "。；，"  # 据介绍，企业… names no source
            if first <= last and len(gap) <= _WIDEST_GAP and not set(ends).intersection(gap):
                return body
    return None


def _bodies(
    sentence: Sentence, before: int, mentions: Sequence[Mention], terms: Sequence[Found]
) -> Iterator[Mention]:
    given = [mention for mention in mentions if mention.kind in _SOURCE_KINDS]
    yield from (mention for mention in given if mention.span.end <= sentence.span.start + before)
    if not given:
        for start, end, term in terms:
            if term.kind in _SOURCE_KINDS and end <= before:
                yield mention_at(sentence, start, end, term.name, term.kind)


def mention_at(sentence: Sentence, start: int, end: int, name: str, kind: EntityKind) -> Mention:
    """Return a mention by its place in the sentence."""
    span = Span(sentence.span.start + start, sentence.span.start + end)
    return Mention(sentence.article_id, sentence.index, span, sentence.text[start:end], name, kind, "number")


def find_place(sentence: Sentence, before: int, terms: Sequence[Found]) -> Mention | None:
    """Return the last place named before local offset *before*; 我国 and 全国 are 中国.

    One of several is not where it was (北京、上海等20个城市), nor is a part of another term (国内生产总值).
    """
    text = sentence.text
    places = [
        (start, end, term.name)
        for start, end, term in terms
        if term.kind is EntityKind.PLACE
        and end <= before
        and not number_words("common-place").intersection((term.name, text[start:end]))
        and not _is_listed(text, start, end)
    ]
    inside = {
        at for start, end, term in terms if term.kind is not EntityKind.PLACE for at in range(start, end)
    }
    for word in re.finditer("|".join(word_ends("china")), text[:before]):
        if word.start() not in inside:
            places.append((*word.span(), "中国"))
    if not places:
        return None
    start, end, name = max(places)
    return mention_at(sentence, start, end, name, EntityKind.PLACE)


def _is_listed(text: str, start: int, end: int) -> bool:
    """Tell whether a place is one of several: 北京、上海等."""
    return text[start - 1 : start] == "、" or text[end : end + 1] in ("、", "等")


def find_home(article: Article, sentences: Sequence[Sentence], *, lexicon: Lexicon) -> Mention | None:
    """Return the place an article is about: that of its title, 中国 where it says 我国, its commonest."""
    in_title = [sentence for sentence in sentences if sentence.span.start < article.body_start]
    saying_china = [s for s in sentences if any(word in s.text for word in word_ends("china"))]
    for sentence in (*in_title, *saying_china[:1]):
        terms = lexicon.find(sentence.text) if sentence.span.start < article.body_start else ()
        place = find_place(sentence, len(sentence.text), terms)
        if place is not None:
            return place
    found = [find_place(s, len(s.text), lexicon.find(s.text)) for s in sentences]
    places = [place for place in found if place and place.name not in number_words("whole-place")]
    names = [place.name for place in places]
    classes = word_ends("place-class")  # 中西部地区 named in passing is no home
    places = [p for p in places if names.count(p.name) > 1 or not p.name.endswith(classes)]
    return max(places, key=lambda place: (names.count(place.name), -place.span.start), default=None)
