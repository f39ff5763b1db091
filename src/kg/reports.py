"""What a build found, in figures and in words.

The summary is a frozen record made from the graph alone: the build prints it, ``build.json`` keeps it
and ``kg stats`` shows it again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.records import Diagnostic
from kg.schema import DiagnosticCode, SentenceKind

_FAULTS = frozenset(
    (DiagnosticCode.UNREADABLE_INPUT, DiagnosticCode.UNDECODABLE_BYTES, DiagnosticCode.FAILED_ARTICLE)
)
_N_TOP = 10  # names shown: what a reader takes in at a glance


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one graph.

    ``n_sentences`` counts the sentences of bodies, ``n_telling`` those of them that gave a relation or
    an observation. Kinds and top names are pairs of name and count, the most frequent first.
    """

    n_articles: int
    n_sentences: int
    n_telling: int
    entities: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    n_statements: int
    n_observations: int
    n_mentions: int
    top_entities: tuple[tuple[str, int], ...]
    diagnostics: tuple[tuple[str, int], ...]

    @property
    def n_entities(self) -> int:
        """Return the number of entities of all kinds."""
        return sum(count for _, count in self.entities)

    @property
    def n_relations(self) -> int:
        """Return the number of relations of all kinds."""
        return sum(count for _, count in self.relations)

    @property
    def n_diagnostics(self) -> int:
        """Return the number of doubts about the input."""
        return sum(count for _, count in self.diagnostics)

    @property
    def coverage(self) -> float:
        """Return the share of sentences that gave a relation or an observation, 0 to 1."""
        return self.n_telling / self.n_sentences if self.n_sentences else 0.0


def summarize(graph: KnowledgeGraph) -> Summary:
    """Return the figures of *graph*.

    Example:
        >>> from kg.graph import KnowledgeGraph
        >>> summarize(KnowledgeGraph((), {}, (), (), ())).n_entities
        0
    """
    bodies = {
        (article_id, sentence.index)
        for article_id, sentences in graph.sentences.items()
        for sentence in sentences
        if sentence.kind is SentenceKind.BODY
    }
    stated = {(e.article_id, e.sentence_index) for s in graph.statements() for e in s.evidence}
    measured = {(number.article_id, number.sentence_index) for number in graph.numbers}
    mentioned = {entity.name: len(entity.mentions) for entity in graph.entities}
    return Summary(
        n_articles=len(graph.articles),
        n_sentences=len(bodies),
        n_telling=len(bodies & (stated | measured)),
        entities=_ranked(Counter(entity.kind.value for entity in graph.entities)),
        relations=_ranked(Counter(edge.kind.value for edge in graph.edges)),
        n_statements=sum(len(edge.statements) for edge in graph.edges),
        n_observations=len(graph.numbers),
        n_mentions=sum(mentioned.values()),
        top_entities=_ranked(mentioned)[:_N_TOP],
        diagnostics=_ranked(Counter(diagnostic.code.value for diagnostic in graph.diagnostics)),
    )


def to_json(summary: Summary) -> dict[str, Any]:
    """Return *summary* as plain data for JSON."""
    return asdict(summary)


def parse_summary(data: Mapping[str, Any]) -> Summary:
    """Return the summary that :func:`to_json` has turned into *data*.

    Raises:
        KgError: The data is not that of a summary.
    """
    try:
        return Summary(**{key: _parse_value(value) for key, value in data.items()})
    except (TypeError, ValueError) as error:
        raise KgError(f"build.json: the summary is damaged ({error}); build again") from error


def format_summary(summary: Summary) -> Iterator[str]:
    """Yield the lines that tell a person what was found.

    Example:
        >>> from kg.graph import KnowledgeGraph
        >>> next(format_summary(summarize(KnowledgeGraph((), {}, (), (), ()))))
        'articles           0'
    """
    yield _line("articles", summary.n_articles)
    yield _line("entities", summary.n_entities, _listed(summary.entities))
    yield _line("relations", summary.n_relations, _listed(summary.relations))
    yield _line("statements", summary.n_statements)
    yield _line("observations", summary.n_observations)
    yield _line("mentions", summary.n_mentions, _listed(summary.top_entities))
    yield _line(
        "coverage",
        f"{summary.coverage:.0%}",
        f"{summary.n_telling:,} of {summary.n_sentences:,} sentences gave a fact",
    )
    yield _line("diagnostics", summary.n_diagnostics, _listed(summary.diagnostics))


def is_fault(diagnostic: Diagnostic) -> bool:
    """Tell whether something could not be read, rather than being read with a doubt."""
    return diagnostic.code in _FAULTS


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return one line: file, line where known, what is doubtful.

    Example:
        >>> format_diagnostic(Diagnostic(DiagnosticCode.TRUNCATED_END, "ends mid-sentence", "a.txt", line=7))
        'a.txt:7: truncated-end: ends mid-sentence'
    """
    place = diagnostic.source_file or "input"
    if diagnostic.line is not None:
        place += f":{diagnostic.line}"
    where = ""
    if diagnostic.span is not None and diagnostic.article_id:
        where = f" at {diagnostic.span.start}-{diagnostic.span.end} of {diagnostic.article_id}"
    message = " ".join(diagnostic.message.split())  # what it quotes may run over a line's end
    return f"{place}: {diagnostic.code.value}{where}: {message}"


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _parse_value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple((str(name), int(count)) for name, count in value)
    return int(value)


def _line(label: str, value: object, detail: str = "") -> str:
    figure = f"{value:,}" if isinstance(value, int) else str(value)
    return f"{label:<12} {figure:>7}  {detail}".rstrip()


def _listed(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in pairs)
