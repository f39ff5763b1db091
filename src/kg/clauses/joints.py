"""Nouns that a phrase joins without a verb: 科技人才与产业人才|复合."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.clauses.records import Joint, Noun
from kg.phrases import Phrase
from kg.records import Span, Word
from kg.rules import load_word_set


def find_joints(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Joint]:
    """Yield the pairs of phrases with 与 between them whose second ends in a noun of joining."""
    joining = load_word_set("joining_nouns")
    links = load_word_set("linking_words")
    for first, second in pairwise(phrases):
        last = second.last - 1
        cue = words[last]
        is_linked = second.first - first.last == 1 and words[first.last].text in links
        if is_linked and last > second.first and cue.text in joining:
            span = Span(second.span.start, words[last - 1].span.end)
            name = "".join(word.text for word in words[second.first : last])
            yield Joint(
                Noun(first.text, first.span, first.span, first.first, first.last),
                Noun(name, span, span, second.first, last),
                cue.span,
                cue.text,
            )
