"""What a build can write, each format under its names: chosen, and written into one folder.

What articles say is written in blocks, and the store article by article, so that a build writes anew only
what has changed since the last. The result is that of a build from scratch: the same bytes, and a store that
holds the same.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path

from kg.blocks import PAGES, BlockWriter, find_difference
from kg.caches import read_packed
from kg.errors import KgError
from kg.exports import EXPORT_FILES, IN_BLOCKS, Exports
from kg.graph import KnowledgeGraph
from kg.pipeline import Progress
from kg.processes import run_beside
from kg.rdf import article_keys
from kg.resources import digest_package

FORMATS = {
    **EXPORT_FILES,
    "html": ("index.html", "graph.html", "views.html", "ask.html", "articles", PAGES),
    "store": ("graph.store",),
    "nq": ("quads",),
    "parquet": ("tables",),
}
"""What each format writes directly under the output folder."""

PARTITIONED = ("nq", "parquet")
"""Formats that are written in partitions, each without a whole graph."""

REPORT = "report.txt"
_TRIG = EXPORT_FILES["trig"][0]


def check_formats(names: Collection[str]) -> tuple[str, ...]:
    """Return the known formats among *names* in writing order; none named means all of a whole graph.

    Raises:
        KgError: A name is not a format.

    Example:
        >>> check_formats(["trig", "ttl"])
        ('ttl', 'trig')
    """
    for name in names:
        if name not in FORMATS:
            raise KgError(f"format {name!r} is not known; choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if (name in names if names else name not in PARTITIONED))


def check_whole(names: Collection[str]) -> tuple[str, ...]:
    """Return what :func:`check_formats` does, of formats that are written of a whole graph.

    Raises:
        KgError: A name is not such a format.
    """
    chosen = check_formats(names)
    for name in chosen:
        if name in PARTITIONED:
            raise KgError(
                f"format {name!r} is written by a build in partitions alone; kg build --only {name}"
            )
    return chosen


def output_names(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the names that *formats* have directly under an output folder.

    Example:
        >>> output_names(["csv"])
        ('nodes.csv', 'edges.csv')
    """
    return tuple(entry for name in formats for entry in FORMATS[name])


def open_writer(
    graph: KnowledgeGraph,
    directory: Path,
    facts: Path,
    *,
    base: str,
    corrections: Iterable[str] = (),
    last: Path | None = None,
) -> BlockWriter:
    """Return what writes into *directory*: of an article by its *facts* and what it takes from the corpus.

    Which corrections apply, the whole corpus tells, so they stand among what all blocks depend on.
    """
    used = graph.settings.get("corrections", "")
    request = "\n".join([digest_package(), base, used, *corrections])
    digest = hashlib.sha256(request.encode()).hexdigest()
    return BlockWriter(directory, keys=article_keys(graph, read_packed(facts)), request=digest, last=last)


def write_formats(
    names: Sequence[str],
    graph: KnowledgeGraph,
    files: BlockWriter,
    *,
    base: str,
    jobs: int = 1,
    min_stored: int = 0,
    tell: Progress,
) -> None:
    """Write all formats; the pages, which take as long as all others together, beside them.

    A graph of less than *min_stored* statements gets no store.
    """
    exports = Exports(graph, base=base)
    n_statements = sum(len(edge.statements) for edge in graph.edges)
    others = [name for name in names if name != "html" and (name != "store" or n_statements >= min_stored)]

    def write_html() -> None:
        from kg.page import write_pages  # a build of other formats loads no page

        links = (*output_names(name for name in others if name in EXPORT_FILES), REPORT)
        write_pages(graph, files, exports=links, base=base)

    with run_beside(write_html, is_worth_it=jobs > 1) if "html" in names else nullcontext():
        for done, name in enumerate(others):
            tell("writing", done, len(names))
            if name == "store":
                _write_store(graph, files, base)
            elif name in IN_BLOCKS:
                files.write(EXPORT_FILES[name][0], exports.parts(name))
            else:
                exports.write(name, files.written.folder)
    tell("writing", len(names), len(names))


def _write_store(graph: KnowledgeGraph, files: BlockWriter, base: str) -> None:
    """Write the store: that of the last build with the articles replaced that have changed, or anew.

    What it holds and what has changed is told by the TriG export beside it, where there is one.
    """
    from kg.store import STORE, stamp_store, write_store

    path = files.written.folder / STORE
    stamp = files.written.stamp(_TRIG)
    if stamp is None or not _replace_in_store(files, path):
        write_store(graph, path, base=base)
    if stamp is not None:
        stamp_store(path, stamp)


def _replace_in_store(files: BlockWriter, path: Path) -> bool:
    """Write the store of the last build with what has changed since; tell whether that could be done."""
    from kg.store import MOST_REPLACED, changed_quads, has_stamp, update_store

    if files.last is None or not has_stamp(before := files.last.folder / path.name, files.last.stamp(_TRIG)):
        return False
    found = find_difference(files.last, files.written, _TRIG)
    if found is None or found.n_blocks > MOST_REPLACED * len(files.written.blocks(_TRIG)):
        return False
    removed = changed_quads(found.head_before, found.head, found.before)
    added = changed_quads(found.head, found.head_before, found.after)
    return update_store(before, path, removed=removed, added=added)
