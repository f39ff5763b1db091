"""Sentences become tagged words: the only module that knows jieba.

Terms of the lexicon are matched on raw characters first, because jieba's dictionary does not know
them and would cut across them (新质|生产力). What lies between is cut by jieba, or by rjieba, which
gives the same words faster. Tags come from jieba's dictionary, corrected by ``rules/words.tsv`` and
``rules/verbs.tsv``, since the dictionary misleads in this genre (产生 as a noun, 需求 as a verb).

Tags are those of ICTCLAS, refined where the grammar needs it: ``vm`` modal verbs, ``ude`` 的,
``udi`` 地, ``uet`` 等, ``nk`` a title in 《》, ``nq`` a short quotation, ``w`` punctuation, ``vn`` words that are both verb and noun.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path

from kg.lexicon import Lexicon
from kg.patterns import TERM_TAGS, find_marked
from kg.records import Span, Word
from kg.resources import resource_path
from kg.rules import load_word_set
from kg.tables import read_table

Cutter = Callable[[str], list[str]]

_TOKEN_RE = re.compile(
    r"(?P<time>\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?(?:[/:\-－—–~～]\d+(?:\.\d+)?)*[%％‰]?)"
    r"|(?P<latin>[A-Za-zＡ-Ｚａ-ｚ][\w.+\-]*|[+]+)"
    r"|(?P<han>[\u3400-\u9fff\uf900-\ufaff〇]+)"
    r"|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
# The hidden Markov model of jieba glues function characters to unknown words (着以, 出对).
_FUNCTION_CHARACTERS = frozenset("的了着以对为把被将与和从由向在于使让及等并而")
_EDGE_CHARACTERS = frozenset("将与和及至约接指为被把")
_PLACE_SUFFIXES = frozenset("省市县镇乡")
_ASPECTS = frozenset("着了过")
_PHRASE_TAGS = ("n", "nz", "l", "i")  # of words that may be whole clauses
_TOKEN_TAGS = {"time": "t", "number": "m", "latin": "eng"}
_SHORT_TERM = 2
_OWN_FREQUENCY = 3000  # as frequent as a common two-character word of jieba's dictionary


def split_words(text: str, *, offset: int, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words of *text* in order; together they cover it without gaps.

    Args:
        text: One sentence.
        offset: Where it starts in the article; spans count from the article's start.
        lexicon: Its terms are kept whole and tagged ``nt``, ``ns``, ``nr`` or ``nz``.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> words = split_words("加快发展新质生产力", offset=10, lexicon=load_lexicon())
        >>> [(w.text, w.tag, w.span.start) for w in words]
        [('加快', 'v', 10), ('发展', 'vn', 12), ('新质生产力', 'nz', 14)]
    """
    tags = _tags()
    words: list[Word] = []
    for start, end, tag in _pieces(text, lexicon):
        surface = text[start:end]
        word = Word(
            surface, tag or tags.get(surface) or _guess_tag(surface), Span(offset + start, offset + end)
        )
        if words and surface in _PLACE_SUFFIXES and _may_be_place(words[-1]):
            place = words.pop()
            word = Word(place.text + surface, "ns", Span(place.span.start, word.span.end))
        words.append(word)
    return tuple(words)


def _may_be_place(word: Word) -> bool:
    """Tell whether a word before 省 or 市 is a place: known as one, or known as nothing."""
    if word.text[-1] in _PLACE_SUFFIXES or len(word.text) not in (2, 3):
        return False
    return word.tag == "ns" or (word.tag == "n" and dictionary_tag(word.text) is None)


def dictionary_tag(surface: str) -> str | None:
    """Return the tag of a word that a table or the dictionary has, else ``None``.

    Example:
        >>> dictionary_tag("创新"), dictionary_tag("至红岛")
        ('vn', None)
    """
    return _tags().get(surface)


def _pieces(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, tag or None) over *text*: titles and quotations, terms, then other words."""
    position = 0
    for start, end, tag in find_marked(text):
        yield from _plain_pieces(text, position, start, lexicon)
        if tag != "list":
            yield start, end, tag
        elif lexicon.lookup(text[start + 1 : end - 1]) is not None:
            yield start, end, "nq"
        else:
            yield from _listed_pieces(text, start, end)
        position = end
    yield from _plain_pieces(text, position, len(text), lexicon)


def _listed_pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """“甲、乙”: the marks and, between them, each item as one quoted name."""
    yield begin, begin + 1, "w"
    start = begin + 1
    for item in text[start : end - 1].split("、"):
        yield start, start + len(item), "nq"
        start += len(item)
        yield start, start + 1, "w"  # the list mark, at last the closing quotation mark
        start += 1


def _plain_pieces(text: str, begin: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int, str | None]]:
    position = begin
    for start, stop, tag in _term_spans(text[begin:end], lexicon):
        yield from _tokens(text, position, begin + start)
        yield begin + start, begin + stop, tag
        position = begin + stop
    yield from _tokens(text, position, end)


def _term_spans(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    found = lexicon.find(text)
    if not found:
        return
    edges: set[int] | None = None
    for start, end, term in found:
        if edges is None:
            edges = _word_edges(text)
        if end - start <= _SHORT_TERM:  # a short term counts only where it stands as words of its own
            if start not in edges or end not in edges:
                continue
        elif _cuts_word(text, start, end, edges):
            continue  # 农业增效|益, 大|规模应用: one character of a known word would be left over
        yield start, end, TERM_TAGS.get(term.kind) or _idiom_tag(text[start:end]) or "nz"


def _cuts_word(text: str, start: int, end: int, edges: set[int]) -> bool:
    """Tell whether a term leaves one character of a dictionary word before or after it."""
    tags = _tags()
    if end not in edges and end + 1 in edges:
        return text[max(edge for edge in edges if edge < end) : end + 1] in tags
    if start not in edges and start - 1 in edges:
        return text[start - 1 : min(edge for edge in edges if edge > start)] in tags
    return False


def _idiom_tag(surface: str) -> str | None:
    """An idiom that is also a term (因地制宜) still acts as an idiom in its clause."""
    return "i" if _dictionary_tags().get(surface) == "i" else None


def _word_edges(text: str) -> set[int]:
    edges = {0}
    edges.update(end for _, end, _ in _tokens(text, 0, len(text)))
    return edges


def _tokens(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    for match in _TOKEN_RE.finditer(text, begin, end):
        start = match.start()
        kind = match.lastgroup
        if kind == "han":
            for word in _cut_han(match.group()):
                yield start, start + len(word), None
                start += len(word)
        else:
            tag = _TOKEN_TAGS.get(kind or "", "w")
            yield start, match.end(), tag


@lru_cache(maxsize=8192)  # policy prose repeats itself; bounded, so that memory stays flat
def _cut_han(run: str) -> tuple[str, ...]:
    return tuple(_repair(_cutter()(run)))


def _repair(words: list[str]) -> Iterator[str]:
    """Undo what the hidden Markov model got wrong, in words that no dictionary has.

    A function character in a short word stands alone (着|以); a long word that is a row of known words
    is that row (切实|加强); one at the edge of a longer word is no part of it (将|济青, 全长|约).
    """
    tags = _tags()
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if len(word) == _SHORT_TERM and word[1] == "等" and following in load_word_set("generic_nouns"):
            yield from word  # 水平不高|等|问题
        elif word in tags or len(word) == 1:
            yield from _clause_parts(word, tags) or (word,)
        elif len(word) == _SHORT_TERM:
            is_pair = tags.get(word[0]) == "d" and tags.get(word[1], "x")[0] == "v"  # 已|超
            yield from word if is_pair or not _FUNCTION_CHARACTERS.isdisjoint(word) else (word,)
        else:
            yield from _known_row(word, tags) or _without_edges(word)


def _clause_parts(word: str, tags: dict[str, str]) -> tuple[str, ...]:
    """Split what the dictionary counts as one noun but is a clause: 不断|扩大, 发挥|作用."""
    if word[-1] in _ASPECTS and len(word) > _SHORT_TERM and tags.get(word[:-1], "x")[0] == "v":
        return word[:-1], word[-1]  # 蕴含|着
    if len(word) != 2 * _SHORT_TERM or tags.get(word) not in _PHRASE_TAGS or word in _own_tags():
        return ()
    first, second = word[:_SHORT_TERM], word[_SHORT_TERM:]
    is_clause = tags.get(first) in ("d", "da", "ad") and tags.get(second, "x")[0] == "v"
    if is_clause or (first in load_word_set("governing_verbs") and second in tags):
        return first, second
    return ()


def _without_edges(word: str) -> Iterator[str]:
    """Take the function character at either edge of an unknown word off it."""
    if word[0] in _EDGE_CHARACTERS:
        yield word[0]
        word = word[1:]
    if word[-1] in _EDGE_CHARACTERS:
        yield word[:-1]
        word = word[-1]
    yield word


def _known_row(word: str, tags: dict[str, str]) -> list[str]:
    """Split *word* into known words of two or more characters; empty where that fails."""
    row: list[str] = []
    start = 0
    while start < len(word):
        end = next((e for e in range(len(word), start + 1, -1) if word[start:e] in tags), None)
        if end is None:
            return []
        row.append(word[start:end])
        start = end
    return row


def _guess_tag(surface: str) -> str:
    """Tag a word that no table knows: names of things, unless a verbal suffix says otherwise."""
    if len(surface) == 1:
        return "x"
    if (
        surface[-1] in _PLACE_SUFFIXES
        and len(surface) > _SHORT_TERM
        and _FUNCTION_CHARACTERS.isdisjoint(surface)
    ):
        return "ns"
    is_verb = surface[-1] in load_word_set("complements") and _tags().get(surface[:-1], "").startswith("v")
    return "v" if is_verb else "n"


@cache
def _tags() -> dict[str, str]:
    """Return word → tag: jieba's dictionary, then our corrections."""
    return _dictionary_tags() | _own_tags()


@cache
def _dictionary_tags() -> dict[str, str]:
    import jieba

    tags: dict[str, str] = {}
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.split(" ", 2)
            tags[word] = tag.rstrip()
    return tags


@cache
def _own_tags() -> dict[str, str]:
    tags = {
        cells[0]: "vn" if cells[3] else "v"
        for _, cells in read_table(
            resource_path("rules", "verbs.tsv"), ("verb", "kind", "actor_kind", "nominal", "result", "pivot")
        )
    }
    for _, (word, tag, _note) in read_table(resource_path("rules", "words.tsv"), ("word", "tag", "note")):
        if not (tag == "n" and word in tags):
            tags[word] = tag
    return tags


@cache
def _cutter() -> Cutter:
    """Return rjieba's cutter where it is installed, else jieba's; both know our own words."""
    known = _dictionary_tags()
    own = [word for word in _own_tags() if len(word) > 1 and word not in known]
    try:
        import rjieba
    except ImportError:
        return _plain_cutter(own)
    fast = rjieba.Jieba()
    for word in own:
        fast.add_word(word, _OWN_FREQUENCY, "n")
    return lambda run: list(fast.cut(run))


def _plain_cutter(own: list[str]) -> Cutter:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    plain = jieba.Tokenizer()  # our own, so that a caller's global tokenizer stays as it was
    plain.initialize()
    for word in own:
        plain.add_word(word, _OWN_FREQUENCY)
    return lambda run: list(plain.lcut(run))
