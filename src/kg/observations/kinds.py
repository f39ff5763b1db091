"""In what sense a number holds: as a fact, an aim, a forecast, or as no more than a supposition."""

import re
from collections.abc import Sequence
from functools import cache

from kg.observations.nouns import ends_measure, is_place, text_of
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_number_kinds, number_words, word_ends
from kg.schema import ObservationKind

_DONE = ("了", "过")
_EXCEEDING_RE = re.compile("超[出过]?[^，。；、]{0,6}$")
_SET_AGAINST_RE = re.compile("(?:[比较]|[高低多少快慢]于)[^，。；、]{0,12}$")
_DIFFERENCE_RE = re.compile(r"(?:目标|任务|指标|值|水平)*[低高多少快慢约近]?\d")


def find_kind(text: str, before: str = "") -> ObservationKind | None:
    """Return the kind of number that the words of *text* announce, the last cue winning.

    What will be (将达到) is a forecast, but an aim where *before* or *text* names a plan.

    Example:
        >>> find_kind("今年计划新建"), find_kind("已建、在建和规划建设的设施")
        (<ObservationKind.TARGET: 'Target'>, None)
    """
    for match in reversed(list(_kind_re().finditer(text))):
        if match.group() not in load_number_kinds() or _is_of_deed_done(match) or _is_exceeded(match):
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


def _is_exceeded(cue: re.Match[str]) -> bool:
    """Tell whether the aim that the cue names is but what was exceeded: 收率超总厂计划0.5个百分点.

    So it is where the number says how far off it is: 占比比规划目标低23个百分点.
    """
    if _EXCEEDING_RE.search(cue.string, 0, cue.start()) is not None:
        return True
    after = cue.string[cue.end() :]
    is_difference = _DIFFERENCE_RE.match(after) is not None or after in number_words("difference")
    return is_difference and _SET_AGAINST_RE.search(cue.string, 0, cue.start()) is not None


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


def end_of_cues(clause: Sequence[Piece]) -> int:
    """Return where a clause ends that may announce a kind: at 的 after a number, past which others think.

    70%|的受访者认为价格将上涨: what they expect says nothing of the next number.
    """
    last = next((i for i in range(len(clause) - 1, -1, -1) if clause[i].quantity), None)
    if last is None or last + 1 == len(clause) or clause[last + 1].role != "E":
        return clause[-1].end
    return clause[last].end


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
    if _guides(clause, end):
        return True
    for place, piece in enumerate(clause[:-1]):
        if piece.start >= end:
            return False
        is_habit = place > 0 and clause[place - 1].text[0] == "每"  # 每天|要|接待: no call
        if piece.text in obligations and clause[place + 1].role in "VPDMU" and not is_habit:
            return True
    return False


def _guides(clause: Sequence[Piece], end: int) -> bool:
    """Tell whether others are led to move what is measured: 引导|金融机构|将|利率|降至4%以内."""
    led = [piece for piece in clause if piece.start < end]
    at = next((i for i, piece in enumerate(led) if piece.text in number_words("guiding")), len(led))
    moves = (i for i in range(at + 1, len(led)) if led[i].text in number_words("coming"))
    return any(_moves_measure(clause[i + 1 :]) for i in moves)


def is_condition(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause only supposes its numbers: 如果税率下调5个百分点, 油价每下跌10美元."""
    first = next((piece for piece in clause if piece.role not in "TD“" or piece.text in _supposing()), None)
    if first is not None and first.text in _supposing():
        return True
    if _sets_case(clause):
        return True
    steps = (i for i, piece in enumerate(clause[:-2]) if piece.text == "每")
    return any(_is_change(clause[i + 1]) and clause[i + 2].quantity is not None for i in steps)


def _sets_case(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause sets the case for which a rule holds: 企业在3家及以上的，采取招标方式."""
    if clause[-1].role != "E" or not any(piece.quantity for piece in clause):
        return False
    return not any(piece.text.endswith(("是", "有")) for piece in clause)


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
        is_object = place > 0 and clause[place - 1].text[0] == "已"  # 已|将响应级别提升至三级
        if piece.text in number_words("coming") and not is_object and _is_modal(clause, place):
            verb = next((p.text for p in clause[place + 1 :] if p.role == "V"), "")
            known = load_measure_verbs().get(verb)
            is_flow = known is not None and known.role == "flow" and verb[0] == "新"
            is_ruled = (
                place > 0 and _rules(clause[place - 1]) and (known is None or known.role in ("flow", "reach"))
            )
            is_supposed = any(word in before for word in _supposing())  # 如果提高5个点，将新增7万亿元
            if (verb in number_words("planned-deed") or is_flow or is_ruled) and not is_supposed:
                return ObservationKind.TARGET
            return _kind_of_coming(before)
    return None


def _is_modal(clause: Sequence[Piece], place: int) -> bool:
    """Tell 将 before a verb from that before an object (将其定为, 将优化环境作为突破口) or a date (将于)."""
    after = next((piece for piece in clause[place + 1 :] if piece.time is None), None)  # 将每年推动
    if after is None or clause[place].role not in "MD" or after.text[0] in "近于" or after.quantity:
        return False
    if _moves_measure(clause[place + 1 :]):
        return False
    is_verb = after.role in "VPMDU" or after.tag in ("v", "vn", "vi")
    return is_verb and not any(piece.text in ("作为", "定为") for piece in clause[place + 1 :])


def _moves_measure(behind: Sequence[Piece]) -> bool:
    """Tell whether 将 takes the measure that is moved: 将|建造周期|缩短20%, 将|平均费率|降至1%."""
    known = load_measure_verbs()
    end = next((i for i, piece in enumerate(behind) if i and piece.text in known and piece.role in "VU"), 0)
    moved = behind[:end]
    return bool(moved) and moved[0].text not in known and ends_measure(text_of(moved))


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
