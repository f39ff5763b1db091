"""Parquet: the graph as typed tables, for pandas, DuckDB, Spark and their like; needs the extra ``parquet``.

The library writes no clock; the same rows give the same bytes under the same version of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.records import Entity

Row = dict[str, Any]


def check_parquet() -> None:
    """Check that the library is there.

    Raises:
        KgError: It is not.
    """
    _pyarrow()


def write_article_tables(graph: KnowledgeGraph, folder: Path, name: str) -> list[Path]:
    """Write what articles state: one file *name* in the folder of each table under *folder*; return them."""
    pa = _pyarrow()
    text, number, share = pa.string(), pa.int64(), pa.float64()
    schemas = {
        "articles": {"id": text, "title": text, "authors": pa.list_(text), "publisher": text, "date": text,
                     "url": text, "source_file": text, "n_sentences": number, "text": text},
        "mentions": {"article": text, "sentence": number, "begin": number, "end": number, "text": text,
                     "entity": text},
        "statements": {"id": text, "article": text, "subject": text, "relation": text, "object": text,
                       "negated": pa.bool_(), "modality": text, "strength": text, "action": text,
                       "label": text, "attributed_to": pa.list_(text), "cue": text, "rule": text,
                       "confidence": share, "evidence": pa.list_(text)},
        "observations": {"id": text, "article": text, "indicator": text, "value": text, "unit": text,
                         "normalized_value": text, "normalized_unit": text, "time": text, "place": text,
                         "kind": text, "approximate": pa.bool_(), "comparison": text,
                         "attributed_to": text, "rule": text, "confidence": share, "evidence": text},
    }  # fmt: skip
    rows = {
        "articles": _articles(graph),
        "mentions": _mentions(graph),
        "statements": _statements(graph),
        "observations": _observations(graph),
    }
    for table, columns in schemas.items():
        _write(rows[table], columns, folder / table / name)
    return [folder / table / name for table in schemas]


def write_entity_table(entities: Iterable[Entity], counts: Mapping[str, int], path: Path) -> None:
    """Write entities with the number of their mentions."""
    pa = _pyarrow()
    text, texts = pa.string(), pa.list_(pa.string())
    columns = {"id": text, "name": text, "kind": text, "aliases": texts, "codes": texts, "broader": texts,
               "exact_match": texts, "n_mentions": pa.int64()}  # fmt: skip
    rows = (
        {
            "id": entity.id,
            "name": entity.name,
            "kind": entity.kind.value,
            "aliases": entity.aliases,
            "codes": [f"{code.scheme} {code.notation}" for code in entity.codes],
            "broader": entity.broader,
            "exact_match": entity.exact_match,
            "n_mentions": counts.get(entity.name, 0),
        }
        for entity in entities
    )
    _write(rows, columns, path)


def _articles(graph: KnowledgeGraph) -> Iterator[Row]:
    for article in graph.articles:
        columns = ("id", "title", "authors", "publisher", "date", "url", "source_file", "text")
        row = {name: getattr(article, name) for name in columns}
        yield {**row, "n_sentences": len(graph.sentences[article.id])}


def _mentions(graph: KnowledgeGraph) -> Iterator[Row]:
    for article in graph.articles:
        for entity, mention in graph.mentions(article.id):
            yield {
                "article": article.id,
                "sentence": mention.sentence_index,
                "begin": mention.span.start,
                "end": mention.span.end,
                "text": mention.text,
                "entity": entity.id,
            }


def _statements(graph: KnowledgeGraph) -> Iterator[Row]:
    for one in sorted(graph.statements(), key=lambda one: (one.article_id, one.id)):
        indexes = sorted({evidence.sentence_index for evidence in one.evidence})
        yield {
            "id": one.id,
            "article": one.article_id,
            "subject": one.subject_id,
            "relation": one.kind.value,
            "object": one.object_id,
            "negated": one.negated,
            "modality": one.modality.value,
            "strength": one.strength.value if one.strength is not None else None,
            "action": one.action,
            "label": one.label,
            "attributed_to": one.attributed_to,
            "cue": one.cue,
            "rule": one.rule,
            "confidence": one.confidence,
            "evidence": [graph.sentence(one.article_id, index).text for index in indexes],
        }


def _observations(graph: KnowledgeGraph) -> Iterator[Row]:
    for one in sorted(graph.numbers, key=lambda one: (one.article_id, one.id)):
        yield {
            "id": one.id,
            "article": one.article_id,
            "indicator": one.indicator_id,
            "value": str(one.value),  # as written; a float would round it
            "unit": one.unit,
            "normalized_value": None if one.normalized_value is None else str(one.normalized_value),
            "normalized_unit": one.normalized_unit,
            "time": one.time,
            "place": one.place_id,
            "kind": one.kind.value,
            "approximate": one.approximate,
            "comparison": one.comparison,
            "attributed_to": one.attributed_to,
            "rule": one.rule,
            "confidence": one.confidence,
            "evidence": graph.sentence(one.article_id, one.sentence_index).text,
        }


def _write(rows: Iterable[Row], columns: Mapping[str, Any], path: Path) -> None:
    from pyarrow import parquet

    pa = _pyarrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(list(rows), schema=pa.schema(list(columns.items())))
    parquet.write_table(table, path, compression="zstd")


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise KgError("Parquet needs pyarrow; install it with: pip install 'zhengtu[parquet]'") from error
    return pyarrow
