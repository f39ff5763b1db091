"""People in a phrase: by a title beside the name, by what the name is made of, by speaking."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from kg.articles.names import is_all_names
from kg.lexicon import Lexicon
from kg.records import Record, Span, Word
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind
from kg.words import dictionary_tag

_LONGEST_PERSON = 4  # characters, of a name that is not transliterated
_LONGEST_FOREIGN = 8  # characters of a transliterated surname
_REMEMBERED = 1 << 14  # words of which it is kept whether they are titles
_PAIR = 2
_SHORTEST_TITLED = 3  # characters of a body that only the title of its head tells
_LONGEST_TITLED = 16  # characters of such a body
_TITLE_JOINTS = frozenset("兼、")
_SIDE = "方"  # 中方, 巴方: a party, no person
_COLONS = frozenset("：:")


class FoundPerson(Record, frozen=True):
    """A person in a phrase: the name, the span of name and title, how many words stand before."""

    name: str
    span: Span
    n_before: int


def find_person(words: Sequence[Word], lexicon: Lexicon) -> FoundPerson | None:
    """Find the person in 习近平总书记 or 央行副行长陈雨露: a name with a title beside it."""
    if len(words) == 1 and words[0].tag != "nr":
        return None
    for index, word in enumerate(words):
        after = words[index + 1].text if index + 1 < len(words) else ""
        before = words[index - 1].text if index else ""
        is_titled = _begins_with_title(after) or _ends_with_title(before)
        is_titled = is_titled or (word.tag == "nr" and before.endswith(load_word_ends("person_classes")))
        name = _person_name(words, index, lexicon) if is_titled or word.tag == "nr" else ""
        if not name and _follows_titled_body(words, index):
            name = _foreign_name(words[index:])
        if not name or not (is_titled or is_told_name(word) or _is_known_person(name, lexicon)):
            continue
        end = words[index + 1].span.end if _begins_with_title(after) else word.span.start + len(name)
        return FoundPerson(name, Span(word.span.start, end), index)
    return None


def find_headed_body(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words before a title as the body that it is held in: 飞美|地板|总经理, else none."""
    end = len(words)
    while end and (_ends_with_title(words[end - 1].text) or words[end - 1].text in _TITLE_JOINTS):
        end -= 1
    body = words[:end]
    n_chars = sum(len(word.text) for word in body)
    if len(body) < _PAIR or end == len(words) or any(word.tag == "nt" for word in body):
        return ()
    is_headed = words[end].text in load_word_set("heading_titles")
    return body if is_headed and _SHORTEST_TITLED <= n_chars <= _LONGEST_TITLED else ()


def is_speaker(word: Word, following: Sequence[Word]) -> bool:
    """Tell whether *word* is someone known by speaking alone: 徐建明|表示, 黄志新|："""
    if dictionary_tag(word.text) is not None or word.text[-1] == _SIDE:
        return False
    told = next((other.text for other in following if other.tag not in ("d", "da")), "")
    if told not in load_word_set("speech_verbs") and told not in _COLONS:
        return False
    return 2 <= len(word.text) < _LONGEST_PERSON and is_all_names(word.text)


def is_told_name(word: Word) -> bool:
    """Tell whether a word is a person by its build or its place, and not by the dictionary alone."""
    return word.tag == "nr" and ("·" in word.text or dictionary_tag(word.text) is None)


def _person_name(words: Sequence[Word], index: int, lexicon: Lexicon) -> str:
    """Return the personal name that begins at *index*; the segmenter may have cut it (陈|雨露)."""
    word = words[index]
    if _is_known_person(word.text, lexicon):
        return word.text
    if word.tag == "nr" and (2 <= len(word.text) <= _LONGEST_PERSON or is_told_name(word)):
        return word.text
    if dictionary_tag(word.text) is not None and len(word.text) > 1:
        return ""
    name = "".join(part.text for part in words[index : index + 2])
    for candidate in (word.text, name):
        if 2 <= len(candidate) < _LONGEST_PERSON and is_all_names(candidate):
            return candidate
    return ""


def _follows_titled_body(words: Sequence[Word], index: int) -> bool:
    """Tell whether a body or place and a title stand before *index*: 泰国|总理|拉扎."""
    if index < _PAIR or words[index - 2].tag not in ("ns", "nt"):
        return False
    return _ends_with_title(words[index - 1].text)


def _foreign_name(words: Sequence[Word]) -> str:
    """Return the transliterated name that *words* begin with, after whose head someone is: 拉扎|里尼."""
    syllables = load_word_set("name_syllables")
    parts = takewhile(
        lambda word: (
            syllables.issuperset(word.text)
            and (len(word.text) == 1 or word.tag[:2] == "nr" or dictionary_tag(word.text) is None)
        ),
        words,
    )
    name = "".join(word.text for word in parts)
    return name if 2 <= len(name) <= _LONGEST_FOREIGN else ""


def _is_known_person(name: str, lexicon: Lexicon) -> bool:
    term = lexicon.lookup(name)
    return term is not None and term.kind is EntityKind.PERSON


@lru_cache(maxsize=_REMEMBERED)
def _begins_with_title(text: str) -> bool:
    return text.startswith(load_word_ends("person_titles"))


@lru_cache(maxsize=_REMEMBERED)
def _ends_with_title(text: str) -> bool:
    return text.endswith(load_word_ends("person_titles"))
