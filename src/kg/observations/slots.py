"""Which reader a number goes to: share, proportion, counted noun, or closing statement."""

from collections.abc import Sequence

from kg.observations.closings import read_closing
from kg.observations.counted import phrase_after
from kg.observations.counts import read_counted
from kg.observations.dimensions import CHANGES, COUNTED, SPANS
from kg.observations.disasters import of_disaster
from kg.observations.distances import read_distance
from kg.observations.drivings import read_driving
from kg.observations.durations import read_duration
from kg.observations.frames import Frame, Memory, Slot, Topic
from kg.observations.nouns import clean_name, ends_measure, is_place, text_of
from kg.observations.outlays import read_deal, read_grant, read_planned, read_standard
from kg.observations.owners import owned
from kg.observations.pieces import Piece
from kg.observations.predicates import later_change, noun_of_change
from kg.observations.shares import (
    read_against,
    read_coverage,
    read_devoted,
    read_done,
    read_origin,
    read_proportion,
    read_ranked_share,
    read_share,
    read_share_of_counted,
)
from kg.observations.statements import times_noun
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.observations.wordings import states_value
from kg.records import replace

_NEAR = 3


def read_slot(slot: Slot, memory: Memory) -> list[Frame]:
    """Return what the number of *slot* measures; nothing where it measures nothing."""
    at = _each_behind(slot)
    if at:  # 床位|达到|每|千名|老年人|40张
        each = text_of(slot.left[at:])
        found = read_slot(replace(slot, left=slot.left[:at]), memory)
        return [replace(frame, name=each + frame.name, other_names=(frame.name,)) for frame in found]
    if _starts_change(slot):
        return []
    apart = read_distance(slot) or read_duration(slot) or read_driving(slot, memory)
    if apart is not None:
        return [apart]
    done = read_done(slot) or read_devoted(slot)
    if done is not None:
        return [done]
    share = read_share(slot, _whose_share(slot, memory)) or read_origin(slot, memory.topic)
    if share is not None:
        return [share]
    against = read_against(slot, memory.topic) or read_ranked_share(slot, memory.topic) or read_coverage(slot)
    if against is not None:
        return [against]
    part = read_share_of_counted(slot, memory.topic)
    if part is not None:
        return [part]
    basis = _read_basis(slot, memory.topic)
    if basis:
        return basis
    standard = read_standard(slot) or read_deal(slot) or read_grant(slot, memory.topic) or read_planned(slot)
    if standard is not None:
        return [standard]
    if _opens_nothing(slot) or _is_threshold(slot) or _names_race(slot):
        return []
    is_change = bool(noun_of_change(slot.right) or later_change(slot.right))
    frame = None if is_change else read_proportion(slot) or read_counted(slot, memory)
    if frame is not None:
        frame = of_disaster(frame, memory.disaster, slot.sentence)
        start = slot.left[0].start if slot.left else slot.piece.start
        is_owned = frame.rule == "sized-noun" and slot.left
        return (
            [replace(frame, name=owned(frame.name, memory.subject, (slot.sentence, start)))]
            if is_owned
            else [frame]
        )
    if any(piece.text in number_words("remainder") for piece in slot.left):
        return []
    if slot.quantity.dimension in COUNTED and any(p.text in number_words("abstract") for p in slot.right[:2]):
        return []
    frames = [frame for frame in read_closing(slot, memory) if frame.name not in number_words("empty-name")]
    return frames or _read_times(slot) or _read_inhabitants(slot)


def _each_behind(slot: Slot) -> int:
    """Return where the words begin that say for how many the number after them is, or zero."""
    at = next((i for i in range(len(slot.left) - 2, 0, -1) if slot.left[i].text == "每"), 0)
    is_closed = not slot.right or slot.right[0].role in "、C"
    is_each = at > 0 and is_closed and all(piece.role in "NQ" for piece in slot.left[at + 1 :])
    return at if is_each and states_value(slot.left[at - 1]) and slot.left[-1].role == "N" else 0


def _whose_share(slot: Slot, memory: Memory) -> Topic | None:
    """Return whose a share without subject is: what was measured here, else what the sentence is about.

    炼胶是耗能最多的工序，约占总能耗的四成: 炼胶, not what a sentence before it measured.
    """
    topic, subject = memory.topic, memory.subject
    if topic is not None and slot.sentence in (topic.sentence, topic.recalled):
        return topic
    is_later = slot.left and slot.left[0].start > 0 and slot.is_opening
    if subject is None or subject.sentence != slot.sentence or not is_later:
        return topic
    if subject.name and subject.start < slot.left[0].start:
        return subject
    return topic if topic and slot.sentence - 1 in (topic.sentence, topic.recalled) else None


def with_purpose(slot: Slot, after: Sequence[Piece]) -> Slot:
    """Let what an investment is for follow its number, past a comma: 投资6亿元，建设灌区工程."""
    if slot.right or not slot.is_last or not slot.left or not after:
        return slot
    if slot.left[-1].text not in number_words("investing") or after[0].text not in number_words("spending"):
        return slot
    if any(piece.quantity for piece in after):
        return slot
    return replace(slot, right=tuple(after))


def _read_basis(slot: Slot, topic: Topic | None) -> list[Frame]:
    """Read the value of before that the last one is set against: 降至1.2亿吨，低于3月的1.4亿吨."""
    left, dimension = slot.left, slot.quantity.dimension
    if topic is None or slot.sentence not in (topic.sentence, topic.recalled):
        return []
    name = topic.growth if topic.is_growth else topic.measure or topic.name
    is_same = dimension == "ratio" if topic.growth else dimension == topic.dimension
    at = next((i for i, p in enumerate(left) if p.text.endswith(word_ends("exceeding"))), None)
    if at is None or not is_same or not name or any(piece.role not in "DU" for piece in left[:at]):
        return []
    rest = left[at + 1 :]
    is_of = bool(rest) and (dimension not in CHANGES or rest[-1].role in "TE")
    if slot.right or not is_of or not any(piece.time for piece in rest):
        return []
    if any(piece.role not in "TEDU" for piece in rest):
        return []
    return [replace(slot.frame(name, left, "basis", 0.75), topic=topic)]


def _read_times(slot: Slot) -> list[Frame]:
    """Read 调研5100多次: how many times it was done."""
    if not slot.quantity.unit.endswith("次") or slot.quantity.dimension != "count" or slot.right:
        return []
    deed = next((piece for piece in reversed(slot.left) if piece.role not in "UDMT"), None)
    if (
        deed is None
        or deed.tag not in ("v", "vn")
        or len(deed.text) == 1
        or deed.text in load_measure_verbs()
    ):
        return []
    return [slot.frame(deed.text + times_noun(slot.quantity.unit), (deed,), "value", 0.7)]


def _read_inhabitants(slot: Slot) -> list[Frame]:
    """Read 320户1100人: how many households and people live in what is spoken of."""
    if slot.right or any(piece.role not in "DTUV" and not is_place(piece) for piece in slot.left):
        return []
    has = bool(slot.left) and slot.left[-1].text.endswith("有") and is_place(slot.left[0])
    if slot.quantity.unit.endswith("人") and has:
        return [slot.frame("人口", (slot.piece,), "people", 0.7)]  # 徽州有3.6万人
    if slot.quantity.unit == "户" and slot.following.endswith("人"):
        return [slot.frame("户数", (slot.piece,), "people", 0.7)]
    if slot.quantity.unit == "人" and not slot.left and not slot.is_first:
        return [slot.frame("人口", (slot.piece,), "people", 0.7)]
    return []


def _starts_change(slot: Slot) -> bool:
    """Tell whether the number is where a change began (由42.2%提升至47.3%)."""
    near = slot.left[-_NEAR:]
    if slot.right and slot.right[0].role == "N" and slot.quantity.dimension in COUNTED:
        return False  # 由12个国家参与
    if not any(piece.text in number_words("origin") for piece in near):
        return False
    return near[-1].text in number_words("origin") or near[-1].text in number_words("superlative")


def _opens_nothing(slot: Slot) -> bool:
    """Tell whether the word before the number makes it a yardstick or a denominator (以50%为界, 每3篇)."""
    if not slot.left:
        return False
    last = slot.left[-1]
    if last.text in number_words("likeness") and slot.quantity.dimension in COUNTED and slot.right:
        return True  # 相当于280个|足球场
    first = next((piece for piece in slot.left if piece.role not in "TDCU"), last)
    if slot.quantity.dimension not in SPANS | {"length"} and first.text in number_words("apart"):
        return True  # 离历史高点不到200元
    if last.text == "以" and slot.right[:1] and slot.right[0].role == "E":
        is_paced = bool(later_change(slot.right))  # 以4%的速度增长
        return not is_paced and not text_of(slot.right[1:2]).endswith(word_ends("rate"))  # 以31%的占有率居首
    if last.text in number_words("opener"):
        if last.role == "E" and len(slot.left) > 1 and is_place(slot.left[-2]):
            return False  # 江西的300万亩油菜
        return last.role != "E" or slot.quantity.dimension not in COUNTED
    near = [piece.text for piece in slot.left[-_NEAR:]]
    return "每" in near and not number_words("bearer").intersection(near) and "就" not in near


def _names_race(slot: Slot) -> bool:
    """Tell whether a length is that of a race: 女子1500米决赛."""
    if slot.quantity.dimension != "length" or not slot.right or slot.right[0].role == "E":
        return False
    return clean_name(phrase_after(slot.right, "", is_last=slot.is_last)).endswith(word_ends("race"))


def _sorts_noun(slot: Slot) -> bool:
    """Tell whether the number is one by which a class is told apart: 200万元以上的工程, 亿元以上项目."""
    if slot.quantity.dimension != "money":
        return False
    if slot.before in number_words("over") and slot.following and slot.right:  # 超亿元|项目|92个
        return slot.right[0].text.endswith(word_ends("sorted-noun"))
    if slot.bound not in number_words("bound"):  # 3家100亿元企业
        return bool(slot.right) and slot.right[0].text.endswith(word_ends("sorted-maker"))
    is_of = bool(slot.right) and slot.right[0].role == "E"
    after = slot.right[1:] if is_of else slot.right
    noun = clean_name(phrase_after(after, "", is_last=slot.is_last))
    is_amount = ends_measure(noun) or noun.endswith(word_ends("fund"))
    leads = not any(piece.role in "NV" for piece in slot.left)  # 300万元以上的采购|一律招标
    return noun.endswith(word_ends("sorted-noun")) or (is_of and leads and bool(noun) and not is_amount)


def _tells_which(slot: Slot) -> bool:
    """Tell whether a bound says which things something is done to: 对利用率超过40%的设施|实施改造."""
    if not slot.left or slot.left[0].text != "对" or not slot.right or slot.right[0].role != "E":
        return False
    is_bound = slot.before in number_words("bounding") or slot.bound in number_words("bound")
    is_bound = is_bound or slot.left[-1].text in number_words("bounding")
    return is_bound and any(piece.text in number_words("treating") for piece in slot.right)


def _is_of_class(slot: Slot) -> bool:
    """Tell whether a measure with its bound says which of a class are meant: 利润率|超过5%|的|企业."""
    if not slot.left or not slot.right or slot.right[0].role != "E" or not ends_measure(slot.left[-1].text):
        return False
    noun = clean_name(phrase_after(slot.right[1:], "", is_last=slot.is_last))
    return slot.before in number_words("bounding") and noun.endswith(word_ends("sorted-noun"))


def _is_of_those_treated(slot: Slot) -> bool:
    """Tell whether a sum says to whom something is done: 对营业收入突破10亿元、50亿元|的|企业|给予奖励."""
    after = slot.right if slot.right and slot.right[0].role == "E" else slot.shared
    if not slot.left or slot.left[0].text not in number_words("treated") or not after:
        return False
    return clean_name(phrase_after(after[1:], "", is_last=slot.is_last)).endswith(word_ends("sorted-noun"))


def _is_threshold(slot: Slot) -> bool:
    """Tell whether the number only sorts what follows (营业收入2000万元以上的企业, 500万元及以下)."""
    quantity = slot.quantity
    if quantity.dimension == "ratio" and (_tells_which(slot) or _is_of_class(slot)):
        return True
    if quantity.dimension in CHANGES or quantity.dimension in COUNTED:
        return False
    if _is_of_those_treated(slot):
        return True
    if text_of(slot.right[:2]) in number_words("threshold") or _sorts_noun(slot):
        return True
    sorts = bool(slot.right) and slot.right[0].role == "E" and slot.bound in number_words("bound")
    return sorts and bool(slot.left) and slot.left[-1].role == "N" and ends_measure(slot.left[-1].text)
