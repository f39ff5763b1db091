"""Base noun phrases: maximal runs of nouns and attributes.

What is joined to them by 的, 、 or 等 is the concern of ``kg.clauses``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.records import Span, Word
from kg.rules import load_kinds, load_word_classes

_NOUN_LIKE = frozenset("NA")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A base noun phrase: words ``first`` to ``last`` (half-open), without determiners."""

    first: int
    last: int
    span: Span
    text: str
    is_counted: bool = False


def find_phrases(words: Sequence[Word], roles: str) -> tuple[Phrase, ...]:
    """Return the base noun phrases in order.

    A phrase that follows a number, measure word or determiner is ``is_counted``.
    """
    phrases = []
    index = 0
    while index < len(words):
        if roles[index] not in _NOUN_LIKE:
            index += 1
            continue
        first = index
        index += 1
        while index < len(words) and roles[index] in _NOUN_LIKE and not _are_listed(words, index):
            index += 1
        last = index
        start, end = words[first].span.start, words[last - 1].span.end
        text = "".join(word.text for word in words[first:last])
        if "N" not in roles[first:last] and not _stands_for_noun(roles, first, last):
            continue
        counted = first > 0 and roles[first - 1] == "Q"
        phrases.append(Phrase(first, last, Span(start, end), text, counted))
    return tuple(phrases)


def _are_listed(words: Sequence[Word], index: int) -> bool:
    """Tell whether a new name begins: “甲”“乙” side by side, or 三大… after what it counts."""
    if (words[index].tag == "nk") != (words[index - 1].tag == "nk"):
        return True  # 财政部|《通知》
    if words[index].text[1:2] == "大" and words[index].text[0] in "两三四五六七八九十":
        return True
    if words[index].text in load_kinds("topic_heads") and _says_what_it_is(words, index + 1):
        return True  # 发展新质生产力|关键|在创新
    return words[index].tag in ("nq", "nk") and words[index - 1].tag == words[index].tag


def _says_what_it_is(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].text in load_word_classes("relation_words")["being"]


def _stands_for_noun(roles: str, first: int, last: int) -> bool:
    """Tell whether attributes without a noun are listed (前沿性、革命性技术) or an object (具有|原创性)."""
    return roles[last : last + 1] in ("、", "C") or (first > 0 and roles[first - 1] in "VPU")
