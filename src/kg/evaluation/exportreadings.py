"""What an exported graph says of each article, by the terms of the ontology alone.

So any RDF that keeps to them can be measured, whatever made it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from kg.evaluation.golds import ARTICLE
from kg.evaluation.names import normalize_name
from kg.evaluation.readings import (
    FoundArticle,
    FoundEntity,
    FoundObservation,
    FoundRelation,
    Names,
    describe_number,
    unite,
)
from kg.iris import NAMESPACE
from kg.records import Span
from kg.schema import EntityKind, ObservationKind, RelationKind
from kg.store import GraphStore, open_store

_ARTICLES = """SELECT ?article ?title ?date ?file ?text { ?article a kg:Article
    OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:date ?date }
    OPTIONAL { ?article kg:sourceFile ?file } OPTIONAL { ?article kg:text ?text } }"""
_NAMES = "SELECT ?node ?name { ?node skos:prefLabel|skos:altLabel ?name }"
_MAIN_NAMES = "SELECT ?node ?name { ?node skos:prefLabel ?name }"
_TYPES = "SELECT ?node ?type { ?node a ?type }"
_CREDITS = "SELECT ?article ?agent { ?article a kg:Article ; %s ?agent }"
_MENTIONED = """SELECT ?article ?entity (MIN(?begin) AS ?first) { ?article a kg:Article ; kg:mentions ?entity
    OPTIONAL { ?mention kg:refersTo ?entity ; kg:inArticle ?article ; kg:begin ?begin } }
    GROUP BY ?article ?entity"""
_STATEMENTS = """SELECT ?statement ?article ?subject ?predicate ?object ?rule ?text ?begin ?end {
    ?statement a kg:Statement ; kg:inArticle ?article ; rdf:subject ?subject ; rdf:predicate ?predicate ;
        rdf:object ?object
    OPTIONAL { ?statement kg:rule ?rule }
    OPTIONAL { ?statement prov:wasDerivedFrom ?sentence .
        ?sentence kg:text ?text ; kg:begin ?begin ; kg:end ?end } }
    ORDER BY ?article ?begin ?statement"""
_OBSERVATIONS = """SELECT ?article ?indicator ?value ?unit ?time ?kind ?rule ?begin ?end {
    ?one a kg:Observation ; kg:inArticle ?article ; kg:indicator ?indicator ; kg:value ?value
    OPTIONAL { ?one kg:unit ?unit } OPTIONAL { ?one kg:time ?time }
    OPTIONAL { ?one kg:observationKind ?kind } OPTIONAL { ?one kg:rule ?rule }
    OPTIONAL { ?one kg:begin ?begin ; kg:end ?end } }
    ORDER BY ?article ?begin ?one"""


def read_export(path: Path) -> tuple[FoundArticle, ...]:
    """Return what the graph in a folder or RDF file says of each of its articles, by their IRIs.

    Raises:
        KgError: There is no graph to read.
    """
    return _Reader(open_store(path)).articles()


class _Reader:
    def __init__(self, store: GraphStore) -> None:
        self._store = store
        names: defaultdict[str, set[str]] = defaultdict(set)
        for node, name in self._rows(_NAMES):
            names[node].add(normalize_name(name))
        self._names: Mapping[str, Names] = {node: frozenset(found) for node, found in names.items()}
        self._labels = {row[0]: row[1] for row in self._rows(_MAIN_NAMES)}
        self._kinds: dict[str, EntityKind] = {}
        for node, kind in self._rows(_TYPES):
            if kind.removeprefix(NAMESPACE) in set(EntityKind):
                self._kinds[node] = EntityKind(kind.removeprefix(NAMESPACE))

    def articles(self) -> tuple[FoundArticle, ...]:
        """Return the articles, sorted by IRI."""
        rows = sorted(self._rows(_ARTICLES))
        self._texts = {iri: text for iri, _, _, _, text in rows}
        entities = self._entities()
        relations, cited = self._relations()
        numbers = self._observations()
        authors, publishers = self._credits("dcterms:creator"), self._credits("dcterms:publisher")
        return tuple(
            FoundArticle(
                title=normalize_name(title),
                file=file.rsplit("/", 1)[-1],
                date=date,
                authors=frozenset(authors[iri]),
                publisher=next(iter(sorted(publishers[iri])), ""),
                text=text,
                entities=tuple(entities[iri]),
                relations=unite(relations[iri]),
                observations=tuple(numbers[iri]),
                n_cited=len(cited[iri]),
                n_verbatim=sum(cited[iri]),
            )
            for iri, title, date, file, text in rows
        )

    def _rows(self, question: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of an answer as texts; what a row lacks is an empty text."""
        for row in self._store.query(question):
            yield tuple("" if value is None else str(value) for value in row)

    def _credits(self, term: str) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for article, agent in self._rows(_CREDITS % term):
            if agent in self._labels:
                found[article].add(normalize_name(self._labels[agent]))
        return found

    def _entities(self) -> defaultdict[str, list[FoundEntity]]:
        found: defaultdict[str, list[FoundEntity]] = defaultdict(list)
        for article, node, first in sorted(self._rows(_MENTIONED)):
            span = Span(int(first), int(first) + len(self._labels.get(node, ""))) if first else None
            kind = self._kinds.get(node)
            if kind is not None:
                found[article].append(FoundEntity(self._of(node), kind, self._label(node), span))
        return found

    def _relations(self) -> tuple[defaultdict[str, list[FoundRelation]], defaultdict[str, list[bool]]]:
        found: defaultdict[str, list[FoundRelation]] = defaultdict(list)
        cited: defaultdict[str, list[bool]] = defaultdict(list)
        kinds = {NAMESPACE + kind: kind for kind in RelationKind}
        for _, article, subject, predicate, target, rule, text, begin, end in self._rows(_STATEMENTS):
            if article not in self._texts or predicate not in kinds:
                continue
            kind = kinds[predicate]
            span = Span(int(begin), int(end)) if begin and end else None
            cited[article].append(span is not None and span.of(self._texts[article]) == text)
            label = f"{self._label(subject)} {kind} {self._label(target)}"
            found[article].append(FoundRelation(self._of(subject), kind, self._of(target), label, rule, span))
        return found, cited

    def _observations(self) -> defaultdict[str, list[FoundObservation]]:
        found: defaultdict[str, list[FoundObservation]] = defaultdict(list)
        kinds = {NAMESPACE + kind: kind for kind in ObservationKind}
        for article, node, value, unit, time, kind_iri, rule, begin, end in self._rows(_OBSERVATIONS):
            kind = kinds.get(kind_iri, ObservationKind.ACTUAL)
            number = Decimal(value)
            found[article].append(
                FoundObservation(
                    indicator=self._of(node),
                    value=number,
                    unit=normalize_name(unit),
                    time=time or None,
                    kind=kind,
                    label=describe_number(self._label(node), number, unit, time or None, kind),
                    rule=rule,
                    span=Span(int(begin), int(end)) if begin and end else None,
                )
            )
        return found

    def _of(self, node: str) -> Names:
        return frozenset({ARTICLE}) if node in self._texts else self._names.get(node, frozenset())

    def _label(self, node: str) -> str:
        return ARTICLE if node in self._texts else self._labels.get(node, node)
