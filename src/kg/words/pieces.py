"""What is kept whole in a sentence (titles, quotations, names, terms), and the words between."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType

from kg.lexicon import Lexicon, Term
from kg.patterns import TERM_TAGS, find_marked
from kg.rules import load_word_set
from kg.schema import EntityKind
from kg.words.dictionaries import dictionary_tag, jieba_tag
from kg.words.runs import Piece, cut_text

_REMEMBERED = 1 << 12  # terms
_SHORT_TERM = 2
_LONG_NAME = 4  # characters of the name of a body, place or person that no word cuts by chance
_BREAKING_TAGS = frozenset(("w", "m", "t", "eng"))  # of what the cutter never joins to its neighbours


def split_pieces(text: str, lexicon: Lexicon, known: Mapping[str, str] = MappingProxyType({})) -> list[Piece]:
    """Return the tagged words of *text*; joined, they are *text* again. *known* are names with their tags.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> split_pieces("“甲、乙”发展", load_lexicon())
        [('“', 'w'), ('甲', 'nq'), ('、', 'w'), ('乙', 'nq'), ('”', 'w'), ('发展', 'vn')]
    """
    pieces: list[Piece] = []
    position = 0
    for start, end, tag in find_marked(text, known):
        if position < start:
            pieces += _split_plain(text[position:start], lexicon)
        if tag == "list":
            pieces += _split_quoted(text[start:end], lexicon)
        else:
            pieces.append((text[start:end], tag))
        position = end
    if position < len(text):
        pieces += _split_plain(text[position:], lexicon)
    return pieces


def _split_quoted(quoted: str, lexicon: Lexicon) -> Iterator[Piece]:
    """“甲、乙”: the marks and, between them, each item as one quoted name."""
    if lexicon.lookup(quoted[1:-1]) is not None:
        yield quoted, "nq"
        return
    mark = quoted[0]
    for item in quoted[1:-1].split("、"):
        yield mark, "w"
        yield item, "nq"
        mark = "、"
    yield quoted[-1], "w"


def _split_plain(text: str, lexicon: Lexicon) -> list[Piece]:
    """Return the terms of *text* and the words between them."""
    found = lexicon.find(text)
    cut = _Cut(text)
    if not found:
        return cut.pieces
    pieces: list[Piece] = []
    position = 0
    for start, end, term in found:
        if _is_long_name(term, end - start) or cut.allows(
            start, end, is_body=term.kind is EntityKind.ORGANIZATION
        ):
            pieces += cut.between(position, start)
            pieces.append((text[start:end], _term_tag(text[start:end], term)))
            position = end
    return pieces + cut.between(position, len(text))


def _is_long_name(term: Term, length: int) -> bool:
    """Tell whether what the cutter says counts less than the name: 国家发展改革委|会同 is no 革委会."""
    return length >= _LONG_NAME and term.kind in TERM_TAGS


def _term_tag(surface: str, term: Term) -> str:
    """An idiom that is also a term (因地制宜) still acts as an idiom in its clause."""
    return TERM_TAGS.get(term.kind) or ("i" if _is_idiom(surface) else "nz")


@lru_cache(maxsize=_REMEMBERED)
def _is_idiom(surface: str) -> bool:
    return jieba_tag(surface) == "i"


class _Cut:
    """A text cut into words as if it held no term; tells which terms fit in, and what stays of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = cut_text(text)
        self.edges = list(accumulate([len(surface) for surface, _ in self.pieces], initial=0))

    def allows(self, start: int, end: int, *, is_body: bool = False) -> bool:
        """Tell whether a term may stand here.

        A short term counts only where it stands as words of its own; a longer one may cut words, but
        must not leave one character of a known word over (农业增效|益, 大|规模应用); 将 after a body is none.
        """
        edges = self.edges
        before, after = bisect_left(edges, start), bisect_left(edges, end)
        fits_before, fits_after = edges[before] == start, edges[after] == end
        if fits_before and fits_after:
            return True
        if end - start <= _SHORT_TERM:
            return False
        if not fits_after and self.text[end] in load_word_set("name_ends") and is_body:
            return True  # 工信部|将
        if not fits_after and edges[after] == end + 1:
            return dictionary_tag(self.pieces[after - 1][0]) is None
        if not fits_before and edges[before - 1] == start - 1:
            return dictionary_tag(self.pieces[before - 1][0]) is None
        return True

    def between(self, start: int, end: int) -> list[Piece]:
        """Return the words from *start* to *end*: those of the whole cut where it has edges there."""
        if start == end:
            return []
        first, last = bisect_left(self.edges, start), bisect_left(self.edges, end)
        is_cut = self.edges[first] == start and self.edges[last] == end
        if is_cut and self._is_firm(first) and self._is_firm(last):
            return self.pieces[first:last]
        return cut_text(self.text[start:end])

    def _is_firm(self, index: int) -> bool:
        """Tell whether the words on both sides would be the same if the other side were not there.

        The hidden Markov model joins single characters and words no dictionary knows, so one side
        must be something else.
        """
        if index in (0, len(self.pieces)):
            return True
        for surface, tag in self.pieces[index - 1 : index + 1]:
            if tag in _BREAKING_TAGS or (len(surface) > 1 and dictionary_tag(surface) is not None):
                return True
        return False
