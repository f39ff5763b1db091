"""What speaks for and against a name being a thing worth an entity, and of which kind.

Features are short texts, such as ``suf:产业`` or ``vb:发展``; the same functions make them for learning and
for judging.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.judging.company import Company
from kg.judging.surroundings import NONE, Surroundings, cluster_of
from kg.lexicon import Lexicon
from kg.records import ArticleFacts, Record
from kg.rules import kind_of_name
from kg.schema import EntityKind

_LONGEST_END = 4  # characters at the end and at the beginning of a name that count
_LONGEST_START = 3
_MOST = 4  # mentions; more say no more
_LONG = 12  # characters


class NameFeatures(Record, frozen=True):
    """A name of an article, the kind that the rules give it, and its features.

    ``is_known`` tells that the lexicon holds it, ``is_measured`` that a number of the article measures it.
    ``features`` speak for and against its being a thing, ``kind_features`` for the kinds it may have.
    """

    name: str
    kind: EntityKind
    is_known: bool
    is_measured: bool
    features: tuple[str, ...]
    kind_features: tuple[str, ...]


def find_name_features(
    facts: ArticleFacts,
    kinds: Mapping[str, EntityKind],
    around: Mapping[str, Sequence[Surroundings]],
    lexicon: Lexicon,
    *,
    open_only: bool = False,
) -> Iterator[NameFeatures]:
    """Yield the names of one article with their features.

    *kinds* are what the rules take the names for, *around* the mentions of each with their surroundings.
    Where *open_only*, those that a number settles come without features, those that the lexicon settles
    without those of kinds.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for claim in facts.claims:
        if claim.subject is not None:
            said[claim.subject.name].add(f"S:{claim.kind.value}")
        said[claim.object.name].add(f"O:{claim.kind.value}")
    company = Company(kinds, around)
    measured = {number.indicator.name for number in facts.measurements}
    for name, guess in kinds.items():
        kind, is_known, is_measured = guess.value, lexicon.lookup(name) is not None, name in measured
        if open_only and is_measured:
            yield NameFeatures(name, guess, is_known, is_measured, (), ())
            continue
        found = {
            *_features_of_text(name),
            *_features_of_places(name, around.get(name, ())),
            *said.get(name, ()),
            f"E:{kind}",
            f"Eend:{kind}|{name[-2:]}",
            f"Elexicon:{kind}|{is_known}",
            f"measured:{is_measured}",
        }
        features = tuple(found)
        if open_only and is_known:
            yield NameFeatures(name, guess, is_known, is_measured, features, ())
            continue
        more = (*_features_of_words(name, around.get(name, ()), lexicon), *company.features(name))
        of_kind = (*features, *dict.fromkeys(more))
        yield NameFeatures(name, guess, is_known, is_measured, features, of_kind)


def _features_of_text(name: str) -> Iterator[str]:
    if len(name) <= _LONG:  # a longer one is hardly met again
        yield f"name:{name}"
    yield f"length:{min(len(name), _LONG)}"
    for length in range(1, _LONGEST_END + 1):
        yield f"end:{name[-length:]}"
    for length in range(1, _LONGEST_START + 1):
        yield f"start:{name[:length]}"
    for place in range(len(name)):
        yield f"in:{name[place]}"
        yield f"in:{name[place : place + 2]}"


def _features_of_places(name: str, around: Sequence[Surroundings]) -> Iterator[str]:
    yield f"count:{min(len(around), _MOST)}"
    yield f"worth:{max((each.worth for each in around if each.worth is not None), default=None)}"
    kinds = Counter(each.kind for each in around)
    for kind in kinds:
        yield f"K:{kind}"
        yield f"Kend:{kind}|{name[-2:]}"
    for each in around:
        yield f"c:{each.cluster}"
        yield f"vb:{each.verb_before}"
        yield f"va:{each.verb_after}"
        yield f"before:{each.before}"
        yield f"after:{each.after}"
        yield f"both:{each.before}|{each.after}"
        yield f"role:{each.role}"
        yield f"source:{each.mention.source}"


def _features_of_words(name: str, around: Sequence[Surroundings], lexicon: Lexicon) -> Iterator[str]:
    """Yield what the words of *name* tell of its kind, and the known terms that it begins and ends with."""
    ends = (lexicon.lookup(name[start:]) for start in range(1, len(name) - 1))
    starts = (lexicon.lookup(name[:end]) for end in range(len(name) - 1, 1, -1))
    last = next((term.kind.value for term in ends if term is not None), NONE)
    first = next((term.kind.value for term in starts if term is not None), NONE)
    by_head = kind_of_name(name)
    head = by_head.value if by_head is not None else NONE
    yield f"term at end:{last}"
    yield f"term at start:{first}"
    yield f"head:{head}"
    yield f"term at start|end:{first}|{name[-2:]}"
    yield f"terms|head:{first}|{last}|{head}"
    if not around:
        return
    words = around[0].words
    clusters = [cluster_of(word.text) for word in words]
    yield f"first word:{words[0].text}"
    yield f"last word:{words[-1].text}"
    yield f"first cluster:{clusters[0]}"
    yield f"last cluster:{clusters[-1]}"
    for word, cluster in zip(words, clusters, strict=True):
        yield f"word:{word.text}"
        yield f"cluster:{cluster}"
    if len(words) > 1:
        yield f"last words:{words[-2].text}|{words[-1].text}"
        yield f"last cluster|word:{clusters[-2]}|{words[-1].text}"
        yield f"clusters:{clusters[0]}|{clusters[-1]}"
