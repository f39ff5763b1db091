"""Names of writers, told from words by surname, length and place."""

import re
from functools import cache

from kg.articles.characters import HAN
from kg.resources import resource_path
from kg.tables import read_table

# What stands before a name: an outlet and a role, or a one-character role with its mark (文/图：).
_ROLE = r"[\w·\-—]{0,16}(?:记者|通讯员|撰稿人|评论员|作者|编译|报道|摄影|采写|撰文)|[文图摄]\s*[:：/]"
_SEPARATOR_RE = re.compile(r"[\s、，,；;/／|]+")


@cache
def _read_patterns(kind: str) -> tuple[str, ...]:
    table = read_table(resource_path("rules", "names.tsv"), ("kind", "pattern", "example"))
    return tuple(pattern for _, (row_kind, pattern, _) in table if row_kind == kind)


@cache
def _not_a_name_re() -> re.Pattern[str]:
    return re.compile("|".join(_read_patterns("not-a-name")))


@cache
def name_pattern() -> str:
    """Return the pattern of one Chinese or transcribed personal name, without groups."""
    surnames = _read_patterns("surname")
    single = "".join(name for name in surnames if len(name) == 1)
    compound = "|".join(name for name in surnames if len(name) > 1)
    return rf"(?:(?:{compound})[{HAN}]{{1,2}}|[{single}](?:[{HAN}]{{1,2}}| [{HAN}])|[{HAN}]{{2,6}}·[{HAN}]{{2,8}})"


@cache
def names_pattern() -> str:
    """Return the pattern of one to eight names with separators between them."""
    return rf"{name_pattern()}(?:\s*[、，,/]\s*{name_pattern()}|\s+{name_pattern()}){{0,7}}"


@cache
def _name_re() -> re.Pattern[str]:
    return re.compile(name_pattern())


@cache
def _role_re() -> re.Pattern[str]:
    return re.compile(rf"(?:{_ROLE})\s*[:：]?\s*")


def parse_names(text: str) -> tuple[str, ...]:
    """Return the personal names of a credit, in order, roles and outlets left aside.

    Example:
        >>> parse_names("新华社记者 袁琳、王 伟 通讯员蒋林林")
        ('袁琳', '王伟', '蒋林林')
    """
    not_a_name = _not_a_name_re()
    text = re.sub(rf"(?<![{HAN}])([{HAN}]) +([{HAN}])(?![{HAN}])", r"\1\2", text)  # 王 伟
    found = []
    for part in _SEPARATOR_RE.split(text):
        name = re.sub(r"（.*", "", _role_re().sub("", part, count=1)).strip(" ：:（）()【】[]")
        if _name_re().fullmatch(name) and not not_a_name.fullmatch(name) and name not in found:
            found.append(name)
    return tuple(found)
