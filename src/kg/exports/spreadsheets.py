"""CSV for spreadsheets and for Gephi's import: nodes, and edges with every sentence that states them.

UTF-8 with a byte order mark, without which Excel takes Chinese for the local code page; lines end in
CRLF, as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe before it.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.network import to_networkx
from kg.records import Evidence, Statement

NODE_COLUMNS = (
    "Id",
    "Label",
    "kind",
    "aliases",
    "codes",
    "broader",
    "n_mentions",
    "n_articles",
    "publisher",
    "date",
    "source_file",
    "iri",
)
EDGE_COLUMNS = (
    "Source",
    "Target",
    "Type",
    "Label",
    "source_name",
    "relation",
    "target_name",
    "negated",
    "modality",
    "strength",
    "action",
    "cue",
    "attributed_to",
    "confidence",
    "rule",
    "article",
    "publisher",
    "date",
    "source_file",
    "begin",
    "end",
    "sentence",
    "statement",
)
# What Excel, LibreOffice and WPS take for the beginning of a formula, full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | float | bool


def write_nodes(
    graph: KnowledgeGraph,
    path: Path | str,
    *,
    base: str = DEFAULT_BASE,
    network: "nx.MultiDiGraph[str] | None" = None,
) -> None:
    """Write one row for each node of the network, by id; *network* is that of the graph, if at hand."""
    network = to_networkx(graph, base=base) if network is None else network
    keys = tuple("label" if column == "Label" else column for column in NODE_COLUMNS[1:])
    rows = ([node, *(attributes[key] for key in keys)] for node, attributes in network.nodes(data=True))
    _write(path, NODE_COLUMNS, rows)


def write_edges(graph: KnowledgeGraph, path: Path | str) -> None:
    """Write one row for each sentence that states a relation, negated ones too."""
    _write(path, EDGE_COLUMNS, _edge_rows(graph))


def guard_formula(text: str) -> str:
    """Return *text* such that a spreadsheet shows it and does not run it.

    Example:
        >>> guard_formula("=1+1"), guard_formula("新质生产力")
        ("'=1+1", '新质生产力')
    """
    return f"'{text}" if text.lstrip(" \u3000").startswith(_FORMULA_STARTS) else text


def _edge_rows(graph: KnowledgeGraph) -> Iterator[list[Cell]]:
    statements = sorted(
        graph.statements(), key=lambda s: (s.subject_id, s.kind, s.object_id, s.article_id, s.id)
    )
    for statement in statements:
        for evidence in statement.evidence:
            yield _edge_row(graph, statement, evidence)


def _edge_row(graph: KnowledgeGraph, statement: Statement, evidence: Evidence) -> list[Cell]:
    article = graph.article(statement.article_id)
    sentence = graph.sentence(evidence.article_id, evidence.sentence_index)
    return [
        statement.subject_id,
        statement.object_id,
        "Directed",
        statement.label or statement.action or evidence.cue,
        _name(graph, statement.subject_id),
        statement.kind.value,
        _name(graph, statement.object_id),
        statement.negated,
        statement.modality.value,
        statement.strength.value if statement.strength is not None else "",
        statement.action or "",
        evidence.cue,
        " | ".join(_name(graph, speaker) for speaker in statement.attributed_to),
        round(evidence.confidence, 4),
        evidence.rule,
        article.title,
        article.publisher or "",
        article.date or "",
        article.source_file,
        sentence.span.start,
        sentence.span.end,
        sentence.text,
        statement.id,
    ]


def _name(graph: KnowledgeGraph, node_id: str) -> str:
    entity = graph.find_entity(node_id)
    if entity is not None:
        return entity.name
    return graph.article(node_id).title or node_id


def _write(path: Path | str, header: Iterable[str], rows: Iterable[list[Cell]]) -> None:
    with Path(path).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_cell(cell) for cell in row] for row in rows)


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return guard_formula(cell) if isinstance(cell, str) else cell
