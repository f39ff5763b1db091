"""The part a word may play by its tag alone.

What depends on the words around it stays open: B verb or noun, H adverb or verb (深入), J adverb or noun
(深度), K adverb or attributive (主要), L idiom, O verb or modal (需要).
"""

from collections.abc import Sequence
from functools import lru_cache

from kg.records import Word
from kg.rules import load_word_set

_TAGS_OF_ROLE = {
    "A": "a ag b h",
    "B": "vn",
    "C": "c",
    "D": "ad d df",
    "E": "ude uj",
    "F": "f",
    "G": "uet",
    "H": "dv",
    "I": "udi",
    "J": "dn",
    "K": "da",
    "M": "vm",
    "N": "an eng g j k nk nq s",
    "O": "vv",
    "P": "p",
    "Q": "m mq q",
    "R": "r rg rr rz",
    "T": "t tg",
    "U": "e o u ud ug ul uz y",
    "V": "v vd vg vi vq",
    "X": "x zg",
}
_ROLE_OF_TAG = {tag: role for role, tags in _TAGS_OF_ROLE.items() for tag in tags.split()}
_IDIOM_TAGS = frozenset("ilz")
_PUNCTUATION = (
    dict.fromkeys("，；：。！？,;:!?—…　 【】〔〕", ",")
    | dict.fromkeys("“‘「『", "“")
    | dict.fromkeys("”’」』", "”")
    | dict.fromkeys("（(", "(")
    | dict.fromkeys("）)", ")")
    | {"、": "、"}
)
_REMEMBERED = 1 << 15  # words; prose repeats itself, and memory stays flat
_SENTINELS = ",,,"  # so that looking ahead never leaves the sentence


def find_open_roles(words: Sequence[Word]) -> list[str]:
    """Return one open role a word, and sentinels after the last."""
    settled = _ROLE_OF_TAG.get
    roles = [settled(word.tag) or _open_role(word.text, word.tag) for word in words]
    roles += _SENTINELS
    texts = [word.text for word in words]
    if "【" in texts:
        _blank_labels(texts, roles)
    if "—" in texts:
        _join_names(texts, roles)
    _count_determiners(texts, roles)
    _join_kinds(texts, roles)
    if "：" in texts:
        _open_lists(texts, roles)
    if not load_word_set("suffering_openers").isdisjoint(texts):
        _mark_sufferings(texts, roles)
    return roles


@lru_cache(maxsize=_REMEMBERED)
def _open_role(text: str, tag: str) -> str:
    if tag == "w":
        return _PUNCTUATION.get(text, "X")
    if tag in _IDIOM_TAGS:
        return "D" if text[0] == "在" else "L"  # 在此基础上
    return "N" if tag[0] == "n" else "X"


def _blank_labels(texts: Sequence[str], roles: list[str]) -> None:
    """A column's label in 【】 says nothing of the article."""
    inside = False
    for index, text in enumerate(texts):
        inside = (inside or text == "【") and text != "】"
        if inside:
            roles[index] = ","


def _join_names(texts: Sequence[str], roles: list[str]) -> None:
    """One dash joins two names, a double one parts clauses."""
    for index, text in enumerate(texts):
        if text == "—" and index and roles[index - 1] == "N" == roles[index + 1]:
            roles[index] = "X"


def _join_kinds(texts: Sequence[str], roles: list[str]) -> None:
    """Between nouns 类 and 型 are no measures: 安全保障|类|指标."""
    suffixes = load_word_set("kind_suffixes")
    if suffixes.isdisjoint(texts):
        return
    for index in range(1, len(texts)):
        if texts[index] in suffixes and roles[index - 1] in "NB" and roles[index + 1] in "NAB":
            roles[index] = "N"


def _open_lists(texts: Sequence[str], roles: list[str]) -> None:
    """The colon after 包括 only opens its list."""
    for index in range(1, len(texts)):
        if texts[index] == "：" and texts[index - 1] in load_word_set("listing_verbs"):
            roles[index] = "U"


def _mark_sufferings(texts: Sequence[str], roles: list[str]) -> None:
    """受|疫情|影响, is a preposition and its verb, as in 被|疫情|影响."""
    openers, words = load_word_set("suffering_openers"), load_word_set("suffering_words")
    opener = -1
    for index, text in enumerate(texts):
        if roles[index] == ",":
            opener = -1
        elif text in openers:
            opener = index
        elif opener >= 0 and text in words and roles[index + 1] in ",、":
            if not {"N", "B"}.isdisjoint(roles[opener + 1 : index]):  # not 受到|严重|影响
                roles[opener], roles[index] = "P", "V"
            opener = -1


def _count_determiners(texts: Sequence[str], roles: list[str]) -> None:
    """A determiner counts the noun after it (各类|企业); 各 within a phrase does not (经济社会|各|领域)."""
    determiners = load_word_set("determiners")
    if determiners.isdisjoint(texts):
        return
    for index in range(len(texts) - 1, -1, -1):  # from the end, so that 各|有关|部门 loses both
        if texts[index] in determiners and roles[index + 1] in "NABQ“":
            is_inside = texts[index] == "各" and index > 0 and roles[index - 1] == "N"
            roles[index] = "N" if is_inside else "Q"
