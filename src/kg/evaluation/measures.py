"""Compare what a graph says of articles with what people have marked in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from kg.evaluation.exportreadings import read_export
from kg.evaluation.golds import GoldArticle, GoldEntity, GoldObservation, GoldRelation, read_gold
from kg.evaluation.matchers import Matcher, compare_metadata, pair_article
from kg.evaluation.readings import (
    FoundArticle,
    FoundEntity,
    FoundObservation,
    FoundRelation,
    describe_number,
    read_graph,
)
from kg.evaluation.scores import Evaluation, Measure, Outcome, Score, Verdict
from kg.graph import KnowledgeGraph
from kg.records import Span

_Found = TypeVar("_Found", FoundEntity, FoundRelation, FoundObservation)
_Gold = TypeVar("_Gold", GoldEntity, GoldRelation, GoldObservation)
_ByKind = defaultdict[str, Score]


def evaluate(gold: Iterable[GoldArticle] | Path, graph: KnowledgeGraph | Path) -> Evaluation:
    """Compare a graph, in memory or exported, with gold articles.

    Args:
        gold: Gold articles, or the JSON lines file that holds them.
        graph: A graph, or the folder or RDF file that a build has written.

    Raises:
        KgError: The gold or the export cannot be read.

    Example:
        >>> from types import MappingProxyType
        >>> from kg.evaluation.golds import parse_gold
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> gold = parse_gold('{"id": "a1", "entities": [{"name": "算力", "type": "Technology"}]}')
        >>> result = evaluate([gold], empty)
        >>> result.scores[Measure.ENTITIES].recall, result.missing
        (0.0, ('a1',))
    """
    golds = read_gold(gold) if isinstance(gold, Path) else tuple(gold)
    found = read_graph(graph) if isinstance(graph, KnowledgeGraph) else read_export(graph)
    tally = _Tally()
    for article in golds:
        tally.add(article, pair_article(article, found))
    return tally.result()


class _Comparison(Generic[_Found, _Gold]):
    """Found facts and gold facts of one article, each with what became of it."""

    def __init__(
        self, found: Sequence[_Found], gold: Sequence[_Gold], matches: Callable[[_Found, _Gold], bool]
    ) -> None:
        self.gold: Sequence[_Gold] = gold
        self.given: list[tuple[_Found, bool]] = [
            (one, any(matches(one, fact) for fact in gold)) for one in found
        ]
        required: list[_Gold] = [fact for fact in gold if not fact.optional]
        self.wanted: list[tuple[_Gold, bool]] = [
            (fact, any(matches(one, fact) for one in found)) for fact in required
        ]

    @property
    def score(self) -> Score:
        """Return the counts."""
        right, found = (sum(hit for _, hit in facts) for facts in (self.given, self.wanted))
        return Score(right, len(self.given), found, len(self.wanted))


class _Tally:
    """Counts over articles."""

    def __init__(self) -> None:
        self._scores = dict.fromkeys(Measure, Score())
        self._by_entity_kind: _ByKind = defaultdict(Score)
        self._by_relation_kind: _ByKind = defaultdict(Score)
        self._by_rule: _ByKind = defaultdict(Score)
        self._metadata = self._evidence = Score()
        self._missing: list[str] = []
        self._outcomes: list[Outcome] = []
        self._titles: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def add(self, gold: GoldArticle, paired: FoundArticle | None) -> None:
        """Compare one gold article with what is found of it."""
        found = FoundArticle() if paired is None else paired
        if paired is None:
            self._missing.append(gold.id)
        self._titles[gold.id], self._texts[gold.id] = gold.title or gold.id, found.text
        self._metadata += compare_metadata(gold, found)
        self._evidence += Score(found.n_verbatim, found.n_cited, found.n_verbatim, found.n_cited)
        match = Matcher(gold)

        entities = self._compare(Measure.TYPED_ENTITIES, found.entities, gold.entities, match.typed_entity)
        self._compare(Measure.ENTITIES, found.entities, gold.entities, match.entity)
        _add_by_kind(entities, self._by_entity_kind)
        self._tell(gold.id, found.text, Measure.TYPED_ENTITIES, entities, match.entity)

        relations = self._compare(Measure.RELATIONS, found.relations, gold.relations, match.relation)
        self._compare(Measure.RELATION_FAMILIES, found.relations, gold.relations, match.relation_family)
        self._compare(Measure.PAIRS, found.relations, gold.relations, match.ends)
        _add_by_kind(relations, self._by_relation_kind)
        _add_by_rule(relations.given, self._by_rule)
        self._tell(gold.id, found.text, Measure.RELATIONS, relations, match.ends)

        numbers = self._compare(
            Measure.FULL_OBSERVATIONS, found.observations, gold.observations, match.full_number
        )
        self._compare(Measure.OBSERVATIONS, found.observations, gold.observations, match.number)
        _add_by_rule(numbers.given, self._by_rule)
        self._tell(gold.id, found.text, Measure.FULL_OBSERVATIONS, numbers, match.value)

    def result(self) -> Evaluation:
        """Return what has been counted; kinds and rules are sorted."""
        return Evaluation(
            scores=dict(self._scores),
            by_entity_kind=dict(sorted(self._by_entity_kind.items())),
            by_relation_kind=dict(sorted(self._by_relation_kind.items())),
            by_rule=dict(sorted(self._by_rule.items())),
            metadata=self._metadata,
            evidence=self._evidence,
            missing=tuple(self._missing),
            outcomes=tuple(self._outcomes),
            titles=self._titles,
            texts=self._texts,
        )

    def _compare(
        self,
        measure: Measure,
        found: Sequence[_Found],
        gold: Sequence[_Gold],
        matches: Callable[[_Found, _Gold], bool],
    ) -> _Comparison[_Found, _Gold]:
        comparison = _Comparison(found, gold, matches)
        self._scores[measure] += comparison.score
        return comparison

    def _tell(
        self,
        article_id: str,
        text: str,
        measure: Measure,
        comparison: _Comparison[_Found, _Gold],
        is_near: Callable[[_Found, _Gold], bool],
    ) -> None:
        """Record what became of each fact; *is_near* is a looser match, for a hint at what went wrong."""
        for one, is_right in comparison.given:
            near = "" if is_right else next(map(_label, _near_gold(one, comparison.gold, is_near)), "")
            verdict = Verdict.RIGHT if is_right else Verdict.WRONG
            rule = getattr(one, "rule", "")
            self._outcomes.append(
                Outcome(article_id, measure, verdict, one.kind, one.label, rule, one.span, near)
            )
        for fact, is_found in comparison.wanted:
            if not is_found:
                near = next((one.label for one, _ in comparison.given if is_near(one, fact)), "")
                span = _place(fact, text)
                self._outcomes.append(
                    Outcome(article_id, measure, Verdict.MISSED, fact.kind, _label(fact), "", span, near)
                )


def _add_by_kind(comparison: _Comparison[_Found, _Gold], by_kind: _ByKind) -> None:
    for one, is_right in comparison.given:
        by_kind[one.kind] += Score(right=is_right, given=1)
    for fact, is_found in comparison.wanted:
        by_kind[fact.kind] += Score(found=is_found, wanted=1)


def _add_by_rule(
    given: Iterable[tuple[FoundRelation, bool]] | Iterable[tuple[FoundObservation, bool]], by_rule: _ByKind
) -> None:
    for one, is_right in given:
        by_rule[one.rule] += Score(right=is_right, given=1)


def _near_gold(
    one: _Found, gold: Sequence[_Gold], is_near: Callable[[_Found, _Gold], bool]
) -> Iterator[_Gold]:
    return (fact for fact in gold if is_near(one, fact))


def _label(fact: GoldEntity | GoldRelation | GoldObservation) -> str:
    if isinstance(fact, GoldEntity):
        return fact.name
    if isinstance(fact, GoldRelation):
        return f"{fact.subject} {fact.kind} {fact.object}"
    return describe_number(fact.indicator, fact.value, fact.unit, fact.time, fact.kind)


def _place(fact: GoldEntity | GoldRelation | GoldObservation, text: str) -> Span | None:
    """Return where a gold fact stands in *text*: its evidence, or the first of its names."""
    quotes = (fact.name, *fact.aliases) if isinstance(fact, GoldEntity) else (fact.evidence,)
    for quote in quotes:
        start = text.find(quote) if quote else -1
        if start >= 0:
            return Span(start, start + len(quote))
    return None
