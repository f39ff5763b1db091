"""Other names that people give to one measure: X增长率 is X增速, 占比 is 比重.

They are true of the language, whatever the article; whether one of them names another thing of the
corpus is for the caller to know.
"""

import re
from collections import defaultdict
from functools import cache

from kg.errors import KgError
from kg.resources import resource_path
from kg.tables import read_table

_COLUMNS = ("pattern", "others", "note")
_RANGE_ENDS = ("（下限）", "（上限）")


def synonyms_of(indicator: str) -> tuple[str, ...]:
    """Return the other names of *indicator*, by the most exact pattern that it fits.

    Example:
        >>> synonyms_of("粮食产量增长率")
        ('粮食产量增速', '粮食产量增幅', '粮食产量增长幅度', '粮食产量增加幅度', '粮食产量涨幅')
        >>> synonyms_of("出口占总量比重")[3], synonyms_of("气温")
        ('出口占比', ())
    """
    end = next((end for end in _RANGE_ENDS if indicator.endswith(end)), "")
    name = indicator.removesuffix(end)
    plain = (name,) if end else ()
    for pattern, others in _patterns().get(name[-1:], ()):
        match = pattern.fullmatch(name)
        if match is not None:
            return (*plain, *(match.expand(other) + end for other in others))
    return plain


@cache
def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]:
    """Return last character → patterns that end in it with the other names, the most exact first."""
    path = resource_path("rules", "indicator_synonyms.tsv")
    rows: dict[str, tuple[str, ...]] = {}
    for number, (pattern, others, _note) in read_table(path, _COLUMNS):
        if pattern in rows or not pattern.startswith("X") or pattern[-1] in "XY":
            raise KgError(
                f"{path.name}:{number}: {pattern!r}; expected a new pattern such as X增长率 or X占Y比重"
            )
        rows[pattern] = tuple(others.split("|"))
    by_end = defaultdict(list)
    for pattern in sorted(rows, key=lambda text: (-len(text.replace("Y", "")), text)):
        expression = re.compile(pattern.replace("X", "(.+?)").replace("Y", "(.+)"))
        templates = tuple(other.replace("X", r"\1").replace("Y", r"\2") for other in rows[pattern])
        by_end[pattern[-1]].append((expression, templates))
    return {end: tuple(found) for end, found in by_end.items()}
