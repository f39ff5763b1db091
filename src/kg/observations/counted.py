"""The noun phrase that follows a number: what it counts."""

from collections.abc import Sequence

from kg.observations.dimensions import bare_unit
from kg.observations.nouns import ends_measure, text_of
from kg.observations.pieces import Piece
from kg.observations.tables import (
    load_classifier_heads,
    load_measure_verbs,
    number_words,
    word_ends,
)

_LONGEST_RELATIVE = 12
_AFTER_HEAD = frozenset({"vn", "v", "vi", "nz", "ad", "ada", "da", "l"})  # of what is said of those counted
_VERB_TAGS = frozenset({"v", "vi", "vv"})
_MANNER_TAGS = frozenset({"d", "da", "ad", "vd", "a"})
_JOINS = frozenset("和与及")
_MEASURED = 3  # pieces of 年销售额|过|百亿元
_QUOTED_KIND = 3  # pieces of “小而美”|的|公园
_QUOTED_PREDICATE = 6  # characters of four with their quotes


def phrase_after(right: Sequence[Piece], unit: str, *, is_last: bool = True) -> tuple[Piece, ...]:
    """Return the noun phrase that begins *right*: what a number with *unit* counts.

    In N个A的B the counted noun is A; a clause before 的 (配装发动机的公交车) belongs to its head.
    Where another number follows, a measure noun at the end is its own (10名队员|平均年龄30岁).
    """
    while right and right[0].role in "RQ" and right[0].quantity is None:  # 3万家|各类|工厂
        right = right[1:]
    if len(right) >= _QUOTED_KIND and right[0].tag == "nq" and right[1].role == "E":
        right = right[2:]  # 407座|“小而美”|的|口袋公园
    of_measure = _past_measure(right)
    if of_measure:
        return of_measure
    verb = load_measure_verbs().get(right[0].text) if right else None
    if verb is not None and verb.role != "flow":
        arrives = len(right) > 1 and right[1].text in number_words("arrival")
        if (right[0].role != "N" or arrives) and not _relative_phrase(right):
            return ()
    end = int(len(right) > 1 and right[1].role == "N" and _leads_noun(right[0], unit))
    while end < len(right) and (right[end].role in "NAB“”" or _is_measure_word(right, end)):
        if _is_predicate(right, end) or _is_quoted_predicate(right, end) or _is_apposed(right, end):
            break
        end += 1
    if _is_body_that_acts(right):
        return tuple(right[:1])
    led_by_verb = bool(right) and right[0].role == "V" and _meets_of(right, end)
    led_by_verb = led_by_verb or _leads_clause(right, end)
    led_by_verb = led_by_verb or _is_action(right, end) or _is_doer(right, end, unit)
    far = (
        _end_at_head(right, end, unit)
        or _end_past_kind(right, end)
        or _end_past_deed(right, end)
        or _end_of_kinds(right, end, unit)
    )
    if far:
        return tuple(right[:far])
    sorted_out = _past_sort(right, end, unit)
    if sorted_out:
        return sorted_out
    if not any(piece.role == "N" for piece in right[:end]) or led_by_verb or _is_relative(right, end):
        relative = _relative_phrase(right) or _head_of_clause(right)
        return relative if is_last or len(relative) < len(right) else _cut_measure(relative)
    if _counts_both(right, end):
        return tuple(right[: end + 2])
    both = _joint_end(right, end) if is_last else 0
    if both:
        return tuple(right[:both])
    phrase = right[:end] if is_last or end < len(right) else _cut_measure(right[:end])
    return _cut_at_head(phrase, unit)


def _past_measure(right: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the noun past what is measured of it (20家|年销售额过百亿元的|企业), or nothing."""
    of = next((i for i, piece in enumerate(right) if piece.role == "E"), 0)
    if of < _MEASURED or not (right[of - 1].quantity or right[of - 1].tag == "m"):
        return ()
    end = of + 1
    while end < len(right) and right[end].role in "NAB":
        end += 1
    is_measure = right[0].role == "N" and ends_measure(right[0].text)
    return tuple(right[of + 1 : end]) if is_measure else ()


def _is_body_that_acts(right: Sequence[Piece]) -> bool:
    """Tell whether what follows a county or village is done by it or there: 6个县|自主|搬迁的群众."""
    if len(right) < 2 or right[0].text not in number_words("set-noun") or len(right[0].text) > len("乡镇"):
        return False
    acts = right[1].tag in _MANNER_TAGS | _VERB_TAGS
    tries = right[1].tag == "vn" and len(right) > 2 and right[2].tag in ("v", "vn")  # 8个省|试点|建设体系
    return right[0].text not in number_words("whole-set") and (acts or tries)


def _end_at_head(right: Sequence[Piece], end: int, unit: str) -> int:
    """Return where the noun of the classifier ends past a verb (5款|茶叶衍生新产品), or zero."""
    heads = load_classifier_heads().get(bare_unit(unit))
    if not heads or not 0 < end < len(right) or right[end].role != "V":
        return 0
    if right[end].text in load_measure_verbs() or any(p.text.endswith(heads) for p in right[:end]):
        return 0
    after = end + 1
    while after < len(right) and right[after].role in "NA":
        after += 1
    is_head = after > end + 1 and right[after - 1].text.endswith(heads)
    return after if is_head and (after == len(right) or right[after].role in "、C") else 0


def _end_past_kind(right: Sequence[Piece], end: int) -> int:
    """Return where a noun ends whose kind is told by a verb inside it (村级|寄递物流服务站), or zero.

    What stands before the verb (村级, 农村) can do nothing, so the verb is not said of it.
    """
    if not 0 < end < len(right) - 1 or right[end].role != "V":
        return 0
    known = load_measure_verbs().get(right[end].text)
    if known is not None and known.role != "flow":
        return 0
    lead = right[end - 1].text
    if not (lead.endswith(word_ends("grade")) or lead in number_words("setting")):
        return 0
    after = end + 1
    while after < len(right) and right[after].role in "NAB":
        after += 1
    return after if after > end + 1 and right[after - 1].role == "N" else 0


def _end_past_deed(right: Sequence[Piece], end: int) -> int:
    """Return where a noun ends after a deed that takes no object: 优质产业|签约项目; or zero."""
    if not 0 < end < len(right) - 1 or right[end].role != "V" or right[end].text not in number_words("deed"):
        return 0
    head = right[end + 1]
    after = right[end + 2].role if end + len("VN") < len(right) else "D"
    is_head = head.role == "N" and head.text in number_words("deed-head")
    return end + 2 if is_head and after in "DVM、C" else 0


def _end_of_kinds(right: Sequence[Piece], end: int, unit: str) -> int:
    """Return where the noun of the classifier ends a list of its kinds (160项|核电、风电标准), or zero."""
    heads = load_classifier_heads().get(bare_unit(unit))
    if not heads or not 0 < end < len(right) or right[end].role not in "、C":
        return 0
    after = end
    while after < len(right) and (right[after].role in "NA、" or right[after].text in _JOINS):
        after += 1
    is_headed = right[after - 1].text.endswith(heads)
    if not is_headed or any(piece.text.endswith(heads) for piece in right[: after - 1]):
        return 0
    return after if after == len(right) or right[after].role in "VDM" else 0


def _past_sort(right: Sequence[Piece], end: int, unit: str) -> tuple[Piece, ...]:
    """Return the noun of the classifier after what sorts it (8座|不同类型的|储能电站), or nothing."""
    heads = load_classifier_heads().get(bare_unit(unit))
    if not heads or not 0 < end < len(right) - 1 or right[end].role != "E":
        return ()
    after = end + 1
    while after < len(right) and right[after].role in "NAB":
        after += 1
    is_headed = right[after - 1].text.endswith(heads) and not right[end - 1].text.endswith(heads)
    return tuple(right[end + 1 : after]) if is_headed and right[end - 1].text in number_words("sort") else ()


def _meets_of(right: Sequence[Piece], end: int) -> bool:
    """Tell whether 的 ends the words at *end*, after others of their kind: 更具包容性、适应性|的措施."""
    while end < len(right) and right[end].role in "NA、C":
        end += 1
    return end < len(right) and right[end].role == "E"


def _leads_clause(right: Sequence[Piece], end: int) -> bool:
    """Tell whether a verb, its object and what is said of that stand before 的: 促进|经济|恢复|的措施."""
    if end < 2 or right[0].role != "V":
        return False
    of = next((i for i, piece in enumerate(right[end:], end) if piece.role == "E"), 0)
    said = right[end:of]
    is_clause = bool(said) and all(piece.role in "VDA" for piece in said)
    return is_clause and of + 1 < len(right) and right[of + 1].role in "NA"


def _is_action(right: Sequence[Piece], end: int) -> bool:
    """Tell whether only a deed stands before 的: 合作的工厂, 重点发展的产业."""
    if not 0 < end < len(right) or right[end].role != "E" or right[end - 1].tag != "vn":
        return False
    return all(piece.tag in _MANNER_TAGS for piece in right[: end - 1])


def _is_doer(right: Sequence[Piece], end: int, unit: str) -> bool:
    """Tell whether a place or army before its verb has done it to those counted: 4部|美军部署的雷达."""
    if end != 1 or unit.endswith("个") or not (right[0].tag == "ns" or right[0].text.endswith("军")):
        return False
    if len(right) < 3 or right[1].role not in "VP":
        return False
    return any(piece.role == "E" for piece in right[2:-1])


def _counts_both(right: Sequence[Piece], end: int) -> bool:
    """Tell whether two classes are counted as one: 120多个国家和地区."""
    if len(right) < end + 2 or right[end].role != "C":
        return False
    return text_of(right[:end])[-2:] + right[end].text + right[end + 1].text in number_words("joint-class")


def _joint_end(right: Sequence[Piece], end: int) -> int:
    """Return where a second class ends that is counted with the first (200名设计师和专家), or zero."""
    if not 0 < end < len(right) - 1 or right[end].text not in number_words("joint-mark"):
        return 0
    after = end + 1
    while after < len(right) and right[after].role in "NAB":
        after += 1
    is_closed = after == len(right) or right[after].role in "VDM"
    run = right[end + 1 : after]
    if not run or not is_closed or run[-1].role != "N":
        return 0
    if any(ends_measure(piece.text) or piece.tag == "ns" for piece in run):
        return 0
    return after


def _is_predicate(right: Sequence[Piece], index: int) -> bool:
    """Tell whether what follows a noun is said of it: an adverb (配套文件|新鲜|出炉) or a verb."""
    if index == 0 or right[index - 1].role != "N":
        return False
    if right[index].tag == "i" and (index + 1 == len(right) or right[index + 1].role not in "N"):
        return True  # 经销商|进退两难
    modifies = index + 1 < len(right) and right[index + 1].role == "N" and right[index + 1].tag != "vn"
    if right[index].text in number_words("mean") | number_words("comparison-name"):
        return True  # 36个大中城市居民|人均|消费支出, 9个指标|环比|上升
    if _is_people_deed(right, index):
        return True
    is_manner = right[index].text in number_words("manner") and not modifies  # 联合|科技攻关项目
    if is_manner or _is_done_by(right, index) or _is_state_of(right, index):
        return True
    return right[index].tag == "a" and index + 1 < len(right) and right[index + 1].tag in ("v", "vi")


def _is_people_deed(right: Sequence[Piece], index: int) -> bool:
    """Tell whether people do what follows the word for them to its end: 群众|务工|就业."""
    if not right[index - 1].text.endswith(word_ends("person-noun")):
        return False
    end = next((i for i, piece in enumerate(right[index:], index) if piece.role in ",、C"), len(right))
    return all(piece.text in number_words("people-deed") for piece in right[index:end])


def _is_apposed(right: Sequence[Piece], index: int) -> bool:
    """Tell whether a name or an ordinal stands after the noun that is counted: 3名责任人|王某, 同志|第."""
    if index == 0 or right[index - 1].role != "N":
        return False
    is_person = right[index].tag in ("nr", "nrf") and right[index - 1].text.endswith(word_ends("person-noun"))
    return is_person or right[index].text == "第"


def _is_done_by(right: Sequence[Piece], index: int) -> bool:
    """Tell whether a verb that closes a run of nouns says what those counted do (运动员|参赛)."""
    after = right[index + 1].role if index + 1 < len(right) else ","
    if right[index].text[0] == "被" and len(right[index].text) > 1:
        return True  # 群众|被困|村庄
    if right[index].text in number_words("deed"):
        return after not in "NE" or right[index + 1].text[0] == "“"
    return right[index].tag in _VERB_TAGS and after not in "NAB“E"


def _is_state_of(right: Sequence[Piece], index: int) -> bool:
    """Tell whether a state and how it is are said of what is counted: 冬小麦|长势|良好."""
    if right[index].text not in number_words("state-noun") or index + 1 == len(right):
        return False
    return right[index + 1].tag in ("a", "an", "v", "vi", "d")


def _is_quoted_predicate(right: Sequence[Piece], index: int) -> bool:
    """Tell whether a phrase in quotes ends the clause and says what the noun does (光缆“连算成网”)."""
    piece = right[index]
    if index == 0 or index + 1 < len(right) or right[index - 1].role != "N":
        return False
    return piece.text[:1] == "“" and len(piece.text) >= _QUOTED_PREDICATE


def _leads_noun(piece: Piece, unit: str) -> bool:
    """Tell whether an adverb or verb modifies the noun after it (4条纵向公路, 8个配套文件)."""
    if piece.role in "DF":
        return True  # 外方|企业
    return piece.role == "V" and len(piece.text) > 1 and unit[-1:] not in ("", "人", "次")


def _is_measure_word(right: Sequence[Piece], index: int) -> bool:
    """Tell whether a classifier ends a noun here (国民经济大|类)."""
    is_word = right[index].role == "Q" and len(right[index].text) == 1  # not 一年
    if index == 0 or not is_word or right[index].quantity is not None:
        return False
    return right[index - 1].role in "NA" and (index + 1 == len(right) or right[index + 1].role != "N")


def _is_relative(right: Sequence[Piece], verb: int) -> bool:
    """Tell whether N V … 的 N follows: 性能优于同类产品的发动机."""
    if verb == len(right) or right[verb].role != "V" or any(p.role in "DM" for p in right[:verb]):
        return False
    of = next((i for i in range(verb, len(right)) if right[i].role == "E"), None)
    if of is None or of + 1 >= len(right) or of > verb + _LONGEST_RELATIVE:
        return False
    return right[of + 1].role in "NA" and right[verb + 1].role != "U"


def _relative_phrase(right: Sequence[Piece]) -> tuple[Piece, ...]:
    if not right or right[0].role not in "VADN“P":
        return ()
    of = next((i for i, piece in enumerate(right) if piece.role == "E"), None)
    if of is None or of > _LONGEST_RELATIVE:
        return ()
    end = of + 1
    while end < len(right) and right[end].role in "NA":
        end += 1
    return tuple(right[:end]) if end > of + 1 else ()


def _head_of_clause(right: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the noun that closes the clause after what is said of it: 50个能移动、能扛物的|机器人."""
    if not right or right[0].role not in "MVPD":
        return ()
    of = max((i for i, piece in enumerate(right) if piece.role == "E"), default=len(right))
    head = right[of + 1 :]
    if any(piece.role not in "NA" for piece in head) or any(piece.quantity for piece in right):
        return ()
    return tuple(head)


def _cut_at_head(phrase: Sequence[Piece], unit: str) -> tuple[Piece, ...]:
    """End the phrase at the noun its classifier goes with: 148家企业|调查结果."""
    heads = load_classifier_heads().get(bare_unit(unit))
    if heads and phrase and not phrase[-1].text.endswith(heads):  # 200个城市更新项目: projects
        for place, piece in enumerate(phrase[:-1]):
            is_led = phrase[place + 1].text.endswith(word_ends("leader"))  # 11家企业|负责人
            if piece.text.endswith(heads) and (is_led or phrase[place + 1].tag in _AFTER_HEAD):
                return tuple(phrase[: place + 1])
    return tuple(phrase)


def _cut_measure(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    end = len(phrase)
    while end > 1 and (ends_measure(phrase[end - 1].text) or phrase[end - 1].text in number_words("filler")):
        end -= 1
    return tuple(phrase[:end])
