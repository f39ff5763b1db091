"""Articles are cut into sentences, the units of evidence.

Sentences end where a reader would end them: marks inside quotes, brackets and book-title marks do
not count, an unclosed quote does not swallow what follows, a speaker stays with the quotation.
"""

import re
from collections.abc import Iterator

from kg.articles.furniture import load_furniture
from kg.records import Article, Sentence, Span
from kg.schema import SentenceKind

_PAIRS = {
    "”": "“",
    "’": "‘",
    "）": "（",
    ")": "(",
    "》": "《",
    "〉": "〈",
    "」": "「",
    "』": "『",
    "】": "【",
    "]": "[",
    "〕": "〔",
}
_OPENING = frozenset(_PAIRS.values())
_CLOSING = frozenset(_PAIRS)
_QUOTES = frozenset("”’」』")
_BREAKS = frozenset("。！？!?")
_MARK_RE = re.compile(r"[“”‘’（）()《》〈〉「」『』【】\[\]〔〕]|[。！？!?]+|…+|\.{3,}")
_WORD_RE = re.compile(r"[^\W_]")
_CLAUSE_RE = re.compile(r"[^，。；：！？“”]{1,30}(?=[，。：；])")
_MAX_SENTENCE = 2000  # characters: past that it is data without stops, and is cut at a lesser mark
_LESSER_RE = re.compile(r"[；;，,、 ]")


def split_sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of *article* in reading order.

    Spans count characters (Unicode code points) from the start of ``article.text``, so for every
    sentence ``article.text[s.span.start:s.span.end] == s.text``. Marks inside quotes, brackets or
    book-title marks do not end a sentence; a title or heading is one sentence.

    Args:
        article: The article to split; its text may be empty.

    Yields:
        Sentences with at least one letter or digit, closing marks included, outer spaces trimmed.

    Example:
        >>> article = Article("a1", "题", "会议指出：“要监管。要落实。”各地执行。")
        >>> [s.text for s in split_sentences(article)]
        ['会议指出：“要监管。要落实。”', '各地执行。']
    """
    headings = {span.start for span in article.heading_spans}
    start = index = 0
    for paragraph, text in enumerate(article.text.split("\n")):
        kind = _kind_of(start, article.body_start, headings)
        cuts = [len(text)] if kind is not SentenceKind.BODY else list(_find_ends(text))
        for local_start, local_end in zip([0, *cuts], cuts, strict=False):
            span = _trim(article.text, start + local_start, start + local_end)
            if _WORD_RE.search(article.text, span.start, span.end):
                yield Sentence(article.id, index, span, span.of(article.text), paragraph, kind)
                index += 1
        start += len(text) + 1


def _kind_of(start: int, body_start: int, headings: set[int]) -> SentenceKind:
    if start < body_start:
        return SentenceKind.TITLE
    return SentenceKind.HEADING if start in headings else SentenceKind.BODY


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _find_ends(text: str) -> Iterator[int]:
    """Yield the end of each sentence of a paragraph, its own end last."""
    previous = 0
    for end in [*_find_breaks(text), len(text)]:
        while end - previous > _MAX_SENTENCE:
            previous = _find_lesser_break(text, previous, previous + _MAX_SENTENCE)
            yield previous
        if end > previous:
            yield end
            previous = end


def _find_lesser_break(text: str, start: int, limit: int) -> int:
    marks = list(_LESSER_RE.finditer(text, start, limit))
    return marks[-1].end() if marks else limit


def _find_breaks(text: str) -> Iterator[int]:
    """Yield the places where a sentence ends outside quotes, brackets and titles."""
    pairs = _match_pairs(text)
    position = sentence_start = 0
    while True:
        match = _MARK_RE.search(text, position)
        if match is None:
            return
        position = match.end()
        mark = match.group()
        if mark in _OPENING and match.start() in pairs:
            position = pairs[match.start()] + 1
            if not _quote_ends_sentence(text, match.start(), position, sentence_start):
                continue
        elif mark in _OPENING or mark in _CLOSING:
            continue
        while position < len(text) and text[position] in _CLOSING:
            position += 1
        if position < len(text) and text[position] in "，、；：,;:":
            continue
        yield position
        sentence_start = position


def _match_pairs(text: str) -> dict[int, int]:
    """Return where each bracket or quote that is closed in the paragraph closes; linear in it."""
    open_marks: list[tuple[str, int]] = []
    n_open: dict[str, int] = {}
    pairs: dict[int, int] = {}
    for match in _MARK_RE.finditer(text):
        mark = match.group()
        if mark in _OPENING:
            open_marks.append((mark, match.start()))
            n_open[mark] = n_open.get(mark, 0) + 1
        elif mark in _CLOSING and n_open.get(_PAIRS[mark], 0):
            while open_marks:
                opened, place = open_marks.pop()
                n_open[opened] -= 1
                if opened == _PAIRS[mark]:
                    pairs[place] = match.start()
                    break
    return pairs


def _quote_ends_sentence(text: str, start: int, end: int, sentence_start: int) -> bool:
    """Tell whether the quotation or bracket ``text[start:end]`` ends the sentence it stands in.

    It does when a full stop stands before its closing mark, unless the sentence goes on after it:
    with a particle, a second quotation, or the speaker of a quotation that came first.
    """
    if text[end - 2] not in _BREAKS and text[end - 2] != "…":
        return False
    is_first = not text[sentence_start:start].strip()
    if text[end - 1] not in _QUOTES:
        return is_first
    if end == len(text):
        return True
    if text[end] in _OPENING and text[end] == _PAIRS[text[end - 1]]:
        return False
    furniture = load_furniture()
    if furniture.pattern("after-quote").match(text, end):
        return False
    clause = _CLAUSE_RE.match(text, end)
    return not (is_first and clause and furniture.pattern("speech").search(clause.group()))


def is_question(sentence: Sentence) -> bool:
    """Tell whether a sentence asks: it states nothing.

    Example:
        >>> from kg.records import Span
        >>> is_question(Sentence("a", 0, Span(0, 4), "为何如此？"))
        True
    """
    return sentence.text[-1:] in ("？", "?")
