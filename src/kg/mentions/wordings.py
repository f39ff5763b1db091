"""Names as strings: marks, measures of degree and sessions told as one."""

import re

from kg.rules import load_word_ends

_MARKS = str.maketrans("", "", "“”‘’《》〈〉「」『』　")
_SPACE_RE = re.compile(r"(?<![A-Za-z\d]) | (?![A-Za-z\d])")  # not between Latin words
_SESSIONS_RE = re.compile(
    "(?P<term>.*届)(?P<numbers>[一二三四五六七八九十]+中(?:、[一二三四五六七八九十]+中)+)(?P<rest>全会.*)"
)


def without_marks(name: str) -> str:
    """Return a name without title marks, quotation marks, and spaces but those between Latin words.

    Example:
        >>> without_marks("《“十四五” 规划》")
        '十四五规划'
    """
    return _SPACE_RE.sub("", name.translate(_MARKS))


def sessions_in(name: str) -> tuple[str, ...]:
    """Return the names of sessions told as one: 十九届二中、三中全会精神 is the spirit of either."""
    match = _SESSIONS_RE.fullmatch(name) if "、" in name else None
    if match is None:
        return (name,)
    return tuple(match["term"] + number + match["rest"] for number in match["numbers"].split("、"))


def without_degree(name: str) -> str:
    """Return a name without its measure of degree: 加大创新力度 calls for 创新."""
    degrees = load_word_ends("degree_nouns")
    if name.endswith(degrees):
        for degree in degrees:
            if name.endswith(degree) and len(name) > len(degree) + 1:
                return name[: -len(degree)]
    return name
