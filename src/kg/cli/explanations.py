"""``kg explain``: how a sentence was read, stage by stage."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.articles import Corpus
    from kg.lexicon import Lexicon


@click.command()
@click.argument("source", required=False, metavar="[FILE]")
@click.option("--sentence", "number", type=int, metavar="N",
              help="Its number, from 1 through the whole file; all are listed without it.")  # fmt: skip
@click.option("--text", metavar="TEXT", help="A text given here, in place of a file.")
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Your own terms, on top of those that ship. Repeatable.")  # fmt: skip
def explain(source: str | None, number: int | None, text: str | None, lexicons: tuple[Path, ...]) -> None:
    """Show how a sentence was read, stage by stage, and why it gave what it gave.

    \b
    kg explain article.txt                 the sentences with their numbers
    kg explain article.txt --sentence 3    words, terms, phrases, frames, relations, numbers
    kg explain --text "科技创新催生新产业。"
    """
    if (source is None) == (text is None):
        raise KgError("explain: give either a file or --text TEXT")
    from kg.articles import Corpus, read_articles
    from kg.lexicon import load_lexicon
    from kg.records import Article

    corpus = Corpus((Article("article/text", "", text),)) if text is not None else read_articles(str(source))
    if text is None and number is None:
        lines = _list_sentences(corpus)
    else:
        lines = _explain(corpus, number, source or "--text", load_lexicon(lexicons))
    for line in lines:
        click.echo(line)


def _list_sentences(corpus: "Corpus") -> Iterator[str]:
    from kg.sentences import split_sentences

    number = 0
    for article in corpus:
        yield f"{article.title or article.id}"
        for sentence in split_sentences(article):
            number += 1
            yield f"{number:>5}  {sentence.text}"


def _explain(corpus: "Corpus", number: int | None, where: str, lexicon: "Lexicon") -> Iterator[str]:
    from kg.cli.tracetexts import format_trace
    from kg.sentences import split_sentences
    from kg.traces import trace_article, trace_sentence

    counts = [sum(1 for _ in split_sentences(article)) for article in corpus]
    n_sentences = sum(counts)
    if n_sentences == 0:
        raise KgError(f"{where}: holds no sentence")
    if number is not None and not 1 <= number <= n_sentences:
        raise KgError(f"{where}: has no sentence {number}; its sentences are 1 to {n_sentences}")
    before = 0
    for article, count in zip(corpus, counts, strict=True):
        if number is None:
            for index, trace in enumerate(trace_article(article, lexicon=lexicon), before + 1):
                yield from [""] if index > 1 else []
                yield from format_trace(trace, index)
        elif before < number <= before + count:
            yield from format_trace(trace_sentence(article, number - before - 1, lexicon=lexicon), number)
        before += count
