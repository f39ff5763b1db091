"""What stands around a noun in its sentence, and what that says of it."""

from collections.abc import Sequence

from kg.clauses import Frame, Noun
from kg.records import Span, Word
from kg.rules import load_kinds, load_word_classes, load_word_set
from kg.schema import RelationKind

_PAIR = 2
_DEED_TAGS = frozenset(("v", "vn", "d", "da", "ad", "dv", "dn"))
_PEOPLE = "人"


def is_definition(frame: Frame, words: Sequence[Word]) -> bool:
    """Tell whether the objects are terms by what is said of them: 特点|是|创新, 关键|在|质优."""
    topics = load_kinds("topic_heads")
    is_being = frame.verb in load_word_classes("relation_words")["being"]
    is_being = is_being or (frame.entry is not None and frame.entry.kind is RelationKind.IS_A)
    return is_being and any(words[noun.last - 1].text in topics for noun in frame.subjects)


def is_process(noun: Noun, words: Sequence[Word]) -> bool:
    """Tell whether the head is something that happens: 劳动资料的|跃升."""
    return words[noun.last - 1].tag in ("vn", "v")


def is_deed(noun: Noun, words: Sequence[Word]) -> bool:
    """Tell whether the phrase is what is done: 2|人|死亡, 维护|以联合国为核心的国际体系."""
    first = words[noun.first]
    if noun.last - noun.first > 1:  # a classifier of the number before it
        return first.text == _PEOPLE and is_counted(noun, words)
    if first.tag not in ("vn", "v") or noun.last == len(words):
        return False
    return words[noun.last].text in load_word_set("taking_prepositions")


def is_held(noun: Noun, words: Sequence[Word]) -> bool:
    """Tell whether the phrase is two words of what one does and holds to: 坚持|协同|推进."""
    first = noun.first
    if noun.last - first != _PAIR or first == 0:
        return False
    if words[first].tag not in _DEED_TAGS or words[first + 1].tag not in _DEED_TAGS:
        return False
    return words[first - 1].text in load_word_set("keeping_verbs")


def is_counted(noun: Noun, words: Sequence[Word]) -> bool:
    """Tell whether a number stands right before the phrase."""
    return noun.first > 0 and words[noun.first - 1].tag == "m"


def is_time(noun: Noun, words: Sequence[Word]) -> bool:
    """Tell whether a plan names its years: “十二五”|期间."""
    if words[noun.last - 1].tag != "nq":
        return False
    after = words[noun.last : noun.last + 1]
    return bool(after) and after[0].text in load_word_set("time_localizers")


def opens_what_it_shows(after: Sequence[Word]) -> bool:
    """Tell whether a report without a name only opens what it shows: 数据|显示."""
    return bool(after) and after[0].text in load_word_set("proving_verbs")


def number_follows(end: int, words: Sequence[Word]) -> bool:
    """Tell whether a number tells how much, after *end*: 价格|上涨|29.9% is a measure, no problem."""
    after = next((word for word in words if word.span.start >= end), None)
    return after is not None and after.tag == "m"


def cut_to(noun: Noun, words: Sequence[Word], first: int, last: int) -> tuple[str, Span]:
    """Return the name and span of *noun* with only those of its *words* from *first* to *last*."""
    name, start, end = noun.name, noun.span.start, max(noun.span.end, noun.full_span.end)
    if first == 0 and last == len(words):
        return name, Span(start, end)
    lead = "".join(word.text for word in words[:first])
    tail = "".join(word.text for word in words[last:])
    if lead and name.startswith(lead):
        name, start = name[len(lead) :], words[first].span.start
    if tail and name.endswith(tail):
        name, end = name[: -len(tail)], words[last - 1].span.end
    return name, Span(start, max(end, start + 1))
