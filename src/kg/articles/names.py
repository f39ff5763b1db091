"""Names of writers, told from words by surname, length and place."""

import re
from functools import cache

from kg.articles.characters import HAN
from kg.resources import resource_path
from kg.tables import read_table

_EDGE_MARKS = " ：:（）()【】[]《》■●▲○◎◆□"
_SEPARATOR_RE = re.compile(r"[\s、，,；;/／|｜丨]+")
_SPACED_RE = re.compile(rf"(?<![{HAN}])[{HAN}](?: +[{HAN}]){{1,3}}(?![{HAN}])")  # 王 伟

#: One to eight words that may be names: the ``{names}`` of ``rules/layout.tsv``. Whether they are
#: names is judged by :func:`parse_names`; four hundred surnames in every rule would be slow to compile.
NAMES_PATTERN = rf"[{HAN}·]{{1,16}}(?:\s*[、，,/]\s*[{HAN}·]{{2,16}}|\s+[{HAN}·]{{1,16}}){{0,7}}"


def parse_names(text: str) -> tuple[str, ...]:
    """Return the personal names of a credit, in order, roles and outlets left aside.

    Example:
        >>> parse_names("新华社记者 袁琳、王 伟 通讯员蒋林林")
        ('袁琳', '王伟', '蒋林林')
    """
    return tuple(dict.fromkeys(filter(_is_name, _split_credit(text))))


def is_all_names(text: str) -> bool:
    """Tell whether *text* is names, with their roles and separators, and nothing else.

    Example:
        >>> is_all_names("本报记者 袁琳、王 伟"), is_all_names("高质量发展 王伟")
        (True, False)
    """
    parts = _split_credit(text)
    return bool(parts) and all(map(_is_name, parts))


def _split_credit(text: str) -> list[str]:
    text = _pattern("no-more-names").split(text, maxsplit=1)[0]
    text = _SPACED_RE.sub(lambda name: name.group().replace(" ", ""), text)
    text = _pattern("role").sub(" ", text)
    words = (re.sub(r"[（(].*", "", part).strip(_EDGE_MARKS) for part in _SEPARATOR_RE.split(text))
    return [word for word in map(_without_ending, words) if word]


def _without_ending(word: str) -> str:
    """Return a word without what tells of the work done (王观采访整理), if a name is left."""
    rest = _pattern("after-name").sub("", word)
    return word if _is_name(word) else rest


def _is_name(word: str) -> bool:
    return bool(_name_re().fullmatch(word)) and not _pattern("not-a-name").fullmatch(word)


@cache
def _name_re() -> re.Pattern[str]:
    surnames = _read_patterns()["surname"]
    single = "".join(name for name in surnames if len(name) == 1)
    compound = "|".join(name for name in surnames if len(name) > 1)
    return re.compile(rf"(?:{compound})[{HAN}]{{1,2}}|[{single}][{HAN}]{{1,2}}|[{HAN}]{{2,6}}·[{HAN}]{{2,8}}")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    ending = "$" if kind == "after-name" else ""
    return re.compile(f"(?:{'|'.join(_read_patterns()[kind])}){ending}")


@cache
def _read_patterns() -> dict[str, tuple[str, ...]]:
    patterns: dict[str, tuple[str, ...]] = {}
    for _, (kind, pattern, _) in read_table(
        resource_path("rules", "names.tsv"), ("kind", "pattern", "example")
    ):
        patterns[kind] = (*patterns.get(kind, ()), pattern)
    return patterns
