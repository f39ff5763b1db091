"""Names of writers, told from words by surname, length and place."""

import re
from functools import cache

from kg.articles.characters import HAN
from kg.resources import resource_path
from kg.tables import read_table

# What stands before a name: an outlet and a role, or a one-character role with its mark (文/图：).
_ROLE = r"[\w·\-—]{0,16}(?:记者|通讯员|撰稿人|评论员|作者|编译|报道|摄影|采写|撰文)|[文图摄]\s*[:：/]"
_EDGE_MARKS = " ：:（）()【】[]■●▲○◆□"
_SEPARATOR_RE = re.compile(r"[\s、，,；;/／|]+")


@cache
def _read_patterns(kind: str) -> tuple[str, ...]:
    table = read_table(resource_path("rules", "names.tsv"), ("kind", "pattern", "example"))
    return tuple(pattern for _, (row_kind, pattern, _) in table if row_kind == kind)


@cache
def _not_a_name_re() -> re.Pattern[str]:
    return re.compile("|".join(_read_patterns("not-a-name")))


#: One to eight words that may be names: the ``{names}`` of ``rules/layout.tsv``. Whether they are
#: names is judged by :func:`parse_names`; four hundred surnames in every rule would be slow to compile.
NAMES_PATTERN = rf"[{HAN}·]{{1,16}}(?:\s*[、，,/]\s*[{HAN}·]{{2,16}}|\s+[{HAN}·]{{1,16}}){{0,7}}"


@cache
def _name_re() -> re.Pattern[str]:
    surnames = _read_patterns("surname")
    single = "".join(name for name in surnames if len(name) == 1)
    compound = "|".join(name for name in surnames if len(name) > 1)
    return re.compile(rf"(?:{compound})[{HAN}]{{1,2}}|[{single}][{HAN}]{{1,2}}|[{HAN}]{{2,6}}·[{HAN}]{{2,8}}")


@cache
def _role_re() -> re.Pattern[str]:
    return re.compile(rf"(?:{_ROLE})\s*[:：]?\s*")


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
    text = re.sub(rf"(?<![{HAN}])([{HAN}]) +([{HAN}])(?![{HAN}])", r"\1\2", text)  # 王 伟
    parts = (_role_re().sub("", part, count=1) for part in _SEPARATOR_RE.split(text))
    words = (re.sub(r"（.*", "", part).strip(_EDGE_MARKS) for part in parts)
    return [word for word in words if word]


def _is_name(word: str) -> bool:
    return bool(_name_re().fullmatch(word)) and not _not_a_name_re().fullmatch(word)
