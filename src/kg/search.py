"""Search among names as people type them: Chinese, pinyin in any abbreviation, aliases.

All names stand in one string, so that the scan runs in C: a hundred thousand names take milliseconds,
and there is no index to keep in step.
"""

import heapq
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from kg.graph import KnowledgeGraph

_LONGEST = 60  # characters; nobody searches by more, and nobody should be able to
_LETTERS_RE = re.compile(r"[a-z0-9']+")
_CHUNK_RE = re.compile(r"[a-z0-9]+|[^\W\d_]")
_SPACES_RE = re.compile(r"\s+")
# Every hit of a better class comes before every hit of a worse one; an alias counts a little less.
_EXACT, _BEGINS, _SPELLS, _INSIDE, _ABBREVIATES, _SPELLS_INSIDE, _ALIAS = 100, 80, 70, 60, 50, 30, 5


@dataclass(frozen=True, slots=True)
class Listing:
    """A thing under its name, its aliases and how often it is spoken of."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    n_mentions: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing that fits a search; ``alias`` is the other name that fits, if it is not the name."""

    listing: Listing
    alias: str
    score: int


class NameIndex:
    """Names that can be searched.

    Example:
        >>> index = NameIndex([Listing("entity/a", "新质生产力", "Concept", ("新生产力",)),
        ...                    Listing("entity/b", "人工智能", "Technology", ("AI",))])
        >>> [hit.listing.name for hit in index.search("xzscl")]
        ['新质生产力']
        >>> index.search("ai")[0].alias
        'AI'
        >>> index.search("智能")[0].listing.id
        'entity/b'
    """

    def __init__(self, listings: Iterable[Listing]) -> None:
        self.listings = tuple(sorted(listings, key=lambda one: (-one.n_mentions, one.name, one.id)))
        self._forms: list[tuple[int, str]] = []  # number of the listing, alias or "" for its name
        folded: list[str] = []
        spelled: list[str] = []
        for number, listing in enumerate(self.listings):
            for form in (listing.name, *listing.aliases):
                self._forms.append((number, "" if form is listing.name else form))
                folded.append(_fold(form))
                spelled.append("".join(f" {syllable}" for syllable in spell(form)))
        self._folded = _Lines(folded)
        self._spelled = _Lines(spelled)
        self._by_name: dict[str, Listing] = {}
        for listing in reversed(self.listings):  # the more important one wins
            self._by_name.update(dict.fromkeys(listing.aliases, listing))
        for listing in reversed(self.listings):  # and a name wins over an alias
            self._by_name |= {listing.name: listing, listing.id: listing}

    def __len__(self) -> int:
        return len(self.listings)

    def find(self, name: str) -> Listing | None:
        """Return the listing with exactly this name, alias or id."""
        return self._by_name.get(name)

    def search(self, text: str, *, limit: int = 10, kinds: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return what fits *text*, best first, among equals the most mentioned; *kinds* narrow it down."""
        query = _fold(text[:_LONGEST])
        if not query:
            return ()
        best: dict[int, tuple[int, str]] = {}
        for score, lines in self._classes(query):
            if sum(found >= score for found, _ in best.values()) >= limit:
                break
            n_named = 0
            for line in lines:
                number, alias = self._forms[line]
                value = score - _ALIAS if alias else score
                if number in best and best[number][0] >= value:
                    continue
                if kinds and self.listings[number].kind not in kinds:
                    continue
                best[number] = value, alias
                n_named += not alias
                if n_named >= limit:
                    break  # whatever else is of this class is spoken of less
        first = heapq.nsmallest(limit, best.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(Hit(self.listings[number], alias, score) for number, (score, alias) in first)

    def _classes(self, query: str) -> Iterator[tuple[int, Iterator[int]]]:
        """Yield each way to fit, the best first, and the numbers of the forms that do, in their order."""
        letters = query.replace("'", "") if _LETTERS_RE.fullmatch(query) else ""
        spelling = _spelling(letters)
        yield _EXACT, self._folded.find(re.escape(f"\n{query}\n"))
        yield _BEGINS, self._folded.find(re.escape(f"\n{query}"))
        if letters:
            yield _SPELLS, self._spelled.find(f"\n{spelling}[a-z0-9]*\n")
        yield _INSIDE, self._folded.find(re.escape(query))
        if letters:
            yield _ABBREVIATES, self._spelled.find(f"\n{spelling}")
        if len(letters) > 1:  # a single one is inside most
            yield _SPELLS_INSIDE, self._spelled.find(spelling)


class _Lines:
    """Texts in one string, a line each, and where each begins."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n" + "".join(f"{line}\n" for line in lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def find(self, pattern: str) -> Iterator[int]:
        """Yield the number of each line that the pattern is in."""
        search = re.compile(pattern).search
        position = 0
        while match := search(self._text, position):
            start = match.start() + match.group().startswith("\n")
            line = bisect_right(self._starts, start) - 1
            yield line
            position = self._starts[line + 1] - 1


def index_entities(graph: KnowledgeGraph) -> NameIndex:
    """Return the entities of a graph, ready to be searched.

    Example:
        >>> from types import MappingProxyType
        >>> len(index_entities(KnowledgeGraph((), MappingProxyType({}), (), (), ())))
        0
    """
    return NameIndex(
        Listing(entity.id, entity.name, entity.kind.value, entity.aliases, len(entity.mentions))
        for entity in graph.entities
    )


def spell(name: str) -> list[str]:
    """Return the syllables of a name as they are typed, its letters and figures as they are.

    pypinyin's own function looks at phrases too, at a fiftieth of the speed.

    Example:
        >>> spell("重庆5G银行")
        ['chong', 'qing', '5g', 'yin', 'hang']
    """
    syllables: list[str] = []
    text = _fold(name)
    position = 0
    while position < len(text):
        phrase = _phrase_at(text, position)
        if phrase:
            syllables += _exceptions()[phrase]
            position += len(phrase)
            continue
        chunk = _CHUNK_RE.match(text, position)
        if chunk:
            syllables.append(_syllable(chunk.group()))
        position = chunk.end() if chunk else position + 1
    return syllables


def _fold(text: str) -> str:
    """Return *text* without what typing may leave out: width, case, spaces."""
    return _SPACES_RE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _spelling(letters: str) -> str:
    """Return the pattern of syllables that the letters spell, each by at least its first letter."""
    return " " + "(?:[a-z0-9]* )?".join(letters)


def _phrase_at(text: str, position: int) -> str:
    for length in _exception_lengths().get(text[position], ()):
        phrase = text[position : position + length]
        if phrase in _exceptions():
            return phrase
    return ""


@cache
def _syllable(char: str) -> str:
    readings = PINYIN_DICT.get(ord(char), char) if len(char) == 1 else char
    return _bare(readings.split(",", 1)[0])


def _bare(syllable: str) -> str:
    """Return a syllable without its tone; ü is typed as v."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def _exceptions() -> dict[str, tuple[str, ...]]:
    """Return the phrases in which some character is not read as on its own (银行 yin hang)."""
    found = {}
    for phrase, readings in PHRASES_DICT.items():
        syllables = tuple(_bare(one[0]) for one in readings)
        if len(syllables) == len(phrase) and any(map(_differs, syllables, phrase)):
            found[phrase] = syllables
    return found


def _differs(syllable: str, char: str) -> bool:
    return syllable != _syllable(char)


@cache
def _exception_lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the exceptions are that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for phrase in _exceptions():
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}
