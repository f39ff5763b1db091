"""The members of a list, and the measure that they share: 城镇、农村居民收入, 芯片、机床等产品产量."""

from collections.abc import Sequence

from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_place,
    is_set,
    measure_head,
    split_items,
    trim_front,
)
from kg.observations.pieces import Piece
from kg.observations.tables import load_pair_words, number_words, word_ends
from kg.records import replace
from kg.words import dictionary_tag

_IDIOMS = frozenset({"i", "l"})  # tags of a phrase that says something by itself: 旗鼓相当
_NAME_TAGS = frozenset({"nt", "ns"})  # of bodies and places
_NUMERALS = frozenset("两三四五六七八九十")


def without_sum(left: Sequence[Piece]) -> tuple[Sequence[Piece], tuple[Piece, ...]]:
    """Split 芯片、机床等产品产量 into the list and the measure that 等 gives to all its members."""
    end = _end_of_names(left)
    mark = next((i for i in range(end - 1, -1, -1) if left[i].role == "G"), None)
    if mark is None or any(piece.role == "G" for piece in left[:mark]):
        return left, ()  # 对甲国等五国、对乙国等国家: each member sums up its own
    shared = tuple(p for p in left[mark + 1 : end] if p.text not in number_words("class-noun"))
    if not shared or any(piece.role not in "NABE" for piece in shared):
        return left, ()
    return left[:mark], shared


def members_of(left: Sequence[Piece], n_members: int) -> list[tuple[Piece, ...]]:
    """Split a list of long names at its commas, and the last at its 和 where that gives *n_members*."""
    items = split_at_commas(left)
    if len(items) == n_members - 1 and items:
        last = next((i for i in range(len(items[-1]) - 1, 0, -1) if items[-1][i].role == "C"), None)
        if last is not None:
            items[-1:] = [items[-1][:last], items[-1][last + 1 :]]
    items = [trim_front(item) for item in items]
    return items if len(items) == n_members and all(items) else []


def pair_in_word(left: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return the two things that one word names: 汽车产量 and 汽车销量 for 汽车产销, or nothing.

    So are 城镇居民收入 and 农村居民收入 of 城乡居民收入.
    """
    end = _end_of_names(left)
    start = end
    while start and left[start - 1].role in "NABE":
        start -= 1
    thing = tuple(left[start:end])
    for at in range(len(thing) - 1, -1, -1):
        pair = _pair_of(thing[at].text)
        if pair is not None:
            word, parts = pair
            named = (replace(thing[at], text=thing[at].text.replace(word, part), tag="n") for part in parts)
            items = ((*thing[:at], replace(one, role="N"), *thing[at + 1 :]) for one in named)
            return [trim_front(item) for item in items]
    return []


def _pair_of(text: str) -> tuple[str, tuple[str, str]] | None:
    """Return the word in *text* that names two things, with both; the longest one first."""
    pairs = load_pair_words()
    word = next((word for word in sorted(pairs, key=lambda one: (-len(one), one)) if word in text), None)
    return None if word is None else (word, pairs[word])


def tells_made_and_sold(left: Sequence[Piece]) -> bool:
    """Tell whether what is made and what is sold is named by one word right before the numbers."""
    return bool(left) and left[-1].text.removesuffix("量").endswith("产销")


def split_at_commas(phrase: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Split a list at 、 alone, and take what sums it up (三大指标) off its end."""
    end = len(phrase)
    sums = next((i for i, p in enumerate(phrase) if i and is_set(p) and p.text[0] in _NUMERALS), end)
    items: list[list[Piece]] = [[]]
    for piece in phrase[:sums]:
        if piece.role == "、":
            items.append([])
        else:
            items[-1].append(piece)
    return [tuple(item) for item in items if item]


def places_with_measure(items: Sequence[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """Return the places of 东部、中部、西部地区工业投资, or nothing where it is no such list."""
    items = [_after_at(items[0]), *items[1:]] if items else []
    if len(items) < 2 or not all(is_place(piece) for item in items[:-1] for piece in item):
        return []
    head = measure_start(items[-1])
    if not 0 < head < len(items[-1]):
        return []
    place = tuple(piece for piece in items[-1][:head] if is_place(piece))
    return [*items[:-1], place]


def _after_at(item: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the place that 在 puts at the end of the words before a list (公司|在|印度), or all of them."""
    at = next((i for i, piece in enumerate(item) if piece.text == "在"), None)
    return item if at is None else item[at + 1 :]


def measure_start(item: Sequence[Piece]) -> int:
    """Return where the measure begins after the place and what says how far it goes (巴西|市场|的)."""
    at = next((i for i, piece in enumerate(item) if not is_place(piece) and piece.role != "E"), len(item))
    is_tail = at and len(item) > at + 2 and item[at].text in number_words("place-tail")
    return at + 2 if is_tail and item[at + 1].role == "E" else at


def shared_measure(items: Sequence[Sequence[Piece]]) -> str:
    """Return the measure that the last member of a list names for all: 物流总额 of 装备制造业物流总额.

    It begins after the word that ends as another member does (…业, …气), else with its measure noun.
    """
    last = items[-1]
    shared = _shared_in_word(items)
    if shared:
        return shared
    ends = {item[-1].text[-1] for item in items[:-1] if item}
    alike = [i for i, piece in enumerate(last[:-1]) if piece.text[-1] in ends]
    alike = alike or _names_alike(items)
    tail = clean_name(last[alike[-1] + 1 :]) if alike else ""
    if ends_measure(tail) or tail in number_words("measure"):
        return tail
    name, word = clean_name(last), last[-1].text
    if len(last) > 1 and word.startswith(word_ends("measure-lead")) and ends_measure(word):
        return word  # 服装|平均单价
    head = measure_head(name)
    return _measure_words(last) or measure_head(name.removesuffix(head)) + head  # 出口交货值|增速


def _measure_words(member: Sequence[Piece]) -> str:
    """Return the words that end *member* and each measure, where others are left: 机械|工业增加值|增速."""
    start = len(member)
    while start and (
        ends_measure(member[start - 1].text) or member[start - 1].text in number_words("measure")
    ):
        start -= 1
    return clean_name(member[start:]) if start else ""


def _names_alike(items: Sequence[Sequence[Piece]]) -> list[int]:
    """Return where the last member holds names of the sort that the others are: 甲集团、|乙集团|粗钢产量."""
    sorts = {item[-1].tag for item in items[:-1] if item}
    if len(sorts) != 1 or not sorts <= _NAME_TAGS:
        return []
    return [i for i, piece in enumerate(items[-1][:-1]) if piece.tag in sorts]


def _shared_in_word(items: Sequence[Sequence[Piece]]) -> str:
    """Return what the one word of the last member says of all: 居民收入 of 城镇、农村居民收入, or nothing."""
    if any(len(item) != 1 for item in items):
        return ""
    last, size = items[-1][0].text, len(items[0][0].text)
    tail = last[size:]
    is_alike = dictionary_tag(last[:size]) is not None and all(len(i[0].text) == size for i in items[:-1])
    return tail if is_alike and (ends_measure(tail) or tail in number_words("measure")) else ""


def list_before(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the run of names that ends *left*, its commas and joining words included."""
    end = _end_of_names(left)
    start = end
    while start and (_is_listed(left[start - 1]) or (start < end and left[start].role == "、")):
        start -= 1  # what stands before 、 is listed, whatever it is: 询价|、招标
    return tuple(left[start:end])


def members_named(clause: Sequence[Piece]) -> tuple[str, ...]:
    """Return the names of the bodies or things that a clause begins with, where it lists several."""
    clause = clause[next((i for i, piece in enumerate(clause) if piece.role not in "TDR"), 0) :]
    is_said = (i for i, piece in enumerate(clause) if piece.role not in "NAB、C" or piece.tag in _IDIOMS)
    end = after = next(is_said, len(clause))
    if end < len(clause) and clause[end].role == "G":  # 冰箱、洗衣机|等|家电产品
        after = next((i for i, p in enumerate(clause[end:], end) if p.role not in "NABG"), len(clause))
    items = [trim_front(item) for item in split_items(clause[:end])]
    names = tuple(clean_name(item) for item in items if item and not all(is_place(piece) for piece in item))
    if not (len(names) == len(items) > 1 and after < len(clause)):
        return ()
    if ends_measure(names[-1]) and not any(ends_measure(name) for name in names[:-1]):
        shared = shared_measure(items)  # 线材、螺纹钢产量
        return (*(name + shared for name in names[:-1]), names[-1])
    return () if any(ends_measure(name) for name in names) else names


def _end_of_names(left: Sequence[Piece]) -> int:
    """Return where the times and adverbs that end *left* begin."""
    end = len(left)
    while end and (left[end - 1].role in "TDM" or left[end - 1].text in number_words("filler")):
        end -= 1
    return end


def _is_listed(piece: Piece) -> bool:
    if piece.role == "V" and piece.text in number_words("measure"):
        return True
    return piece.role in "NAB、CX“”E" or (len(piece.text) == 1 and piece.role != "T")
