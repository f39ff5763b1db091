"""Terms that a text makes by itself: word rows that come again and again in changing company.

No lexicon holds every term. A row of nouns that repeats, that is more than a part of a longer row
(C-value), and whose neighbours change on either side (boundary entropy), is a term of its text:
冰雪经济|廊道.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from kg.clauses import Parse
from kg.mentions import NamedNouns
from kg.records import Mention, Span, Word, replace
from kg.rules import kind_of_name, load_verbs, load_word_set
from kg.schema import EntityKind

_LONGEST = 5  # words
_EDGE = ""  # the neighbour of a row at the edge of its sentence; every edge is another neighbour
_PARTS = frozenset(("n", "nz", "vn", "b", "j", "eng", "an"))
_HEADS = frozenset(("n", "nz", "vn", "j"))


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A row of words that behaves as one, with how often it stands and how sure that is."""

    name: str
    count: int
    c_value: float
    entropy: float


def find_terms(
    sentences: Iterable[Sequence[Word]], *, min_count: int = 2, min_entropy: float = 0.5
) -> tuple[FoundTerm, ...]:
    """Return the terms of a text, the surest first.

    Args:
        sentences: The tagged words of each sentence.
        min_count: How often a term must stand on its own.
        min_entropy: How much, in bits, its neighbours must change on either side.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> texts = ["发展冰雪经济廊道。", "建设冰雪经济廊道，", "冰雪经济廊道投产。"]
        >>> words = [split_words(text, offset=0, lexicon=load_lexicon()) for text in texts]
        >>> [term.name for term in find_terms(words)]
        ['冰雪经济廊道']
    """
    rows = _count_rows(tuple(sentences), min_count)
    frequent = {row: counts for row, counts in rows.items() if counts.total >= min_count}
    containers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, counts in frequent.items():
        for part in _parts_of(row):
            containers[part].append(counts.total)
    found = (_term(row, counts, containers.get(row, [])) for row, counts in frequent.items())
    kept = [term for term in found if term.c_value > 0 and term.entropy >= min_entropy]
    return tuple(sorted(kept, key=lambda term: (-term.c_value, term.name)))


def add_terms(read: Sequence[tuple[Parse, NamedNouns]]) -> tuple[tuple[Parse, NamedNouns], ...]:
    """Return the sentences of an article with the terms added that only repetition shows.

    A term that some sentence names already is named; one that begins with a verb (发展|新业态) is a
    verb and its object.
    """
    known = {mention.name for _, names in read for mention in names.mentions}
    terms = [
        term.name
        for term in find_terms((parse.words for parse, _ in read), min_entropy=0.9)
        if term.name not in known and kind_of_name(term.name) is not None
    ]
    return tuple((parse, _with_terms(parse, names, terms)) for parse, names in read) if terms else tuple(read)


def _with_terms(parse: Parse, names: NamedNouns, terms: Sequence[str]) -> NamedNouns:
    sentence = parse.sentence
    added = []
    for name in terms:
        start = sentence.text.find(name)
        if start >= 0:
            span = Span(sentence.span.start + start, sentence.span.start + start + len(name))
            kind = kind_of_name(name) or EntityKind.CONCEPT
            added.append(Mention(sentence.article_id, sentence.index, span, name, name, kind, "discovered"))
    if not added:
        return names
    ordered = sorted((*names.mentions, *added), key=lambda mention: (mention.span, mention.name))
    return replace(names, mentions=tuple(ordered))


class _Counts:
    """How often a row stands, and beside what."""

    __slots__ = ("left", "right", "total")

    def __init__(self) -> None:
        self.total = 0
        self.left: Counter[str] = Counter()
        self.right: Counter[str] = Counter()


def _count_rows(sentences: Sequence[Sequence[Word]], min_count: int) -> dict[tuple[str, ...], _Counts]:
    """Count the rows of words that each stand *min_count* times; no other row can stand so often."""
    counts_of_words = Counter(word.text for words in sentences for word in words)
    repeated = {text for text, count in counts_of_words.items() if count >= min_count}
    rows: dict[tuple[str, ...], _Counts] = defaultdict(_Counts)
    for words in sentences:
        for first in range(len(words)):
            if words[first].text not in repeated or not _may_begin(words[first]):
                continue
            for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
                if words[last - 1].tag not in _PARTS or words[last - 1].text not in repeated:
                    break
                if last - first > 1 and words[last - 1].tag in _HEADS:
                    counts = rows[tuple(word.text for word in words[first:last])]
                    counts.total += 1
                    counts.left[words[first - 1].text if first else _EDGE] += 1
                    counts.right[words[last].text if last < len(words) else _EDGE] += 1
    return rows


def _may_begin(word: Word) -> bool:
    """Tell whether a term may begin here: with a noun that is neither a verb nor generic (行业|发展)."""
    is_part = word.tag in _PARTS and len(word.text) > 1
    return is_part and word.text not in load_verbs() and word.text not in load_word_set("class_heads")


def _parts_of(row: tuple[str, ...]) -> set[tuple[str, ...]]:
    size = len(row)
    return {
        row[first:last] for first in range(size) for last in range(first + 2, size + 1) if last - first < size
    }


def _term(row: tuple[str, ...], counts: _Counts, containers: Sequence[int]) -> FoundTerm:
    """Weigh a row by C-value: its length, and how often it stands outside longer rows."""
    nested = sum(containers) / len(containers) if containers else 0.0
    c_value = log2(len(row)) * (counts.total - nested)
    return FoundTerm("".join(row), counts.total, c_value, min(_entropy(counts.left), _entropy(counts.right)))


def _entropy(neighbours: Counter[str]) -> float:
    """Return how many bits the neighbour tells; each edge of a sentence counts as another one."""
    total = neighbours.total()
    edges = neighbours[_EDGE]
    shares = [count / total for word, count in neighbours.items() if word != _EDGE]
    shares += [1 / total] * edges
    return -sum(share * log2(share) for share in shares)
