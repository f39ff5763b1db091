"""What a reader has put right, applied to every later build.

``corrections.tsv`` comes from the graph page. Each row is one correction: ``wrong`` takes a relation
out, ``merge`` makes one entity of two, ``type`` gives an entity another kind. Taking a row out of the
file undoes it; ``who`` and ``when`` are kept for the record.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import mint_digest_id
from kg.records import Diagnostic, Entity, Observation, Relation, Statement
from kg.schema import DiagnosticCode, EntityKind, RelationKind
from kg.tables import read_table

COLUMNS = ("action", "subject", "relation", "object", "value", "who", "when")


class Action(StrEnum):
    """What a correction does."""

    WRONG = "wrong"
    MERGE = "merge"
    TYPE = "type"


# The cells an action needs beside its subject; the others of these must be empty.
_NEEDED = {
    Action.WRONG: {"relation", "object"},
    Action.MERGE: {"object"},
    Action.TYPE: {"value"},
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: ids of entities (or of an article as subject), and for ``type`` the new kind as value."""

    action: Action
    subject: str
    relation: str = ""
    object: str = ""
    value: str = ""
    who: str = ""
    when: str = ""
    line: int | None = field(default=None, compare=False)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the corrections in a file, in its order.

    Raises:
        KgError: The file cannot be read, or a row is no correction; told by file and line.
    """
    try:
        rows = list(read_table(path, COLUMNS))
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read as UTF-8 text; check the path of the corrections") from error
    return tuple(_parse_correction(f"{path.name}:{line}", line, cells) for line, cells in rows)


def _parse_correction(place: str, line: int, cells: Sequence[str]) -> Correction:
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["action"] not in list(Action):
        raise KgError(f"{place}: action {row['action']!r} is unknown; use one of {', '.join(Action)}")
    action = Action(row.pop("action"))
    for column in ("relation", "object", "value"):
        if bool(row[column]) != (column in _NEEDED[action]):
            expected = "must be filled" if column in _NEEDED[action] else "must be empty"
            raise KgError(f"{place}: {column} is {row[column]!r}; for {action} it {expected}")
    if not row["subject"]:
        raise KgError(f"{place}: subject is empty; give the id of an entity")
    if action is Action.WRONG and row["relation"] not in list(RelationKind):
        raise KgError(
            f"{place}: relation {row['relation']!r} is unknown; use one of {', '.join(RelationKind)}"
        )
    if action is Action.TYPE and row["value"] not in list(EntityKind):
        raise KgError(f"{place}: value {row['value']!r} is no kind; use one of {', '.join(EntityKind)}")
    subject, relation, target, value, who, when = (row[column] for column in COLUMNS[1:])
    return Correction(action, subject, relation, target, value, who, when, line)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the corrections that apply to a corpus come to, by ids of before: the same for each part of it.

    ``wrong`` are relations that go, ``kinds`` the new kinds of entities, ``merged`` the entities that become
    others, and which; ``digest`` names the rows.
    """

    wrong: frozenset[tuple[str, str, str]] = frozenset()
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""


def find_rulings(rows: Iterable[Correction], *, applies: Callable[[Correction], bool]) -> Rulings:
    """Return what those of *rows* come to that apply.

    Example:
        >>> row = Correction(Action.TYPE, "entity/算力", value="Technology")
        >>> find_rulings([row], applies=lambda row: True).kinds
        {'entity/算力': <EntityKind.TECHNOLOGY: 'Technology'>}
    """
    used = [row for row in rows if applies(row)]
    if not used:
        return Rulings()
    cells = sorted("\t".join((row.action, row.subject, row.relation, row.object, row.value)) for row in used)
    return Rulings(
        wrong=frozenset((r.subject, r.relation, r.object) for r in used if r.action is Action.WRONG),
        kinds={row.subject: EntityKind(row.value) for row in used if row.action is Action.TYPE},
        merged=_final_targets({row.subject: row.object for row in used if row.action is Action.MERGE}),
        digest=mint_digest_id("corrections", *cells).rpartition("/")[2],
    )


def digest_rulings(rulings: Rulings) -> str:
    """Return what tells rulings apart by what they do: ``digest`` names the rows, whatever their order.

    Example:
        >>> digest_rulings(Rulings())
        ''
    """
    if not rulings.digest:
        return ""
    wrong, kinds, merged = (
        sorted(rulings.wrong),
        sorted(rulings.kinds.items()),
        sorted(rulings.merged.items()),
    )
    return mint_digest_id("rulings", *map(repr, (wrong, kinds, merged))).rpartition("/")[2]


def apply_rulings(graph: KnowledgeGraph, rulings: Rulings) -> KnowledgeGraph:
    """Return a graph put right, or the graph of a part of a corpus; it must hold what others become."""
    if not rulings.digest:
        return graph
    kept = (edge for edge in graph.edges if (edge.subject_id, edge.kind, edge.object_id) not in rulings.wrong)
    return replace(
        graph,
        entities=correct_entities(graph.entities, rulings),
        edges=_edges(kept, rulings.merged),
        numbers=_numbers(graph.numbers, rulings.merged),
        settings=correct_settings(graph.settings, rulings),
    )


def correct_entities(entities: Iterable[Entity], rulings: Rulings) -> tuple[Entity, ...]:
    """Return entities put right, by id; what one becomes must be among them."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        retyped = replace(entity, kind=rulings.kinds.get(entity.id, entity.kind))
        groups[rulings.merged.get(entity.id, entity.id)].append(retyped)
    return tuple(_merge_entities(key, group, rulings.merged) for key, group in sorted(groups.items()))


def correct_settings(settings: Mapping[str, str], rulings: Rulings) -> Mapping[str, str]:
    """Return what a graph depends on, the corrections named among it by a digest of their content."""
    return MappingProxyType({**settings, "corrections": rulings.digest}) if rulings.digest else settings


def apply_corrections(
    graph: KnowledgeGraph, corrections: Iterable[Correction]
) -> tuple[KnowledgeGraph, tuple[Correction, ...]]:
    """Return the graph put right, and the corrections that name nothing in it.

    Ids are those of the graph before correction, so the order of rows does not matter: relations that
    are wrong go first, then kinds change, then entities merge. Chains of merges end at the last.
    """
    rows = tuple(corrections)
    entities = {entity.id for entity in graph.entities}
    facts = {(edge.subject_id, str(edge.kind), edge.object_id) for edge in graph.edges}
    unused = tuple(row for row in rows if not applies(row, entities, facts))
    return apply_rulings(graph, find_rulings(rows, applies=lambda row: row not in unused)), unused


def applies(row: Correction, entities: Set[str], facts: Container[tuple[str, str, str]]) -> bool:
    """Tell whether a correction names something, given ids of entities and relations."""
    if row.action is Action.WRONG:
        return (row.subject, row.relation, row.object) in facts
    if row.action is Action.MERGE:
        return row.subject != row.object and {row.subject, row.object} <= entities
    return row.subject in entities


def correct_graph(graph: KnowledgeGraph, paths: Iterable[Path]) -> KnowledgeGraph:
    """Return the graph put right by all files together; a row that names nothing in it becomes a doubt.

    Raises:
        KgError: A file cannot be read, or holds what is no correction.
    """
    rows = [(path, row) for path in paths for row in read_corrections(path)]
    if not rows:
        return graph
    fixed, unused = apply_corrections(graph, (row for _, row in rows))
    doubts = tuple(doubt_correction(path, row) for path, row in rows if row in unused)
    return replace(fixed, diagnostics=(*fixed.diagnostics, *doubts))


def doubt_correction(path: Path, row: Correction) -> Diagnostic:
    """Return the doubt about a row of the file at *path* that names nothing."""
    told = " ".join(filter(None, (row.action, row.subject, row.relation, row.object, row.value)))
    return Diagnostic(
        DiagnosticCode.UNUSED_CORRECTION, f"names nothing in this graph: {told}", path.name, line=row.line
    )


def _final_targets(merges: Mapping[str, str]) -> dict[str, str]:
    """Follow chains of merges to their ends; of a circle the smallest id stays."""
    final: dict[str, str] = {}
    for start in merges:
        chain = [start]
        while chain[-1] in merges and merges[chain[-1]] not in chain:
            chain.append(merges[chain[-1]])
        following = merges.get(chain[-1])
        end = chain[-1] if following is None else min(chain[chain.index(following) :])
        if start != end:
            final[start] = end
    return final


def _merge_entities(entity_id: str, group: Sequence[Entity], merged: Mapping[str, str]) -> Entity:
    kept = next(entity for entity in group if entity.id == entity_id)
    names = {name for entity in group for name in (entity.name, *entity.aliases)} - {kept.name}
    broader = {merged.get(other, other) for entity in group for other in entity.broader} - {entity_id}
    return replace(
        kept,
        aliases=tuple(sorted(names)),
        broader=tuple(sorted(broader)),
        codes=tuple(dict.fromkeys(code for entity in group for code in entity.codes)),
        exact_match=tuple(sorted({iri for entity in group for iri in entity.exact_match})),
        mentions=tuple(
            sorted((m for entity in group for m in entity.mentions), key=lambda m: (m.article_id, m.span))
        ),
    )


def _edges(edges: Iterable[Relation], merged: Mapping[str, str]) -> tuple[Relation, ...]:
    groups: dict[tuple[str, RelationKind, str], list[Statement]] = defaultdict(list)
    for edge in edges:
        key = (
            merged.get(edge.subject_id, edge.subject_id),
            edge.kind,
            merged.get(edge.object_id, edge.object_id),
        )
        if key[0] != key[2]:  # what two names said of each other says nothing of one thing
            groups[key] += edge.statements
    return tuple(
        Relation(*key, statements=_statements(key, statements, merged))
        for key, statements in sorted(groups.items())
    )


def _statements(
    key: tuple[str, RelationKind, str], statements: Iterable[Statement], merged: Mapping[str, str]
) -> tuple[Statement, ...]:
    groups: dict[tuple[str, bool], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.article_id, statement.negated].append(statement)
    return tuple(_merge_statements(key, group, merged) for _, group in sorted(groups.items()))


def _merge_statements(
    key: tuple[str, RelationKind, str], group: Sequence[Statement], merged: Mapping[str, str]
) -> Statement:
    best = max(group, key=lambda statement: statement.confidence)
    subject, kind, target = key
    changed = (subject, target) != (best.subject_id, best.object_id) or len(group) > 1
    identity = (best.article_id, subject, kind.value, target, "-" if best.negated else "+")
    speakers = {merged.get(speaker, speaker) for statement in group for speaker in statement.attributed_to}
    evidence = dict.fromkeys(e for statement in group for e in statement.evidence)
    return replace(
        best,
        id=mint_digest_id("statement", *identity) if changed else best.id,
        subject_id=subject,
        object_id=target,
        attributed_to=tuple(sorted(speakers)),
        evidence=tuple(sorted(evidence, key=lambda e: (e.sentence_index, e.cue_span, e.object_span))),
    )


def _numbers(numbers: Iterable[Observation], merged: Mapping[str, str]) -> tuple[Observation, ...]:
    def moved(entity_id: str | None) -> str | None:
        return None if entity_id is None else merged.get(entity_id, entity_id)

    return tuple(
        replace(
            number,
            indicator_id=merged.get(number.indicator_id, number.indicator_id),
            place_id=moved(number.place_id),
            attributed_to=moved(number.attributed_to),
        )
        for number in numbers
    )
