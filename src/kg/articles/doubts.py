"""What is doubtful about a restored text, each doubt with its place; nothing is mended here."""

import re
from collections.abc import Iterator

from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import has_ended
from kg.records import Diagnostic, Span
from kg.schema import DiagnosticCode

_MIN_REPEAT = 40  # characters: set phrases of the genre are shorter
_GRAM = _MIN_REPEAT // 2  # every repeat of 40 holds a whole block of 20 that starts at a multiple of 20
_MAX_OF_A_KIND = 20
_REPLACEMENT_RE = re.compile("\ufffd+")
_SENTENCE_END_RE = re.compile("[。！？；\n]")


def find_doubts(
    text: str, *, body_start: int, heading_spans: tuple[Span, ...], article_id: str, source_file: str
) -> Iterator[Diagnostic]:
    """Yield the doubts about one article in a stated order: by kind, then by place."""
    for code, message, span in _find_all(text, body_start, heading_spans):
        yield Diagnostic(code, message, source_file, article_id, span)


def _find_all(
    text: str, body_start: int, headings: tuple[Span, ...]
) -> Iterator[tuple[DiagnosticCode, str, Span]]:
    yield from _find_fragment(text, body_start)
    yield from _find_truncation(text, body_start, headings)
    for span, first in _find_repeats(text, body_start):
        message = f"{len(span)} characters repeat those at {first}: {_quote(span.of(text))}"
        yield DiagnosticCode.REPEATED_PASSAGE, message, span
    for rule in load_furniture().of_kind("doubled"):
        for _, match in zip(range(_MAX_OF_A_KIND), rule.pattern.finditer(text), strict=False):
            yield (
                DiagnosticCode.DOUBLED_CHARACTER,
                f"{match.group()} may be doubled by mistake",
                Span(*match.span()),
            )
    for _, match in zip(range(_MAX_OF_A_KIND), _REPLACEMENT_RE.finditer(text), strict=False):
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
    stops = list(_SENTENCE_END_RE.finditer(text, max(start, len(text) - 2000)))
    begin = stops[-1].end() if stops else max(start, len(text) - 2000)
    yield (
        DiagnosticCode.TRUNCATED_END,
        f"ends amid a sentence: {_quote(text[begin:])}",
        Span(begin, len(text)),
    )


def _find_repeats(text: str, start: int) -> Iterator[tuple[Span, int]]:
    """Yield passages that stand earlier in the text too, with where; linear in the text."""
    seen: dict[str, int] = {}
    next_block = start
    position, found = start, 0
    while position + _GRAM <= len(text) and found < _MAX_OF_A_KIND:
        while next_block + _GRAM <= position:
            seen.setdefault(text[next_block : next_block + _GRAM], next_block)
            next_block += _GRAM
        first = seen.get(text[position : position + _GRAM])
        if first is None:
            position += 1
            continue
        before = 0
        while first - before > start and text[first - before - 1] == text[position - before - 1]:
            before += 1
            if before >= _GRAM:
                break
        end = position + _GRAM
        while (
            end < len(text)
            and first + end - position < position - before
            and text[end] == text[first + end - position]
        ):
            end += 1
        if end - position + before >= _MIN_REPEAT:
            found += 1
            yield Span(position - before, end), first - before
        position = end


def _quote(text: str) -> str:
    text = text.strip()
    return f"“{text}”" if len(text) <= 24 else f"“{text[:12]}…{text[-12:]}”"
