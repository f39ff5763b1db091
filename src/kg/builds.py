"""One whole build: inputs in, an output folder out, or the folder as it was.

The order is: look at the request, lock the folder, read, extract, resolve, write every export into a
staging folder, publish. Nothing in the folder changes before the last step.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from kg import __version__
from kg.archives import ARCHIVE, read_graph, write_archive
from kg.articles import read_articles
from kg.corrections import correct_graph
from kg.errors import KgError
from kg.exports import EXPORT_FILES, write_export
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.lexicon import load_lexicon
from kg.outputs import copy_files, open_output, read_manifest, write_manifest
from kg.pipeline import Progress, build_graph
from kg.processes import run_beside
from kg.rdf import check_base
from kg.records import Diagnostic
from kg.reports import Summary, format_diagnostic, format_summary, summarize, to_json

REPORT = "report.txt"
_GENERATOR = f"zhengtu {__version__}"
FORMATS = {
    **EXPORT_FILES,
    "html": ("index.html", "graph.html", "views.html", "ask.html", "articles"),
}
"""What each format writes directly under the output folder."""

_ALWAYS = (ARCHIVE, REPORT)
_ENTRANCES = ("index.html", *(name for names in EXPORT_FILES.values() for name in names))


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: where it stands, what it wrote, what it found."""

    directory: Path
    files: tuple[str, ...]
    summary: Summary
    diagnostics: tuple[Diagnostic, ...]

    @property
    def entrance(self) -> Path:
        """Return the file to open first."""
        return self.directory / next(name for name in _ENTRANCES if name in self.files)


def build(
    inputs: Sequence[str],
    directory: Path,
    *,
    lexicons: Sequence[Path] = (),
    corrections: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    jobs: int = 1,
    formats: Collection[str] = (),
    encoding: str | None = None,
    on_progress: Progress | None = None,
) -> Build:
    """Build the graph of *inputs* into *directory* and say what it holds.

    *formats* are names from :data:`FORMATS`; none means all. What an earlier build left in the folder
    is replaced as a whole, whatever its formats; files that no build wrote are kept.

    Raises:
        KgError: Nothing could be read, the request makes no sense, or the folder cannot be written;
            it is then as it was.
    """
    chosen = check_formats(formats)
    check_base(base)
    entries = {*_ALWAYS, *output_names(chosen)}
    with open_output(directory, entries=entries) as staging:
        lexicon = load_lexicon(lexicons)
        corpus = read_articles(*inputs, encoding=encoding)
        tell = on_progress or _keep_quiet
        graph = build_graph(corpus, lexicon=lexicon, jobs=jobs, on_progress=tell)
        graph = correct_graph(graph, corrections)
        _write_formats(chosen, graph, staging, base, jobs=jobs, tell=tell)
        summary = summarize(graph)
        _write_report(staging / REPORT, summary, graph.diagnostics)
        write_archive(graph, staging / ARCHIVE)
        manifest = write_manifest(staging, generator=_GENERATOR, summary=to_json(summary))
    return Build(directory, tuple(manifest.files), summary, graph.diagnostics)


def export(
    source: Path, formats: Collection[str], directory: Path, *, base: str = DEFAULT_BASE
) -> tuple[Path, ...]:
    """Write the graph of the build in *source* in further *formats*; return what was written.

    In *source* itself the new files join those of the build, all at once; in another folder they
    stand alone.

    Raises:
        KgError: There is no build, a format is unknown, or the folder cannot be written.
    """
    chosen = check_formats(formats)
    check_base(base)
    graph = read_graph(source)
    joins = directory.resolve() == source.resolve()
    entries = output_names(chosen)
    with open_output(directory, entries=entries) as staging:
        manifest = read_manifest(source)
        if joins and manifest is not None:
            copy_files(manifest, source, staging, but=entries)
        _write_formats(chosen, graph, staging, base)
        write_manifest(staging, generator=_GENERATOR, summary=to_json(summarize(graph)))
    return tuple(path for path in map(directory.joinpath, entries) if path.exists())  # ask.html may not be


def check_formats(names: Collection[str]) -> tuple[str, ...]:
    """Return the known formats among *names* in writing order; none named means all.

    Raises:
        KgError: A name is not a format.

    Example:
        >>> check_formats(["trig", "ttl"])
        ('ttl', 'trig')
    """
    for name in names:
        if name not in FORMATS:
            raise KgError(f"format {name!r} is not known; choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if not names or name in names)


def output_names(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the names that *formats* have directly under an output folder.

    Example:
        >>> output_names(["csv"])
        ('nodes.csv', 'edges.csv')
    """
    return tuple(entry for name in formats for entry in FORMATS[name])


def _write_formats(
    names: Sequence[str],
    graph: KnowledgeGraph,
    directory: Path,
    base: str,
    *,
    jobs: int = 1,
    tell: Progress | None = None,
) -> None:
    """Write all formats; the pages, which take as long as all others together, beside them."""
    others = [name for name in names if name != "html"]
    tell = tell or _keep_quiet

    def write_pages() -> None:
        from kg.page import write_html  # a build of other formats loads no page

        write_html(graph, directory, exports=(*output_names(others), REPORT), base=base)

    with run_beside(write_pages, is_worth_it=jobs > 1) if "html" in names else nullcontext():
        for done, name in enumerate(others):
            tell("writing", done, len(names))
            write_export(graph, directory, name, base=base)
    tell("writing", len(names), len(names))


def _keep_quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody is looking."""


def _write_report(path: Path, summary: Summary, diagnostics: Sequence[Diagnostic]) -> None:
    lines = [*format_summary(summary), "", *map(format_diagnostic, diagnostics)]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8", newline="\n")
