"""Which stretches of a sentence may name a thing, and what speaks for and against it.

Rules find names by their construction; where a name begins and ends is learnt besides. A stretch is judged
by features: what stands before and in its first word, in and after its last, what lies between, and how it
lies to the names that the rules have found. The same functions make them for learning and for judging.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.clauses import Parse
from kg.judging.models import Features, total
from kg.judging.surroundings import END, NONE, START, cluster_of
from kg.records import Mention, Record, Span, Word
from kg.rules import load_word_set

# No name of several words holds one; 特朗普及其团队 are two.
_MARKS = frozenset(("及其", *"，；：。！？（）“”‘’《》〈〉「」『』,;:()—…!?"))
_OPENING, _CLOSING = frozenset("“‘《「『"), frozenset("”’》」』%+）")  # and letters and digits
_MOST_WORDS = 9
_LONGEST = 22  # characters
_SHORTEST = 2
_MOST_TAGS = 5  # words of a stretch of which the tags are taken together
_MOST_TIMES = 4  # in the article; more say no more
_REACH = 1 << 13  # characters before and after that are searched, so that long articles take no longer
_LONG = 14  # characters; longer is as long
_OF = "的"
_OUR = "我国"  # whose a thing is, and no part of its name
_REMEMBERED = 1 << 13  # looks whose weight is kept
_SINGLE = ("word", "cluster", "next", "company")  # features of an end, of one thing each
_PAIRED = ("tags", "next tag", "clusters")  # and of two


class Stretch(Record, frozen=True):
    """Words of one sentence that may name a thing, from ``first`` to ``last``, both included.

    ``is_named`` tells that the rules have found just these words; ``weight`` is what the features of
    its ends weigh, where somebody weighs them.
    """

    parse: Parse
    first: int
    last: int
    text: str
    span: Span
    is_named: bool
    weight: int = 0


class _EndWeights:
    """The weights of the ends of stretches on one side, by what :func:`_end` tells of them.

    They are looked up by their parts, so that no feature need be put together for it.
    """

    def __init__(self) -> None:
        self._single = tuple([dict[str, int]() for _ in _SINGLE])
        self._paired = tuple([dict[tuple[str, str], int]() for _ in _PAIRED])

    def take(self, name: str, told: str, weight: int) -> None:
        """Take the weight of the feature ``name:told``."""
        if name in _SINGLE:
            self._single[_SINGLE.index(name)][told] = weight
        elif name in _PAIRED:
            one, _, other = told.rpartition("|")
            self._paired[_PAIRED.index(name)][one, other] = weight

    def of(self, text: str, cluster: str, tag: str, beside: str, company: str, tag_beside: str) -> int:
        """Return what a word weighs with the one beside it that is not in the stretch."""
        words, clusters, neighbours, companies = self._single
        tags, tags_beside, pairs = self._paired
        return (
            words.get(text, 0)
            + clusters.get(cluster, 0)
            + neighbours.get(beside, 0)
            + companies.get(company, 0)
            + tags.get((tag_beside, tag), 0)
            + tags_beside.get((beside, tag), 0)
            + pairs.get((company, cluster), 0)
        )


class SpanWeigher:
    """Weighs stretches by *weights*, in hundredths; looks that many have in common are weighed once."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights = weights
        self._ends = {side: _EndWeights() for side in (START, END)}
        for feature, weight in weights.items():
            if feature[0] in self._ends:
                name, _, told = feature[1:].partition(":")
                self._ends[feature[0]].take(name, told, weight)
        self._of_shape = lru_cache(maxsize=_REMEMBERED)(lambda *told: total(weights, _of_shape(*told)))

    def end(self, words: Sequence[Word], clusters: Sequence[str], index: int, neighbour: int) -> int:
        """Return what the word at *index* weighs as an end with the one at *neighbour* outside."""
        side, *told = _told_of_end(words, clusters, index, neighbour)
        return self._ends[side].of(*told)

    def shape(self, stretch: Stretch, mentions: Sequence[Mention]) -> int:
        """Return what its looks weigh, and how it lies to *mentions*, those of its sentence by the rules."""
        return self._of_shape(*_told_of_shape(stretch, mentions))

    def inner(self, stretch: Stretch, article: str) -> int:
        """Return what its text weighs; *article* is the text of its article."""
        return total(self.weights, _inner(stretch, article))


def find_stretches(
    parse: Parse, mentions: Sequence[Mention], weigher: SpanWeigher | None = None, least: int = 0
) -> Iterator[Stretch]:
    """Yield the stretches of a sentence that may name a thing.

    *mentions* are what the rules have found in it. Where a *weigher* is given, stretches whose ends weigh
    less than *least* are passed over, unless the rules name just them.
    """
    words, named = parse.words, {mention.span for mention in mentions}
    clusters = [cluster_of(word.text) for word in words]
    begun, ended = [0] * len(words), [0] * len(words)
    pointing = load_word_set("determiners")  # 此次|展会
    can_open = [_opens(word) and word.text not in pointing for word in words]
    joining = load_word_set("joining_prepositions")
    joins = [parse.roles[i] == "P" and word.text in joining for i, word in enumerate(words)]  # 甲部|联合|乙部
    can_close = [word.text[-1].isalnum() or word.text[-1] in _CLOSING for word in words]
    if weigher is not None:
        for index in range(len(words)):
            if can_open[index]:
                begun[index] = weigher.end(words, clusters, index, index - 1)
            if can_close[index]:
                ended[index] = weigher.end(words, clusters, index, index + 1)
    offset, most = parse.sentence.span.start, max(ended, default=0)
    named_from = {span.start for span in named}
    for first, word in enumerate(words):
        start = word.span.start
        is_wanted = weigher is None or start in named_from
        if not can_open[first] or not (is_wanted or begun[first] + most >= least):
            continue
        for last in range(first, min(first + _MOST_WORDS, len(words))):
            end = words[last].span.end
            if words[last].text in _MARKS or joins[last] or end - start > _LONGEST:
                break
            weight = begun[first] + ended[last]
            if end - start < _SHORTEST or not can_close[last] or not (is_wanted or weight >= least):
                continue
            span = Span(start, end)
            is_named = span in named
            if is_named or weigher is None or weight >= least:
                text = parse.sentence.text[start - offset : end - offset]
                if any(map(str.isalnum, text)):  # “《” names nothing
                    yield Stretch(parse, first, last, text, span, is_named, weight)


def _opens(word: Word) -> bool:
    return (word.text[0].isalnum() or word.text[0] in _OPENING) and word.text != _OUR


def all_features(stretch: Stretch, mentions: Sequence[Mention], article: str) -> Features:
    """Return the features of a stretch.

    *mentions* are those of its sentence by the rules, *article* is the text of its article.
    """
    words = stretch.parse.words
    clusters = [cluster_of(word.text) for word in words]
    return (
        *_end(words, clusters, stretch.first, stretch.first - 1),
        *_end(words, clusters, stretch.last, stretch.last + 1),
        *_of_shape(*_told_of_shape(stretch, mentions)),
        *_inner(stretch, article),
    )


def _told_of_shape(stretch: Stretch, mentions: Sequence[Mention]) -> tuple[int, int, str, str, str]:
    words = stretch.parse.words[stretch.first : stretch.last + 1]
    tags = "|".join([word.tag[:1] for word in words]) if len(words) <= _MOST_TAGS else ""
    return (len(words), min(len(stretch.text), _LONG), tags, *_place_among(stretch.span, mentions))


def _of_shape(n_words: int, length: int, tags: str, place: str, kind: str) -> Features:
    return (
        f"words:{n_words}",
        f"length:{length}",
        f"place:{place}",
        f"place:{place}|{kind}",
        *((f"tags:{tags}|{place}",) if tags else ()),
    )


def _inner(stretch: Stretch, article: str) -> Features:
    text, n_words = stretch.text, stretch.last - stretch.first + 1
    start, end = max(0, stretch.span.start - _REACH), stretch.span.end + _REACH
    found = [
        f"times:{min(article.count(text, start, end), _MOST_TIMES)}",
        f"name:{text}",
        f"end2:{text[-2:]}",
        f"end3:{text[-3:]}",
        f"start:{text[:2]}",
    ]
    for word in stretch.parse.words[stretch.first + 1 : stretch.last]:
        found += (f"in:{word.text}", f"tag in:{word.tag}")
        if word.text == _OF:
            found.append(f"of:{n_words}")
    return tuple(dict.fromkeys(found))


def _place_among(span: Span, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Return how a stretch lies to the names of its sentence, and the kind of the one that it lies to."""
    start, end, place, last = span.start, span.end, "free", None
    for mention in mentions:
        other = mention.span
        if other.start >= end or other.end <= start:
            continue
        last = mention
        if other == span:
            place = "same"
            break
        if other.contains(span):
            place = "begins" if start == other.start else "ends" if end == other.end else "inside"
        elif span.contains(other):
            place = "on" if start == other.start else "before" if end == other.end else "around"
        else:
            place = "crosses"
    return place, last.kind.value if last is not None else NONE


def _end(words: Sequence[Word], clusters: Sequence[str], index: int, neighbour: int) -> Features:
    """Return what the word at *index* tells as an end of a stretch that the one at *neighbour* is not in."""
    side, text, cluster, tag, beside, company, tag_beside = _told_of_end(words, clusters, index, neighbour)
    return (
        f"{side}word:{text}",
        f"{side}cluster:{cluster}",
        f"{side}next:{beside}",
        f"{side}company:{company}",
        f"{side}tags:{tag_beside}|{tag}",
        f"{side}next tag:{beside}|{tag}",
        f"{side}clusters:{company}|{cluster}",
    )


def _told_of_end(
    words: Sequence[Word], clusters: Sequence[str], index: int, neighbour: int
) -> tuple[str, str, str, str, str, str, str]:
    """Return the side, text, cluster and tag of an end, and text, cluster and tag of the word beside it."""
    word, side = words[index], START if neighbour < index else END
    if not 0 <= neighbour < len(words):
        return side, word.text, clusters[index], word.tag, side, NONE, side
    beside = words[neighbour]
    return side, word.text, clusters[index], word.tag, beside.text, clusters[neighbour], beside.tag
