"""The words between what is measured and its number: verbs, comparisons, averages."""

from collections.abc import Sequence
from functools import cache

from kg.observations.dimensions import AMOUNTS
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_per,
    is_place,
    is_set,
    joint_of,
    last_item,
    place_in,
    subject_before,
    text_of,
)
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_number_kinds, number_words, word_ends
from kg.records import Record

_LATER_WORDS = 4
_MANNER_TAGS = frozenset({"ad", "da"})


class Predicate(Record, frozen=True):
    """The verbs peeled off the left of a number, and what remains before them.

    ``is_agent`` tells that what remains does what the flow verb says (企业|出口, not 出口|企业).
    """

    change: str
    flow: str
    has_reach: bool
    rest: tuple[Piece, ...]
    is_agent: bool = False


def peel_verbs(left: Sequence[Piece]) -> Predicate:
    """Peel verbs, adverbs and times off the end of *left*.

    A verb of change before 到 or 至 states the value it ends at (提高到70%).
    """
    known = load_measure_verbs()
    change = flow = ""
    has_reach = arrives = False
    end = len(left)
    while end:
        piece = left[end - 1]
        verb = known.get(piece.text)
        is_output = (
            change and piece.text in number_words("measure") and end > 1 and left[end - 2].role in "NA"
        )
        if verb is not None and verb.role == "flow" and is_output:
            break  # 工业产出|环比|下降
        if verb is not None and _states(piece, left, end):
            arrives = arrives or (not change and piece.text in number_words("arrival"))
            is_bound = end > 1 and piece.text in number_words("beyond") and left[end - 2].text == "不"
            if is_bound or verb.role == "reach" or (arrives and verb.role in ("up", "down")):
                has_reach = True
            elif verb.role == "flow":
                flow = flow or piece.text
            else:
                change = change or piece.text
        elif not _is_passed_over(piece) and not _is_peak(left, end):
            break
        end -= 1
    return Predicate(change, flow, has_reach, tuple(left[:end]), is_agent=bool(flow))


def _is_peak(left: Sequence[Piece], end: int) -> bool:
    """Tell whether a superlative says which value a change reached: 增至|最高|23列."""
    if end < 2 or left[end - 1].text not in number_words("superlative"):
        return False
    verb = load_measure_verbs().get(left[end - 2].text)
    return (
        verb is not None
        and verb.role == "reach"
        and left[end - 2].text.endswith(tuple(number_words("arrival")))
    )


def _states(piece: Piece, left: Sequence[Piece], end: int) -> bool:
    """Tell whether a word of the verb table is a verb here."""
    if piece.text == "多" and end < len(left) and left[end].role == "P":
        return False  # 售价多在千元以上
    if piece.role == "A":  # 比要价低30元, 便宜10%
        return load_measure_verbs()[piece.text].role in ("up", "down")
    return piece.role in "VBPMU" or (piece.role == "N" and _is_verb(left, end))


def _is_passed_over(piece: Piece) -> bool:
    if piece.role in "UDMTI“”" or piece.text == "多" or piece.quantity or is_per(piece):
        return True
    if piece.role == "A" and piece.tag in _MANNER_TAGS:
        return True  # 人数|直接|提升到12人
    if piece.role == "V" and piece.text in load_number_kinds():
        return True  # 产量|估计|在1000万吨
    return piece.text in number_words("glue") or piece.text in number_words("filler")


def _is_verb(left: Sequence[Piece], end: int) -> bool:
    """Tell a verb that was taken for a noun (…同比增长/N 7.5%) from a noun that is measured."""
    if load_measure_verbs()[left[end - 1].text].role != "flow":
        return True
    after = next((piece for piece in left[end:] if piece.text not in number_words("filler")), None)
    is_compound = end > 1 and left[end - 2].role == "V" and after is not None and _changes(after)
    return not (end > 1 and left[end - 2].role in "NAER") and not is_compound  # 购置|投资|增长


def _changes(piece: Piece) -> bool:
    verb = load_measure_verbs().get(piece.text)
    return verb is not None and verb.role in ("up", "down")


def flow_before(left: Sequence[Piece]) -> str:
    """Return the verbs that make a count a flow (新建、改建), or nothing."""
    verbs = load_measure_verbs()
    found: list[str] = []
    for piece in reversed(left):
        verb = verbs.get(piece.text)
        if verb and verb.role == "flow" and (len(piece.text) > 1 or piece.role == "V"):
            found.insert(0, piece.text)
        elif piece.role not in "UDMT、CR" and piece.text not in number_words("all-kinds"):
            break
    while len(found) > 1 and found[0] in number_words("helping-verb"):
        found.pop(0)  # 安排|开行
    return "".join(found)


def average_before(left: Sequence[Piece]) -> str:
    """Return what a figure is averaged over (日均, 每平方公里), or nothing."""
    for place in range(len(left) - 1, -1, -1):
        is_of_day = place + 1 < len(left) and left[place + 1].role == "E"  # 每天的价格
        if left[place].text in number_words("daily") and not is_of_day:
            return "日均"
        if left[place].text in number_words("average"):
            return left[place].text
        if left[place].text == "每" and place + 1 < len(left):
            whose = clean_name(last_item(subject_before(left[:place], has_verb=False)))
            return whose + left[place].text + left[place + 1].text
    return ""


def later_change(right: Sequence[Piece]) -> str:
    """Return the verb of change that stands after the number: 以年均15万亩幅度增加."""
    pace = next((i for i, p in enumerate(right[:_LATER_WORDS]) if p.text in number_words("pace")), None)
    if pace is None:
        return ""
    known = load_measure_verbs()
    after = right[pace + 1 : pace + _LATER_WORDS]
    changes = (p.text for p in after if p.text in known and known[p.text].role in ("up", "down"))
    return next(changes, "")


def noun_of_change(right: Sequence[Piece]) -> str:
    """Return the verb of the change that a noun after the number names: 有3元不等的涨幅, 实现5%的增长."""
    of = next((i for i, piece in enumerate(right[:_LATER_WORDS]) if piece.role == "E"), None)
    if of is None or any(piece.role not in "DFVUG" for piece in right[:of]):
        return ""
    after = [piece for piece in right[of + 1 :] if piece.role not in "AD"]
    if not after or (len(after) > 1 and after[1].role in "NV" and after[0].role != "N"):
        return ""
    return _verbs_of_change().get(after[0].text, "")


@cache
def _verbs_of_change() -> dict[str, str]:
    """Return noun → verb of change, for 增长 and 涨幅 alike."""
    verbs = {text: verb for text, verb in load_measure_verbs().items() if verb.role in ("up", "down")}
    names = {verb.name: text for text, verb in reversed(verbs.items())}
    return names | {text: text for text in verbs if len(text) > 1} | {"增幅": "增长", "增速": "增长"}


def split_basis(left: Sequence[Piece]) -> tuple[tuple[Piece, ...], str]:
    """Take out what the number is compared with: 比上月, 较上年12月份, 高出全部固定资产投资."""
    for place, piece in enumerate(left[:-1]):
        if piece.text in number_words("basis"):
            end = _basis_end(left, place + 1)
            again = _measure_again(left, place + 2) if left[place + 1].role == "T" else ()
            if again:  # 较2009年合格率|提高
                own = left[:place] or again
                return (*own, *left[place + 2 + len(again) :]), text_of(left[place : place + 2])
            bare = piece.text in number_words("plain-basis") and end < len(left)
            if left[place + 1].role == "T" or bare:
                return (*left[:place], *left[end:]), text_of(left[place:end])
        if piece.text in number_words("exceeding") and left[-1].role in "NE":
            other = [one for one in left[place + 1 :] if one.role != "T"]  # 高于|同期|零售总额
            return tuple(left[: place + 1]), text_of(other).removesuffix("的")
    return _without_reckoning(_without_base(_without_likened(left))), ""


def _without_base(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Take out what a change is counted from: 利率|在|基准利率|基础|上|上浮10%."""
    texts = [piece.text for piece in left]
    end = next((i for i in range(1, len(texts) - 1) if texts[i : i + 2] == ["基础", "上"]), 0)
    start = max((i for i in range(1, end) if texts[i] == "在"), default=0)
    return (*left[:start], *left[end + 2 :]) if start else tuple(left)


def _without_reckoning(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Take out how a number was reckoned: 通胀率|按|年率|计算|为2.9%."""
    end = next((i for i in range(2, len(left)) if left[i].text in number_words("reckoning")), 0)
    start = max((i for i in range(1, end) if left[i].text in number_words("reckoned-by")), default=0)
    return (*left[:start], *left[end + 1 :]) if start else tuple(left)


def _without_likened(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Take out the thing that something is compared with: 价格|与指导价相比|下降63%."""
    end = next((i for i, piece in enumerate(left) if piece.text in number_words("likened")), 0)
    start = max((i for i in range(1, end) if left[i].text in number_words("basis")), default=0)
    return (*left[:start], *left[end + 1 :]) if start else tuple(left)


def _measure_again(left: Sequence[Piece], start: int) -> tuple[Piece, ...]:
    """Return the measure named with the time that its change is counted from: 较2009年|合格率|提高."""
    verbs = load_measure_verbs()
    end = next((i for i in range(start, len(left)) if left[i].text in verbs), None)
    again = tuple(left[start:end])
    if end is None or not again or left[end].text in number_words("above"):
        return ()
    if verbs[left[end].text].role not in ("up", "down"):
        return ()
    is_name = all(piece.role in "NABEV" for piece in again) and ends_measure(text_of(again))
    return again if is_name and again[-1].text not in number_words("level") else ()


def _basis_end(left: Sequence[Piece], end: int) -> int:
    known = load_measure_verbs()
    while end < len(left) and left[end].text not in known:
        is_joined = left[end].role in "C、" and end + 1 < len(left) and left[end + 1].role in "NAQ"
        if left[end].role not in "TNEAFBQ" and not is_joined:  # 比|一线|和|二线城市|高出
            break
        end += 1
    return end


def _without_means(rest: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the phrase that ends *rest*, or the one before it where it tells by what means: 通过|专列."""
    doers = subject_before(rest, has_verb=False)
    at = place_in(rest, doers) if doers else 0
    if at and rest[at - 1].text in number_words("by-means"):
        return subject_before(rest[: at - 1], has_verb=False)
    return doers


def agent_before(rest: Sequence[Piece], subject: Sequence[Piece], base: str, dimension: str = "") -> str:
    """Return whose the measure is: 三大产业集聚 of 三大产业集聚人才80万人, 企业 of 企业实现利润."""
    end = place_in(rest, subject)
    while end and rest[end - 1].role == "U":
        end -= 1
    if not end or rest[end - 1].role != "V":
        return ""
    verb = rest[end - 1].text
    known = load_measure_verbs().get(verb)
    if known is None or known.role not in ("reach", "flow"):
        return ""
    end -= 1
    average = ""
    while end and (rest[end - 1].role in "DMTU" or rest[end - 1].text in load_number_kinds()):
        end -= 1
        average = rest[end].text if rest[end].text in number_words("average") else average
    doers = _without_means(rest[:end])
    agent = last_item(doers)
    if not any(is_set(piece) for piece in agent):  # 芯片、汽车|三大产业: the sum is named
        agent = joint_of(doers) or agent
    name = clean_name(agent)
    if all(is_place(piece) for piece in agent) or name in number_words("plain-subject"):
        return ""
    if name.endswith((*word_ends("reporting"), *word_ends("means"))):
        return ""  # 兵团报告新增病例, 通过招标方式采购
    if verb in number_words("amount-flow"):  # 中石化购买原油: the name of its amount says 购买量
        return name if dimension in AMOUNTS or dimension in ("", "count") else name + average + verb
    named_so = verb in number_words("joining-verb") or known.name in ("产", "销售", "出口", "进口")
    if known.name and named_so:
        return name  # 全行业生产集成电路: the name of its amount says 产量
    kept = named_so or (known.role == "flow" and not base.startswith(verb))
    return name + average + verb if kept else name
