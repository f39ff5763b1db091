"""A sentence as pieces: quantities, times, and the words between them with their roles."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kg.lexicon import Lexicon, Term
from kg.numerals import Quantity, TimeExpression, find_quantities
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.records import Record, Span, Word, replace
from kg.roles import find_roles
from kg.words import split_words

_NUMERIC_RE = re.compile(
    r"\d|[百千万亿]|分之|一半|过半|半数|成[以，。、的]|[一二两三四五六七八九]成|番|[二两三四五六七八九十][一二两三四五六七八九十]"
    r"|[一二两三四五六七八九](?:人|名[^，。；、]{1,6})[死伤失受遇丧重轻获]"  # of whom something befell
)
_TITLE_RE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_BRACKET_RE = re.compile(r"[（(][^（()）]*[)）]")
_AGED = "(?:人口|人群|老|儿童|青|妇女|劳动|居民)"  # classes told apart by their age
_NAMED_NUMBER_RE = re.compile(  # 500强 is a noun; sizes that are no measure belong to one
    r"(?:\d+|[百千])强(?![度化大势制调力国县市])|\d[\d.]*(?:英寸|毫米|厘米|微米|纳米|[mcn]m)|[2-6][DGdg](?![A-Za-z\d])"
    r"|\d[\d.]*[百千万]*(?:吨|公斤|瓦|千伏)级"  # 13吨级|直升机
    r"|(?<![\d.])\d{1,2}[省市县](?![\d级长道])"  # 广东9市, 前3大伙伴: no count
    r"|前(?:\d{1,2}|[二三四五六七八九]?十|百)大"
    r"|(?<![\d.])\d{1,3}(?:[-—~～至]\d{1,3})?周?岁(?:及?以[上下])?(?=" + _AGED + ")"
)
_OF_AGE_RE = re.compile(r"(?:及?以[上下])?" + _AGED)  # 60岁以上|人口: a class
_FATE_WITHIN = 9  # characters
_MINIMUM_SPELLED = 10  # smaller counts in Chinese digits are prose (三个方面)
_MADE_SIZES = frozenset({"英寸", "毫米", "mm", "厘米", "cm", "微米", "μm", "纳米", "nm"})
_AFTER_SIZES = frozenset(
    "，。；、）)的以左长宽高厚深之至到和-—–~～至 提升增下降缩扩减拉涨"
)  # 10英寸平板 is a kind, 长10毫米 a measure
_BRACKETED_CHANGE_RE = re.compile(r"[（(]\+$")
_BULLETS = frozenset("·●■◆▲★※○◇□")  # open a line of a list and say nothing
_CLASS_MARKS = frozenset("级型")  # 49公斤级, 500千伏级: a class, no measure
_PLACE_ENDS = tuple("省市县")
_NO_NOUNS = frozenset("年月日天周季每各一")  # measure words that tell a rate or a time before a number
_FIRST_YEAR = 1900
_LEVEL_TO_CHANGE = 4  # times a level is at least as large as how far it has moved
_CHANGE_LENGTH = 2  # characters of 下降, 上涨 and of the shortest measure before them
Found = tuple[int, int, Term]
Cutter = Callable[[int, int], Sequence[Word]]
_SPELLED_MEASURES = frozenset({"points", "multiple", "doubling"})


class Piece(Record, frozen=True):
    """A word, number or time of a sentence; offsets count from the sentence's start.

    ``role`` is the letter of ``kg.roles.find_roles``; ``Q`` with a ``quantity`` is a number that
    may measure something, ``T`` with a ``time`` a time expression.
    """

    text: str
    role: str
    tag: str
    start: int
    end: int
    quantity: Quantity | None = None
    time: TimeExpression | None = None


def measure_end(word: str) -> bool:
    """Tell whether *word* ends in a measure noun that is not all of it.

    Example:
        >>> measure_end("发货量"), measure_end("落地生根")
        (True, False)
    """
    return any(word[-length:] in number_words("measure") for length in range(1, len(word)))


def has_numbers(text: str) -> bool:
    """Tell cheaply whether *text* may hold a quantity.

    Example:
        >>> has_numbers("一是加快发展新质生产力"), has_numbers("增长5%"), has_numbers("近一半企业")
        (False, True, True)
    """
    return _NUMERIC_RE.search(text) is not None


def find_numbers(text: str) -> list[Quantity]:
    """Return the quantities of a sentence that may measure something, in order."""
    parts = tuple(part for one in find_quantities(text) for part in _rise_and_level(one, text))
    found = _with_shared_unit(_for_so_much(parts, text), text)
    measures = [quantity for quantity in found if _may_measure(quantity, text)]
    rates = {one for pair in pairwise(measures) if _tells_rate(*pair, text) for one in pair}
    return [quantity for quantity in measures if quantity not in rates]


def _rise_and_level(quantity: Quantity, text: str) -> tuple[Quantity, ...]:
    """Take a change and where it ends apart, which look like a range: 增加|675吨|至|3350吨."""
    said = text[quantity.start : quantity.end]
    at = max(said.find(word) for word in number_words("arrival"))
    upper = quantity.upper
    is_far = upper is not None and upper >= _LEVEL_TO_CHANGE * quantity.value > 0
    if upper is None or at < 0 or not is_far or not said[:at].endswith(quantity.unit):
        return (quantity,)
    before = text[: quantity.outer_start]
    if not any(
        before.endswith(text_) for text_, verb in load_measure_verbs().items() if verb.role in ("up", "down")
    ):
        return (quantity,)
    middle = quantity.start + at
    rise = replace(quantity, end=middle, outer_end=middle, upper=None)
    level = replace(quantity, start=middle + 1, outer_start=middle + 1, value=upper, upper=None)
    return rise, level


def _for_so_much(found: Sequence[Quantity], text: str) -> Sequence[Quantity]:
    """Let what a price is for be its unit: 每|50公斤|131元 is 131 元/50公斤."""
    priced: list[Quantity] = []
    for quantity in found:
        before = priced[-1] if priced else None
        is_each = before is not None and text[: before.start].endswith("每") and before.end == quantity.start
        if before is not None and is_each and quantity.dimension == "money":
            priced.pop()
            unit = f"{quantity.unit}/{text[before.start : before.end]}"
            quantity = replace(quantity, unit=unit, dimension="rate", outer_start=before.start - 1)
        priced.append(quantity)
    return priced


def _with_shared_unit(found: Sequence[Quantity], text: str) -> Sequence[Quantity]:
    """Give numbers the unit that stands but once, after the last of them: 5.3和4.1个百分点."""
    shared: list[Quantity] = []
    is_list = False  # 、 joins where a later mark is 和: 1.8、1.4和0.5
    is_dealt = "分别" in text  # or where each has its own: 分别为78、21、35微克
    for quantity in reversed(found):
        after = shared[-1] if shared else None
        between = text[quantity.end : after.start] if after else ""
        is_joined = between in number_words("joint-number")
        is_joined = is_joined or (between == "、" and (is_list or (is_dealt and not quantity.unit)))
        is_cut = quantity.unit in number_words("scale") or quantity.unit == "个"  # 4.8个和1.6个百分点
        is_scaled = is_cut and after and after.unit.startswith(quantity.unit)
        is_scale = quantity.unit in number_words("scale") and between == "、"  # 3000亿、5000亿美元
        is_joined = is_joined or bool(is_scale and after and after.unit.startswith(quantity.unit))
        is_list = is_joined and bool(not quantity.unit or is_scaled)  # 3万和2.2万公顷
        if after and is_list and after.unit != "年":
            quantity = replace(quantity, unit=after.unit, dimension=after.dimension)
        shared.append(quantity)
    return _with_shared_rate(shared[::-1], text)


def _with_shared_rate(found: list[Quantity], text: str) -> list[Quantity]:
    """Let prices that a mark joins all be for what is said before the first: 每平方米92元、86元和75元."""
    shared = found[:1]
    for quantity in found[1:]:
        first = shared[-1]
        between = text[first.end : quantity.start]
        is_joined = between == "、" or between in number_words("joint-number")
        if is_joined and quantity.dimension == "money" and first.unit.partition("/")[0] == quantity.unit:
            quantity = replace(quantity, unit=first.unit, dimension=first.dimension)
        shared.append(quantity)
    return shared


def _tells_rate(one: Quantity, other: Quantity, text: str) -> bool:
    """Tell whether two numbers say what a currency is worth: 1日元约合0.08元人民币."""
    if one.value != 1 or one.dimension != "money" or other.dimension != "money":
        return False
    return text[one.end : other.outer_start] in number_words("exchange")


def find_marks(
    text: str, numbers: Sequence[Quantity], times: Sequence[TimeExpression], terms: Sequence[Found]
) -> list[Quantity | TimeExpression]:
    """Return the numbers and times of a sentence in order.

    Those inside titles and inside *terms* of the lexicon belong to these; a number that overlaps a
    time belongs to it.
    """
    closed = [match.span() for match in _TITLE_RE.finditer(text)]
    closed.extend((start, end) for start, end, _ in terms)
    open_times = [time for time in times if not _is_inside(time, closed)]
    free = [
        number for number in numbers if not _is_inside(number, closed) and not _is_timed(number, open_times)
    ]
    return sorted([*open_times, *free], key=lambda mark: mark.start)


def _is_timed(number: Quantity, times: Sequence[TimeExpression]) -> bool:
    return any(time.start < number.end and number.start < time.end for time in times)


def cutter(text: str, lexicon: Lexicon, words: Sequence[Word] = (), offset: int = 0) -> Cutter:
    """Return what cuts a stretch of the sentence *text* into words.

    *words* are those of the whole sentence, where known; their spans count from *offset* before it.
    A stretch whose ends fall between them is made of them; others are cut afresh.
    """
    local = [Word(w.text, w.tag, Span(w.span.start - offset, w.span.end - offset)) for w in words]
    first = {word.span.start: place for place, word in enumerate(local)}
    after = {word.span.end: place + 1 for place, word in enumerate(local)}

    def cut(start: int, end: int) -> Sequence[Word]:
        if start in first and end in after:
            return local[first[start] : after[end]]
        return split_words(text[start:end], offset=start, lexicon=lexicon) if start < end else ()

    return cut


def split_pieces(text: str, marks: Sequence[Quantity | TimeExpression], cut: Cutter) -> tuple[Piece, ...]:
    """Return the pieces of one sentence in order; bracketed asides without numbers are left out.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> text = "去年产量达到300多万吨"
        >>> marks = find_marks(text, find_numbers(text), (), ())
        >>> pieces = split_pieces(text, marks, cutter(text, load_lexicon()))
        >>> [(piece.text, piece.role) for piece in pieces]
        [('去年', 'T'), ('产量', 'N'), ('达到', 'V'), ('300多万吨', 'Q')]
    """
    words = [part for word in _words_between(text, marks, cut) for part in _without_change(word)]
    words = _join_comparisons(words)
    roles = find_roles(words)
    at = {mark.start: mark for mark in marks}
    numbers = {mark.outer_start for mark in marks if isinstance(mark, Quantity)}
    pieces = [
        _to_piece(word, role, at.get(word.span.start), is_measured=word.span.end in numbers)
        for word, role in zip(words, roles, strict=True)
    ]
    asides = _asides(text, marks)
    kept = [
        p
        for p in pieces
        if p.text not in _BULLETS and not any(start <= p.start < end for start, end in asides)
    ]
    return tuple([_as_noun(kept, at) for at in range(len(kept))])


def _as_noun(pieces: Sequence[Piece], at: int) -> Piece:
    """Return a measure word between a noun and a number as the noun that it is there: 铝合金|锭|6万吨."""
    piece = pieces[at]
    if piece.role != "Q" or piece.quantity or not at or pieces[at - 1].role != "N":
        return piece
    is_made = piece.text in number_words("yearly-output")  # 新能源汽车|年产|近120万辆
    is_noun = is_made or (len(piece.text) == 1 and piece.text not in _NO_NOUNS)
    after = next((one for one in pieces[at + 1 :] if one.role != "D"), None)
    return replace(piece, role="N") if is_noun and after is not None and after.quantity else piece


def _words_between(text: str, marks: Sequence[Quantity | TimeExpression], cut_words: Cutter) -> list[Word]:
    """Return the words of *text*, each number and time one word, loosening words on their own."""
    words: list[Word] = []
    position = 0
    for mark in (*marks, None):
        limit = mark.start if mark is not None else len(text)
        for named in _NAMED_NUMBER_RE.finditer(text, position, limit):
            words.extend(cut_words(position, named.start()))
            words.append(Word(named.group(), "n", Span(*named.span())))
            position = named.end()
        if mark is None:
            break
        cuts = [mark.start]
        if isinstance(mark, Quantity) and position < mark.outer_start < mark.start:
            cuts.insert(0, mark.outer_start)  # 已|超|10亿: 已超 is no word
        elif position < mark.start and _is_basis_before(text, mark.start):
            cuts.insert(0, mark.start - 1)  # 产量|比|2020年: 产量比 is no word
        for cut in cuts:
            words.extend(cut_words(position, cut))
            position = cut
        tag = "m" if isinstance(mark, Quantity) else "t"
        words.append(Word(text[mark.start : mark.end], tag, Span(mark.start, mark.end)))
        position = mark.end
    words.extend(cut_words(position, len(text)))
    return words


def _join_comparisons(words: list[Word]) -> list[Word]:
    """Join what a change is compared with where it was cut in two: 月|比|增长."""
    joined: list[Word] = []
    for place, word in enumerate(words):
        before = joined[-1] if joined else None
        if before and before.text == "比" and word.text == "重要" and _ends_statement(words, place):
            middle = before.span.end + 1  # 比重|要|达到, not 比|重要
            joined[-1] = Word("比重", "n", Span(before.span.start, middle))
            joined.append(Word("要", "vm", Span(middle, word.span.end)))
            continue
        if before and before.text == "占" and word.text == "比较":
            middle = word.span.start + 1  # 占比|较|全省, not 占|比较
            joined[-1] = Word("占比", "n", Span(before.span.start, middle))
            joined.append(Word("较", "d", Span(middle, word.span.end)))
            continue
        if before and before.text == "上" and word.text in number_words("weekly-change"):
            middle = word.span.start + 1  # 上周|跌, not 上|周跌
            joined[-1] = Word("上周", "t", Span(before.span.start, middle))
            joined.append(Word(word.text[1:], "v", Span(middle, word.span.end)))
            continue
        if before and before.text == "上" and word.text in number_words("past-period"):
            joined[-1] = Word(before.text + word.text, "t", Span(before.span.start, word.span.end))
            continue  # 比|上|周
        if before and _is_one_word(before, word):
            tag = "v" if word.text == "于" or word.text in number_words("arrival") else "n"
            joined[-1] = Word(before.text + word.text, tag, Span(before.span.start, word.span.end))
            continue
        if before and before.tag != "t" and before.text + word.text in number_words("comparison-name"):
            joined[-1] = Word(before.text + word.text, "n", Span(before.span.start, word.span.end))
        else:
            joined.append(word)
    return joined


def _is_one_word(first: Word, second: Word) -> bool:
    """Tell whether a word was cut in two: verb and what it ends at (发展|到), 总|投入, A|股."""
    known = load_measure_verbs()
    if first.tag == "eng":
        return second.text == "股" and len(first.text) == 1
    if second.text == "口":
        return first.text.endswith("人")  # 老年人|口
    if first.text == "再":
        return second.text in number_words("done-again")  # 再|就业
    if first.text == "不":
        return second.text.endswith(word_ends("negated-rate"))  # 不|良品率
    if first.text == "总":
        return len(second.text) > 1 and second.text in known and known[second.text].role == "flow"
    if first.text + second.text in number_words("mutual"):
        return True  # 之|比
    if second.text == "于":
        return first.text in known and first.text + second.text in known  # 快|于
    ends = second.text in number_words("arrival") and first.text not in known
    return ends and first.text + second.text in known


def _ends_statement(words: Sequence[Word], place: int) -> bool:
    """Tell whether a verb that states a number follows the word at *place*."""
    return place + 1 < len(words) and words[place + 1].text in load_measure_verbs()


def _is_basis_before(text: str, start: int) -> bool:
    """Tell whether a word of comparison ends at *start*, which is no part of a longer one (相比)."""
    if text[start - 1] not in number_words("plain-basis"):
        return False
    return text[max(0, start - 2) : start] not in number_words("time-basis")


def _without_change(word: Word) -> tuple[Word, ...]:
    """Cut a verb of change off the measure that the dictionary joins it to (价格下降)."""
    cut = len(word.text) - _CHANGE_LENGTH
    if cut < _CHANGE_LENGTH or word.tag[:1] not in ("n", "v", "l"):
        return (word,)
    verb = load_measure_verbs().get(word.text[cut:])
    if verb is None or verb.role not in ("up", "down"):
        return (word,)
    rest = word.text[:cut]
    if rest not in number_words("filler") and rest[-_CHANGE_LENGTH:] not in number_words("measure"):
        return (word,)
    middle = word.span.start + cut
    first = Word(word.text[:cut], "n", Span(word.span.start, middle))
    return first, Word(word.text[cut:], "v", Span(middle, word.span.end))


def split_clauses(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield runs of pieces between commas, semicolons, colons and stops."""
    clause: list[Piece] = []
    for piece in pieces:
        if piece.role != ",":
            clause.append(piece)
        elif clause:
            yield tuple(clause)
            clause = []
    if clause:
        yield tuple(clause)


def _to_piece(
    word: Word, role: str, mark: Quantity | TimeExpression | None, *, is_measured: bool = False
) -> Piece:
    start, end = word.span.start, word.span.end
    if mark is None:
        if role == "Q" and word.text in number_words("currency"):
            role = "N"  # 人民币对美元升值
        elif role == "T" and word.text in number_words("measure"):
            role = "N"  # 审理|周期
        elif role == "N" and word.tag == "l" and word.text[0] == "每" and len(word.text) > 1:
            role = "R"  # 每吨
        elif role == "D" and word.tag in ("l", "i") and measure_end(word.text):
            role = "N"  # 发货量
        elif role == "D" and is_measured and word.text in number_words("measure"):
            role = "N"  # 高度|315米, not 高度|重视
        return Piece(word.text, role, word.tag, start, end)
    if isinstance(mark, Quantity):
        return Piece(word.text, "Q", word.tag, start, end, quantity=mark)
    return Piece(word.text, "T", word.tag, start, end, time=mark)


def _is_inside(mark: Quantity | TimeExpression, spans: Sequence[tuple[int, int]]) -> bool:
    length = mark.end - mark.start
    return any(start <= mark.start and mark.end <= end and end - start > length for start, end in spans)


def _may_measure(quantity: Quantity, text: str) -> bool:
    """Leave out what is prose or a kind rather than a measure: 一个, 千家, 2010年, 10英寸平板, 49公斤级."""
    after = text[quantity.end : quantity.end + 1]
    if len(quantity.unit) > 1 and quantity.unit[-1] in _CLASS_MARKS:
        return False  # 13吨级直升机
    if _BRACKETED_CHANGE_RE.search(text, 0, quantity.start):
        return False  # 不变(+0.6%)
    if after and (after in _CLASS_MARKS or (quantity.unit in _MADE_SIZES and after not in _AFTER_SIZES)):
        return False
    if quantity.dimension in ("grade", "index") and not _is_graded(quantity, text):
        return False
    if quantity.dimension == "age" and _OF_AGE_RE.match(text, quantity.end):
        return False
    before = text[max(0, quantity.start - 1) : quantity.start]
    if not quantity.unit and (after in _PLACE_ENDS or before + after == "前大"):  # 前3大贸易伙伴
        return False
    if after == "”" and quantity.dimension == "count" and "“" in text[quantity.start - 2 : quantity.start]:
        return False  # “新30条”: a name
    if quantity.is_spelled and text[: quantity.end].endswith("个点"):  # 设一个点: a place
        return False
    if quantity.unit == "年" and quantity.value >= _FIRST_YEAR and not quantity.is_approximate:
        return False
    if quantity.is_bare_scale:
        if text[max(0, quantity.start - 3) : quantity.start].startswith("成"):
            return False
        if not quantity.is_approximate:
            return False
    if quantity.dimension == "duration" and text[: quantity.start].endswith(word_ends("term")):
        return True  # 有效期三年
    if quantity.dimension == "people" and _befell(text[quantity.end : quantity.end + _FATE_WITHIN]):
        return True  # 两人死亡
    if quantity.is_spelled and quantity.dimension not in _SPELLED_MEASURES:
        return quantity.unit[:1] in ("万", "亿") or quantity.value >= _MINIMUM_SPELLED
    return True


def _befell(after: str) -> bool:
    """Tell whether what follows a number of people says what befell them, before anything else is said."""
    clause = re.split("[，。；、]", after, maxsplit=1)[0]
    return clause.endswith(word_ends("fate")) and not any(sign.isdigit() for sign in clause)


def _is_graded(quantity: Quantity, text: str) -> bool:
    """Tell the grade of a quake or wind and the points of an index from a class (3级医院) and an hour."""
    if quantity.dimension == "index":
        return _is_of_index(quantity, text)
    if text.startswith(word_ends("graded"), quantity.outer_end):
        return True
    return any(word in text[: quantity.start] for word in word_ends("grade-measure"))


def _is_of_index(quantity: Quantity, text: str) -> bool:
    """Tell a number without unit that gives an index (PMI为52.3) from a code (商品编号：847730)."""
    return any(word in text[: quantity.start] for word in word_ends("index"))


def _asides(text: str, marks: Sequence[Quantity | TimeExpression]) -> list[tuple[int, int]]:
    """Return the bracketed asides of *text* that hold no number."""
    asides = [match.span() for match in _BRACKET_RE.finditer(text)]
    numbers = [
        mark
        for mark in marks
        if isinstance(mark, Quantity) and (mark.unit or _is_of_index(mark, text))
        if mark.unit or not text[mark.end : mark.end + 1].isalpha()  # (沿海25港口)
    ]
    return [(s, e) for s, e in asides if not any(s <= q.start < e or q.start <= s < q.end for q in numbers)]
