"""Text without terms is cut into tagged words, and what the cutter got wrong is undone.

The hidden Markov model of jieba glues function characters to words it does not know (着以, 出对), and
its dictionary holds whole clauses as nouns (发挥作用).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest

from kg.rules import load_word_set
from kg.words.dictionaries import REMEMBERED, dictionary_tag, jieba_tag, load_cutter, load_own_tags

Piece = tuple[str, str]  # the characters of a word, and its tag

_TOKEN_RE = re.compile(
    r"(?P<t>\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日)"
    r"|(?P<m>\d[\d,]*(?:\.\d+)?(?:[/:\-－—–~～]\d+(?:\.\d+)?)*[%％‰]?)"
    r"|(?P<eng>[A-Za-z\uff21-\uff3a\uff41-\uff5a][\w.+\-]*"
    r"(?: [A-Z][\w.+\-]*){0,3}(?: \d(?![\d.,%％年月日万亿个元米吨家名人项]))?|[+]+)"
    r"|(?P<han>[\u3400-\u9fff\uf900-\ufaff〇]+)"
    r"|(?P<w>.)",
    re.ASCII | re.DOTALL,
)
_PHRASE_TAGS = frozenset(("n", "nz", "l", "i", "z"))  # of words that may be whole clauses
_MISLED_TAGS = frozenset(("nr", "nrt", "ns", "nt", "vn"))  # also of clauses: 努力实现 is no person
_NAME_TAGS = frozenset(("nr", "nrt"))
_ADVERB_TAGS = frozenset(("d", "da", "ad"))
_SHORT = 2  # characters of the common word
_ETC = "等"
_MAINLY = "为主"
_PROJECTS = "项目的"
_AT, _INVITATION = "应", "邀请"


def cut_text(text: str) -> list[Piece]:
    """Return the tagged words of *text*: times, numbers, Latin words, marks, and what lies between.

    Example:
        >>> cut_text("增长5%，其中")
        [('增长', 'v'), ('5%', 'm'), ('，', 'w'), ('其中', 'd')]
    """
    pieces: list[Piece] = []
    for match in _TOKEN_RE.finditer(text):
        tag = match.lastgroup or ""
        if tag == "han":
            is_counted = bool(pieces) and pieces[-1][1] == "m"
            run = _cut_run(match.group())
            pieces += _counted(run) if is_counted else run
        elif tag == "eng" and pieces and pieces[-1][1] == "m":
            pieces += _after_number(pieces.pop(), match.group())
        else:
            pieces.append((match.group(), tag))
    return pieces


def _counted(run: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Take a noun that counts what follows for the measure word that it is after a number: 36|处|场所."""
    if run[0][0] in load_word_set("classifier_nouns"):
        return ((run[0][0], "q"), *run[1:])
    if run[0][0] in load_word_set("counted_apart") and len(run) > 1:
        rest = "".join(word for word, _ in run)[1:]
        return ((run[0][0][0], "q"), *_cut_run(rest))  # 58|台|风机, no typhoons
    return run


def _after_number(number: Piece, letters: str) -> tuple[Piece, ...]:
    """Tell what letters right after a number are: its unit (500|kV), or one word with it (3D)."""
    if letters in load_word_set("letter_units"):
        return number, (letters, "q")
    if number[0].isdecimal() and len(number[0]) <= _SHORT and letters[0].isalpha():
        return ((number[0] + letters, "eng"),)
    return number, (letters, "eng")


@lru_cache(maxsize=1 << 13)
def _cut_run(run: str) -> tuple[Piece, ...]:
    words: Iterable[str] = (_AT, *load_cutter()(run[1:])) if _tells_of_invitation(run) else load_cutter()(run)
    if _ETC in run:
        words = _detach_etc(list(words))
    if _MAINLY in run:
        words = _move_edge(list(words))
    if _PROJECTS in run:
        words = _cut_projects(list(words))
    pieces: list[Piece] = []
    for word in words:
        pieces += _parts(word)
    return tuple(pieces)


def _tells_of_invitation(run: str) -> bool:
    """Tell whether 应 means at somebody's invitation: 应|卢拉总统|邀请, not 应卢拉 nor 应当|邀请."""
    return run[0] == _AT and _INVITATION in run and dictionary_tag(run[:_SHORT]) is None


def _detach_etc(words: list[str]) -> Iterator[str]:
    """Cut 等 off the word before where it closes a list: 水平不高|等|问题."""
    for before, word, following in zip(["", *words], words, [*words[1:], ""], strict=False):
        is_short = len(word) == _SHORT and word[1] == _ETC
        is_degree = before in load_word_set("degree_words")  # 效率|不|高|等|短板
        if is_short and (is_degree or following in load_word_set("generic_nouns")):
            yield from word
        else:
            yield word


def _move_edge(words: list[str]) -> Iterator[str]:
    """Give 为主 back what belongs to the word after it: 为主|线 → 为|主线."""
    moved = ""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        word, moved = moved + word, ""
        if word == _MAINLY and following and dictionary_tag(word[1] + following) is not None:
            word, moved = word[0], word[1]
        yield word


def _cut_projects(words: list[str]) -> Iterator[str]:
    """Cut 该项|目的|立项 as 该|项目|的|立项: 目的 has no measure word 项."""
    before = ""
    for word in [*words, ""]:
        if before.endswith("项") and word == "目的":
            yield from filter(None, (before[:-1], "项目", "的"))
            before = ""
        else:
            yield from filter(None, (before,))
            before = word


@lru_cache(maxsize=REMEMBERED)
def _parts(word: str) -> tuple[Piece, ...]:
    """Return the tagged parts of what the cutter holds for one word, most often the word itself."""
    return tuple((part, _tag(part)) for part in _repair(word))


def _tag(word: str) -> str:
    """Return the tag of a word; a verb with what it leads to is a verb (转变|成, 转嫁|给)."""
    tag = dictionary_tag(word)
    if len(word) > _SHORT and word[-1] in load_word_set("resultatives") and tag in (None, "l", "n"):
        is_ours = word in load_own_tags()
        tag = "v" if _is_verb(word[:-1]) and not is_ours else tag
    return tag or _guess_tag(word)


def _repair(word: str) -> Iterable[str]:
    """Undo what the cutter got wrong.

    A known word may be a clause (发挥|作用). In an unknown word, a function character stands alone (着|以);
    a long one that is a row of known words is that row (切实|加强); a character at the edge of a longer one
    is no part of it (将|济青, 全长|约).
    """
    if word in load_word_set("false_words"):
        return _false_parts(word)
    if _is_led(word):
        return word[0], word[1:]
    if len(word) == 1 or dictionary_tag(word) is not None:
        return _clause_parts(word) or (word,)
    if len(word) == _SHORT:
        is_pair = dictionary_tag(word[0]) == "d" and _is_verb(word[1])  # 已|超
        is_glued = is_pair or not load_word_set("function_characters").isdisjoint(word)
        return word if is_glued else (word,)
    return _known_row(word) or _without_edges(word)


def _is_led(word: str) -> bool:
    """Tell whether a word that leads in and another one are taken for a person's name: 但|适航, 于|本周."""
    is_name = (
        len(word) > _SHORT and word[0] in load_word_set("leading_words") and jieba_tag(word) in _NAME_TAGS
    )
    rest = dictionary_tag(word[1:]) if is_name else None
    return rest is not None and rest not in _NAME_TAGS


def _false_parts(word: str) -> tuple[str, str]:
    """Split what is no word in the middle; of three characters two are a word, sooner the first two."""
    half = len(word) // 2
    if len(word) % 2 and dictionary_tag(word[: half + 1]) is not None:
        half += 1  # 排名|第, but 段|时间
    return word[:half], word[half:]


def _is_verb(word: str) -> bool:
    return (dictionary_tag(word) or "").startswith("v")


def _clause_parts(word: str) -> tuple[str, ...]:
    """Split what the dictionary counts as one noun but is a clause: 不断|扩大, 发挥|作用."""
    if word[-1] in load_word_set("aspects") and len(word) > _SHORT and _is_verb(word[:-1]):
        return word[:-1], word[-1]  # 蕴含|着
    tag = dictionary_tag(word) if len(word) == 2 * _SHORT and word not in load_own_tags() else None
    if tag not in _PHRASE_TAGS and tag not in _MISLED_TAGS:
        return ()
    first, second = word[:_SHORT], word[_SHORT:]
    if second in load_word_set("speech_verbs") and first in load_word_set("speaking_classes"):
        return first, second  # 专家|建议
    is_clause = dictionary_tag(first) in _ADVERB_TAGS and _is_verb(second)
    if tag in _MISLED_TAGS:
        return (first, second) if is_clause else ()
    leads = first in load_word_set("governing_verbs") or first in load_word_set("evaluatives")
    is_led = leads and dictionary_tag(second) is not None  # 发挥|作用, 重要|依据
    return (first, second) if is_clause or is_led else ()


def _known_row(word: str) -> list[str]:
    """Split *word* into known words of two or more characters; empty where that fails."""
    row: list[str] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start + 1, -1)
        end = next((end for end in ends if dictionary_tag(word[start:end]) is not None), None)
        if end is None:
            return []
        row.append(word[start:end])
        start = end
    return row


def _without_edges(word: str) -> Iterator[str]:
    """Take the function character at either edge of an unknown word off it."""
    edges = load_word_set("edge_characters")
    if word[0] in edges:
        yield word[0]
        word = word[1:]
    if word[-1] in edges:
        yield word[:-1]
        word = word[-1]
    yield word


def _guess_tag(surface: str) -> str:
    """Tag a word that no table knows: names of things, unless a verbal suffix says otherwise."""
    if len(surface) == 1:
        return "x"
    if len(surface) == _SHORT and surface[0] in load_word_set("degree_adverbs"):
        tag = dictionary_tag(surface[1])
        if tag is not None and tag[0] == "a":
            return "a"  # 空间|更大
    is_district = surface[-1] in load_word_set("district_suffixes") and len(surface) > _SHORT
    if is_district and load_word_set("function_characters").isdisjoint(surface):
        return "ns"
    return "v" if surface[-1] in load_word_set("complements") and _is_verb(surface[:-1]) else "n"
