"""When a found fact is a gold fact: the measures, one method each."""

from collections.abc import Sequence

from kg.evaluation.golds import ARTICLE, GoldArticle, GoldEntity, GoldObservation, GoldRelation
from kg.evaluation.names import is_close, normalize_name, share_a_name
from kg.evaluation.readings import FoundArticle, FoundEntity, FoundObservation, FoundRelation, Names
from kg.evaluation.scores import Score
from kg.schema import RelationKind

_R = RelationKind

# What is meant alike: the relaxed measure takes a relation for right within its family.
_FAMILIES = (
    {_R.PROMOTES, _R.SUPPORTS, _R.GENERATES, _R.APPLIES_TO},
    {_R.INCLUDES, _R.IS_A, _R.CHARACTERIZED_BY},
    {_R.REQUIRES, _R.AIMS_AT},
    {_R.FACES, _R.HINDERS},
    {_R.ADDRESSES, _R.OPPOSES},
    {_R.IMPLEMENTS, _R.ADVOCATES, _R.PARTICIPATES_IN},
    {_R.INTEGRATES_WITH},
)
_FAMILY = {kind: index for index, kinds in enumerate(_FAMILIES) for kind in kinds}
_EXACT = 1e-6  # two notations of one number differ by less


class Matcher:
    """Compares found facts with those of one gold article.

    Example:
        >>> from kg.evaluation.golds import parse_gold
        >>> from kg.schema import EntityKind
        >>> line = '{"id": "1", "entities": [{"name": "中国", "type": "Place", "aliases": ["我国"]}]}'
        >>> gold = parse_gold(line)
        >>> found = FoundEntity(frozenset({"我国"}), EntityKind.CONCEPT, "我国")
        >>> match = Matcher(gold)
        >>> match.entity(found, gold.entities[0]), match.typed_entity(found, gold.entities[0])
        (True, False)
    """

    def __init__(self, gold: GoldArticle) -> None:
        self._names: dict[str, Names] = {
            normalize_name(entity.name): frozenset(map(normalize_name, (entity.name, *entity.aliases)))
            for entity in gold.entities
        }

    def entity(self, found: FoundEntity, gold: GoldEntity) -> bool:
        """Tell whether the names match."""
        return share_a_name(found.names, self._of(gold.name))

    def typed_entity(self, found: FoundEntity, gold: GoldEntity) -> bool:
        """Tell whether names and kind match."""
        return found.kind is gold.kind and self.entity(found, gold)

    def ends(self, found: FoundRelation, gold: GoldRelation) -> bool:
        """Tell whether subject and object match; either way round where one side is symmetric."""
        subject, target = self._of(gold.subject), self._of(gold.object)
        if share_a_name(found.subject, subject) and share_a_name(found.object, target):
            return True
        if _R.INTEGRATES_WITH not in (found.kind, gold.kind):
            return False
        return share_a_name(found.object, subject) and share_a_name(found.subject, target)

    def relation(self, found: FoundRelation, gold: GoldRelation) -> bool:
        """Tell whether ends and kind match."""
        return found.kind is gold.kind and self.ends(found, gold)

    def relation_family(self, found: FoundRelation, gold: GoldRelation) -> bool:
        """Tell whether the ends match and the kinds are of one family; ``relatedTo`` goes with all."""
        kinds = (found.kind, gold.kind)
        alike = _R.RELATED_TO in kinds or _FAMILY[found.kind] == _FAMILY[gold.kind]
        return alike and self.ends(found, gold)

    def value(self, found: FoundObservation, gold: GoldObservation) -> bool:
        """Tell whether the numbers are equal."""
        return abs(float(found.value) - float(gold.value)) < _EXACT

    def number(self, found: FoundObservation, gold: GoldObservation) -> bool:
        """Tell whether indicator, value and unit match; 公斤 agrees with 公斤/亩."""
        unit = normalize_name(gold.unit)
        same_unit = found.unit == unit or (
            bool(found.unit and unit) and (found.unit.startswith(unit) or unit.startswith(found.unit))
        )
        return same_unit and self.value(found, gold) and self._indicator(found, gold)

    def full_number(self, found: FoundObservation, gold: GoldObservation) -> bool:
        """Tell whether, besides, the kind matches and the time lies in the one that gold states."""
        if found.kind is not gold.kind or not self.number(found, gold):
            return False
        return not gold.time or (found.time or "").startswith(gold.time)

    def _indicator(self, found: FoundObservation, gold: GoldObservation) -> bool:
        own = normalize_name(gold.indicator)
        return share_a_name(found.indicator, {own} | self._of(gold.indicator))

    def _of(self, name: str) -> Names:
        if name == ARTICLE:
            return frozenset({ARTICLE})
        own = normalize_name(name)
        return self._names.get(own, frozenset({own}))


def pair_article(gold: GoldArticle, found: Sequence[FoundArticle]) -> FoundArticle | None:
    """Return the article that *gold* annotates: the one of its file and, among several, of its title."""
    title = normalize_name(gold.title or "")
    here = [article for article in found if gold.file and article.file == gold.file]
    if len(here) == 1:
        return here[0]
    titled = (one for one in here or found if title and one.title and is_close(one.title, title))
    return next(titled, None)


def compare_metadata(gold: GoldArticle, found: FoundArticle) -> Score:
    """Return how much of the title, authors, publisher and date that *gold* states is found.

    A publisher may be named more shortly or more fully, a date more exactly.
    """
    checks = []
    if gold.title:
        checks.append(bool(found.title) and is_close(found.title, normalize_name(gold.title)))
    if gold.authors:
        checks.append(set(map(normalize_name, gold.authors)) <= found.authors)
    if gold.publisher:
        name = normalize_name(gold.publisher)
        checks.append(bool(found.publisher) and (found.publisher in name or name in found.publisher))
    if gold.date:
        checks.append(found.date.startswith(gold.date))
    return Score(sum(checks), len(checks), sum(checks), len(checks))
