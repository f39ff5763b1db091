"""Base noun phrases: maximal runs of nouns and attributes.

What is joined to them by 的, 、 or 等 is the concern of ``kg.clauses``.
"""

import re
from collections.abc import Sequence

from kg.records import Record, Span, Word
from kg.rules import load_kinds, load_word_classes

_NOUN_RUN_RE = re.compile("[NA]+")
_QUOTED_TAGS = frozenset(("nq", "nk"))
_NEW = "新"
_SETS = ("大", "重")
_PLENTY = ("双重", "多重")


class Phrase(Record, frozen=True):
    """A base noun phrase: words ``first`` to ``last`` (half-open), without determiners."""

    first: int
    last: int
    span: Span
    text: str
    is_counted: bool = False


def find_phrases(words: Sequence[Word], roles: str) -> tuple[Phrase, ...]:
    """Return the base noun phrases in order.

    A phrase that follows a number, measure word or determiner is ``is_counted``.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> words = split_words("支持学校发展，发展新业态", offset=0, lexicon=load_lexicon())
        >>> [phrase.text for phrase in find_phrases(words, "VNN,VN")]
        ['学校发展', '新业态']
    """
    return tuple(
        [
            _to_phrase(words, roles, first, last)
            for first, last in _find_runs(words, roles)
            if roles.find("N", first, last) >= 0 or _stands_for_noun(roles, first, last)
        ]
    )


def _to_phrase(words: Sequence[Word], roles: str, first: int, last: int) -> Phrase:
    is_counted = first > 0 and roles[first - 1] == "Q"
    start = words[first]
    if last - first == 1:
        return Phrase(first, last, start.span, start.text, is_counted)
    text = "".join([word.text for word in words[first:last]])
    return Phrase(first, last, Span(start.span.start, start.span.start + len(text)), text, is_counted)


def counts_a_set(text: str) -> bool:
    """Tell whether a word makes a fixed set of what follows: 八大|展区, 三重|压力.

    Example:
        >>> counts_a_set("八大"), counts_a_set("重大")
        (True, False)
    """
    numbers = load_word_classes("relation_words")["number"]
    return text[:2] in _PLENTY or (text[1:2] in _SETS and text[0] in numbers)


def _find_runs(words: Sequence[Word], roles: str) -> list[tuple[int, int]]:
    """Return first and last (half-open) of every run, cut where names stand side by side."""
    runs = []
    for run in _NOUN_RUN_RE.finditer(roles):
        first, end = run.span()
        for index in range(first + 1, end):
            if _are_listed(words, index):
                runs.append((first, index))
                first = index
        runs.append((first, end))
    return runs


def _are_listed(words: Sequence[Word], index: int) -> bool:
    """Tell whether a new name begins: “甲”“乙” side by side, or 三大… after what it counts."""
    word = words[index]
    tag, tag_before = word.tag, words[index - 1].tag
    if (tag == "nk") != (tag_before == "nk"):
        return True  # 财政部|《通知》
    if tag == tag_before and tag in _QUOTED_TAGS:
        return True
    text, text_before = word.text, words[index - 1].text
    if text[0] == text_before[0] == _NEW and len(text) == len(text_before) > 1:
        return True  # 新模式|新业态
    if counts_a_set(text):
        return True
    return text in load_kinds("topic_heads") and _says_what_it_is(words, index + 1)


def _says_what_it_is(words: Sequence[Word], index: int) -> bool:
    """Tell whether 在 or 是 stands here: 发展新质生产力|关键|在创新."""
    return index < len(words) and words[index].text in load_word_classes("relation_words")["being"]


def _stands_for_noun(roles: str, first: int, last: int) -> bool:
    """Tell whether attributes without a noun are listed (前沿性、革命性技术) or an object (具有|原创性)."""
    return roles[last : last + 1] in ("、", "C") or (first > 0 and roles[first - 1] in "VPU")
