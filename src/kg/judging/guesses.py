"""Of which kind a name is by the rules alone: by the lexicon, its mentions, and what sentences do with it."""

from collections import Counter, defaultdict

from kg.entities import mentions_of, most_said
from kg.lexicon import Lexicon
from kg.records import ArticleFacts
from kg.rules import kind_of_name
from kg.schema import EntityKind, RelationKind

_KIND_OF_OBJECT = {
    RelationKind.ADDRESSES: EntityKind.ISSUE,
    RelationKind.FACES: EntityKind.ISSUE,
    RelationKind.OPPOSES: EntityKind.ISSUE,
}
_KIND_OF_SUBJECT = {
    RelationKind.HINDERS: EntityKind.ISSUE,
    RelationKind.IMPLEMENTS: EntityKind.ORGANIZATION,
}
_SAME_KIND = frozenset((RelationKind.INCLUDES, RelationKind.INTEGRATES_WITH))


def guess_kinds(facts: ArticleFacts, lexicon: Lexicon) -> dict[str, EntityKind]:
    """Return the kind of each name of an article, names in the order of their first mention.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.extraction import read_article
        >>> from kg.records import Article
        >>> lexicon = load_lexicon()
        >>> facts = read_article(Article("a", "", "要破解堵点卡点。"), lexicon=lexicon).stated
        >>> guess_kinds(facts, lexicon)
        {'堵点卡点': <EntityKind.ISSUE: 'Issue'>}
    """
    said: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for mention in mentions_of(facts):
        said[mention.name][mention.kind] += 1
    uses = _uses(facts)
    return {name: _guess(name, kinds, uses[name], lexicon) for name, kinds in said.items()}


def _guess(name: str, kinds: Counter[EntityKind], uses: Counter[EntityKind], lexicon: Lexicon) -> EntityKind:
    """Return what the lexicon or most mentions say; where the name itself says nothing, what sentences do."""
    term = lexicon.lookup(name)
    if term is not None:
        return term.kind
    if kind_of_name(name) is None:  # then Concept is but the want of a kind
        said = kinds.copy()
        del said[EntityKind.CONCEPT]
        kinds = said or uses or kinds
    return most_said(kinds)


def _uses(facts: ArticleFacts) -> dict[str, Counter[EntityKind]]:
    """Count what the sentences do with each name: what is solved is an Issue, who founds an Organization."""
    uses: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for claim in facts.claims:
        if claim.kind in _KIND_OF_OBJECT:
            uses[claim.object.name][_KIND_OF_OBJECT[claim.kind]] += 1
        if claim.subject is not None and claim.kind in _KIND_OF_SUBJECT:
            uses[claim.subject.name][_KIND_OF_SUBJECT[claim.kind]] += 1
        if claim.subject is not None and claim.kind in _SAME_KIND:
            uses[claim.object.name][claim.subject.kind] += 1
    return uses
