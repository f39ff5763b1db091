"""What a build says it found is what stands in the graph."""

from kg.records import Diagnostic, Span
from kg.reports import format_diagnostic, format_summary, is_fault, parse_summary, summarize, to_json
from kg.schema import DiagnosticCode
from sample import sample_graph


def test_figures_are_those_of_the_graph() -> None:
    graph, summary = sample_graph(), summarize(sample_graph())
    assert summary.n_articles == len(graph.articles)
    assert summary.n_entities == len(graph.entities)
    assert summary.n_relations == len(graph.edges)
    assert summary.n_statements == len(list(graph.statements()))
    assert summary.n_observations == len(graph.numbers)
    assert summary.n_mentions == sum(len(entity.mentions) for entity in graph.entities)
    assert summary.n_diagnostics == len(graph.diagnostics)


def test_a_notebook_shows_the_same_figures() -> None:
    graph = sample_graph()
    shown = graph._repr_html_()
    assert f"<th>entities</th><td>{len(graph.entities)}</td>" in shown
    for name, count in summarize(graph).relations:
        assert f"{name} {count}" in shown


def test_coverage_is_a_share_of_the_sentences() -> None:
    summary = summarize(sample_graph())
    assert 0 < summary.n_telling <= summary.n_sentences
    assert summary.coverage == summary.n_telling / summary.n_sentences


def test_a_summary_survives_json() -> None:
    summary = summarize(sample_graph())
    assert parse_summary(to_json(summary)) == summary


def test_the_most_frequent_stand_first() -> None:
    counts = [count for _, count in summarize(sample_graph()).relations]
    assert counts == sorted(counts, reverse=True)


def test_every_line_is_one_line() -> None:
    doubt = Diagnostic(DiagnosticCode.REPEATED_PASSAGE, "repeats\n“一”", "a.txt", "article/a", Span(1, 2))
    assert format_diagnostic(doubt) == "a.txt: repeated-passage at 1-2 of article/a: repeats “一”"
    assert not any("\n" in line for line in format_summary(summarize(sample_graph())))


def test_what_could_not_be_read_is_a_fault_and_a_doubt_is_none() -> None:
    assert is_fault(Diagnostic(DiagnosticCode.UNREADABLE_INPUT, "empty"))
    assert not is_fault(Diagnostic(DiagnosticCode.TRUNCATED_END, "ends amid a sentence"))
