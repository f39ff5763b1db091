"""Names that are told by their build and not by their words: titles, quotations, sessions, people.

What is found here is kept whole before the text is cut into words: 《…》, “…”, the eleventh group study of
a bureau (中共中央政治局第十一次集体学习), a transliterated name (大卫·库奇诺), a name behind its title
(副局长|何平).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from kg.articles.names import is_all_names
from kg.resources import resource_path
from kg.rules import load_word_set
from kg.schema import EntityKind
from kg.tables import read_table

_MARKED_RE = re.compile(
    r"(?P<nk>《[^《》]{1,80}(?:《[^《》]{1,80}》[^《》]{0,80})*》)"
    r"|(?P<slogan>“(?:[一二两三四五六七八九十双多零][^“”，。；：？！、\s]{1,6}、?){2,4}”)"
    r"|(?P<list>“[^“”，。；：？！、\s]{1,8}(?:、[^“”，。；：？！、\s]{1,8})+”)"
    r"|(?P<nq>“[^“”，。；：？！\s]{1,8}”|‘[^‘’，。；：？！\s]{1,8}’)"
)
_TAG_OF_MARKED = {"nk": "nk", "slogan": "nq", "list": "list", "nq": "nq"}  # “三证合一、一照一码” is one name
_REMEMBERED = 1 << 8  # texts, more than an article has; each is asked for people, and then cut
_URGES, _URGES_ENDS = "促", ("进", "使", "销", "成")  # 以 A 促 B; the others are words of their own
_URGED_RE = re.compile("以[^，。；：、]{1,10}?促(?![进使销成])[^，。；：]*")
_FULL_NAME = 3  # characters of most Chinese names
TERM_TAGS = {
    EntityKind.ORGANIZATION: "nt",
    EntityKind.PLACE: "ns",
    EntityKind.PERSON: "nr",
}


def find_people(text: str) -> frozenset[str]:
    """Return the names of three or more characters that stand behind a title in *text*.

    Who was introduced so is named without the title later on; a shorter name may be part of a word.

    Example:
        >>> sorted(find_people("研究员陈玲玲说。陈玲玲带领团队。"))
        ['陈玲玲']
    """
    names = (text[start:end] for start, end, _ in _holders(text))
    return frozenset(name for name in names if len(name) >= _FULL_NAME)


def find_marked(text: str, known: Mapping[str, str] = MappingProxyType({})) -> list[tuple[int, int, str]]:
    """Return ``(start, end, tag)`` of what is kept whole, left to right, without overlaps.

    The tag of several quoted names in one pair of marks (“甲、乙”) is ``list``. *known* are names that the
    article gives elsewhere, with their tags.

    Example:
        >>> text = "《规划》发布，副局长何平说"
        >>> [(text[start:end], tag) for start, end, tag in find_marked(text)]
        [('《规划》', 'nk'), ('何平', 'nr')]
    """
    marked = _MARKED_RE.finditer(text) if "“" in text or "《" in text or "‘" in text else ()
    found = [(match.start(), match.end(), _TAG_OF_MARKED[match.lastgroup or ""]) for match in marked]
    found += _holders(text)
    if _URGES in text and "以" in text:
        found += _urged(text)
    for name, tag in known.items():
        if name in text:
            found += [(match.start(), match.end(), tag) for match in re.finditer(re.escape(name), text)]
    for kind, hint, pattern in _patterns():
        if hint in text:  # most sentences hold no such name, and to look for the hint is fast
            found += [
                (match.start(), match.end(), TERM_TAGS.get(kind, "nz")) for match in pattern.finditer(text)
            ]
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _urged(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the verbs of 以开放促改革、促发展, which no term of the lexicon (促改革) hides."""
    for means in _URGED_RE.finditer(text):
        for place in range(means.start(), means.end()):
            if text[place] == _URGES and text[place + 1 : place + 2] not in _URGES_ENDS:
                yield place, place + 1, "v"


@lru_cache(maxsize=_REMEMBERED)
def _holders(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the people named behind their titles, each up to what a name is followed by."""
    found = []
    for match in _holder_re().finditer(text):
        group = match.lastgroup or ""
        if group in ("foreign", "short") or is_all_names(match[group]):
            found.append((match.start(group), match.end(group), "nr"))
    return tuple(found)


@cache
def _holder_re() -> re.Pattern[str]:
    titles, classes = load_word_set("person_titles"), load_word_set("person_classes")
    offices = load_word_set("state_offices")  # the holders of which have names like 卢拉
    begins = "".join(sorted({word[0] for word in titles | classes}))  # other places are passed over at once
    followers = _one_of(load_word_set("name_followers"))
    syllables = "".join(sorted(load_word_set("name_syllables")))
    return re.compile(
        rf"(?=[{begins}])"
        rf"(?:(?:{_one_of(offices)})(?P<short>[{syllables}]{{2}})"
        rf"|(?:{_one_of(titles)})[ \u3000]?"
        rf"(?:(?P<foreign>[{syllables}]{{3,8}}?|[A-Z][a-z]+(?: [A-Z][a-z]+)+)"
        rf"|(?P<name>(?![和与及])[\u4e00-\u9fff]{{2,3}}?))"
        rf"|(?:{_one_of(classes)})(?P<full>[\u4e00-\u9fff]{{3}}))"
        rf"(?=[，、。：；！？）（”\s\d]|{followers}|$)"
    )


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _patterns() -> tuple[tuple[EntityKind, str, re.Pattern[str]], ...]:
    path = resource_path("rules", "name_patterns.tsv")
    rows = read_table(path, ("kind", "hint", "pattern", "example"))
    return tuple((EntityKind(kind), hint, re.compile(pattern)) for _, (kind, hint, pattern, _example) in rows)
