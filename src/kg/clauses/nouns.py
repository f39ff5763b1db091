"""Nouns made of nouns: with an owner, with another name, with the part that coordinated nouns share."""

from collections.abc import Sequence

from kg.clauses.records import Noun
from kg.records import Span, Word, replace
from kg.rules import load_word_ends, load_word_set

_PAIR = 2  # words of a measure with its modifier
_LONGEST_CHAIN = 50  # nouns side by side, as in a table that lost its lines; three are many in prose


def to_owned(noun: Noun, owners: tuple[Noun, ...]) -> Noun:
    """Return *noun* as owned by what stands before 的; its full span reaches back to them.

    Owners of owners of owners, further than anyone writes, are let go.
    """
    if owners and _n_owners_above(owners[0]) >= _LONGEST_CHAIN:
        return noun
    start = min((owner.full_span.start for owner in owners), default=noun.span.start)
    full_span = Span(min(start, noun.full_span.start), noun.full_span.end)
    return Noun(noun.name, noun.span, full_span, noun.first, noun.last, owners, noun.is_counted)


def _n_owners_above(noun: Noun) -> int:
    count = 0
    while noun.owners:
        noun = noun.owners[0]
        count += 1
    return count


def to_all_owned(nouns: tuple[Noun, ...], owners: tuple[Noun, ...]) -> tuple[Noun, ...]:
    """Return *nouns*, those without owners as owned."""
    return tuple(noun if noun.owners else to_owned(noun, owners) for noun in nouns)


def to_named(noun: Noun, name: str, end: int) -> Noun:
    """Return *noun* under a fuller name, whose characters reach to *end*."""
    full_span = Span(noun.full_span.start, end)
    return Noun(name, noun.span, full_span, noun.first, noun.last, noun.owners, noun.is_counted)


def cut_noun(noun: Noun, words: Sequence[Word], first: int, last: int) -> Noun:
    """Return the part of *noun* from word *first* to *last* (half-open) as a noun of its own."""
    start = noun.span.start if first == noun.first else words[first].span.start
    span = Span(start, noun.span.end if last == noun.last else words[last - 1].span.end)
    name = "".join([word.text for word in words[first:last]])
    return replace(noun, name=name, span=span, full_span=span, first=first, last=last)


def share_parts(conjuncts: list[Noun], words: Sequence[Word], roles: str) -> list[Noun]:
    """Give coordinated nouns the head or modifier they share.

    前沿性、革命性技术 → 前沿性技术, 革命性技术: attributes share the noun that the last of them modifies.
    产业高端化、智能化、绿色化转型 → 产业高端化转型, 产业智能化转型, 产业绿色化转型: where every last word
    but that of the final noun ends in the same suffix as the final noun's first word.
    """
    if len(conjuncts) < 2:
        return conjuncts
    first, *middle, last = conjuncts
    tail = "".join([word.text for word in words[last.first + 1 : last.last]])
    if not tail:
        return _share_modifier(conjuncts, words)
    if roles[last.first] == "A" and _are_attributes(conjuncts[:-1], roles):
        return [*(to_named(noun, noun.name + tail, noun.span.end) for noun in conjuncts[:-1]), last]
    if not _are_parallel(conjuncts, words) or any(noun.last - noun.first > 2 for noun in middle):
        return conjuncts
    prefix = first.name[: -len(words[last.first].text)]  # 制造业高端化 may be one word
    return [
        to_named(first, first.name + tail, first.span.end),
        *(to_named(noun, prefix + noun.name + tail, noun.span.end) for noun in middle),
        to_named(last, prefix + last.name, last.span.end),
    ]


def _share_modifier(conjuncts: list[Noun], words: Sequence[Word]) -> list[Noun]:
    """Give a second measure the modifier of the first: 产品安全性和可靠性 → 产品可靠性."""
    first = conjuncts[0]
    measures = [words[noun.last - 1].text.endswith(load_word_ends("measure_ends")) for noun in conjuncts]
    if first.last - first.first != _PAIR or not all(measures):
        return conjuncts
    if any(noun.last - noun.first > 1 for noun in conjuncts[1:]):
        return conjuncts
    prefix = words[first.first].text
    return [first, *(to_named(noun, prefix + noun.name, noun.span.end) for noun in conjuncts[1:])]


def _are_attributes(nouns: Sequence[Noun], roles: str) -> bool:
    return all(set(roles[noun.first : noun.last]) == {"A"} for noun in nouns)


def _are_parallel(conjuncts: Sequence[Noun], words: Sequence[Word]) -> bool:
    """Tell whether the coordinated words all end in the same suffix: 高端化、智能化、绿色化."""
    suffix = words[conjuncts[-1].first].text[-1]
    return suffix in load_word_set("parallel_suffixes") and all(
        words[noun.last - 1].text[-1] == suffix for noun in conjuncts[:-1]
    )
