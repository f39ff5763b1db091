"""The noun phrases that stand before a number, and the names made of them."""

from collections.abc import Sequence
from functools import lru_cache

from kg.observations.pieces import Piece
from kg.observations.tables import (
    load_measure_verbs,
    load_number_kinds,
    number_words,
    word_ends,
)
from kg.rules import find_verb

_REMEMBERED = 1 << 12  # names and words that may be measures
_LONGEST_HEAD = 6
_LONGEST_JOINT = 20  # characters; more is a list rather than a name
_VERB_TAGS = frozenset({"v", "vi", "vv"})
_COMPOUND = 4  # characters of a verb that is a noun before another
_HAVING = ("有", "到")  # 还有|售价, 看到|售价: what one has or sees is measured
_JOINS = frozenset("和与及或")
_RATES = frozenset("年月日亩")  # 年节水量, 亩产: measure words that begin a noun


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the characters of *pieces*, asides between them left out."""
    return "".join(piece.text for piece in pieces)


def place_in(pieces: Sequence[Piece], phrase: Sequence[Piece]) -> int:
    """Return where *phrase* begins among *pieces*, zero where it does not."""
    return next((i for i, piece in enumerate(pieces) if piece == phrase[0]), 0)


def ends_measure(name: str) -> bool:
    """Tell whether *name* already says what is measured (…率, …里程).

    Example:
        >>> ends_measure("农业科技进步贡献率"), ends_measure("先进制造业集群")
        (True, False)
    """
    return bool(measure_head(name))


@lru_cache(maxsize=_REMEMBERED)
def measure_head(name: str) -> str:
    """Return the measure noun that ends *name*, the longest one, or the empty string."""
    nouns = number_words("measure")
    for length in range(min(_LONGEST_HEAD, len(name)), 0, -1):
        if name[-length:] in nouns and len(name) > 1:
            return name[-length:]
    return ""


def is_place(piece: Piece) -> bool:
    """Tell whether *piece* names a place or the whole of one (我国, 全省), not a class of places (农村)."""
    if piece.text in number_words("common-place"):
        return False
    return piece.tag == "ns" or piece.text in number_words("whole-place")


def is_area(piece: Piece) -> bool:
    """Tell whether *piece* names a place, or is the 地区 of one (大陆|地区)."""
    return is_place(piece) or piece.text in number_words("area-tail")


def is_deed(piece: Piece) -> bool:
    """Tell whether *piece* is a verb, though it stands where a noun may stand (运动员|参赛)."""
    return piece.role == "V" or piece.tag in _VERB_TAGS or piece.text in number_words("deed")


def is_per(piece: Piece) -> bool:
    """Tell whether *piece* says for each of what a number holds (每人, 每月)."""
    return piece.role == "R" and len(piece.text) > 1 and piece.text[0] == "每"


def is_set(piece: Piece) -> bool:
    """Tell whether *piece* makes a fixed set or a rate of what follows (三大主粮, 年节水量)."""
    if piece.quantity is not None:
        return False
    return piece.text in _RATES or (len(piece.text) > 1 and piece.text.endswith("大"))


def subject_before(
    left: Sequence[Piece], *, has_verb: bool, may_be_nominal: bool = False
) -> tuple[Piece, ...]:
    """Return the noun phrase that ends *left*, coordinated nouns included, leading place left out.

    With *has_verb* the verb of the clause stands after the phrase, so that verbs inside it modify
    (自主选育品种, 处于边界内的资产). With *may_be_nominal* a verb after a noun may end the phrase
    (补贴申请14万份).
    """
    end = len(left)
    while end and _trails(left[end - 1]):
        end -= 1
    start = end - 1 if may_be_nominal and _is_nominal(left[:end]) else end
    while start and _continues(left, start - 1, end, has_verb=has_verb):
        start -= 1
    start = _inner_start(left, start, end)
    while (
        start
        and start < end
        and left[start].text in number_words("territory")
        and left[start - 1].text == "该"
    ):
        start += 1  # 该|国|通胀率
    return trim_front(left[start:end])


def _inner_start(left: Sequence[Piece], start: int, end: int) -> int:
    """Return where the clause begins that a verb of the phrase brings in: 检查|发现|合同兑现率, 使得|成本."""
    brings, finds, tells = number_words("causing"), number_words("finding"), number_words("telling")
    for place in range(end - 2, start - 1, -1):
        text = left[place].text
        if text in brings or (text in finds and ends_measure(text_of(left[place + 1 : end]))):
            return place + 1
        is_foreseen = text in number_words("saying") and text in load_number_kinds() and place > start
        if is_foreseen and (is_place(left[place + 1]) or left[place + 1].time):
            return place + 1  # 机构|预计|中国通胀率; not 公司|预计|净利润
        if text in tells:  # 反映|市场|冷暖|的|指数
            return max((i + 1 for i in range(place, end - 1) if left[i].role == "E"), default=start)
    return start


def _is_nominal(left: Sequence[Piece]) -> bool:
    """Tell whether a verb at the end is the head of a noun phrase: 补贴|申请, 采购成本|预算."""
    if len(left) < 2 or left[-1].role != "V" or len(left[-1].text) != len("申请"):
        return False
    doer = next((piece for piece in reversed(left[:-1]) if piece.role != "D"), left[0])
    if doer.role != "N":
        return False
    return left[-1].text not in load_measure_verbs() and left[-1].text not in load_number_kinds()


def _trails(piece: Piece) -> bool:
    """Tell whether *piece* stands between a phrase and its verb; a superlative belongs to the phrase."""
    if piece.text in number_words("superlative"):
        return False
    is_about = piece.role == "F" and piece.text in number_words("about")  # 价格在2月中旬|左右
    is_about = is_about or piece.text in number_words("undergoing")  # 利润空间|被|压缩
    return is_about or piece.role in "UDMTI、GCE”“" or piece.text in number_words("filler")


def trim_front(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Drop what leads into a phrase but is no part of its name: place, time, adverb, 的."""
    start = 0
    while start < len(phrase) and _leads_in(phrase, start):
        start += 1
    return tuple(phrase[start:])


def _leads_in(phrase: Sequence[Piece], start: int) -> bool:
    piece = phrase[start]
    if piece.role == "T" and piece.time is None and piece.text[0] in _RATES:
        return False  # 年节|水量: the segmenter took 年节 for a festival
    if piece.role in "E、CFTGRDU" or piece.tag == "f" or (piece.role == "Q" and not is_set(piece)):
        return True
    if start + 1 == len(phrase):
        return False
    after = phrase[start + 1]
    if piece.text in number_words("filler") or piece.text in number_words("settled"):
        return True
    is_inside = start > 0 and is_place(phrase[start - 1]) and piece.text != "国内"  # 江苏|境内
    if piece.text in number_words("inland") and after.role == "N" and not is_inside:
        return False  # 国内|展园: one of two kinds
    if start and piece.text in number_words("place-tail") and is_place(phrase[start - 1]):
        return after.role not in "、C"  # 无锡|地区|铝锭报价
    if piece.text in load_number_kinds():
        return after.role != "E" and piece.text + after.text not in number_words("owned-measure")
    if not is_place(piece) or after.role in "、C" or _names_site(piece, after):
        return False
    return after.role == "E" or (len(after.text) > 1 and after.text[0] != "段")  # 青岛段: not 青岛's 段


def _names_site(place: Piece, after: Piece) -> bool:
    """Tell whether a place begins the proper name of a site: 滨海|隧道, not 全省|隧道."""
    return place.tag == "ns" and after.text.endswith(word_ends("site-noun"))


def _continues(left: Sequence[Piece], index: int, end: int, *, has_verb: bool) -> bool:
    """Tell whether the piece at *index* belongs to the phrase that begins right of it."""
    piece = left[index]
    if piece.role in "NAB”“" or piece.text in number_words("superlative"):
        return True
    before = left[index - 1].role if index else ","
    if index + 1 >= end:
        if before == "D" and index > 1 and left[index - 1].text in number_words("sum-adverb"):
            before = left[index - 2].role  # 部门|共|亏损
        is_measure = before in "NV" and piece.text in number_words("measure")
        is_measure = is_measure or (before == "D" and piece.text in number_words("granted"))  # 一次性|补贴
        return piece.role == "V" and (is_measure or piece.text in number_words("site"))
    after = left[index + 1]
    is_tail = index + 2 == end and len(after.text) == 1 and after.role == "N"
    is_own = after.text not in number_words("measure") and piece.text in load_measure_verbs()  # 建成|桥
    if is_tail and piece.role == "V" and len(piece.text) > 1 and not is_own:
        return True  # 执行|额, 收集|池: a noun of one character is no word of its own
    if piece.role == "Q":
        is_related = piece.text in number_words("relating") and before in "NC"  # 机器人|相关|企业
        is_yearly = piece.text in _RATES and after.role in "VAD" and before == "N"  # 地热能|年|利用|量
        return is_yearly or ((is_set(piece) or is_related) and after.role in "NA")
    if piece.role == "T":
        is_of = after.role == "E" and index + 2 < end and ends_measure(left[index + 2].text)
        return piece.time is None or ((after.role in "NA" or is_of) and before in "NA")
    if piece.role == "E" and before == "T" and index > 1 and left[index - 2].role == "N":
        return ends_measure(after.text) and left[index - 1].time is not None  # 整机厂|三季度|的|出货量
    if piece.role in "E、CG":
        return before in "NABFV)”G"
    if piece.role == "F":
        is_graded = index > 0 and left[index - 1].text.endswith(word_ends("grade"))
        if piece.text in number_words("bound") and is_graded:
            return after.role == "N"  # 县处级|以上|干部
        return after.role == "E" or (before == "N" and len(left[index - 1].text) == 1)  # 市外资金
    if piece.role == "D" and piece.text in number_words("sum-adverb") and before == "N":
        return after.text in number_words("measure")
    if piece.role == "D":
        is_yearly = index > 0 and left[index - 1].text in _RATES  # 废弃物|年|综合|利用|量
        return has_verb and after.role in "NV" and (before in "NA" or is_yearly)
    if piece.role == "P":
        if piece.text == "与":
            return has_verb and after.role == "N" and before == "N"  # 商品|与|期权成交量
        return piece.text in "对兑" and after.role in "NA" and before in "NA"  # …对经济增长的贡献率
    if piece.text in number_words("share-verb"):
        return before in "NA"
    if piece.text == "所":
        return after.role == "V"
    return piece.role == "V" and _modifies(piece, after, before, has_verb=has_verb)


def _modifies(verb: Piece, after: Piece, before: str, *, has_verb: bool) -> bool:
    """Tell whether a verb inside a phrase modifies what follows (自主选育品种, 企业生产的汽车)."""
    if len(verb.text) == 1 or verb.text in load_number_kinds() or verb.text.endswith(_HAVING):
        return False
    is_of_itself = verb.text in number_words("modifying-verb") or verb.text in number_words("deed")
    if is_of_itself and after.role in "NA":
        return True  # 确诊|病例, 在建|机组, 参展|企业
    if after.role == "E":
        return before in "NAU"
    entry = find_verb(verb.text)
    if entry is None and len(verb.text) == _COMPOUND and after.role in "NA":
        return True  # 贪污贿赂|大案
    if entry is not None and entry.is_result:
        return False  # 政策|拉动|销售额: what is brought about is what is measured
    return has_verb and after.role in "NA" and verb.text not in load_measure_verbs()


def split_items(phrase: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Split a coordination A、B和C等 into its members."""
    items: list[list[Piece]] = [[]]
    for index, piece in enumerate(phrase):
        if piece.role == "、" or (piece.text in _JOINS and not _is_inside(phrase, index)):
            items.append([])
        else:
            items[-1].append(piece)
    return [tuple(item) for item in items if item]


def _is_inside(phrase: Sequence[Piece], index: int) -> bool:
    """Tell whether a word that joins does so inside a member: 航天器|及|设备制造业、电池制造业."""
    is_early = phrase[index].text in ("及", "与") and any(piece.role == "、" for piece in phrase[index:])
    return is_early or _joins_class(phrase, index)


def _joins_class(phrase: Sequence[Piece], index: int) -> bool:
    """Tell whether 和 joins two words of one class: 共建国家|和|地区."""
    if not 0 < index < len(phrase) - 1:
        return False
    if phrase[index + 1].text in number_words("relating"):
        return True  # 文化|及|相关产业
    joined = phrase[index - 1].text[-2:] + phrase[index].text + phrase[index + 1].text
    return joined in number_words("joint-class")


def last_item(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the last member of a coordination, without what leads into it."""
    items = split_items(phrase)
    return trim_front(items[-1]) if items else ()


def joint_of(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a coordination that one number measures as a whole: 水电、光伏 of 水电、光伏累计投资417亿元.

    None is one whose members are of several sorts (收入和利润) or hold a verb.
    """
    items = [trim_front(item) for item in split_items(phrase)]
    if len(items) < 2 or any(piece.role not in "NABE、C”“Q" and piece.text != "与" for piece in phrase):
        return ()
    whole = trim_front(phrase)
    while whole and whole[-1].text in number_words("filler"):
        whole = whole[:-1]
    is_mutual = clean_name(whole).endswith(word_ends("mutual"))  # 我国|与|东盟贸易额, 甲|与|乙|之比
    is_mixed = any(not item for item in items[:-1]) or (
        not is_mutual and any(ends_measure(clean_name(item)) or _is_named_place(item) for item in items[:-1])
    )
    return () if is_mixed or len(clean_name(whole)) > _LONGEST_JOINT else whole


def joined(before: str, after: str) -> str:
    """Return both as one name that says once what ends the one and begins the other.

    Example:
        >>> joined("物流航线", "航线数量"), joined("江海市", "经济总量")
        ('物流航线数量', '江海市经济总量')
    """
    shared = next((n for n in range(len(before), 1, -1) if after.startswith(before[-n:])), 0)
    return before + after[shared:]


def _is_named_place(item: Sequence[Piece]) -> bool:
    return is_place(item[0]) and item[0].text not in number_words("inland")


def clean_name(pieces: Sequence[Piece]) -> str:
    """Return the name *pieces* make: no 的 before a measure noun or after a locality, no time."""
    kept = (
        piece.text
        for index, piece in enumerate(pieces)
        if piece.time is None and not (piece.role == "E" and _is_silent(pieces, index))
        if piece.role != "D" or piece.text not in number_words("sum-adverb")  # 海关|共|监管车辆
        if piece.text != "各" or not index  # 乙公司|各|持股
        if piece.role != "F" or piece.text not in number_words("when")  # 拿到手机|时|的批发价
    )
    name = "".join(kept).strip("“”")
    if name.count("“") != name.count("”"):  # 一带一路”国家: half of a pair stays outside the phrase
        name = name.replace("“", "").replace("”", "")
    return name


def _is_silent(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether 的 goes unsaid in a name: 市场的占有率, 边界内的资产."""
    if not 0 < index < len(pieces) - 1:
        return False
    before = next((p.role for p in reversed(pieces[:index]) if p.time is None), "T")
    after = text_of(pieces[index + 1 :])
    is_measure = ends_measure(after) or after in number_words("aim-noun")
    return before == "F" or (before in "NA" and is_measure)
