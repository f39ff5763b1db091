"""The company that a name keeps in its article tells of its kind: what it is listed with and ends like."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.judging.surroundings import Surroundings
from kg.rules import load_word_set
from kg.schema import EntityKind

_PAUSE = "、"
_END = 2  # characters of an end


class Company:
    """The names of one article, asked for what the others tell of the kind of one of them.

    *kinds* are what the rules take the names for, *around* the mentions of each with their surroundings.

    Example:
        >>> kinds = {"特种钢材": EntityKind.SECTOR, "优质钢材": EntityKind.CONCEPT}
        >>> list(Company(kinds, {}).features("特种钢材"))
        ['same end:Concept']
    """

    def __init__(self, kinds: Mapping[str, EntityKind], around: Mapping[str, Sequence[Surroundings]]) -> None:
        self._kinds = kinds
        self._of_end: dict[str, Counter[EntityKind]] = defaultdict(Counter)
        for name, kind in kinds.items():
            self._of_end[name[-_END:]][kind] += 1
        self._listed = _find_listed(each for found in around.values() for each in found)

    def features(self, name: str) -> Iterator[str]:
        """Yield what the other names of the article tell of the kind of *name*, some of it more than once."""
        for other in self._listed.get(name, ()):
            yield f"with:{self._kinds[other].value}"
            yield f"with end:{other[-_END:]}"
        own = self._kinds[name]
        for kind, n in self._of_end[name[-_END:]].items():
            if n > (kind is own):
                yield f"same end:{kind.value}"


def _find_listed(around: Iterable[Surroundings]) -> dict[str, dict[str, None]]:
    """Return for each name those that a pause or a word such as 和 joins to it."""
    begins: dict[tuple[int, int], list[str]] = defaultdict(list)
    ends: list[tuple[int, int, str]] = []
    links = load_word_set("linking_words")
    for each in around:
        sentence = each.mention.sentence_index
        begins[sentence, each.first].append(each.mention.name)
        if each.after == _PAUSE or each.after in links:
            ends.append((sentence, each.last + 2, each.mention.name))
    listed: dict[str, dict[str, None]] = defaultdict(dict)
    for sentence, place, name in ends:
        for other in begins.get((sentence, place), ()):
            if other != name:
                listed[name][other] = None
                listed[other][name] = None
    return dict(listed)
