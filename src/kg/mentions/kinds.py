"""What kind of entity a phrase names, and whether it names one."""

import re
from collections.abc import Sequence

from kg.articles.names import is_all_names
from kg.lexicon import Lexicon
from kg.mentions.people import is_told_name
from kg.naming import kind_of_compound
from kg.records import Mention, Word
from kg.rules import kind_of_name, load_word_ends, load_word_set
from kg.schema import EntityKind
from kg.words import dictionary_tag

_KIND_OF_TAG = {"nt": EntityKind.ORGANIZATION, "ns": EntityKind.PLACE, "nr": EntityKind.PERSON}
_LATIN_PERSON_RE = re.compile("[A-Z][a-z]{2,} [A-Z][a-z]{2,}")
_LONGEST_SIGN = 2  # Latin letters that are a grade or a mark, not a name (E0)


def kind_of_phrase(name: str, words: Sequence[Word], lexicon: Lexicon) -> EntityKind:
    """Return the kind of *name*, whose words are *words*, a Concept for want of anything that tells."""
    term = lexicon.lookup(name)
    if term is not None:
        return term.kind
    if words[-1].tag == "nk":
        return kind_of_name(name) or EntityKind.POLICY
    if len(name) > 2 and name.startswith(load_word_ends("issue_openers")):
        return EntityKind.ISSUE
    by_head = kind_of_compound(name, words, lexicon) or kind_of_name(name)
    if by_head is not None:
        return by_head
    word = words[-1]
    by_tag = _KIND_OF_TAG.get(word.tag)
    if by_tag is EntityKind.PERSON and not (is_told_name(word) or is_all_names(word.text)):
        by_tag = None  # jieba's dictionary counts phrases as people
    if by_tag is None and word.tag == "eng" and len(words) > 1:
        by_tag = _kind_of_apposition(words)
    return by_tag or _kind_of_end(name, lexicon) or _kind_of_latin(name) or EntityKind.CONCEPT


def says_kind(mention: Mention, lexicon: Lexicon) -> bool:
    """Tell whether lexicon, head or tag gave the kind, which is a Concept for want of all three."""
    is_known = lexicon.lookup(mention.name) is not None or kind_of_name(mention.name) is not None
    return is_known or mention.kind is not EntityKind.CONCEPT


def is_entity(name: str, words: Sequence[Word]) -> bool:
    """Tell whether a phrase is worth a name: no generic noun, no scope, no sign."""
    if words[-1].tag == "nk":
        return True
    if name in load_word_set("document_nouns") and len(words) == 1:
        return True  # 规划指出: kept where the article names the document in full
    if len(name) < 2 or name in load_word_set("generic_nouns") or name in load_word_set("scopes"):
        return False
    return name.isalpha() or any("\u3400" <= c <= "\u9fff" or c.isalpha() for c in name)


def is_office(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether the phrase is an office without its holder: 教授, 上海市委书记."""
    titles, last = load_word_set("person_titles"), words[-1].text
    if last not in titles and (len(words) == 1 or words[-2].text + last not in titles):  # 首席|执行官
        return False
    if len(words) == 1:
        return not is_thing(last, lexicon)  # 专家, 分析师: a class of people
    is_ranked = words[0].text in load_word_set("office_openers")
    of_body = len(words) > 1 and words[-2].text.endswith(load_word_ends("office_ends"))  # 教育局|局长
    return is_ranked or of_body or any(word.tag in ("nt", "ns") for word in words)


def is_thing(name: str, lexicon: Lexicon) -> bool:
    """Tell whether *name* is known as more than a concept."""
    term = lexicon.lookup(name)
    return term is not None and term.kind is not EntityKind.CONCEPT


def needs_owner(name: str, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a head says little by itself: 颠覆性技术的|突破, 企业的|主体地位."""
    if name in load_word_set("generic_nouns"):
        return False
    if name in load_word_set("relational_nouns"):
        return True
    is_process = len(words) == 1 and words[-1].tag in ("vn", "v")
    return is_process or (len(name) <= 2 and not is_thing(name, lexicon))


def is_guess(name: str, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether only the segmenter takes *name* for a noun; it must occur again to count."""
    if len(words) > 1 or lexicon.lookup(name) is not None:
        return False
    word = words[0]
    if word.tag in ("vn", "v", "t", "a", "d"):
        return True
    is_unknown = dictionary_tag(word.text) is None and word.tag in ("n", "eng")
    return is_unknown and (kind_of_name(name) is None or len(name) <= 3) and not name.isupper()


def _kind_of_apposition(words: Sequence[Word]) -> EntityKind | None:
    """Return the kind of a Latin name behind its class or maker: 研究机构|Solarbuzz, 联想|ThinkPad."""
    before = words[-2]
    kind = kind_of_name("".join(word.text for word in words[:-1]))
    if kind is None and before.tag == "nt":
        return EntityKind.TECHNOLOGY
    return kind if kind in (EntityKind.ORGANIZATION, EntityKind.TECHNOLOGY) else None


def _kind_of_end(name: str, lexicon: Lexicon) -> EntityKind | None:
    """Return the kind of the longest known term that *name* ends in: 国产|柔性直流输电."""
    ends = (lexicon.lookup(name[start:]) for start in range(1, len(name) - 2))
    return next((term.kind for term in ends if term is not None), None)


def _kind_of_latin(name: str) -> EntityKind | None:
    """Return the kind of a name in Latin letters: two names are a person, a model has a digit (or iPad)."""
    if not name.isascii() or not name[0].isalpha() or len(name) <= _LONGEST_SIGN:
        return None
    if _LATIN_PERSON_RE.fullmatch(name):
        return EntityKind.PERSON
    is_model = name[0].islower() or any(character.isdigit() for character in name)
    return EntityKind.TECHNOLOGY if is_model else EntityKind.ORGANIZATION
