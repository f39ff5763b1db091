"""The error browser: each miss and each false hit in its sentence, on one page without a server.

Everything that comes from an article, a gold file or a graph is escaped; the page loads nothing and
works from a file. The same evaluation gives the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from string import Template

from kg.errors import KgError
from kg.evaluation.scores import Evaluation, Measure, Outcome, Verdict
from kg.evaluation.scoretables import format_table
from kg.records import Article, Sentence, Span
from kg.sentences import split_sentences

_TEMPLATE = Path(__file__).parent / "assets" / "browser.html"
_ORDER = {Verdict.MISSED: 0, Verdict.WRONG: 1, Verdict.RIGHT: 2}
_UNPLACED = "(in no one place of the text)"


def write_error_browser(evaluation: Evaluation, path: Path) -> None:
    """Write the error browser of *evaluation* as one HTML file.

    Raises:
        KgError: The file cannot be written.
    """
    try:
        path.write_text(to_page(evaluation), encoding="utf-8", newline="\n")
    except OSError as error:
        raise KgError(f"{path}: cannot be written: {error.strerror or error}; choose another path") from error


def to_page(evaluation: Evaluation) -> str:
    """Return the error browser as HTML.

    Example:
        >>> from types import MappingProxyType
        >>> from kg.evaluation.golds import parse_gold
        >>> from kg.evaluation.measures import evaluate
        >>> from kg.graph import KnowledgeGraph
        >>> gold = parse_gold('{"id": "a<1>", "entities": [{"name": "算力", "type": "Technology"}]}')
        >>> page = to_page(evaluate([gold], KnowledgeGraph((), MappingProxyType({}), (), (), ())))
        >>> "<h2>a&lt;1&gt;</h2>" in page, "算力" in page
        (True, True)
    """
    outcomes = evaluation.outcomes
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        table=escape(format_table(evaluation)),
        measures=_options(outcome.measure for outcome in outcomes),
        kinds=_options(outcome.kind for outcome in outcomes),
        rules=_options(outcome.rule for outcome in outcomes if outcome.rule),
        articles="\n".join(_articles(evaluation)),
    )


def _options(values: Iterable[str]) -> str:
    return "".join(f"<option>{escape(value)}</option>" for value in sorted({str(value) for value in values}))


def _articles(evaluation: Evaluation) -> Iterator[str]:
    by_article: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in evaluation.outcomes:
        by_article[outcome.article_id].append(outcome)
    for article_id, outcomes in by_article.items():
        sentences = _by_sentence(evaluation.texts[article_id], outcomes)
        yield f"<section><h2>{escape(evaluation.titles[article_id])}</h2>"
        yield from (_block(sentence, facts) for sentence, facts in sentences.items())
        yield "</section>"


def _by_sentence(text: str, outcomes: Iterable[Outcome]) -> Mapping[Sentence | None, list[Outcome]]:
    """Return the outcomes by the sentence they stand in, in reading order; those in none come last."""
    sentences = tuple(split_sentences(Article(id="", title="", text=text)))
    grouped: dict[Sentence | None, list[Outcome]] = {sentence: [] for sentence in (*sentences, None)}
    for outcome in outcomes:
        grouped[_sentence_of(outcome.span, sentences)].append(outcome)
    return {sentence: facts for sentence, facts in grouped.items() if facts}


def _sentence_of(span: Span | None, sentences: Iterable[Sentence]) -> Sentence | None:
    if span is None:
        return None
    return next((one for one in sentences if one.span.start <= span.start < one.span.end), None)


def _block(sentence: Sentence | None, outcomes: Iterable[Outcome]) -> str:
    facts = sorted(outcomes, key=lambda one: (one.measure, _ORDER[one.verdict], one.label))
    shown = f'<p lang="zh">{_marked(sentence, facts)}</p>' if sentence else f"<p>{_UNPLACED}</p>"
    return f'<div class="sentence">{shown}<ul>{"".join(map(_item, facts))}</ul></div>'


def _item(outcome: Outcome) -> str:
    data = "".join(
        f' data-{key}="{escape(value)}"'
        for key, value in (("measure", outcome.measure), ("kind", outcome.kind), ("rule", outcome.rule))
    )
    hints = [] if outcome.measure is Measure.RELATIONS else [outcome.kind]  # a relation's label has its kind
    if outcome.rule:
        hints.append(f"rule {outcome.rule}")
    if outcome.near:
        hints.append(f"{'gold' if outcome.verdict is Verdict.WRONG else 'found'}: {outcome.near}")
    return (
        f'<li class="{outcome.verdict}"{data}><b>{outcome.verdict}</b> <bdi lang="zh">{escape(outcome.label)}'
        f"</bdi> <small>{escape('; '.join(hints))}</small></li>"
    )


def _marked(sentence: Sentence, outcomes: Iterable[Outcome]) -> str:
    """Return the sentence with the places of its errors marked; a mark of all of it tells nothing."""
    spans = sorted({o.span for o in outcomes if o.span and o.verdict is not Verdict.RIGHT})
    parts, at = [], sentence.span.start
    for span in spans:
        end = min(span.end, sentence.span.end)
        if span.start < at or sentence.span == Span(span.start, end):
            continue
        parts.append(escape(_slice(sentence, at, span.start)))
        parts.append(f"<mark>{escape(_slice(sentence, span.start, end))}</mark>")
        at = end
    return "".join([*parts, escape(_slice(sentence, at, sentence.span.end))])


def _slice(sentence: Sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.span.start : end - sentence.span.start]
