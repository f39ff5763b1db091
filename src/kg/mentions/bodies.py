"""Bodies and places in a phrase: who reports, what lies where, which words are proper names."""

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.mentions.kinds import kind_of_phrase
from kg.records import Word
from kg.rules import load_heads, load_word_ends, load_word_set
from kg.schema import EntityKind
from kg.words import dictionary_tag

_PAIR = 2
_SEAT_ROW = 3  # words: a place, 首都, its seat
_SHORTEST_BODY = 4  # characters
_STATE_COUNCIL = "国务院"


def find_reporter(name: str, words: Sequence[Word], lexicon: Lexicon) -> str | None:
    """Return the body that a report is of: 商务部|数据, 美国|媒体报道; 企业数据 are a thing."""
    report = next(end for end in load_word_ends("report_nouns") if name.endswith(end))
    body = name[: -len(report)]
    if len(body) < 2:
        return None
    is_told = words[-1].text == report and len(words) > 1 and _is_reporter(words[-2])
    if not is_told and not body.endswith(load_word_ends("media_nouns")):
        return None
    before = words[:-1] if words[-1].text == report else ()
    is_named = not before or kind_of_phrase(body, before, lexicon) is EntityKind.ORGANIZATION
    return body if is_named and not (is_class(body) or body in load_word_set("generic_nouns")) else None


def names_seat(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a phrase names a place by the one it lies in: 湖北|宜昌, 伊朗|首都|德黑兰."""
    if len(words) < _PAIR or not _is_place(words[0]) or not _is_place(words[-1]):
        return False
    if any(len(word.text) < _PAIR for word in words):
        return False  # 中|美
    between = words[1:-1]
    if len(words) == _SEAT_ROW and between[0].text in load_word_set("seats_of_government"):
        return True
    is_row = all(_is_place(word) or word.tag == "s" for word in between)
    return is_row and _lies_in(words[0], words[-1], lexicon)


def is_body(word: Word) -> bool:
    """Tell whether a word is the name of a body that was put together from several."""
    return word.tag == "nt" and len(word.text) > _SHORTEST_BODY and dictionary_tag(word.text) is None


def is_class(text: str) -> bool:
    """Tell whether a word is no proper name, but a class or a scope: 企业, 全球."""
    if text in load_heads() or text in load_word_set("scopes"):
        return True
    return text in load_word_set("seats_of_government")


def is_local(place: Word, body: Word, lexicon: Lexicon) -> bool:
    """Tell whether a body has the name of one of the State Council's, but is a district's: 省|发展改革委."""
    term = lexicon.lookup(body.text)
    is_central = term is not None and _STATE_COUNCIL in term.broader
    return is_central and place.text.endswith(load_word_ends("district_ends"))


def is_district_office(words: Sequence[Word]) -> bool:
    """Tell whether the words name an office of a district: 县|商务局, 市|生态环境|局."""
    is_office = len(words) > 1 and words[-1].text.endswith(load_word_ends("office_ends"))
    return is_office and words[0].text in load_word_ends("district_ends")


def _is_reporter(word: Word) -> bool:
    """Tell whether a word names a body that reports: 商务部|数据, WitsView|数据, but GDP|数据."""
    return word.tag == "nt" or (word.tag == "eng" and not word.text.isupper() and len(word.text) > _PAIR)


def _is_place(word: Word) -> bool:
    return word.tag == "ns" and word.text not in load_heads() and word.text not in load_word_set("scopes")


def _lies_in(region: Word, place: Word, lexicon: Lexicon) -> bool:
    """Tell whether both are known as places, so that the second may be told by the first."""
    terms = (lexicon.lookup(region.text), lexicon.lookup(place.text))
    return all(term is not None and term.kind is EntityKind.PLACE for term in terms)
