"""One article in, its facts out: the whole reading as one pure, picklable function."""

from collections.abc import Iterator

from kg.aliases import find_aliases, find_strays, rename
from kg.clauses import Parse, parse_sentence
from kg.lexicon import Lexicon
from kg.mentions import NamedNouns, find_mentions
from kg.observations import find_measurements
from kg.records import Article, ArticleFacts, Mention, Sentence
from kg.relations import find_claims
from kg.sentences import split_sentences
from kg.words import split_words


def extract_article(article: Article, *, lexicon: Lexicon) -> ArticleFacts:
    """Return the sentences, mentions, claims and measurements of one article.

    The result depends on nothing but the article and the lexicon.
    """
    sentences = tuple(split_sentences(article))
    read = tuple(_read_sentences(sentences, lexicon))
    found = _all_mentions(read)
    aliases, strays = find_aliases(article, found), find_strays(found)
    read = tuple((parse, rename(names, aliases, strays)) for parse, names in read)
    claims = tuple(find_claims(read))
    mentions = _all_mentions(read)
    measurements = tuple(find_measurements(article, sentences, mentions, lexicon=lexicon))
    return ArticleFacts(article, sentences, mentions, claims, measurements)


def _read_sentences(sentences: tuple[Sentence, ...], lexicon: Lexicon) -> Iterator[tuple[Parse, NamedNouns]]:
    for sentence in sentences:
        words = split_words(sentence.text, offset=sentence.span.start, lexicon=lexicon)
        parse = parse_sentence(sentence, words)
        yield parse, find_mentions(parse, lexicon=lexicon)


def _all_mentions(read: tuple[tuple[Parse, NamedNouns], ...]) -> tuple[Mention, ...]:
    return tuple(mention for _, names in read for mention in names.mentions)
