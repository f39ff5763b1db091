"""When, where, by whom and in what sense a number holds: what its surroundings say of it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import Lexicon
from kg.numerals import TimeExpression
from kg.observations.frames import find_start_times
from kg.observations.nouns import is_per, is_place
from kg.observations.pieces import Found, Piece
from kg.observations.tables import (
    load_measure_verbs,
    load_number_kinds,
    load_source_words,
    number_words,
    word_ends,
)
from kg.records import Article, Mention, Record, Sentence, Span, replace
from kg.schema import EntityKind, ObservationKind

_COMPARISON_RE = re.compile(
    r"同比|环比|[比较](?:\d{4}年|[去上前]年|上个?[月季]|上季度|同期)[^，。；]{0,6}?(?=[增减上下提降高低翻加回扩])"
)
_SOURCE_KINDS = (EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.POLICY)
_DONE = ("了", "过")
_UNSPOKEN = ("same", "due")  # kinds of time that say nothing of the number after them
_WIDEST_GAP = 14  # characters between a source and its verb: 国家统计局28日发布的初步数据显示


class Setting(Record, frozen=True):
    """What holds for a number until the text says otherwise.

    ``time`` holds for the paragraph, ``nearer_time`` for the sentence; ``kind`` for the sentence,
    ``coming_kind`` for numbers of coming years; ``is_due`` says that the time is one by which.
    """

    time: str | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    nearer_time: str | None = None
    coming_kind: ObservationKind = ObservationKind.TARGET
    is_due: bool = False

    def after(self, time: TimeExpression) -> "Setting":
        """Return the setting once *time* has been said.

        A calendar time holds for the paragraph, a vague one (近5年来) for the sentence, and 现在
        ends what was said of the past.
        """
        if time.kind == "due":
            return self
        if time.kind == "now":
            return replace(self, time=None, nearer_time=time.value)
        if time.kind in ("vague", "since", "day", "same"):
            return replace(self, nearer_time=time.value)
        return replace(self, time=time.value, nearer_time=time.value)


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
        if is_rate or time.kind in _UNSPOKEN or before in number_words("time-basis") or is_joined:
            basis = piece.start if is_joined or before in number_words("time-basis") else -1
            continue
        if time.kind == "since" and _sets_record(clause, place):
            continue
        if not any(char.isdigit() for char in piece.text) and _is_of_whole(clause, place):
            continue  # 占|全年|计划的97%
        if time.text == "至今" and found and found.year and time.value:
            time = replace(time, value=f"{found.year}/{time.value[:4]}", kind="since")
        found = time
    return found


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
    return tuple(row) if len(row) > 1 else ()


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
    return place > 0 and clause[place - 1].text in number_words("share-verb")


def _sets_record(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a time only says how long a record stood (为去年8月以来的最高水平, 创2022年以来新高)."""
    after = "".join(piece.text for piece in clause[place + 1 :]).removeprefix("的")
    return after.startswith(word_ends("record"))


def find_comparison(text: str) -> str | None:
    """Return what the number is compared with, as written (同比, 比2015年).

    Example:
        >>> find_comparison("同比增长7.5%"), find_comparison("比2015年增加"), find_comparison("达到5%")
        ('同比', '比2015年', None)
    """
    match = _COMPARISON_RE.search(text)
    return match.group() if match else None


def find_kind(text: str, before: str = "") -> ObservationKind | None:
    """Return the kind of number that the words of *text* announce, the last cue winning.

    What will be (将达到) is a forecast, but an aim where *before* or *text* names a plan.

    Example:
        >>> find_kind("今年计划新建"), find_kind("已建、在建和规划建设的设施")
        (<ObservationKind.TARGET: 'Target'>, None)
    """
    for match in reversed(list(_kind_re().finditer(text))):
        if match.group() not in load_number_kinds() or _is_of_deed_done(match):
            continue
        kind = load_number_kinds()[match.group()]
        if match.group() in number_words("will"):
            return _kind_of_coming(before + text[: match.start()])
        if not (kind is ObservationKind.TARGET and is_done(text[: match.start()])):
            return kind
    return None


def _is_of_deed_done(cue: re.Match[str]) -> bool:
    """Tell whether the cue is a verb of what was done: 争取了专项资金, 规划了展位."""
    is_aim = load_number_kinds().get(cue.group()) is ObservationKind.TARGET
    return is_aim and cue.string[cue.end() : cue.end() + 1] in _DONE


def _kind_of_coming(before: str) -> ObservationKind:
    """Return the kind of what will be: an aim where a plan is named and nobody foresees it."""
    foreseen = any(
        load_number_kinds().get(m.group()) is ObservationKind.FORECAST for m in _kind_re().finditer(before)
    )
    is_planned = any(word in before for word in number_words("plan-word"))
    return ObservationKind.TARGET if is_planned and not foreseen else ObservationKind.FORECAST


@cache
def _kind_re() -> re.Pattern[str]:
    """Match the cues, and the words in which they are none (飞行计划)."""
    cues = (*load_number_kinds(), *number_words("no-cue"))
    words = sorted(cues, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def is_at_present(text: str) -> bool:
    """Tell whether *text* says that its number holds today, whatever was aimed at before: 而目前产能只有….

    Example:
        >>> is_at_present("而目前产能只有"), is_at_present("明年产能达到")
        (True, False)
    """
    return any(word in text for word in number_words("at-present"))


def is_named_aim(after: str) -> bool:
    """Tell whether the words after a number name it an aim.

    Example:
        >>> is_named_aim("的预期目标"), is_named_aim("，完成年度目标")
        (True, False)
    """
    return _named_aim_re().match(after) is not None


@cache
def _named_aim_re() -> re.Pattern[str]:
    return re.compile(rf"的?(?:{'|'.join(word_ends('aim-modifier'))})*(?:{'|'.join(word_ends('aim'))})")


def is_done(text: str) -> bool:
    """Tell whether *text* says that the thing is done (已, 目前, 累计)."""
    return any(word in text for word in number_words("perfective"))


def is_called_for(clause: Sequence[Piece], end: int) -> bool:
    """Tell whether a modal before offset *end* calls for what the number says (应达到, 要建成, 不得低于)."""
    obligations = number_words("obligation")
    for place, piece in enumerate(clause[:-1]):
        if piece.start >= end:
            return False
        if piece.text in obligations and clause[place + 1].role in "VPDMU":
            return True
    return False


def is_condition(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause only supposes its numbers: 如果税率下调5个百分点, 油价每下跌10美元."""
    first = next((piece for piece in clause if piece.role not in "TD“" or piece.text in _supposing()), None)
    if first is not None and first.text in _supposing():
        return True
    steps = (i for i, piece in enumerate(clause[:-2]) if piece.text == "每")
    return any(_is_change(clause[i + 1]) and clause[i + 2].quantity is not None for i in steps)


def _supposing() -> frozenset[str]:
    return number_words("supposing")


def _is_change(piece: Piece) -> bool:
    verb = load_measure_verbs().get(piece.text)
    return verb is not None and verb.role in ("up", "down")


def is_due(clause: Sequence[Piece], end: int) -> bool:
    """Tell whether the clause names the year by which its number is due (到2030年达到), undone yet."""
    for place, piece in enumerate(clause[1:], start=1):
        if piece.start >= end:
            break
        is_year = piece.time is not None and piece.time.year is not None
        is_reached = place > 1 and (clause[place - 2].time or clause[place - 2].text in load_measure_verbs())
        if is_reached:  # 2012年至2024年; 由2012年的6200元提高|到|2024年的14800元
            continue
        if is_year and clause[place - 1].text in number_words("due"):
            return not any(p.role == "U" or p.text[0] == "已" for p in clause[place:] if p.start < end)
    return False


def coming_kind(clause: Sequence[Piece], end: int, before: str) -> ObservationKind | None:
    """Return the kind of a number whose verb says what will be (将缩短至23天), or nothing.

    It is foreseen, but an aim where *before* names a plan or the verb is an act decided on (将新建).
    """
    for place, piece in enumerate(clause[:-1]):
        if piece.start >= end:
            return None
        if piece.text in number_words("coming") and _is_modal(clause, place):
            verb = next((p.text for p in clause[place + 1 :] if p.role == "V"), "")
            known = load_measure_verbs().get(verb)
            is_flow = known is not None and known.role == "flow" and verb[0] == "新"
            is_ruled = (
                place > 0 and _rules(clause[place - 1]) and (known is None or known.role in ("flow", "reach"))
            )
            if verb in number_words("planned-deed") or is_flow or is_ruled:
                return ObservationKind.TARGET
            return _kind_of_coming(before)
    return None


def _is_modal(clause: Sequence[Piece], place: int) -> bool:
    """Tell 将 before a verb from that before an object (将其定为, 将优化环境作为突破口) or a date (将于)."""
    after = next((piece for piece in clause[place + 1 :] if piece.time is None), None)  # 将每年推动
    if after is None or clause[place].role not in "MD" or after.text[0] in "近于" or after.quantity:
        return False
    is_verb = after.role in "VPMDU" or after.tag in ("v", "vn", "vi")
    return is_verb and not any(piece.text in ("作为", "定为") for piece in clause[place + 1 :])


def _rules(piece: Piece) -> bool:
    """Tell whether *piece* names a place or a body of the state, whose coming acts are decided on."""
    return is_place(piece) or piece.text.endswith(word_ends("ruler"))


def is_past(time: str | None, anchor: str | None) -> bool:
    """Tell whether *time* lies wholly before *anchor*, to the month where both say it.

    Example:
        >>> is_past("2011", "2012-02-08"), is_past("2012", "2012-02-08"), is_past("2024-06", "2024-08")
        (True, False, True)
    """
    end = (time or "").split("/")[-1][:7]
    anchor = anchor or ""
    if not (end[:4].isdigit() and anchor[:4].isdigit()):
        return False
    length = min(len(end), len(anchor[:7]))
    return end[:length] < anchor[:length]


def kind_by_time(kind: ObservationKind, time: str, anchor: str, coming: ObservationKind) -> ObservationKind:
    """Return *kind* in the light of *time*: a past number is no aim, one of a coming year no fact.

    Example:
        >>> kind_by_time(ObservationKind.ACTUAL, "2030", "2025-09-27", ObservationKind.TARGET)
        <ObservationKind.TARGET: 'Target'>
        >>> kind_by_time(ObservationKind.TARGET, "2025-02", "2025-09-27", ObservationKind.TARGET)
        <ObservationKind.ACTUAL: 'Actual'>
    """
    if time.startswith(word_ends("coming-span")) and kind is ObservationKind.ACTUAL:
        return coming
    end = time.split("/")[-1][:4]
    if not end.isdigit() or not anchor:
        return kind
    if kind is ObservationKind.TARGET and is_past(time, anchor):
        return ObservationKind.ACTUAL
    if end > anchor[:4] and kind is ObservationKind.ACTUAL:
        return coming
    return ObservationKind.ACTUAL if end < anchor[:4] else kind


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
    """Return the last place named before local offset *before*; 我国 and 全国 are 中国."""
    places = [
        (start, end, term.name)
        for start, end, term in terms
        if term.kind is EntityKind.PLACE
        and end <= before
        and not number_words("common-place").intersection((term.name, sentence.text[start:end]))
    ]
    for word in word_ends("china"):
        start = sentence.text.rfind(word, 0, before)
        if start >= 0:
            places.append((start, start + len(word), "中国"))
    if not places:
        return None
    start, end, name = max(places)
    return mention_at(sentence, start, end, name, EntityKind.PLACE)


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
    return max(places, key=lambda place: (names.count(place.name), -place.span.start), default=None)
