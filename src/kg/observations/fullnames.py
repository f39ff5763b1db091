"""What a clause calls the thing it measures in full: with the subject and the verb before its name."""

from collections.abc import Sequence

from kg.observations.dimensions import bare_unit
from kg.observations.frames import Frame, Memory, Opening
from kg.observations.nouns import clean_name, ends_measure, is_place, joined, text_of, trim_front
from kg.observations.owners import is_bare, without_example, without_measure
from kg.observations.pieces import Piece
from kg.observations.tables import load_source_words, number_words, word_ends
from kg.observations.wordings import is_saying, past_causes, states_value, worded, wording_before
from kg.records import Mention, replace
from kg.rules import load_word_set
from kg.schema import EntityKind

_SAME = 3  # characters at which a name says again what stands before it
_MOST = 4  # other names of one measure
_WHOLE = "中国"  # what most articles speak of
_SHORTEST, _LONGEST_LEAD = 1, 14  # characters


def with_other_names(
    frame: Frame, clause: Sequence[Piece], sentence: int, memory: Memory, heard: Sequence[Mention]
) -> Frame:
    """Give a frame the names that begin with what is said before it, besides those that it has.

    阿合奇县|设置|11个|安置点 counts 安置点, which is 阿合奇县设置安置点数量 in full. Where the clause says
    nothing before it, it is of what the sentence has told of (*memory*). What only points at a thing (公司)
    is the last such thing that was *heard*.
    """
    others, named = frame.other_names, _named(frame.name, heard)
    if named:
        others = (*others, named)
    elif frame.sentence == sentence:
        others = (*others, *_in_full(frame, clause, sentence, memory))
    others = (*others, _by_classifier(frame))
    told = dict.fromkeys(other for other in others if other not in ("", frame.name))
    return replace(frame, other_names=tuple(told)[:_MOST])


def _by_classifier(frame: Frame) -> str:
    """Return the name of a count that ends in its measure word: 目录|项数, 演出|场数; or nothing."""
    unit = bare_unit(frame.piece.quantity.unit) if frame.piece.quantity else ""
    is_counted = frame.name.endswith("数量") and unit in number_words("counting")
    return f"{frame.name.removesuffix('数量')}{unit}数" if is_counted else ""


def with_place(frame: Frame, place: Mention) -> Frame:
    """Give a frame the name that begins with *place*, where it has none with it: 江海市|经济总量."""
    told = (frame.name, *frame.other_names)
    if place.name == _WHOLE or any(place.name in name or place.text in name for name in told):
        return frame
    return replace(frame, other_names=(*frame.other_names, place.text + frame.name))


def _in_full(frame: Frame, clause: Sequence[Piece], sentence: int, memory: Memory) -> tuple[str, ...]:
    """Return the name of *frame* with what the clause, or else the sentence, says before it."""
    before = min(frame.start, frame.piece.start)
    lead = [piece for piece in clause if piece.end <= before]
    counted = next((at for at, piece in enumerate(lead) if piece.quantity), len(lead))
    if any(piece.role not in "NABQ、C" for piece in lead[counted:]):
        return ()
    is_behind = frame.start >= frame.piece.start  # 设置11个|安置点
    is_next = counted < len(lead) and not is_behind and not is_bare(frame.name)
    lead = past_causes(list(_without_siblings(lead[:counted])))
    if is_next:  # 新建学校5所、|医院|3所: of what is named before the first number only the verb is its own
        lead = lead[: max((at + 1 for at, piece in enumerate(lead) if piece.role == "V"), default=0)]
    name = min((frame.name, *frame.other_names), key=len) if is_behind else frame.name
    said = _said(lead, name)
    owner = "" if said else _owner(memory, sentence, name, _measure_of(frame, name))
    named = [(said or owner, name)]
    if is_behind:
        leading, whole = wording_before(lead), _as_worded(frame, name, clause)
        named = [(leading, name), *named, ("", whole), (leading, whole)]
    elif owner and frame.rule == "value":  # 中欧班列开行…，|发送货物
        named.extend((owner, other) for other in frame.other_names)
    return tuple(_led_by(told, base) for told, base in named if len(told) <= _LONGEST_LEAD)


def _as_worded(frame: Frame, name: str, clause: Sequence[Piece]) -> str:
    """Return *name* with all the words between the number and what it counts: 6台|百万千瓦级核电机组."""
    after = frame.piece.quantity.outer_end if frame.piece.quantity else frame.piece.end
    between = [piece for piece in clause if after <= piece.start and piece.end <= frame.end]
    if any(piece.role == "、" for piece in between):
        return name
    behind = worded(between)
    counted = worded([piece for piece in clause if frame.start <= piece.start and piece.end <= frame.end])
    is_within = bool(counted) and behind.endswith(counted)
    return name.replace(counted, behind.removeprefix("的")) if is_within else name


def pointer_of(name: str) -> str:
    """Return the word that *name* begins with and that points at a thing named before, or nothing.

    Example:
        >>> pointer_of("公司营业利润"), pointer_of("项目数量"), pointer_of("粮食产量")
        ('公司', '', '')
    """
    pointer = next((word for word in word_ends("generic-owner") if name.startswith(word)), "")
    is_counted = name.removeprefix(pointer).startswith(tuple(load_word_set("count_nouns")))
    return "" if is_counted else pointer


def _named(name: str, heard: Sequence[Mention]) -> str:
    """Return *name* with the thing that its first word points at, or nothing: 公司|营业利润."""
    pointer = pointer_of(name) if heard else ""
    is_body = pointer in number_words("company-word")
    for mention in reversed(heard) if pointer else ():
        is_such = is_body and mention.kind is EntityKind.ORGANIZATION
        is_longer = len(mention.name) > len(pointer) and not name.startswith(mention.name)
        if is_longer and (is_such or mention.name.endswith(pointer)):
            return mention.name + name.removeprefix(pointer)
    return ""


def _led_by(lead: str, name: str) -> str:
    """Return *lead* and *name* as one, or nothing where they say the same: 物流航线|航线数量."""
    if name[:_SAME] in lead[:-_SAME]:
        return ""
    return joined(lead, name)


def opening_of(clause: Sequence[Piece], sentence: int) -> Opening | None:
    """Return the thing that a clause begins with, of which the next ones tell, without its measure.

    池黄高铁|起自青阳, 拟建电解铝项目|23个, 气膜仓体高度|达33米. Who says something is none, nor is a place.
    """
    clause = without_example(clause)
    start = next((at for at, piece in enumerate(clause) if piece.role not in "TCR“"), len(clause))
    end = start
    while end < len(clause) and clause[end].role in "NABE“”、CQ" and not clause[end].quantity:
        end += 1
    after = next((piece for piece in clause[end:] if piece.role not in "TD"), None)
    if after is not None and is_saying(after):
        return None
    while end > start and (clause[end - 1].role in "AE、C" or states_value(clause[end - 1])):
        end -= 1
    of = max((at for at in range(start, end) if clause[at].role == "E"), default=start - 1)
    words = [piece for piece in clause[of + 1 : end] if _names(piece)]
    phrase = _thing(without_measure(trim_front(words)), words)
    name = clean_name(phrase)
    if not phrase or not _SHORTEST < len(name) <= _LONGEST_LEAD or not _may_own(name, phrase):
        return None
    measure = text_of(words).partition(phrase[-1].text)[2]
    numbers = any(piece.quantity for piece in clause)
    return Opening(
        name, sentence, measure, is_measured=numbers and _is_measured(phrase, measure, clause[end:])
    )


def _is_measured(phrase: Sequence[Piece], measure: str, rest: Sequence[Piece]) -> bool:
    """Tell whether the number of a clause is that of the thing it begins with, which *rest* follows.

    It is where the thing is counted or has a share (上市公司|5家, 民营企业|占|五成), and else unless it is a
    body or does something (电商快线|已|运行|126艘次).
    """
    after = next((piece for piece in rest if piece.role not in "DMTU"), None)
    if after is None or measure:
        return phrase[-1].tag != "nt"
    if after.quantity or after.text in number_words("share-verb"):
        return True
    acts = after.role == "V" and not states_value(after)
    return phrase[-1].tag != "nt" and not acts


def counted_thing(frame: Frame) -> Opening | None:
    """Return what the number counts, of which later measures may be: 新开工重大项目|28个，总投资…."""
    thing = frame.topic.name.removesuffix("数量") if frame.topic and frame.name.endswith("数量") else ""
    if not thing.endswith(word_ends("works-noun")):
        return None
    return Opening(thing, frame.sentence, "", is_measured=True)


def _thing(phrase: Sequence[Piece], words: Sequence[Piece]) -> Sequence[Piece]:
    """Return *phrase*, which leads *words*, without what it does or has: 国有企业|营业, 中央企业|资产."""
    body = next((at for at, piece in enumerate(phrase) if piece.tag == "nt"), None)
    if body is not None and all(piece.role == "N" for piece in phrase):
        does = any(piece.tag[:1] == "v" for piece in phrase[body + 1 : body + 2])  # 机关|处置|问题线索
        if does or text_of(phrase) != text_of(words):
            return phrase[: body + 1]
    while len(phrase) > 1 and phrase[-1].tag[:1] == "v":
        phrase = phrase[:-1]
    return phrase


def _names(piece: Piece) -> bool:
    return piece.role not in "Q”" and piece.text not in number_words("whole-place")


def _may_own(name: str, phrase: Sequence[Piece]) -> bool:
    if is_bare(name) or ends_measure(name) or name in number_words("plain-subject"):
        return False
    if name.startswith(word_ends("pointer")) or name.endswith(word_ends("fund")):
        return False  # 本公司, 实际利用外资
    if len(phrase[-1].text) == 1 or phrase[-1].tag[:1] in "rmtv" or phrase[-1].tag == "nr":
        return False  # 人均纯|收入
    if phrase[0].text in load_source_words() or name.endswith(word_ends("no-owner")):
        return False
    return not all(is_place(piece) for piece in phrase)


def _measure_of(frame: Frame, name: str) -> str:
    """Return what changed or has a share, of *name*, which may leave unsaid whose it is: 增加值|占GDP比重."""
    if frame.rule == "change" and frame.topic is not None:
        return frame.topic.name
    return name.partition("占")[0] if frame.rule == "share-of" else name


def _owner(memory: Memory, sentence: int, name: str, measured: str) -> str:
    """Return the last thing that the sentence has told of, before the clause, and *name* does not hold."""
    for thing in reversed(memory.openings):
        is_like = bool(thing.measure) and name.endswith(thing.measure)  # 铝锭|产能, of which 铜杆产能 is none
        is_owner = not thing.is_measured or is_bare(measured) or name.endswith(word_ends("contribution"))
        if thing.sentence == sentence and thing.name not in name and is_owner and not is_like:
            return thing.name
    return ""


def _without_siblings(lead: Sequence[Piece]) -> Sequence[Piece]:
    """Return *lead* without the items of the list that what is measured ends: 东北虎、|东北豹."""
    end = len(lead)
    if end and lead[-1].role in "、C":
        while end and lead[end - 1].role in "NAB、C“”":
            end -= 1
    return lead[:end]


def _said(lead: Sequence[Piece], name: str) -> str:
    """Return what tells something in *lead* and is not in *name*, with the 和 and 的 inside it."""
    told = [at for at, piece in enumerate(lead) if _tells(piece) and piece.text not in name]
    if not any(lead[at].role == "N" for at in told):
        return ""
    inside = range(told[0], told[-1])
    return text_of([p for at, p in enumerate(lead) if at in told or (at in inside and p.role in "、CE")])


def _tells(piece: Piece) -> bool:
    """Tell whether *piece* is a noun, an attribute or a verb that says what is done, not how much it is."""
    if piece.role not in "NABV" or is_saying(piece):
        return False
    is_idle = any(piece.text in number_words(idle) for idle in ("filler", "whole-place"))
    return not is_idle and not states_value(piece)
