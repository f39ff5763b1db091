"""Several numbers for several things: 美国、中国分别增长2.1%、4.6%."""

from collections.abc import Sequence
from decimal import Decimal

from kg.numerals import Quantity
from kg.observations.frames import Frame, Slot, Topic, comparison_in
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_place,
    is_set,
    measure_head,
    split_items,
    subject_before,
    trim_front,
)
from kg.observations.pieces import Piece
from kg.observations.predicates import Predicate, peel_verbs, split_basis
from kg.observations.shares import read_share
from kg.observations.statements import closing_frame
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.records import replace

_NUMERALS = frozenset("两三四五六七八九十")


def read_distribution(
    clause: Sequence[Piece], sentence: int, topic: Topic | None, recent: Sequence[Topic]
) -> list[Frame]:
    """Read 分别: the n-th number belongs to the n-th subject, place or measure named before."""
    numbers = [piece for piece in clause if piece.quantity]
    mark = next((i for i, piece in enumerate(clause) if piece.text == "分别"), None)
    is_said = mark is not None
    mark = _end_of_list(clause, numbers, recent) if mark is None else mark
    if mark is None or len(numbers) < 2 or numbers[0].start < clause[mark].start:
        return []
    between = tuple(piece for piece in clause[mark:] if piece.start < numbers[0].start)
    said = (*clause[:mark], *between)
    left, basis = split_basis(between)
    verbs = peel_verbs(left)
    before, shared = _without_sum(clause[:mark])
    listed = split_items(_list_before(before))
    places = _places_with_measure(listed)
    if len(places) == len(numbers):
        topic, listed = _measure_of(listed[-1], sentence), places
    if len(listed) != len(numbers):
        listed = _split_at_commas(_list_before(before))  # 社会保障和就业、教育、住房支出 are three
    if len(listed) != len(numbers):
        listed = _split_at_commas(subject_before(clause[:mark], has_verb=True))
    items = [item for item in (trim_front(item) for item in listed) if item]
    if len(items) != len(numbers) and not shared and any(is_set(piece) for piece in before):
        items = _members(before, len(numbers)) or items  # 完工量、新接订单量、手持订单量三大指标
    if shared:
        listed = items if len(items) == len(numbers) else _members(before, len(numbers))
        items = [(*item, *shared) for item in listed]
    elif len(numbers) == len("产销") and len(items) < len(numbers):
        items = _made_and_sold(clause[:mark]) or items
    if not is_said and items and len(items) != len(numbers):
        return []
    growth = _growth_said(said)
    if growth and len(recent) >= len(numbers) and len({one.name for one in recent[-len(numbers) :]}) > 1:
        pairs = zip(numbers, recent[-len(numbers) :], strict=True)
        return [_grown(piece, its, growth, comparison_in(said)) for piece, its in pairs]
    if not items and len(recent) >= len(numbers):
        pairs = zip(numbers, recent[-len(numbers) :], strict=True)
        return [
            _spread(piece, its, said, _with_own_change(verbs, clause, piece), basis) for piece, its in pairs
        ]
    if len(items) != len(numbers):
        return []
    if any(piece.text in number_words("share-verb") for piece in between):
        parts = zip(numbers, items, strict=True)
        return [_share(piece, item, items, topic, between, sentence) for piece, item in parts]
    frames = []
    behind = _measure_behind(clause, numbers[-1])
    for piece, item in zip(numbers, items, strict=True):
        own = _with_own_change(verbs, clause, piece)
        frame = _respective(
            item, items, Slot(piece, _quantity(piece), said, (), sentence), topic, own, basis, behind
        )
        if frame is None:
            return []
        frames.append(frame)
    return frames


def _end_of_list(clause: Sequence[Piece], numbers: Sequence[Piece], recent: Sequence[Topic]) -> int | None:
    """Return where the verb begins in A和B同比增长3.2%和3.6%, whose numbers stand side by side.

    So do the numbers of 货车产销26万辆和24万辆, and those of the clause after it (环比增长3%和5%).
    """
    if len(numbers) < 2:
        return None
    at = clause.index(numbers[0])
    row = clause[at : clause.index(numbers[-1])]
    if any(piece.quantity is None and piece.role not in "、C" for piece in row):
        return None
    if _tells_made_and_sold(clause[:at]) and len(numbers) == len("产销"):
        return at
    left, basis = split_basis(clause[:at])
    verbs = peel_verbs(left)
    rest = verbs.rest
    names = {topic.name for topic in recent[-len(numbers) :]}
    if _growth_said(clause[:at]) and len(names) == len(numbers):
        return at
    if not rest and verbs.change and len(names) == len(numbers):
        return 0
    return len(rest) if not basis and len(rest) < at and any(p.role in "、C" for p in rest) else None


def _without_sum(left: Sequence[Piece]) -> tuple[Sequence[Piece], tuple[Piece, ...]]:
    """Split 芯片、机床等产品产量 into the list and the measure that 等 gives to all its members."""
    end = len(left)
    while end and (left[end - 1].role in "TDM" or left[end - 1].text in number_words("filler")):
        end -= 1
    mark = next((i for i in range(end - 1, -1, -1) if left[i].role == "G"), None)
    if mark is None:
        return left, ()
    shared = tuple(p for p in left[mark + 1 : end] if p.text not in number_words("class-noun"))
    if not shared or any(piece.role not in "NABE" for piece in shared):
        return left, ()
    return left[:mark], shared


def _members(left: Sequence[Piece], n_members: int) -> list[tuple[Piece, ...]]:
    """Split a list of long names at its commas, and the last at its 和 where that gives *n_members*."""
    items = _split_at_commas(left)
    if len(items) == n_members - 1 and items:
        last = next((i for i in range(len(items[-1]) - 1, 0, -1) if items[-1][i].role == "C"), None)
        if last is not None:
            items[-1:] = [items[-1][:last], items[-1][last + 1 :]]
    items = [trim_front(item) for item in items]
    return items if len(items) == n_members and all(items) else []


def _made_and_sold(left: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return 汽车产量 and 汽车销量 for 汽车产销, or nothing."""
    end = next((i for i in range(len(left) - 1, -1, -1) if left[i].role not in "TDM"), -1)
    if end < 0 or not left[end].text.removesuffix("量").endswith("产销"):
        return []
    start = end
    while start and left[start - 1].role in "NABE":
        start -= 1
    before = left[end].text.removesuffix("量").removesuffix("产销")
    thing = trim_front(left[start:end])
    return [(*thing, replace(left[end], text=f"{before}{part}量", role="N")) for part in "产销"]


def _tells_made_and_sold(left: Sequence[Piece]) -> bool:
    """Tell whether what is made and what is sold is named by one word right before the numbers."""
    return bool(left) and left[-1].text.removesuffix("量").endswith("产销")


def _share(
    piece: Piece,
    item: tuple[Piece, ...],
    items: Sequence[tuple[Piece, ...]],
    topic: Topic | None,
    between: tuple[Piece, ...],
    sentence: int,
) -> Frame:
    """Read one of A、B分别占全国的31%、42%; places share the measure said before."""
    subject: tuple[Piece, ...] = ()
    place: Piece | None = item[0]
    if not all(is_place(one) for one in item):
        shared = "" if ends_measure(clean_name(item)) else measure_head(clean_name(items[-1]))
        subject, place = (*item[:-1], replace(item[-1], text=item[-1].text + shared)), None
    slot = Slot(piece, _quantity(piece), (*subject, *between), (), sentence)
    frame = read_share(slot, topic)
    if frame is None:
        name = f"{clean_name(item)}占比"
        return Frame(piece, name, item[0].start, item[-1].end, sentence, "respectively", 0.7, place=place)
    return replace(frame, rule="respectively", place=place)


def _split_at_commas(phrase: Sequence[Piece]) -> list[tuple[Piece, ...]]:
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


def _places_with_measure(items: Sequence[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """Return the places of 东部、中部、西部地区工业投资, or nothing where it is no such list."""
    items = [_after_at(items[0]), *items[1:]] if items else []
    if len(items) < 2 or not all(is_place(piece) for item in items[:-1] for piece in item):
        return []
    head = _measure_start(items[-1])
    if not 0 < head < len(items[-1]):
        return []
    place = tuple(piece for piece in items[-1][:head] if is_place(piece))
    return [*items[:-1], place]


def _after_at(item: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the place that 在 puts at the end of the words before a list (公司|在|印度), or all of them."""
    at = next((i for i, piece in enumerate(item) if piece.text == "在"), None)
    return item if at is None else item[at + 1 :]


def _measure_start(item: Sequence[Piece]) -> int:
    """Return where the measure begins after the place and what says how far it goes (巴西|市场|的)."""
    at = next((i for i, piece in enumerate(item) if not is_place(piece) and piece.role != "E"), len(item))
    is_tail = at and len(item) > at + 2 and item[at].text in number_words("place-tail")
    return at + 2 if is_tail and item[at + 1].role == "E" else at


def _measure_of(item: Sequence[Piece], sentence: int) -> Topic:
    phrase = item[_measure_start(item) :]
    return Topic(clean_name(phrase), phrase[0].start, phrase[-1].end, sentence)


def _respective(
    item: Sequence[Piece],
    items: Sequence[Sequence[Piece]],
    slot: Slot,
    topic: Topic | None,
    verbs: Predicate,
    basis: str,
    behind: str = "",
) -> Frame | None:
    """Return the reading of one number with its member of the list; *behind* is what all measure."""
    is_partner = all(is_place(p) or (len(p.text) == 1 and p.tag in ("ns", "j", "eng")) for p in item)
    towards = "对" if any(p.text == "对" for p in slot.left) else ""
    if verbs.flow in number_words("trade") and not verbs.change and (is_partner or towards):
        partner = _partner(item, slot.left)
        name = towards + clean_name(partner)  # 对欧盟、美国分别出口
        return replace(closing_frame(slot, verbs, basis, partner, None, name), rule="respectively")
    trade = measure_head(topic.name) if topic else ""
    if items[-1][-1].text in number_words("trade"):
        trade = items[-1][-1].text + "额"  # 对拉美和大洋洲出口
    if towards and verbs.change and trade.startswith(word_ends("trade")):
        partner = _partner(item, slot.left)
        name = towards + clean_name(partner) + trade  # 对拉美、欧盟分别增长5%、3%
        return replace(closing_frame(slot, verbs, basis, partner, topic, name), rule="respectively")
    if is_partner:
        if topic is None:
            return None
        frame = closing_frame(slot, verbs, basis, (), topic, topic.name)
        return replace(frame, place=item[0], rule="respectively")
    name = clean_name(item)
    shared = "" if ends_measure(name) else behind or _shared_measure(items)
    if not shared and verbs.change and topic and topic.sentence == slot.sentence and not ends_measure(name):
        shared = topic.head  # 制造业增加值增长9%，其中甲业、乙业分别增长8%、7%
    return replace(closing_frame(slot, verbs, basis, item, topic, name + shared), rule="respectively")


def _measure_behind(clause: Sequence[Piece], last: Piece) -> str:
    """Return the measure that stands after the last number of a list: 甲和乙分别以20%和30%的市场份额居前."""
    after = [piece for piece in clause if piece.start >= last.end]
    if len(after) < 2 or after[0].role != "E":
        return ""
    end = next((i for i, piece in enumerate(after[1:], start=1) if piece.role not in "NAB"), len(after))
    measure = clean_name(after[1:end])
    return measure if ends_measure(measure) or measure in number_words("measure") else ""


def _shared_measure(items: Sequence[Sequence[Piece]]) -> str:
    """Return the measure that the last member of a list names for all: 物流总额 of 装备制造业物流总额.

    It begins after the word that ends as another member does (…业, …气), else with its measure noun.
    """
    last = items[-1]
    ends = {item[-1].text[-1] for item in items[:-1] if item}
    alike = [i for i, piece in enumerate(last[:-1]) if piece.text[-1] in ends]
    tail = clean_name(last[alike[-1] + 1 :]) if alike else ""
    if ends_measure(tail) or tail in number_words("measure"):
        return tail
    name = clean_name(last)
    head = measure_head(name)
    return measure_head(name.removesuffix(head)) + head  # 出口交货值|增速


def _partner(item: Sequence[Piece], left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the partner of a trade: what stands after 对, and before the verb (对美国和中亚|出口)."""
    at = next((i + 1 for i, piece in enumerate(item) if piece.text == "对"), 0)
    partner = tuple(item[at:])
    if clean_name(partner) not in number_words("trade"):
        return partner
    before = [piece for piece in left if piece.end == partner[0].start and piece.role == "N"]
    return (*before, *partner)[:1]


def _growth_said(said: Sequence[Piece]) -> str:
    """Return the growth that a clause states of what was measured before: 同比涨幅为20%、35%, or nothing."""
    nouns = [p.text for p in said if p.role in "NAVC" and p.text not in number_words("filler")]
    known = load_measure_verbs()
    changes = any(text in known and known[text].role in ("up", "down") for text in nouns)
    nouns = [text for text in nouns if text not in known]
    is_one = not changes and len(nouns) == 1 and nouns[0] in number_words("growth")
    return nouns[0] if is_one and not nouns[0].endswith(word_ends("share-tail")) else ""


def _grown(piece: Piece, topic: Topic, growth: str, comparison: str) -> Frame:
    name = (topic.measure or topic.name) + comparison + growth.removeprefix(comparison)
    return Frame(piece, name, topic.start, topic.end, topic.sentence, "respectively", 0.8)


def _with_own_change(verbs: Predicate, clause: Sequence[Piece], number: Piece) -> Predicate:
    """Return the verbs with the change right before *number*: 分别增长12%和|下降5%."""
    at = clause.index(number)
    verb = load_measure_verbs().get(clause[at - 1].text) if at else None
    is_change = verb is not None and verb.role in ("up", "down")
    return replace(verbs, change=clause[at - 1].text) if is_change and verbs.change else verbs


def _spread(piece: Piece, topic: Topic, said: tuple[Piece, ...], verbs: Predicate, basis: str) -> Frame:
    """开行3501列，发送35.2万标箱，同比分别增长32%、25%: each change to its own measure."""
    slot = Slot(piece, _quantity(piece), said, (), topic.sentence)
    return replace(closing_frame(slot, verbs, basis, (), topic, topic.name), rule="respectively")


def _quantity(piece: Piece) -> Quantity:
    return piece.quantity or Quantity(piece.start, piece.end, Decimal(0), "", "")


def _list_before(left: Sequence[Piece]) -> tuple[Piece, ...]:
    end = len(left)
    while end and (left[end - 1].role in "TDM" or left[end - 1].text in number_words("filler")):
        end -= 1
    start = end
    while start and _is_listed(left[start - 1]):
        start -= 1
    return tuple(left[start:end])


def _is_listed(piece: Piece) -> bool:
    if piece.role == "V" and piece.text in number_words("measure"):
        return True
    return piece.role in "NAB、CX“”E" or (len(piece.text) == 1 and piece.role != "T")


def read_of_each(clause: Sequence[Piece], sentence: int) -> list[Frame]:
    """Read 每建成10个基站就有6个来自中国: so many of each so many."""
    numbers = [i for i, piece in enumerate(clause) if piece.quantity]
    each = next((i for i, piece in enumerate(clause) if piece.text == "每"), None)
    if len(numbers) != 2 or each is None or not each < numbers[0]:
        return []
    between = clause[numbers[0] + 1 : numbers[1]]
    nouns = [piece for piece in between if piece.role in "NA"]
    if not nouns or not any(piece.text in number_words("bearer") for piece in between):
        return []
    whole = "".join(piece.text for piece in clause[each : numbers[0] + 1]) + clean_name(nouns)
    rest = clause[numbers[1] + 1 :]
    name = f"{whole}中{clean_name(rest)}的数量" if rest else f"{whole}中的数量"
    last = rest[-1] if rest else clause[numbers[1]]
    return [Frame(clause[numbers[1]], name, clause[each].start, last.end, sentence, "of-each", 0.7)]
