"""What the index and the prepared views tell of a graph: counts, rankings, tables; no markup here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.page.phrases import node_name
from kg.records import Entity, Observation, Relation, Statement
from kg.schema import EntityKind, RelationKind, SentenceKind, Strength


@dataclass(frozen=True, slots=True)
class Share:
    """A name with how often it occurs; ``key`` is an id or the name of a kind."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """An issue with those that face it and what addresses it."""

    entity: Entity
    n_mentions: int
    faced: tuple[Statement, ...]
    answers: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls for what, strongest first; levels hold statements of one strength."""

    id: str
    name: str
    count: int
    levels: tuple[tuple[str, tuple[Statement, ...]], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All numbers of an indicator in one unit at one place, by time, those without one last.

    ``points`` are for a plot 100 by 30.
    """

    entity: Entity
    unit: str
    numbers: tuple[Observation, ...]
    points: tuple[tuple[float, float], ...]

    @property
    def trend(self) -> int:
        """Return at how many times there is one value: of two at one time nobody knows which is meant."""
        values: dict[float, set[float]] = defaultdict(set)
        for at, value in self.points:
            values[at].add(value)
        return sum(1 if len(found) == 1 else -1 for found in values.values())

    @property
    def times(self) -> tuple[str, str]:
        """Return the first and the last time of the plot."""
        times = [number.time for number in self.numbers if number.time and _years(number.time) is not None]
        return times[0], times[-1]


def count_entity_kinds(graph: KnowledgeGraph) -> list[Share]:
    """Return the kinds of entities, the most frequent first."""
    return _shares(Counter(entity.kind.value for entity in graph.entities))


def count_relation_kinds(graph: KnowledgeGraph) -> list[Share]:
    """Return the kinds of relations, the most frequent first."""
    return _shares(Counter(edge.kind.value for edge in graph.edges))


def count_diagnostics(graph: KnowledgeGraph) -> list[Share]:
    """Return the kinds of doubts, the most frequent first."""
    return _shares(Counter(diagnostic.code.value for diagnostic in graph.diagnostics))


def _shares(counts: Counter[str]) -> list[Share]:
    return [Share(key, key, n) for key, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def most_mentioned(graph: KnowledgeGraph, limit: int) -> list[Share]:
    """Return the concepts, sectors and technologies mentioned most."""
    kinds = {EntityKind.CONCEPT, EntityKind.SECTOR, EntityKind.TECHNOLOGY, EntityKind.POLICY}
    found = [Share(e.id, e.name, len(e.mentions)) for e in graph.entities if e.kind in kinds]
    return sorted(found, key=lambda share: (-share.count, share.key))[:limit]


def most_called_for(graph: KnowledgeGraph, limit: int) -> list[Share]:
    """Return what is called for in the most statements."""
    counts: Counter[str] = Counter()
    for edge in graph.edges:
        if edge.kind is RelationKind.ADVOCATES:
            counts[edge.object_id] += sum(not statement.negated for statement in edge.statements)
    found = [Share(key, node_name(graph, key), n) for key, n in counts.items() if n]
    return sorted(found, key=lambda share: (-share.count, share.key))[:limit]


def coverage(graph: KnowledgeGraph) -> tuple[int, int]:
    """Return how many sentences of the body gave a relation or a number, and how many there are."""
    cited = {(e.article_id, e.sentence_index) for s in graph.statements() for e in s.evidence}
    cited |= {(number.article_id, number.sentence_index) for number in graph.numbers}
    body = [
        (sentence.article_id, sentence.index)
        for sentences in graph.sentences.values()
        for sentence in sentences
        if sentence.kind is SentenceKind.BODY
    ]
    return sum(key in cited for key in body), len(body)


def find_problems(graph: KnowledgeGraph) -> list[Problem]:
    """Return the issues, the most mentioned first, with who faces and what addresses each."""
    faced = {RelationKind.FACES, RelationKind.HINDERS}
    answers = {RelationKind.ADDRESSES, RelationKind.OPPOSES}
    to_issue: dict[str, list[Relation]] = defaultdict(list)
    for edge in graph.edges:
        if edge.kind in answers or edge.kind is RelationKind.FACES:
            to_issue[edge.object_id].append(edge)
        elif edge.kind is RelationKind.HINDERS:
            to_issue[edge.subject_id].append(edge)
    problems = [
        Problem(
            entity,
            len(entity.mentions),
            _first_statements(edge for edge in to_issue[entity.id] if edge.kind in faced),
            _first_statements(edge for edge in to_issue[entity.id] if edge.kind in answers),
        )
        for entity in graph.entities
        if entity.kind is EntityKind.ISSUE
    ]
    return sorted(problems, key=lambda p: (not p.answers, not p.faced, -p.n_mentions, p.entity.id))


def _first_statements(edges: Iterable[Relation]) -> tuple[Statement, ...]:
    return tuple(edge.statements[0] for edge in edges if not edge.is_negated)


def find_callers(graph: KnowledgeGraph) -> list[Caller]:
    """Return who calls for something, the most frequent first, each by strength and what is said most."""
    calls: dict[str, list[Statement]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda edge: -len(edge.statements)):
        if edge.kind is RelationKind.ADVOCATES and not edge.is_negated:
            calls[edge.subject_id].append(max(edge.statements, key=lambda s: s.confidence))
    callers = [
        Caller(speaker, node_name(graph, speaker), len(statements), _levels(statements))
        for speaker, statements in calls.items()
    ]
    return sorted(callers, key=lambda caller: (-caller.count, caller.id))


def _levels(statements: Sequence[Statement]) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    levels = [*Strength, None]
    found = ((level, tuple(s for s in statements if s.strength is level)) for level in levels)
    return tuple((level.value if level else "none", group) for level, group in found if group)


def find_series(graph: KnowledgeGraph) -> list[Series]:
    """Return the numbers of each indicator, unit and place by time, the longest trend first."""
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for number in graph.numbers:
        groups[number.indicator_id, number.normalized_unit or number.unit].append(number)
    series = []
    for (indicator, unit), group in groups.items():
        entity = graph.find_entity(indicator)
        if entity is None:
            continue
        for numbers in _split_by_place(group):
            ordered = tuple(
                sorted(numbers, key=lambda n: (not n.time, n.time or "", n.article_id, n.span, n.id))
            )
            series.append(Series(entity, unit, ordered, _plot(ordered)))
    return sorted(
        series,
        key=lambda s: (-s.trend, -len(s.numbers), s.entity.id, s.unit, s.numbers[0].place_id or ""),
    )


def _split_by_place(numbers: Sequence[Observation]) -> list[list[Observation]]:
    """Return the numbers of each place apart; where one place is named, those without one are of it too."""
    places: dict[str, list[Observation]] = defaultdict(list)
    for number in numbers:
        places[number.place_id or ""].append(number)
    return list(places.values()) if len(places.keys() - {""}) > 1 else [list(numbers)]


def _plot(numbers: Sequence[Observation]) -> tuple[tuple[float, float], ...]:
    """Return a curve where the numbers have two times or more, else nothing."""
    dated = [(_years(n.time), float(n.normalized_value or n.value)) for n in numbers if n.time]
    known = [(at, value) for at, value in dated if at is not None]
    times = sorted({at for at, _ in known})
    if len(times) < 2:
        return ()
    low, high = min(0.0, *(v for _, v in known)), max(v for _, v in known)
    width, height = times[-1] - times[0], (high - low) or 1.0
    return tuple(
        (round(3 + 94 * (at - times[0]) / width, 1), round(27 - 24 * (value - low) / height, 1))
        for at, value in known
    )


def _years(time: str) -> float | None:
    """Return an ISO time as years; a span counts by its end, anything else as unknown."""
    parts = time.rpartition("/")[2].split("-")
    if not all(part.isdecimal() for part in parts):
        return None
    year, month, day = (*map(int, parts), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365
