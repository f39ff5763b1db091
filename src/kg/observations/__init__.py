"""Numbers that measure something: indicator, value, unit, time, place, kind, source.

``find_measurements`` reads an article sentence by sentence. Sentences without numbers cost one
regular expression. What a clause leaves unsaid (subject, year, place, source) is taken from the
clause, then from the sentence before, as a reader would.

A number without a time of its own takes the time last said in its sentence or paragraph, then the
period the article reports (今年4月 in its first sentence), then the article's date: it is stated to
hold when the article is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from kg.lexicon import Lexicon
from kg.observations.pieces import has_numbers
from kg.observations.readers import Reader
from kg.records import Article, Measurement, Mention, Sentence, Word

__all__ = ["find_measurements"]

_NO_WORDS: Mapping[int, Sequence[Word]] = MappingProxyType({})


def find_measurements(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    *,
    lexicon: Lexicon,
    words: Mapping[int, Sequence[Word]] = _NO_WORDS,
) -> Iterator[Measurement]:
    """Yield what the numbers of *article* measure, in reading order.

    ``span`` of a measurement is the number with its unit; its ``indicator`` is a mention whose
    ``text`` stands verbatim at its span and whose ``name`` is composed from it (同比增长率).

    Args:
        article: The article; its date resolves 今年 and 去年.
        sentences: Its sentences in order; of headings only numbers are read that the body does not repeat.
        mentions: Its mentions so far, among which sources are sought; may be empty.
        lexicon: Its places and bodies are found where no mention is given.
        words: Words by sentence index, as ``split_words`` gave them; sentences without are cut here.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.sentences import split_sentences
        >>> article = Article("a", "", "2023年我国人工智能核心产业规模达到5787亿元，相关企业数量达4482家。")
        >>> found = find_measurements(article, tuple(split_sentences(article)), (), lexicon=load_lexicon())
        >>> [(m.indicator.name, str(m.value), m.unit, m.time) for m in found]
        [('人工智能核心产业规模', '5787', '亿元', '2023'), ('企业数量', '4482', '家', '2023')]
    """
    if not any(has_numbers(sentence.text) for sentence in sentences):
        return
    reader = Reader(article, sentences, mentions, lexicon, words)
    for sentence in sentences:
        yield from reader.read(sentence)
