"""What a build can write, each format under its names: chosen, and written into one folder.

What articles say is written in blocks, and the store article by article, so that a build writes anew only
what has changed since the last. The result is that of a build from scratch: the same bytes, and a store that
holds the same.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path

from kg.blocks import BlockFiles, digest_block
from kg.caches import open_cache
from kg.errors import KgError
from kg.exports import EXPORT_FILES, IN_BLOCKS, Exports
from kg.graph import KnowledgeGraph
from kg.pipeline import Progress
from kg.processes import run_beside
from kg.rdf import article_contexts
from kg.resources import digest_package

FORMATS = {
    **EXPORT_FILES,
    "html": ("index.html", "graph.html", "views.html", "ask.html", "articles"),
    "store": ("graph.store",),
    "nq": ("quads",),
    "parquet": ("tables",),
}
"""What each format writes directly under the output folder."""

PARTITIONED = ("nq", "parquet")
"""Formats that are written in partitions, each without a whole graph."""

REPORT = "report.txt"
_TRIG = EXPORT_FILES["trig"][0]
# To replace an article in a store takes as long as to load some 16 anew.
_MOST_REPLACED = 1 / 16


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


def open_blocks(
    graph: KnowledgeGraph,
    directory: Path,
    facts: Path,
    *,
    base: str,
    corrections: Iterable[str] = (),
    last: Path | None = None,
) -> BlockFiles:
    """Return what writes into *directory*: of an article by its *facts* and what it takes from the corpus.

    Which corrections apply, the whole corpus tells, so they stand among what all blocks depend on.
    """
    used = graph.settings.get("corrections", "")
    request = "\n".join([digest_package(), base, used, *corrections])
    with open_cache(facts, is_trusted=True) as found:
        packed = {article.id: found.packed(article) for article in found.articles}
    keys = {
        article_id: digest_block(packed[article_id], *map(str.encode, context))
        for article_id, context in article_contexts(graph)
    }
    digest = hashlib.sha256(request.encode()).hexdigest()
    return BlockFiles(directory, keys=keys, request=digest, last=last)


def write_formats(
    names: Sequence[str],
    graph: KnowledgeGraph,
    files: BlockFiles,
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

    def write_pages() -> None:
        from kg.page import write_html  # a build of other formats loads no page

        links = (*output_names(name for name in others if name in EXPORT_FILES), REPORT)
        write_html(graph, files.directory, exports=links, base=base)

    with run_beside(write_pages, is_worth_it=jobs > 1) if "html" in names else nullcontext():
        for done, name in enumerate(others):
            tell("writing", done, len(names))
            if name == "store":
                _write_store(graph, files, base)
            elif name in IN_BLOCKS:
                files.write(EXPORT_FILES[name][0], exports.parts(name))
            else:
                exports.write(name, files.directory)
    tell("writing", len(names), len(names))


def _write_store(graph: KnowledgeGraph, files: BlockFiles, base: str) -> None:
    """Write the store: that of the last build with the articles replaced that have changed, or anew.

    What it holds and what has changed is told by the TriG export beside it, where there is one.
    """
    from kg.store import STORE, stamp_store, write_store

    path = files.directory / STORE
    stamp = files.stamp(_TRIG)
    if stamp is None or not _replace_in_store(files, path):
        write_store(graph, path, base=base)
    if stamp is not None:
        stamp_store(path, stamp)


def _replace_in_store(files: BlockFiles, path: Path) -> bool:
    """Write the store of the last build with what has changed since; tell whether that could be done."""
    from kg.store import changed_quads, has_stamp, update_store

    before = None if files.last is None else files.last / path.name
    if before is None or not has_stamp(before, files.stamp_before(_TRIG)):
        return False
    found = files.difference(_TRIG, most=_MOST_REPLACED)
    if found is None:
        return False
    removed = changed_quads(found.head_before, found.head, found.before)
    added = changed_quads(found.head, found.head_before, found.after)
    try:
        update_store(before, path, removed=removed, added=added)
    except OSError:  # damaged, perhaps; if it is the disk that is full, writing it anew will say so
        shutil.rmtree(path, ignore_errors=True)
        return False
    return True
