"""When a number holds and in what sense: by its clause, or by what the sentences before have set."""

import re
from collections.abc import Sequence

from kg.numerals import TimeExpression
from kg.observations.contexts import Setting, find_row, find_time, spread_times
from kg.observations.dimensions import COUNTED
from kg.observations.frames import Frame
from kg.observations.kinds import (
    coming_kind,
    find_kind,
    is_at_present,
    is_called_for,
    is_due,
    is_named_aim,
    is_past,
    kind_by_time,
)
from kg.observations.pieces import Piece
from kg.observations.sections import Section, is_settled
from kg.observations.tables import number_words, word_ends
from kg.records import Record, Sentence
from kg.schema import ObservationKind

_REPORTED_RULES = frozenset({"value", "change", "respectively", "share-of"})
_JUST_SAID_RE = re.compile(r"(?:^|[，；：])\d{4}年[^，。；]{0,4}[，,]$")  # 2022年，总量有望达…: of that year
Clause = Sequence[Piece]


class Moment(Record, frozen=True):
    """What is known of times where a clause is read.

    ``setting`` is what the sentences before have said, ``passage`` what headings say, ``row`` the times of a
    list that its numbers follow; ``anchor`` is when the article was written, ``report_time`` the period that
    it reports on; ``is_order`` tells that it is a document that gives orders.
    """

    setting: Setting
    passage: Section
    row: tuple[TimeExpression, ...]
    anchor: str | None
    report_time: str | None
    is_order: bool = False

    def time_of(self, sentence: Sentence, clause: Clause, frame: Frame) -> str | None:
        """Return when the number of *frame* holds: as its clause says, or what is known of it."""
        if frame.rule == "basis":  # 比上月的250吨: its time is the one compared with
            return next(
                (p.time.value for p in reversed(clause) if p.time and p.end <= frame.piece.start), None
            )
        row = find_row([piece for piece in clause if piece.start < frame.piece.start]) or self.row
        spread = spread_times(clause, row) if row and frame.rule != "respectively" else {}
        said = spread.get(frame.piece.start) or find_time(clause, frame.piece.start)
        is_start = frame.rule == "start" and not _is_of_forecast(clause, frame)
        if is_start and (said is None or is_past(self.anchor, (said.value or "").split("/")[-1])):
            return None  # it held before, nobody says when: 年底前由100万件减至20万件
        if said is not None:
            return self.setting.period_of(said)
        known = self.setting.nearer_time or self.setting.time or self.passage.year
        outer = frame.piece.quantity.outer_start if frame.piece.quantity else frame.piece.start
        is_just_said = _JUST_SAID_RE.search(sentence.text[: clause[0].start]) is not None
        if is_past(known, self.anchor) and not is_just_said and _own_kind(sentence, clause, outer):
            return self.anchor  # 早在2005年已挂牌，…，产量有望达4000万吨: not of that year
        is_reached = any(piece.text[0] == "已" for piece in clause)
        if is_reached and (known or "")[:4].isdigit() and (known or "")[:4] > (self.anchor or "9999")[:4]:
            return self.anchor  # nor of a year to come
        if is_reached and not self.setting.nearer_time and is_past(known, (self.anchor or "")[:4]):
            return self.anchor  # 已 speaks of today, though the sentence before spoke of a year gone by
        if known is None and frame.rule in _REPORTED_RULES:
            known = self.report_time
        return known or self.anchor

    def kind_of(self, sentence: Sentence, clause: Clause, frame: Frame, time: str | None) -> ObservationKind:
        """Return in what sense the number of *frame* holds, at this *time*."""
        if frame.rule in ("start", "basis"):
            return ObservationKind.FORECAST if _is_of_forecast(clause, frame) else ObservationKind.ACTUAL
        quantity = frame.piece.quantity
        if quantity is not None and is_named_aim(sentence.text[quantity.outer_end :]):
            return ObservationKind.TARGET
        left = sentence.text[clause[0].start : frame.piece.start]
        kind = _own_kind(sentence, clause, _end_of_cues(clause, frame))
        is_done = any(piece.text[0] == "已" for piece in clause)  # 其中90项已落地, of the tasks set before
        is_done = is_done or is_at_present(left) or any(piece.text == "了" for piece in clause)
        kind = kind or (ObservationKind.ACTUAL if is_done else self.setting.kind)
        if kind is ObservationKind.ACTUAL and frame.rule == "output" and _is_being_built(clause):
            kind = ObservationKind.TARGET
        if kind is ObservationKind.ACTUAL and is_called_for(clause, frame.piece.start):
            kind = ObservationKind.TARGET
        if kind is ObservationKind.ACTUAL and not self.anchor and self._is_due(sentence, clause, frame):
            kind = ObservationKind.TARGET
        if kind is ObservationKind.ACTUAL and self.passage.is_plan and self._is_aim(sentence, clause, frame):
            return ObservationKind.TARGET
        if time and not (kind is ObservationKind.ACTUAL and self._is_so_far(left, time)):
            return kind_by_time(kind, time, self.anchor or "", self._coming(clause, time))
        return kind

    def _is_so_far(self, left: str, time: str) -> bool:
        """Tell whether a number sums up what was done in a span that goes on: “十四五”期间，累计完成…."""
        has_begun = "/" in time and time[:4] <= (self.anchor or "")[:4]
        return has_begun and any(word in left for word in number_words("so-far"))

    def _is_due(self, sentence: Sentence, clause: Clause, frame: Frame) -> bool:
        """Tell whether the number is to be reached by a year, said here or before in the sentence."""
        if any(word in sentence.text for word in number_words("survey")):
            return False  # 据调查，到2010年末: counted, whenever that was
        if is_due(clause, frame.piece.start):
            return True
        return self.setting.is_due and not is_settled(sentence.text[: frame.piece.start])

    def _coming(self, clause: Clause, time: str) -> ObservationKind:
        """Return the kind of a number of coming years: 未来5年投入… is an aim, 未来5年出口额… is foreseen."""
        is_deed = any(piece.text.endswith(word_ends("planned-deed")) for piece in clause)
        if time.startswith(word_ends("coming-span")) and not is_deed:
            return ObservationKind.FORECAST
        return self.setting.coming_kind

    def _is_aim(self, sentence: Sentence, clause: Clause, frame: Frame) -> bool:
        """Tell whether a number of a plan is an aim: not of the past, not done, of no year to come."""
        said = find_time(clause, frame.piece.start)
        time = said.value if said else self.setting.nearer_time or self.setting.time
        if is_past(time, self.anchor) or is_settled(sentence.text[: frame.piece.start]):
            return False
        return not _is_attribute(sentence, frame) and self._is_open(time or "")

    def _is_open(self, time: str) -> bool:
        """Tell whether a time leaves it to the plan what its numbers are: none, this year, every year."""
        if not time[:1].isdigit():
            yearly = word_ends("yearly") if self.is_order else ()
            return not time or time.startswith(word_ends("coming-span") + yearly)
        return not self.anchor or time[:4] <= self.anchor[:4]


def _own_kind(sentence: Sentence, clause: Clause, end: int) -> ObservationKind | None:
    """Return the kind that the clause itself announces before offset *end*."""
    before, start = sentence.text[:end], clause[0].start
    return find_kind(before[start:], before[:start]) or coming_kind(clause, end, before)


def _is_of_forecast(clause: Clause, frame: Frame) -> bool:
    """Tell whether a forecast began with the number: 增长预估|自|2.5%|调降至1%, 销量预测|则|由|…."""
    origin = (
        i for i, p in enumerate(clause) if p.text in number_words("origin") and p.end <= frame.piece.start
    )
    at = max(origin, default=0)
    return any(piece.text in number_words("foreseen-noun") for piece in clause[max(0, at - 2) : at])


def _is_being_built(clause: Clause) -> bool:
    """Tell whether the plant whose output is told is but begun: 年产100万吨甲醇项目|动工."""
    return any(piece.text in number_words("begun") for piece in clause)


def _end_of_cues(clause: Clause, frame: Frame) -> int:
    """Return where the words end that may announce the kind of a number: not in what a share is of.

    占|年度目标任务|的|80%: the aim is the whole, the share is a fact.
    """
    before = [piece for piece in clause if piece.end <= frame.piece.start]
    if not before or before[-1].role != "E":
        return frame.piece.start
    shares = (piece.start for piece in reversed(before) if piece.text in number_words("share-verb"))
    return next(shares, frame.piece.start)


def _is_attribute(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether the number only describes a thing (总投资18亿元的产业园), which a plan does not aim at."""
    quantity = frame.piece.quantity
    if quantity is None or quantity.dimension in COUNTED:
        return False
    return frame.end <= quantity.start and sentence.text[quantity.outer_end :].startswith("的")
