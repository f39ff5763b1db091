"""Sentences become tagged words; only this package knows jieba.

Terms of the lexicon are matched on raw characters first, because jieba's dictionary does not know
them and would cut across them (新质|生产力). What lies between is cut by jieba, or by rjieba, which
gives the same words faster. Tags come from jieba's dictionary, corrected by ``rules/words.tsv`` and
``rules/verbs.tsv``, since the dictionary misleads in this genre (产生 as a noun, 需求 as a verb).

Tags are those of ICTCLAS, refined where the grammar needs it: ``vm`` modal verbs, ``ude`` 的,
``udi`` 地, ``uet`` 等, ``nk`` a title in 《》, ``nq`` a short quotation, ``w`` punctuation, ``vn``
words that are both verb and noun.
"""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from kg.lexicon import Lexicon
from kg.records import Span, Word
from kg.rules import load_word_set
from kg.words.bodies import join_bodies
from kg.words.dictionaries import dictionary_tag
from kg.words.pieces import split_pieces
from kg.words.runs import Piece

__all__ = ["dictionary_tag", "split_words"]


def split_words(
    text: str, *, offset: int, lexicon: Lexicon, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[Word, ...]:
    """Return the words of *text* in order; together they cover it without gaps.

    Args:
        text: One sentence.
        offset: Where it starts in the article; spans count from the article's start.
        lexicon: Its terms are kept whole and tagged ``nt``, ``ns``, ``nr`` or ``nz``.
        known: Names that the article gives elsewhere, kept whole, with their tags.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> words = split_words("加快发展新质生产力", offset=10, lexicon=load_lexicon())
        >>> [(w.text, w.tag, w.span.start) for w in words]
        [('加快', 'v', 10), ('发展', 'vn', 12), ('新质生产力', 'nz', 14)]
    """
    pieces = split_pieces(text, lexicon, known)
    if not load_word_set("district_suffixes").isdisjoint(text):
        pieces = _join_places(pieces)
    pieces = join_bodies(pieces)
    words = []
    start = offset
    for surface, tag in pieces:
        end = start + len(surface)
        words.append(Word(surface, tag, Span(start, end)))
        start = end
    return tuple(words)


def _join_places(pieces: list[Piece]) -> list[Piece]:
    """Join a place and the 省, 市 or 县 after it, which jieba cuts off names it does not know."""
    suffixes = load_word_set("district_suffixes")
    joined = pieces[:1]
    for before, (surface, tag) in pairwise(pieces):
        if surface in suffixes and _may_be_place(*before):
            joined[-1] = before[0] + surface, "ns"
        else:
            joined.append((surface, tag))
    return joined


def _may_be_place(surface: str, tag: str) -> bool:
    """Tell whether a word before 省 or 市 is a place: known as one, or known as nothing."""
    if surface[-1] in load_word_set("district_suffixes") or len(surface) not in (2, 3):
        return False
    return tag == "ns" or (tag == "n" and dictionary_tag(surface) is None)
