"""What is doubtful about a restored text, each doubt with its place; nothing is mended here."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import has_ended
from kg.records import Diagnostic, Span
from kg.schema import DiagnosticCode

_MIN_REPEAT = 40  # characters: set phrases of the genre are shorter
# Pieces are kept from every 7th place and looked up from every 3rd: as 7 and 3 have no common
# divisor, two equal passages of 7 * 3 + 19 characters always share one of them.
_KEPT, _LOOKED_UP = 7, 3
_GRAM = _MIN_REPEAT - _KEPT * _LOOKED_UP
_MAX_OF_A_KIND = 20
_REPLACEMENT_RE = re.compile("\ufffd+")
_SENTENCE_END_RE = re.compile("[。！？；\n]")


def find_doubts(
    text: str,
    *,
    body_start: int,
    heading_spans: tuple[Span, ...],
    article_id: str,
    source_file: str,
    places: Sequence[tuple[int, int]] = (),
) -> Iterator[Diagnostic]:
    """Yield the doubts about one article in a stated order: by kind, then by place.

    *places* are offsets of paragraphs with the lines of the source on which they begin; a doubt is
    placed on the line of its paragraph.
    """
    for code, message, span in _find_all(text, body_start, heading_spans):
        yield Diagnostic(code, message, source_file, article_id, span, _line_at(places, span.start))


def _line_at(places: Sequence[tuple[int, int]], offset: int) -> int | None:
    index = bisect_right(places, offset, key=itemgetter(0)) - 1
    return (places[index][1] or None) if index >= 0 else None


def _find_all(
    text: str, body_start: int, headings: tuple[Span, ...]
) -> Iterator[tuple[DiagnosticCode, str, Span]]:
    yield from _find_fragment(text, body_start)
    yield from _find_truncation(text, body_start, headings)
    for span, first in islice(_find_repeats(text, body_start), _MAX_OF_A_KIND):
        message = f"{len(span)} characters repeat those at {first}: {_quote(span.of(text))}"
        yield DiagnosticCode.REPEATED_PASSAGE, message, span
    for rule in load_furniture().rules["doubled"]:
        if rule.field not in text:  # far faster than the pattern, which knows the exceptions
            continue
        for match in islice(rule.pattern.finditer(text), _MAX_OF_A_KIND):
            yield (
                DiagnosticCode.DOUBLED_CHARACTER,
                f"{match.group()} may be doubled by mistake",
                Span(*match.span()),
            )
    for match in islice(_REPLACEMENT_RE.finditer(text), _MAX_OF_A_KIND):
        yield DiagnosticCode.UNDECODABLE_BYTES, "characters were lost in decoding", Span(*match.span())


def _find_fragment(text: str, start: int) -> Iterator[tuple[DiagnosticCode, str, Span]]:
    if load_furniture().pattern("fragment").match(text, start):
        end = _SENTENCE_END_RE.search(text, start)
        span = Span(start, end.end() if end else len(text))
        yield DiagnosticCode.FRAGMENT_AT_START, f"begins amid a sentence: {_quote(span.of(text))}", span


def _find_truncation(
    text: str, start: int, headings: tuple[Span, ...]
) -> Iterator[tuple[DiagnosticCode, str, Span]]:
    if len(text) <= start or has_ended(text) or any(span.end == len(text) for span in headings):
        return
    if load_furniture().pattern("open-end").fullmatch(text, text.rfind("\n") + 1):
        return
    stops = list(_SENTENCE_END_RE.finditer(text, max(start, len(text) - 2000)))
    begin = stops[-1].end() if stops else max(start, len(text) - 2000)
    yield (
        DiagnosticCode.TRUNCATED_END,
        f"ends amid a sentence: {_quote(text[begin:])}",
        Span(begin, len(text)),
    )


def _find_repeats(text: str, start: int) -> Iterator[tuple[Span, int]]:
    """Yield passages that stand earlier in the text too, with where; linear in the text."""
    first_places: dict[str, int] = {}
    last = len(text) - _GRAM + 1
    for place in range(start, last, _KEPT):
        first_places.setdefault(text[place : place + _GRAM], place)
    hits = [place for place in range(start, last, _LOOKED_UP) if text[place : place + _GRAM] in first_places]
    done = start
    for place in hits:
        first = first_places[text[place : place + _GRAM]]
        if place < done or first + _GRAM > place:
            continue
        span = _widen_repeat(text, first, place, done)
        if len(span) >= _MIN_REPEAT:
            yield span, first - (place - span.start)
        done = span.end


def _widen_repeat(text: str, first: int, second: int, floor: int) -> Span:
    """Return the whole passage at *second* that equals the one at *first*, the two not overlapping."""
    begin, end = second, second + _GRAM
    reach = second - first
    while begin - 1 - reach >= 0 and begin > floor and text[begin - 1] == text[begin - 1 - reach]:
        begin -= 1
    while end < len(text) and end - begin < reach and text[end] == text[end - reach]:
        end += 1
    return Span(begin, end)


def _quote(text: str) -> str:
    text = text.strip()
    return f"“{text}”" if len(text) <= 24 else f"“{text[:12]}…{text[-12:]}”"
