"""Nouns that a phrase joins without a verb: 科技人才与产业人才|复合."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.clauses.records import Joint, Noun
from kg.phrases import Phrase
from kg.records import Span, Word
from kg.rules import load_word_set

_PAUSE = "、"


def find_joints(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Joint]:
    """Yield the pairs of phrases with 与 between them whose second ends in a noun of joining.

    What is listed before 与 is joined with the second, too: 大数据、人工智能与实体经济|融合.
    """
    joining = load_word_set("joining_nouns")
    links = load_word_set("linking_words")
    for number, (before, second) in enumerate(pairwise(phrases)):
        last = second.last - 1
        cue = words[last]
        is_linked = second.first - before.last == 1 and words[before.last].text in links
        if is_linked and last > second.first and cue.text in joining:
            span = Span(second.span.start, words[last - 1].span.end)
            name = "".join(word.text for word in words[second.first : last])
            for first in _listed_until(phrases[: number + 1], words):
                yield Joint(
                    Noun(first.text, first.span, first.span, first.first, first.last),
                    Noun(name, span, span, second.first, last),
                    cue.span,
                    cue.text,
                )


def _listed_until(phrases: Sequence[Phrase], words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the last of *phrases* and those that pauses list before it, from the last to the first."""
    after = phrases[-1]
    yield after
    for phrase in reversed(phrases[:-1]):
        if after.first - phrase.last != 1 or words[phrase.last].text != _PAUSE:
            return
        yield phrase
        after = phrase
