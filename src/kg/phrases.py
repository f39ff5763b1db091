"""Words become roles and base noun phrases.

A role is one letter, the part a word plays in its clause; ``find_roles`` decides the many words that
are verb and noun at once (发展, 创新) from their neighbours. A base noun phrase is a maximal run of
nominal roles; what is joined to it by 的, 、 or 等 is the concern of ``kg.clauses``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.records import Span, Word
from kg.rules import Verb, load_verbs, load_word_set

# N noun, A attributive, V verb, M modal, D adverb, P preposition, C conjunction, E 的, I 地, G 等,
# Q number or measure, R pronoun, F localizer, T time, U particle, X other, "、", "," clause end,
# "“" opening and "”" closing quotation mark, "(" and ")" brackets.
_ROLE_OF_TAG = {
    "vm": "M", "ude": "E", "udi": "I", "uet": "G", "ud": "U", "uj": "E", "ul": "U", "ug": "U", "uz": "U",
    "m": "Q", "q": "Q", "mq": "Q", "r": "R", "f": "F", "t": "T", "tg": "T", "d": "D", "p": "P", "c": "C",
    "u": "U", "y": "U", "e": "U", "o": "U", "h": "A", "k": "N", "v": "V", "vd": "V", "vi": "V", "vq": "V",
    "vg": "V", "vn": "B", "b": "A", "a": "A", "ad": "D", "an": "N", "ag": "A", "z": "A", "i": "N", "l": "N",
    "j": "N", "eng": "N", "x": "X", "df": "D", "rz": "R", "rr": "R", "rg": "R", "s": "N", "zg": "X", "g": "N",
    "nq": "N",
}  # fmt: skip
_PUNCTUATION = {
    "、": "、", "，": ",", "；": ",", "：": ",", "。": ",", "！": ",", "？": ",", ",": ",", ";": ",", ":": ",",
    "“": "“", "”": "”", "‘": "“", "’": "”", "「": "“", "」": "”", "『": "“", "』": "”",
    "（": "(", "）": ")", "(": "(", ")": ")", "—": ",", "…": ",", "!": ",", "?": ",", "·": "X", "　": "X", " ": "X",
    "《": "X", "》": "X", "〈": "X", "〉": "X", "\"": "X", "-": "X", "—－": "X", "/": "X", "～": "X", "－": "X",
}  # fmt: skip
_NOUN_LIKE = frozenset("NA")
_MODIFYING = 2  # the grade of nominal verbs that modify nouns freely


@dataclass(frozen=True, slots=True)
class Phrase:
    """A base noun phrase: words ``first`` to ``last`` (half-open), without determiners."""

    first: int
    last: int
    span: Span
    text: str
    is_counted: bool = False


def find_roles(words: Sequence[Word]) -> str:
    """Return one role letter a word.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> find_roles(split_words("加快产业发展，发展新业态", offset=0, lexicon=load_lexicon()))
        'VNN,VN'
    """
    verbs = load_verbs()
    determiners = load_word_set("determiners")
    raw = ["Q" if word.text in determiners else _raw_role(word) for word in words]
    raw.append(",")
    roles: list[str] = []
    for index, word in enumerate(words):
        role = raw[index]
        before = roles[-1] if roles else ","
        if role == "B":
            role = _verb_or_noun(words, raw, roles, index, before, verbs.get(word.text))
        elif role == "V":
            role = _plain_verb(raw, roles, index, before, word, verbs)
        elif role == "D":
            role = _adverb(raw, index, before)
        elif role == "A":
            role = _adjective(raw, index, before)
        elif role == "X":
            role = "N" if before in "NA" and len(word.text.strip()) and word.text.isalnum() else "X"
        roles.append(role)
    return "".join(roles)


def _raw_role(word: Word) -> str:
    tag = word.tag
    if tag == "w":
        return _PUNCTUATION.get(word.text, "X")
    role = _ROLE_OF_TAG.get(tag)
    if role is None:
        role = "N" if tag[0] == "n" else "X"
    return role


def _starts_noun(raw: Sequence[str], index: int) -> bool:
    """Tell whether a noun phrase begins at *index*, determiners and measures passed over."""
    while raw[index] in "QR":
        index += 1
    return raw[index] in "NAB“"


def _verb_or_noun(
    words: Sequence[Word],
    raw: Sequence[str],
    roles: Sequence[str],
    index: int,
    before: str,
    verb: Verb | None,
) -> str:
    """Decide a word that is verb and noun at once by what stands before and after it."""
    after = raw[index + 1]
    grade = verb.nominal if verb else _MODIFYING
    noun_follows = _starts_noun(raw, index + 1)
    if before == "E":
        return "N"
    if before in "NA":
        if noun_follows and _is_actor_start(words, roles) and after in "QA" and grade < _MODIFYING:
            return "V"
        return "N"
    if before == "D" or before == "I":
        if after in "E、C" and not noun_follows and _noun_before_adverb(roles):
            return "N"
        return "V"
    if before == "M":
        return "V"
    if before == "V":
        if not noun_follows:
            return "N"
        if after in "QR":
            return "V"
        return _compound_or_verb(words, index, grade)
    if noun_follows:
        if after in "QR":
            return "V"
        return _compound_or_verb(words, index, grade)
    if before == "P" or before == "F":
        return "N" if before == "P" else "V"
    if after == "E":
        return "V" if before == "," else "N"
    return "N"


def _compound_or_verb(words: Sequence[Word], index: int, grade: int) -> str:
    """Tell 创新|要素 (one noun phrase) from 发展|新业态 (verb and object)."""
    following = words[index + 1].text
    if grade >= _MODIFYING:
        return "N" if len(following) <= 2 else "V"
    return "N" if following in load_word_set("relational_nouns") else "V"


def _noun_before_adverb(roles: Sequence[str]) -> bool:
    index = len(roles) - 1
    while index >= 0 and roles[index] in "DI":
        index -= 1
    return index >= 0 and roles[index] in "NE"


def _is_actor_start(words: Sequence[Word], roles: Sequence[str]) -> bool:
    """Tell whether all before is one actor at the clause start (上海|建设…)."""
    index = len(roles) - 1
    while index >= 0 and roles[index] == "N":
        index -= 1
    return words[len(roles) - 1].tag in ("nt", "ns") and (index < 0 or roles[index] == ",")


def _plain_verb(
    raw: Sequence[str], roles: Sequence[str], index: int, before: str, word: Word, verbs: dict[str, Verb]
) -> str:
    """A verb is a noun after 的 with nothing to govern, or, unknown to us, as the end of an object."""
    if len(word.text) == 1 or raw[index + 1] not in ",、CE”G":
        return "V"
    if before == "E":
        return "N"
    if word.text not in verbs and before in "NA" and _opener(roles) in "EVP":
        return "N"
    return "V"


def _opener(roles: Sequence[str]) -> str:
    """Return the role before the noun phrase that ends here."""
    index = len(roles) - 1
    while index >= 0 and roles[index] in "NA":
        index -= 1
    return roles[index] if index >= 0 else ","


def _adverb(raw: Sequence[str], index: int, before: str) -> str:
    """An adverb after 的 or a noun and before a nominal verb belongs to the noun phrase (深度|转型)."""
    after = raw[index + 1]
    if before == "E" and after in "BN":
        return "A"
    if before in "NA" and after == "B" and raw[index + 2] in ",、CE”G":
        return "D"
    return "D"


def _adjective(raw: Sequence[str], index: int, before: str) -> str:
    """An adjective at the end of its clause after a noun is its predicate (需求|旺盛)."""
    after = raw[index + 1]
    if after in "NAB“E、":
        return "A"
    if before in "NDF" and after in ",U":
        return "V"
    return "A"


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
        if "N" not in roles[first:last] and roles[last : last + 1] not in ("、", "C"):
            continue  # attributes without a noun
        counted = first > 0 and roles[first - 1] == "Q"
        phrases.append(Phrase(first, last, Span(start, end), text, counted))
    return tuple(phrases)


def _are_listed(words: Sequence[Word], index: int) -> bool:
    """Tell whether two quotations or titles stand side by side, which lists them (“甲”“乙”)."""
    return words[index].tag in ("nq", "nk") and words[index - 1].tag == words[index].tag
