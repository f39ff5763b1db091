"""Whose a bare measure is: 出货量 of a clause that speaks of a company, 价格 after 橡胶价格出现急跌."""

from collections.abc import Sequence

from kg.observations.frames import Topic
from kg.observations.nouns import clean_name, ends_measure, is_place, measure_head, text_of, trim_front
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.observations.wordings import is_saying
from kg.records import replace
from kg.words import dictionary_tag

_SHORTEST, _LONGEST = 2, 12
_EXAMPLE = 3  # pieces of 以…为例
_SHORTEST_FOUNDED, _LONGEST_FOUNDED = 5, 16  # characters of what is set up; 专项再贷款 ends in a measure
_NOUN_TAGS = ("n", "nz", "nt", "nr", "ns", "j", "eng")


def subject_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the thing that a clause begins with, without the measure that is said of it.

    长城公司以31%的占有率位居第一: 长城公司; 橡胶价格出现急跌: 橡胶. A body that only gives the numbers
    (数据显示) is none, nor is a place or a list: their topic has no name. A clause that begins with
    a bare measure or no noun leaves open whose it is.
    """
    clause = without_example(clause)
    start = 0
    while start < len(clause) and (clause[start].role in "TDCR”" or clause[start].tag == "r"):
        start += 1
    end = start
    while end < len(clause) and clause[end].role in "NABE“”" and clause[end].quantity is None:
        end += 1
    while end > start and clause[end - 1].text in number_words("filler"):
        end -= 1
    lead = trim_front(clause[start:end])
    if end == start or is_bare(clean_name(lead)) or clause[start].text in number_words("quote-verb"):
        return None
    stopped = end < len(clause) and (clause[end].role in "、CG" or is_saying(clause[end]))
    stopped = stopped or _tells_in(clause)
    phrase = () if stopped else without_measure(lead)
    name = clean_name(phrase)
    if not phrase or not _may_own(name, phrase):
        return Topic("", clause[start].start, clause[start].end, sentence)
    measure = text_of(clause[start:end]).partition(phrase[-1].text)[2].removeprefix("的")
    is_body = phrase[-1].tag in ("nt", "eng")
    return Topic(
        name, phrase[0].start, phrase[-1].end, sentence, measure=measure, flow="body" if is_body else ""
    )


def without_example(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Return what a clause names as an example, of which the next ones tell: 以|国产电视|为|例."""
    is_example = len(clause) > _EXAMPLE and (clause[0].text + text_of(clause[-2:])) in number_words("example")
    return clause[1:-2] if is_example else clause


def founded_in(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return what a clause without subject says is set up, of which the next ones tell: 设立|专项再贷款."""
    start = next((i for i, piece in enumerate(clause) if piece.role not in "TDM"), len(clause))
    if start + 1 >= len(clause) or clause[start].text not in number_words("founding"):
        return None
    founded = trim_front([piece for piece in clause[start + 1 :] if piece.role != "U"])
    name = clean_name(founded)
    if any(piece.role not in "NABE“”、C" or piece.quantity for piece in founded):
        return None
    is_named = (_SHORTEST if not ends_measure(name) else _SHORTEST_FOUNDED) < len(name) <= _LONGEST_FOUNDED
    return Topic(name, founded[0].start, founded[-1].end, sentence) if is_named else None


def _tells_in(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause ends in what is told in a source: 报告|显示."""
    is_told = len(clause) > 1 and is_saying(clause[-1])
    return is_told and clause[-2].text in number_words("told-in")


def _may_own(name: str, phrase: Sequence[Piece]) -> bool:
    if (
        not _SHORTEST <= len(name) <= _LONGEST
        or name.startswith(word_ends("report-lead"))
        or name in number_words("plain-subject")
    ):
        return False
    if not phrase[-1].tag.startswith(_NOUN_TAGS) or any(piece.role == "V" for piece in phrase):
        return False
    if phrase[0].text in load_measure_verbs():
        return False  # 生产冰柿8万枚
    if any(ends_measure(piece.text) or piece.text in number_words("filler") for piece in phrase):
        return False  # 出货量距离苹果最近的为…
    return not all(is_place(piece) for piece in phrase) and not name.endswith(word_ends("no-owner"))


def without_measure(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Take the measure off the end of a phrase: 大豆 of 大豆价格, 国产品牌 of 国产品牌的零售量份额."""
    kept = list(phrase)
    while kept:
        last = kept[-1]
        head = _measure_of(last.text)
        if last.role == "E" or last.text in number_words("filler") or last.text in number_words("quote"):
            kept.pop()
        elif not head and len(kept) > 1 and _is_flow(last.text):
            kept.pop()  # 货车|产销
        elif not head:
            break
        else:
            rest = last.text.removesuffix(head)
            kept.pop()
            of = max((i for i, piece in enumerate(kept) if piece.role == "E"), default=0)
            if of:
                return tuple(kept[:of])  # iPad的入门价格: of iPad
            if rest and is_noun(rest):
                kept.append(replace(last, text=rest, end=last.start + len(rest)))
                break
    return tuple(kept)


def _is_flow(word: str) -> bool:
    """Tell whether *word* is a verb that an amount is named after (产销, 销售)."""
    verb = load_measure_verbs().get(word)
    return verb is not None and verb.role == "flow"


def _measure_of(word: str) -> str:
    """Return the measure noun that ends *word* or is it; 质量 is none, though 量 is one."""
    if word in number_words("measure"):
        return word
    head = measure_head(word)
    return head if len(word) - len(head) >= _SHORTEST or len(head) > 1 else ""


def is_noun(text: str) -> bool:
    """Tell whether the dictionary has *text* as a noun: 大豆, not 供应."""
    tag = dictionary_tag(text)
    return len(text) > 1 and (tag is None or tag.startswith(_NOUN_TAGS))


def is_bare(name: str) -> bool:
    """Tell whether *name* says what is measured but not of whom: 出货量, 累计投资, 年利用量.

    Example:
        >>> is_bare("出货量"), is_bare("年利用量"), is_bare("大豆价格"), is_bare("企业")
        (True, True, False, False)
    """
    if name in number_words("quote"):
        return True
    if name in number_words("whole-measure"):
        return False
    head = measure_head(name) or (name if name in number_words("measure") else "")
    if not head:
        return False
    rest = name.removesuffix(head)
    if rest in number_words("whole-measure"):
        return False  # 外贸|增速
    while True:
        lead = next((word for word in word_ends("measure-lead") if rest.startswith(word)), "")
        inner = "" if lead else measure_head(rest) or (rest if rest in number_words("measure") else "")
        if not lead and not inner:
            break
        rest = rest[len(lead) :] if lead else rest.removesuffix(inner)
    if rest in number_words("kind-of-trade"):
        return False  # 服务|零售额
    return not rest or (len(rest) == len("利用") and not is_noun(rest))


def is_works(subject: Topic | None) -> bool:
    """Tell whether *subject* is a thing that is built, to which cost and extent told later belong.

    Example:
        >>> is_works(Topic("江湾隧道", 0, 4, 0)), is_works(Topic("大豆", 0, 2, 0))
        (True, False)
    """
    return subject is not None and subject.name.endswith(word_ends("site-noun") + word_ends("works-noun"))


def _is_staff(name: str) -> bool:
    """Tell whether *name* is that of people, who own no assets: 公司员工5万人，资产规模…."""
    return name.endswith(word_ends("person-noun"))


def owned(name: str, subject: Topic | None, clause: tuple[int, int]) -> str:
    """Return *name* with its owner before it, where it has none.

    *clause* is the sentence and the offset in it where the clause of the number begins: what the
    clause itself begins with is the owner, then what a clause before it in the sentence began with
    (of 每股收益 only a named body), then what had the same measure (橡胶价格出现急跌，价格…).

    Example:
        >>> owned("出货量", Topic("长城公司", 0, 4, 0), (0, 0)), owned("价格", Topic("大豆", 0, 2, 0), (1, 0))
        ('长城公司出货量', '价格')
    """
    if subject is None or not subject.name or not is_bare(name):
        return name
    is_here = subject.sentence == clause[0] and subject.start >= clause[1]
    is_same = bool(measure_head(name) or name) and (measure_head(name) or name) in subject.measure
    is_thing = name[0] != "每" and subject.name not in number_words("own-clause")
    is_people = _is_staff(subject.name) and not name.endswith(word_ends("person-measure"))
    is_near = subject.sentence == clause[0] and (subject.flow == "body" or (is_thing and not is_people))
    if not (is_here or is_same or is_near):
        return name
    said = name.removeprefix("完成").removeprefix("实现")
    shared = next((said[:n] for n in (3, 2) if subject.name.endswith(said[:n])), "")
    return subject.name + said.removeprefix(shared)  # 挖掘机市场|市场份额
