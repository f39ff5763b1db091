"""Shares: X占Y比重N%, N%的X做Y, X有N%做Y."""

from collections.abc import Sequence

from kg.observations.frames import Frame, Memory, Slot, Topic, named
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_place,
    joint_of,
    last_item,
    subject_before,
    text_of,
    trim_front,
)
from kg.observations.owners import is_bare
from kg.observations.pieces import Piece
from kg.observations.predicates import peel_verbs
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.observations.wordings import worded
from kg.records import replace

_SHORT_PREDICATE = 3
_LONGEST_DEED = 12
_VERB_AND_DEED = 2


def read_share(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read X占Y(的/比重达)N%: the share of X in Y."""
    left = slot.left
    change = _share_change(left) if slot.quantity.dimension == "points" else ""
    if slot.quantity.dimension != "ratio" and not change:
        return None
    verbs = [i for i, piece in enumerate(left) if piece.text in number_words("share-verb")]
    if not verbs:
        return None
    place = verbs[-1]
    if not change and _tells_growth(left[place:]):
        return None  # 股东应占利润同比增长300%
    phrase = subject_before(left[:place], has_verb=True)
    subject = joint_of(phrase) or last_item(phrase)
    if not subject and topic is None:
        return None
    if topic and topic.sentence == slot.sentence and clean_name(subject) in number_words("pointed"):
        subject = ()  # 进出口额4万亿元，规模占全国外贸的12%
    who = named(subject, topic, slot)
    whose = who.name if subject else who.name.partition("占")[0]
    whole = _whole(left[place + 1 :])
    if whole and slot.right and slot.right[0].role == "E":
        whole += _whole(slot.right[1:])  # 占据国内近一半的市场份额
    if not subject and topic and topic.measure and whose == topic.name and ends_measure(whole):
        whose = topic.measure  # 核电投资243亿元，占投资总额40%: the investment, not the plants
    share = "" if whose.endswith(word_ends("share-noun")) else _share_noun(slot.right)
    full = f"{whose}占{whole}比重" if whole else f"{whose}{share}"
    wording = _worded_share(who, left[place + 1 :], whole, slot)
    new = Topic(full, who.start, who.end, who.sentence, "ratio", wording=wording)
    others = (wording + change,) if wording else ()
    full += change
    return Frame(slot.piece, full, who.start, who.end, who.sentence, "share-of", 0.9, new, other_names=others)


def _tells_growth(said: Sequence[Piece]) -> bool:
    """Tell whether the number is the growth of what has the share rather than the share."""
    verbs = peel_verbs(said)
    compared = number_words("comparison-name")
    is_share = any(p.text.endswith(word_ends("share-tail")) and p.text not in compared for p in said)
    return bool(verbs.change) and not verbs.has_reach and not is_share


def _worded_share(who: Topic, of: Sequence[Piece], whole: str, slot: Slot) -> str:
    """Return what the text calls a share, with all that it says of the whole: 占|全部|零售门店|的|比重."""
    own = who.wording.partition("占")[0]
    if not whole:
        return f"{own}{_share_noun(slot.right)}" if own else ""
    end = max((i + 1 for i, piece in enumerate(of) if _is_of_whole(piece)), default=0)
    said = _without_share(worded(of[:end]))
    return f"{own or who.name.partition('占')[0]}占{said or whole}比重"


def _share_noun(right: Sequence[Piece]) -> str:
    """Return what the share is called after its number (占据60%的市场份额), or 占比."""
    said = right[1].text if len(right) > 1 and right[0].role == "E" else ""
    return said if said.endswith(word_ends("share-noun")) else "占比"


def _is_of_whole(piece: Piece) -> bool:
    return piece.role in "NABE" and piece.text not in load_measure_verbs()


def _share_change(left: Sequence[Piece]) -> str:
    """Return the name of the change of a share: 升幅 of 占总额的比重提高0.9个百分点."""
    verbs = (load_measure_verbs().get(piece.text) for piece in reversed(left))
    role = next((verb.role for verb in verbs if verb is not None and verb.role in ("up", "down")), "")
    return {"up": "升幅", "down": "降幅"}.get(role, "")


def _whole(pieces: Sequence[Piece]) -> str:
    """Return the whole that the share is of: 全国油茶总面积 of 全国油茶总面积的比重达."""
    last = max((i for i, p in enumerate(pieces) if _is_of_whole(p)), default=-1)
    is_closed = bool(pieces) and pieces[-1].role == "E"  # 占全年计划开工数|的|97%: all between is the whole
    kept = [
        p
        for p in pieces[: max(last + 1, len(pieces) - 1 if is_closed else 0)]
        if _is_of_whole(p)
        or p.tag in ("vn", "da", "ad", "b")
        or (is_closed and p.role in "MVFD" and not p.quantity)
        or (is_closed and p.text in number_words("whole-time"))
    ]
    return _without_share(text_of(kept).removesuffix("的"))


def _without_share(whole: str) -> str:
    for noun in word_ends("share-tail"):
        whole = whole.removesuffix(noun).removesuffix("的")
    return whole


def read_proportion(slot: Slot) -> Frame | None:
    """Read X有N%做Y, X中N%在Y: the share of X that does Y."""
    right, left = slot.right, slot.left
    if slot.quantity.dimension != "ratio" or not left or not right or right[0].role not in "VP":
        return None
    known = load_measure_verbs()
    if right[0].role == "V" and right[0].text in known and right[0].text not in number_words("joining-verb"):
        return None
    end = len(left)
    while end and left[end - 1].text in number_words("proportion-tail"):
        end -= 1
    if any(piece.text in known for piece in left[:end]):
        return None
    subject = last_item(subject_before(left[:end], has_verb=False))
    name = clean_name(subject)
    predicate = text_of(right).strip("“”")
    if not name or ends_measure(name) or len(predicate) < _SHORT_PREDICATE:
        return None
    return slot.frame(f"{name}{predicate}的比例", (subject[0], right[-1]), "part-that", 0.7)


def read_against(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read 恢复到震前的60%, 相当于总产值的3%, 是去年同期的4倍: a value as a part or multiple of another."""
    left = slot.left
    if slot.quantity.dimension not in ("ratio", "multiple") or not left or left[-1].role not in "ET":
        return None
    at = max((i for i in range(len(left)) if _is_against(left, i)), default=-1)
    other = [piece for piece in left[at + 1 :] if piece.role != "U"]  # 超过|了|总产值的3%
    whole = text_of(other).removesuffix("的")
    is_whole = (
        bool(whole)
        and whole not in number_words("no-whole")
        and all(p.role in "NABTEFMRQC、" and not p.quantity for p in other)
    )
    if at < 0 or not is_whole or (slot.right and slot.right[0].role not in "C、”"):
        return None
    start = at
    while start and (left[start - 1].role in "VUDM" or left[start - 1].text in number_words("filler")):
        start -= 1
    phrase = subject_before(left[:start], has_verb=True)
    subject = joint_of(phrase) or last_item(phrase)
    if not subject and (topic is None or topic.sentence != slot.sentence):
        return None
    who = named(subject, topic, slot)
    whose = who.name if subject else (topic.measure or topic.name) if topic else ""
    is_rate = whose.endswith((*word_ends("rate"), *word_ends("growth")))
    is_time = all(p.role in "TE" for p in other)
    if not whose or (is_time and (is_rate or left[at].text in number_words("beyond"))):
        return None  # 比重升至去年底的5%
    if slot.quantity.dimension == "multiple":
        is_year = any(word in whole for word in number_words("year-before"))
        name = f"{whose}同比倍数" if is_year else f"{whose}与{whole}之比"
    else:
        name = f"{whose}占{whole}比重"
    kept = Topic(whose, who.start, who.end, who.sentence) if subject else topic
    return Frame(slot.piece, name, who.start, who.end, who.sentence, "against", 0.7, kept)


def _is_against(left: Sequence[Piece], at: int) -> bool:
    """Tell whether what a value is a part of follows: 相当于|总产值|的3%, 不|低于|总床位|的50%."""
    if left[at].text in number_words("against"):
        return True
    return at > 0 and left[at].text in number_words("beyond") and left[at - 1].text in ("不", "不得")


def read_coverage(slot: Slot) -> Frame | None:
    """Read 试点覆盖全省人口的60%: the share of a whole that something reaches."""
    left = slot.left
    at = max((i for i, piece in enumerate(left) if piece.text in number_words("covering")), default=-1)
    if slot.quantity.dimension != "ratio" or at < 0 or left[-1].role != "E" or slot.right:
        return None
    whole = trim_front(left[at + 1 : -1])
    if not whole or any(piece.role not in "NABE" for piece in whole):
        return None
    subject = last_item(subject_before(left[:at], has_verb=False))
    verb = left[at].text
    return slot.frame(f"{clean_name(subject)}{verb}{clean_name(whole)}比重", whole, "share-of", 0.75)


def read_ranked_share(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read 甲以21%位居第二: the share of 甲, of which the clause before told whose it was."""
    left, right = slot.left, slot.right
    if slot.quantity.dimension != "ratio" or len(left) < 2 or left[-1].text != "以" or not right:
        return None
    is_ranked = any(right[0].text.startswith(verb) for verb in word_ends("rank-verb"))
    subject = last_item(subject_before(left[:-1], has_verb=True))
    if not is_ranked or not subject or topic is None or topic.sentence != slot.sentence:
        return None
    share = next((noun for noun in word_ends("share-noun") if topic.name.endswith(noun)), "")
    if not share:
        return None
    return slot.frame(clean_name(subject) + share, subject, "share-of", 0.75)


def read_origin(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read X的N%来自Y, X中N%是Y: the share of Y in X; X may be that of the number before."""
    if slot.quantity.dimension != "ratio" or not slot.right:
        return None
    is_amid = bool(slot.left) and slot.left[-1].text == "中"
    is_part = is_amid and slot.right[0].text.endswith(word_ends("bearer"))
    if not is_part and slot.right[0].text not in number_words("from"):
        return None
    left = slot.left[:-1] if is_amid else slot.left
    whole = last_item(subject_before(left, has_verb=False))
    part = last_item(tuple(piece for piece in slot.right[1:] if piece.role in "NAB、C"))
    if not part and len(slot.right) == _VERB_AND_DEED:
        part = slot.right[1:]  # 来源于|自筹
    who = named(whole, topic, slot)
    of = clean_name(whole) if whole else topic.whole if topic and topic.sentence == slot.sentence else ""
    if not of or not part:
        return None
    name = f"{clean_name(part)}占{of}比重"
    new = Topic(name, who.start, who.end, who.sentence, "ratio", whole=of)
    return Frame(slot.piece, name, who.start, who.end, who.sentence, "share-of", 0.8, new)


def read_share_of_counted(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read 95%以上都是中小企业, 其中九成扎根乡村: the share in those counted before, or of a class."""
    if slot.quantity.dimension != "ratio" or any(piece.role not in "DUCT" for piece in slot.left):
        return None
    right = [
        piece
        for piece in slot.right
        if piece.role not in "DU" and piece.text not in number_words("distributor")
    ]
    if len(right) < 2 or right[0].role not in "VP" or any(piece.role in "、C," for piece in right):
        return None
    is_class = right[0].text.endswith(word_ends("bearer"))
    rest = right[1:]
    if is_class and all(piece.role in "NABE" for piece in rest) and len(clean_name(rest)) > 1:
        return slot.frame(f"{clean_name(rest)}占比", rest, "part", 0.7)
    if is_class or topic is None or topic.sentence != slot.sentence or not topic.owner:
        return None
    deed = text_of(right)
    if right[0].text in load_measure_verbs() or not _SHORT_PREDICATE <= len(deed) <= _LONGEST_DEED:
        return None
    return slot.frame(f"{deed}的{topic.owner}占比", right, "part-that", 0.7)


def read_devoted(slot: Slot) -> Frame | None:
    """Read 将|销售收入|的|15%|用于|研发: which part of a sum something takes."""
    left, right = slot.left, slot.right
    if slot.quantity.dimension != "ratio" or not left or left[-1].role != "E" or not right:
        return None
    if right[0].text not in number_words("devoting"):
        return None
    at = max((i for i, piece in enumerate(left) if piece.text in number_words("taking")), default=-1)
    sum_ = trim_front([piece for piece in left[at + 1 : -1] if piece.role != "P"])
    purpose = trim_front(right[1:])
    if (
        not sum_
        or not purpose
        or any(piece.role not in "NABV" or piece.quantity for piece in (*sum_, *purpose))
    ):
        return None
    whole, use = clean_name(sum_), clean_name(purpose)
    frame = slot.frame(f"{use}投入占{whole}比重", (sum_[0], purpose[-1]), "share-of", 0.75)
    return replace(frame, other_names=(f"{whole}用于{use}比例",))


def read_done(slot: Slot) -> Frame | None:
    """Read 已|完成|整体工程|的|60%: which part of a task is done."""
    left = slot.left
    at = next((i for i, piece in enumerate(left) if piece.text in number_words("finishing")), len(left))
    task = left[at + 1 : -1]
    if slot.quantity.dimension != "ratio" or not task or left[-1].role != "E" or slot.right:
        return None
    if any(piece.role not in "NAB" for piece in task):
        return None
    return slot.frame(f"{clean_name(task)}完成比例", task, "share-of", 0.75)


def read_part(slot: Slot, phrase: Sequence[Piece], memory: Memory) -> Frame:
    """Read N%的X做Y: the share of X that does Y; 汇聚全国N%的X: the share in the whole."""
    noun = clean_name(phrase)
    if noun.endswith(word_ends("tax")):
        return slot.frame(noun + "税率", phrase, "sized-noun", 0.7)
    if slot.right[0].role == "E":
        change = _change_before(slot.left)
        if change and ends_measure(noun) and not noun.endswith(word_ends("rate")):
            return slot.frame(noun + change, phrase, "sized-noun", 0.75)
        phrase = _until_rate(phrase)
        noun = clean_name(phrase)
        if noun in number_words("growth") or (is_bare(noun) and noun.endswith(word_ends("rate"))):
            return _read_rate(slot, phrase, noun, memory)
        if all(piece.role in "DU" for piece in slot.left):
            phrase = _before_verb(phrase)
            while len(phrase) > 1 and phrase[-1].text in number_words("filler"):
                phrase = phrase[:-1]  # 六成的产品|同比|实现增长
            noun = clean_name(phrase)
    of_class = _changed_of_class(slot, phrase)
    if of_class is not None:
        return of_class
    rest = slot.rest_after(phrase)
    while rest and rest[0].text in number_words("filler"):
        rest = rest[1:]
    is_from = bool(rest) and rest[0].text in number_words("from")  # 七成新增算力来自西部
    saved = _saved_before(slot.left) if slot.right[0].role != "E" else ""
    if saved and ends_measure(noun):
        return slot.frame(noun + saved, phrase, "sized-noun", 0.75)  # 节约15%|维护成本
    if ends_measure(noun) and not is_from and (slot.right[0].role != "E" or noun.endswith(word_ends("rate"))):
        return slot.frame(noun, phrase, "sized-noun", 0.7)
    if noun.endswith(word_ends("granted")) and slot.right[0].role == "E":
        return slot.frame(noun + "比例", phrase, "sized-noun", 0.75)  # 给予20%的资金补贴
    named_part = _is_part_named(rest)
    if named_part and not slot.left[:1]:
        return slot.frame(f"{named_part}占{noun}比重", (phrase[0], rest[-1]), "part", 0.7)
    left, whole = _split_whole(slot.left)
    if named_part and left and left[-1].role in "NA" and named_part.endswith(noun):
        owner = clean_name(last_item(subject_before(left, has_verb=False)))  # 公司|七成|产品|是|出口产品
        return slot.frame(f"{owner}{named_part}占比", (phrase[0], rest[-1]), "part", 0.7)
    if left and left[-1].role in "NA" and not whole:
        noun = clean_name(last_item(subject_before(left, has_verb=False))) + noun
    predicate = _predicate_of(rest)
    if left and left[-1].role == "V" and left[-1].text not in number_words("bearer"):
        owner = _part_owner(slot, left, memory)
        if whole and not predicate:
            return slot.frame(f"{owner}{noun}占{whole}比重", phrase, "part-of-whole", 0.75)
        return slot.frame(f"{owner}{left[-1].text}{noun}占比", phrase, "part-of", 0.7)
    if rest and rest[0].role in "VDMP" and len(predicate) > 1:
        frame = slot.frame(f"{predicate}的{noun}占比", (phrase[0], rest[-1]), "part-that", 0.7)
        is_of_whole = whole and predicate.startswith(word_ends("from"))
        other = f"{predicate}的{noun}占{whole}比重" if is_of_whole else f"{noun}占比"
        return replace(frame, other_names=(other,))
    level = noun if noun.endswith(word_ends("common-level")) else f"{noun}占比"  # 工业企业6.5%的|平均水平
    return slot.frame(level, phrase, "part", 0.6)


def _changed_of_class(slot: Slot, phrase: Sequence[Piece]) -> Frame | None:
    """Read 45%的|企业|用工成本|上升: the share of a class of which a measure changes."""
    after = next(iter(slot.rest_after(phrase)), None)
    verb = load_measure_verbs().get(after.text) if after is not None else None
    is_class = len(phrase) > 1 and phrase[0].text.endswith(word_ends("sorted-noun"))
    measure = clean_name(phrase[1:])
    if after is None or verb is None or verb.role not in ("up", "down") or not is_class:
        return None
    if not ends_measure(measure):
        return None
    name = f"{measure}{after.text}的{phrase[0].text}占比"
    frame = slot.frame(name, (*phrase, after), "part-that", 0.7)
    return replace(frame, other_names=(f"{phrase[0].text}占比",))


def _predicate_of(rest: Sequence[Piece]) -> str:
    """Return what is said of a part as it stands before 的: 向公众免费开放, 来自中国, 使用塑料窗."""
    said = [piece for piece in rest if piece.role != "U"]
    while said and said[0].role in "DM" and not _denies(said[0]):
        said = said[1:]  # 都|已经|实现
    is_focus = len(said) > len("是的") and said[0].text == "是" and said[-1].role == "E"
    said = said[1:-1] if is_focus else said  # 是|在|国内|采购|的
    return text_of(said).strip("、").removeprefix("实现").replace("来自于", "来自")


def _denies(piece: Piece) -> bool:
    return piece.text.startswith(word_ends("denial"))


def _read_rate(slot: Slot, phrase: Sequence[Piece], noun: str, memory: Memory) -> Frame:
    """Read 保持28%的增长速度, 以四成的占有率领先: the rate of what is spoken of here or just before."""
    at = next((i for i, piece in enumerate(slot.left) if piece.role in "VP"), len(slot.left))
    subject = last_item(subject_before(slot.left[:at], has_verb=True))
    subject = subject or last_item(subject_before(slot.left, has_verb=False))  # 相比于|甲|24%的增速
    topic = memory.topic
    if subject and not all(is_place(piece) for piece in subject):
        name = clean_name(subject) + noun
        frame = slot.frame(name, (*subject, *phrase), "sized-noun", 0.75)
        kept = Topic(name, frame.start, frame.end, slot.sentence, "ratio")
        return replace(frame, topic=kept) if noun.endswith(word_ends("share-noun")) else frame
    is_level = topic is not None and not topic.name.endswith(word_ends("growth"))
    if topic and is_level and noun in number_words("growth") and topic.sentence == slot.sentence:
        return slot.frame((topic.measure or topic.name) + noun, phrase, "sized-noun", 0.7)
    return slot.frame(noun, phrase, "sized-noun", 0.7)


def _is_part_named(rest: Sequence[Piece]) -> str:
    """Return the class that a part is said to be (80%的企业|都是中小企业), or nothing."""
    said = [piece for piece in rest if piece.role not in "DU"]
    if len(said) < _VERB_AND_DEED:
        return ""
    if said[0].text not in number_words("being") and not said[0].text.endswith("是"):
        return ""
    name = clean_name(said[1:])
    return name if all(p.role in "NAB" for p in said[1:]) and len(name) <= _LONGEST_DEED else ""


def _change_before(left: Sequence[Piece]) -> str:
    """Return the name of the change that a verb before the number states: 降低了30%的成本, or nothing."""
    said = [piece for piece in left if piece.role not in "UD"]
    verb = load_measure_verbs().get(said[-1].text) if said else None
    return verb.name if verb is not None and verb.role in ("up", "down") else ""


def _saved_before(left: Sequence[Piece]) -> str:
    """Return what a part of a cost is called after the verb that saves it (节约率, 降幅), or nothing."""
    last = left[-1].text if left else ""
    return last + "率" if last in number_words("saving") else _change_before(left)


def _until_rate(phrase: Sequence[Piece]) -> Sequence[Piece]:
    """End the phrase at its first rate, which is what the number says: 占有率|遥遥领先."""
    rates = (i + 1 for i, piece in enumerate(phrase) if piece.text.endswith(word_ends("rate")))
    return phrase[: next(rates, len(phrase))]


def _before_verb(phrase: Sequence[Piece]) -> Sequence[Piece]:
    """Return the noun that a verb is said of, where the phrase ran on to its object: 手机|支持蓝牙."""
    verbs = (i for i, p in enumerate(phrase) if i and p.role == "V" and phrase[i - 1].role == "N")
    return phrase[: next(verbs, len(phrase))]


def _split_whole(left: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], str]:
    """Take the whole (全国) off the end of *left*, and adverbs before it."""
    whole = ""
    if left and left[-1].role == "E":
        left = left[:-1]
    if left and is_place(left[-1]):
        whole, left = left[-1].text, left[:-1]
    while left and left[-1].role in "UD":
        left = left[:-1]
    return left, whole


def _part_owner(slot: Slot, left: Sequence[Piece], memory: Memory) -> str:
    """Return who holds the share: the subject here, else the counted noun or thing before."""
    owner = clean_name(last_item(subject_before(left[:-1], has_verb=True)))
    topic, thing = memory.topic, memory.owner
    if not owner and topic and topic.sentence == slot.sentence and all(p.role in "DMTV" for p in left):
        owner = topic.owner
    if not owner and thing and thing.sentence == slot.sentence:
        owner = thing.name
    return owner
