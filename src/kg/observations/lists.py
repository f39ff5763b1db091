"""Several numbers for several things: 美国、中国分别增长2.1%、4.6%."""

from collections.abc import Sequence
from decimal import Decimal

from kg.numerals import Quantity
from kg.observations.drivings import driving_in
from kg.observations.frames import Frame, Slot, Topic, comparison_in
from kg.observations.members import (
    list_before,
    measure_start,
    members_of,
    pair_in_word,
    places_with_measure,
    shared_measure,
    split_at_commas,
    tells_made_and_sold,
    without_sum,
)
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_place,
    is_set,
    last_item,
    measure_head,
    split_items,
    subject_before,
    trim_front,
)
from kg.observations.owners import is_bare
from kg.observations.pieces import Piece
from kg.observations.predicates import Predicate, peel_verbs, split_basis
from kg.observations.shares import read_share
from kg.observations.statements import closing_frame
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.records import replace


def read_distribution(
    clause: Sequence[Piece],
    sentence: int,
    topic: Topic | None,
    recent: Sequence[Topic],
    named: Sequence[str] = (),
) -> list[Frame]:
    """Read 分别: the n-th number belongs to the n-th subject, place or measure named before.

    *named* are those that the clauses before in the sentence began with: 甲和乙实力相当，销量分别为….
    """
    numbers = [piece for piece in clause if piece.quantity]
    mark = next((i for i, piece in enumerate(clause) if piece.text == "分别"), None)
    is_said = mark is not None
    if mark is not None:  # 78个|商圈客流量、营业额|分别: what is counted before is another thing
        numbers = [piece for piece in numbers if piece.start > clause[mark].start]
    mark = _end_of_list(clause, numbers, recent) if mark is None else mark
    if mark is None or len(numbers) < 2 or numbers[0].start < clause[mark].start:
        return []
    between = tuple(piece for piece in clause[mark:] if piece.start < numbers[0].start)
    said = (*clause[:mark], *between)
    head = clause[:mark]
    if head and head[0].text in number_words("plain-basis"):
        head, between = (), said  # 比全国平均水平|分别|高6个、3个百分点
    left, basis = split_basis(between)
    verbs = peel_verbs(left)
    each = _above_each(between, numbers, topic, said, sentence)
    if each:
        return each
    before, shared = without_sum(head)
    listed = split_items(list_before(before))
    places = places_with_measure(listed)
    if len(places) == len(numbers):
        topic, listed = _measure_of(listed[-1], sentence), places
    if len(listed) != len(numbers):
        listed = split_at_commas(list_before(before))  # 社会保障和就业、教育、住房支出 are three
    if len(listed) != len(numbers):
        listed = split_at_commas(subject_before(head, has_verb=True))
    items = [item for item in (trim_front(item) for item in listed) if item]
    if len(items) != len(numbers) and not shared and any(is_set(piece) for piece in before):
        items = members_of(before, len(numbers)) or items  # 完工量、接单量、交货量三大指标
    if shared:
        listed = items if len(items) == len(numbers) else members_of(before, len(numbers))
        items = [(*item, *shared) for item in listed]
    elif len(numbers) == len("产销") and len(items) < len(numbers):
        items = pair_in_word(head) or items
    if not is_said and items and len(items) != len(numbers):
        return []
    growth = _growth_said(said)
    if growth and len(recent) >= len(numbers) and len({one.name for one in recent[-len(numbers) :]}) > 1:
        pairs = zip(numbers, recent[-len(numbers) :], strict=True)
        return [_grown(piece, its, growth, comparison_in(said)) for piece, its in pairs]
    if head and head[0].text in number_words("share-verb"):  # 占|出口|比重|分别|为13%、16%
        items, between = [], said
    if (
        not items
        and len(recent) >= len(numbers)
        and any(p.text in number_words("share-verb") for p in between)
    ):
        return _shares_of_all(clause, numbers, recent, between, sentence)
    if not items and is_said and len(named) == len(numbers):
        own = peel_verbs(head)
        measure = clean_name(last_item(subject_before(own.rest, has_verb=True)))
        names = [name if ends_measure(name) else name + measure for name in named]
        if is_bare(measure) or all(map(ends_measure, named)):
            items = [(replace(clause[mark], text=name, role="N", tag="n"),) for name in names]
            verbs = replace(verbs, change=verbs.change or own.change)
    if not items and len(recent) >= len(numbers):
        pairs = zip(numbers, recent[-len(numbers) :], strict=True)
        return [
            _spread(piece, its, said, _with_own_change(verbs, clause, piece), basis) for piece, its in pairs
        ]
    if len(items) != len(numbers):
        bare = items[0] if len(items) == 1 and is_said and len(named) == len(numbers) else ()
        if not bare or not is_bare(clean_name(bare)):
            return []
        items = [(replace(bare[0], text=who + bare[0].text), *bare[1:]) for who in named]
    if any(piece.text in number_words("share-verb") for piece in between):
        parts = zip(numbers, items, strict=True)
        return [_share(piece, item, items, topic, between, sentence) for piece, item in parts]
    driving = driving_in(between)
    if driving:
        slots = (Slot(piece, _quantity(piece), (), (), sentence) for piece in numbers)
        owned_slots = zip(slots, items, strict=True)
        return [slot.frame(clean_name(who) + driving, who, "respectively", 0.8) for slot, who in owned_slots]
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


def _shares_of_all(
    clause: Sequence[Piece],
    numbers: Sequence[Piece],
    recent: Sequence[Topic],
    between: tuple[Piece, ...],
    sentence: int,
) -> list[Frame]:
    """Read 分别占全国的12%和11% after as many measures: the share of each in the whole."""
    after = tuple(piece for piece in clause if piece.start >= numbers[-1].end)
    between = tuple(piece for piece in between if piece.text != "分别")
    frames = []
    for piece, its in zip(numbers, recent[-len(numbers) :], strict=True):
        frame = read_share(Slot(piece, _quantity(piece), between, after, sentence), its)
        if frame is None:
            return []
        frames.append(replace(frame, rule="respectively"))
    return frames


def _above_each(
    between: Sequence[Piece],
    numbers: Sequence[Piece],
    topic: Topic | None,
    said: tuple[Piece, ...],
    sentence: int,
) -> list[Frame]:
    """Read 增速分别比工业、制造业高4.8个和1.6个百分点: how far one thing lies above each of a list."""
    at = next((i for i, piece in enumerate(between) if piece.text in number_words("plain-basis")), None)
    if topic is None or at is None or topic.sentence != sentence or not topic.is_growth:
        return []
    others = [trim_front(item) for item in split_items([p for p in between[at + 1 :] if p.role in "NAB、C"])]
    above = next((p.text for p in reversed(between) if p.text in number_words("above")), "")
    if not above or len(others) != len(numbers) or not all(others):
        return []
    frames = []
    for piece, other in zip(numbers, others, strict=True):
        verbs = Predicate(f"{above[0]}于", "", has_reach=False, rest=())
        slot = Slot(piece, _quantity(piece), said, (), sentence)
        against = clean_name([p for p in other if p.text != above])
        frame = closing_frame(slot, verbs, against, (), topic, topic.name)
        frames.append(replace(frame, rule="respectively", topic=topic))
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
    if tells_made_and_sold(clause[:at]) and len(numbers) == len("产销"):
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


def _measure_of(item: Sequence[Piece], sentence: int) -> Topic:
    phrase = item[measure_start(item) :]
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
    is_whole = ends_measure(name) and any(piece.role != "V" for piece in item)  # 询价 measures nothing
    shared = "" if is_whole else behind or shared_measure(items)
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


def _partner(item: Sequence[Piece], left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the partner of a trade: what stands after 对, and before the verb (对美国和中亚|出口)."""
    at = next((i + 1 for i, piece in enumerate(item) if piece.text == "对"), 0)
    partner = tuple(item[at:])
    if len(partner) > 1 and partner[-1].text in number_words("trade"):
        partner = partner[:-1]
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
