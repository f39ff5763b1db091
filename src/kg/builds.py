"""One whole build: inputs in, an output folder out, or the folder as it was.

The order is: look at the request, lock the folder, read, extract, resolve, write every export into a
staging folder, publish. Nothing in the folder changes before the last step.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kg import __version__
from kg.articles import read_articles
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.lexicon import load_lexicon
from kg.outputs import open_output, write_manifest
from kg.pipeline import Progress, build_graph
from kg.records import Diagnostic
from kg.reports import Summary, format_diagnostic, format_summary, summarize, to_json

REPORT = "report.txt"


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
        first = next((name for name in _ENTRANCES if name in self.files), self.files[0])
        return self.directory / first


@dataclass(frozen=True, slots=True)
class _Order:
    """What an exporter is given; ``others`` are the files that other exporters write."""

    graph: KnowledgeGraph
    directory: Path
    base: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Export:
    """A format: what it writes directly under the output folder, and how."""

    entries: tuple[str, ...]
    write: Callable[[_Order], object]


def build(
    inputs: Sequence[str],
    directory: Path,
    *,
    lexicons: Sequence[Path] = (),
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
    import_module("kg.rdf").check_base(base)
    entries = {REPORT, *(entry for name in chosen for entry in FORMATS[name].entries)}
    with open_output(directory, entries=entries) as staging:
        lexicon = load_lexicon(lexicons)
        corpus = read_articles(*inputs, encoding=encoding)
        tell = on_progress or _keep_quiet
        graph = build_graph(corpus, lexicon=lexicon, jobs=jobs, on_progress=tell)
        for done, name in enumerate(chosen):
            tell(f"writing {name}", done, len(chosen))
            others = tuple(entry for other in chosen if other != name for entry in FORMATS[other].entries)
            FORMATS[name].write(_Order(graph, staging, base, others))
        tell("writing", len(chosen), len(chosen))
        summary = summarize(graph)
        _write_report(staging / REPORT, summary, graph.diagnostics)
        manifest = write_manifest(staging, generator=f"zhengtu {__version__}", summary=to_json(summary))
    return Build(directory, tuple(manifest.files), summary, graph.diagnostics)


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


def _keep_quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody is looking."""


def _write_report(path: Path, summary: Summary, diagnostics: Sequence[Diagnostic]) -> None:
    lines = [*format_summary(summary), "", *map(format_diagnostic, diagnostics)]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8", newline="\n")


# Each writer is imported as it is called: a build of one format loads the libraries of that one.


def _write_turtle(order: _Order) -> None:
    import_module("kg.rdf").write_turtle(order.graph, order.directory / "graph.ttl", base=order.base)


def _write_trig(order: _Order) -> None:
    import_module("kg.rdf").write_trig(order.graph, order.directory / "graph.trig", base=order.base)


def _write_html(order: _Order) -> None:
    import_module("kg.page").write_html(order.graph, order.directory, exports=(*order.others, REPORT))


FORMATS = {
    "ttl": _Export(("graph.ttl",), _write_turtle),
    "trig": _Export(("graph.trig",), _write_trig),
    "html": _Export(("index.html", "graph.html", "views.html", "articles"), _write_html),
}
_ENTRANCES = ("index.html", "graph.ttl", "graph.trig")
