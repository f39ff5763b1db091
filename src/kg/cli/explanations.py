"""``kg explain``: how a sentence was read, stage by stage."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.clauses import Frame, Noun, Prepositional
    from kg.records import Claim, Measurement, Mention
    from kg.traces import FoundTerm, Trace

# What a part lacked, said to a person.
_LACKS = {
    "no-verb": "no verb was seen",
    "speech-only": "a verb of speech: it names the speaker of what follows",
    "unknown-verb": "no rule of ontology/rules/verbs.tsv holds this verb",
    "no-object": "nothing that the verb is done to",
    "no-subject": "nobody who does it, and nothing that is called for",
    "generic-object": "what it is done to is too general to be an entity",
    "generic-subject": "who does it is too general to be an entity",
    "no-rule": "no rule makes a relation of this verb with these parts",
    "generic-noun": "too general to be an entity",
    "seen-once": "a name that nothing else vouches for",
    "unread-number": "a number that measures nothing known",
}


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--sentence", "number", type=click.IntRange(min=1), metavar="N",
              help="Number of the sentence, from 1 through the whole file.")  # fmt: skip
@click.option("--text", metavar="TEXT", help="A text in place of a file.")
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Your own terms, as for kg build. Repeatable.")  # fmt: skip
@click.option("--encoding", metavar="NAME", help="Encoding of the file; found out by default.")
def explain(
    file: str | None, number: int | None, text: str | None, lexicons: tuple[Path, ...], encoding: str | None
) -> None:
    """Show how a sentence was read, stage by stage.

    Without --sentence, the sentences of FILE are listed with their numbers, and a * before each that
    gave a fact.
    """
    if (file is None) == (text is None):
        raise KgError("explain: expected a file or --text, one of the two; see kg explain --help")
    traces = _read_file(file, lexicons, encoding) if file is not None else _read_text(text or "", lexicons)
    if number is not None and number > len(traces):
        raise KgError(f"explain: there is no sentence {number}; they are numbered 1 to {len(traces)}")
    if number is not None:
        lines = format_trace(traces[number - 1])
    elif text is not None:
        lines = (line for trace in traces for line in (*format_trace(trace), ""))
    else:
        lines = _list_sentences(traces)
    click.echo("\n".join(lines).rstrip())


def _read_file(file: str, lexicons: Sequence[Path], encoding: str | None) -> "tuple[Trace, ...]":
    from kg.articles import read_articles
    from kg.lexicon import load_lexicon
    from kg.traces import trace_article

    articles = read_articles(file, encoding=encoding)
    lexicon = load_lexicon(lexicons)
    return tuple(trace for article in articles for trace in trace_article(article, lexicon=lexicon))


def _read_text(text: str, lexicons: Sequence[Path]) -> "tuple[Trace, ...]":
    from kg.lexicon import load_lexicon
    from kg.traces import trace_text

    traces = trace_text(text, lexicon=load_lexicon(lexicons))
    if not traces:
        raise KgError(f"explain: no sentence in {text!r}; expected Chinese text")
    return traces


def _list_sentences(traces: "Sequence[Trace]") -> Iterator[str]:
    article_id = ""
    for number, trace in enumerate(traces, start=1):
        if trace.sentence.article_id != article_id:
            article_id = trace.sentence.article_id
            yield f"# {article_id}"
        yield f"{number:>4} {'*' if trace.has_facts else ' '} {trace.sentence.text}"


def format_trace(trace: "Trace") -> Iterator[str]:
    """Yield the lines that show what each stage saw, in the order of the stages."""
    parse = trace.parse
    yield trace.sentence.text
    yield from _section("words", ["  ".join(f"{word.text}/{word.tag}" for word in parse.words)])
    yield from _section("terms", map(_term, trace.terms))
    nouns = ["、".join(map(_noun, (*nominal.members, *nominal.heads))) for nominal in parse.nominals]
    yield from _section("phrases", nouns)
    yield from _section("clauses", map(_frame, parse.frames))
    yield from _section("entities", map(_mention, trace.mentions))
    yield from _section("relations", map(_claim, trace.claims))
    yield from _section("observations", map(_measurement, trace.measurements))
    misses = [f"{miss.text}: {_LACKS.get(miss.lack, miss.lack)}" for miss in trace.near_misses]
    yield from _section("gave nothing" if trace.has_facts else "came nearest", misses)


def _section(label: str, lines: "Iterator[str] | Sequence[str]") -> Iterator[str]:
    for position, line in enumerate(lines):
        yield f"  {label if not position else '':<14}{line}".rstrip()


def _term(found: "FoundTerm") -> str:
    told = f"{found.term.name} ({found.term.kind})"
    return told if found.is_word else f"{told}, no word of its own here"


def _noun(noun: "Noun") -> str:
    owners = "、".join(map(_noun, noun.owners))
    return f"{owners} 的 {noun.name}" if owners else noun.name


def _frame(frame: "Frame") -> str:
    parts = [
        "、".join(map(_noun, frame.subjects)) or "-",
        *map(_prepositional, frame.prepositions),
        f"[{frame.action}]",
        "、".join(map(_noun, frame.objects)) or "-",
    ]
    kind = f"{frame.entry.kind}" if frame.entry is not None and frame.entry.kind else "no rule"
    return f"{frame.clause + 1}. {' '.join(parts)}  ({frame.place}, {kind})"


def _prepositional(found: "Prepositional") -> str:
    return f"{found.word}({'、'.join(map(_noun, found.nominal.heads))}{found.localizer})"


def _mention(mention: "Mention") -> str:
    place = f"{mention.span.start}-{mention.span.end}"
    surface = "" if mention.text == mention.name else f", written {mention.text}"
    return f"{mention.name} ({mention.kind}, {mention.source}, {place}{surface})"


def _claim(claim: "Claim") -> str:
    subject = claim.subject.name if claim.subject is not None else "the article"
    words = [f"cue {claim.cue}", claim.modality.value.lower()]
    if claim.strength is not None:
        words.append(claim.strength.value.lower())
    if claim.negated:
        words.append("negated")
    if claim.speaker is not None:
        words.append(f"said by {claim.speaker.name}")
    words += [f"rule {claim.rule}", f"confidence {claim.confidence:.2f}"]
    return f"{subject} —{claim.kind}→ {claim.object.name}  ({', '.join(words)})"


def _measurement(found: "Measurement") -> str:
    words = [found.kind.value.lower()]
    words += [found.time] if found.time else []
    words += [found.place.name] if found.place is not None else []
    words += [found.comparison] if found.comparison else []
    words += [f"rule {found.rule}", f"confidence {found.confidence:.2f}"]
    return f"{found.indicator.name} = {found.value} {found.unit}  ({', '.join(words)})"
