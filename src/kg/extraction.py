"""One article in, its facts out: the whole reading as one pure, picklable function."""

from dataclasses import dataclass

from kg.aliases import find_aliases, find_short_names, find_strays, recall_companies, rename
from kg.clauses import Parse, parse_sentence
from kg.decrees import name_decree
from kg.judging import Verdict, judge
from kg.lexicon import Lexicon
from kg.mentions import NamedNouns, find_mentions
from kg.observations import find_measurements
from kg.patterns import find_people
from kg.records import Article, ArticleFacts, Mention, Sentence
from kg.relations import find_claims, find_figure_sources
from kg.sentences import split_sentences
from kg.terms import add_terms
from kg.words import split_words


@dataclass(frozen=True, slots=True)
class Reading:
    """One article with what the stages saw of it: a parse a sentence, and the facts.

    ``found`` are the mentions before short names became full ones and strays were dropped; ``stated`` is
    what the rules say, ``facts`` what is left and added of it by ``verdicts``.
    """

    parses: tuple[Parse, ...]
    names: tuple[NamedNouns, ...]
    found: tuple[Mention, ...]
    stated: ArticleFacts
    facts: ArticleFacts
    verdicts: tuple[Verdict, ...]


def extract_article(article: Article, *, lexicon: Lexicon) -> ArticleFacts:
    """Return the sentences, mentions, claims and measurements of one article.

    The result depends on nothing but the article and the lexicon.
    """
    return read_article(article, lexicon=lexicon).facts


def read_article(article: Article, *, lexicon: Lexicon) -> Reading:
    """Return the facts of one article together with the parses they come from."""
    sentences = tuple(split_sentences(article))
    read = _read_sentences(sentences, lexicon)
    read = name_decree(add_terms(read))
    found = _all_mentions(read)
    aliases, strays = find_aliases(article, found), find_strays(found)
    renamed = [(parse, rename(names, aliases, strays)) for parse, names in read]
    read = tuple(recall_companies(renamed, lexicon=lexicon))
    claims = tuple(find_claims(read))
    mentions = _all_mentions(read)
    words = {parse.sentence.index: parse.words for parse, _ in read}
    measurements = tuple(find_measurements(article, sentences, mentions, lexicon=lexicon, words=words))
    claims += tuple(find_figure_sources(measurements, sentences))
    stated = ArticleFacts(article, sentences, mentions, claims, measurements)
    parses = tuple(parse for parse, _ in read)
    facts, verdicts = judge(parses, stated, lexicon=lexicon)
    return Reading(parses, tuple(names for _, names in read), found, stated, facts, verdicts)


def _read_sentences(
    sentences: tuple[Sentence, ...], lexicon: Lexicon
) -> tuple[tuple[Parse, NamedNouns], ...]:
    """Read them stage by stage: what a stage needs stays in the processor's caches meanwhile."""
    people = sorted({name for each in sentences for name in find_people(each.text)})
    known = {**dict.fromkeys(people, "nr"), **find_short_names(each.text for each in sentences)}
    words = [
        split_words(each.text, offset=each.span.start, lexicon=lexicon, known=known) for each in sentences
    ]
    parses = [parse_sentence(*each) for each in zip(sentences, words, strict=True)]
    return tuple([(parse, find_mentions(parse, lexicon=lexicon)) for parse in parses])


def _all_mentions(read: tuple[tuple[Parse, NamedNouns], ...]) -> tuple[Mention, ...]:
    return tuple(mention for _, names in read for mention in names.mentions)
