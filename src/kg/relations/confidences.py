"""How often a rule is right: the confidence of what it finds.

``benchmarks/calibrate.py`` measures it on annotated articles and writes ``ontology/rules/confidences.tsv``.
"""

from functools import cache

from kg.errors import KgError
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("rule", "confidence", "right", "found")
ALL = "*"  # the row of all rules together


def confidence_of(rule: str) -> float:
    """Return the confidence of *rule*; of its family where it has no row, else of all rules.

    Example:
        >>> 0 < confidence_of("main:promotes") <= 1
        True
    """
    rows = load_confidences()
    return rows.get(rule) or rows.get(family_of(rule)) or rows[ALL]


def family_of(rule: str) -> str:
    """Return the rule without the relation that a verb or head gave it.

    Example:
        >>> family_of("main:promotes")
        'main'
    """
    return rule.partition(":")[0]


@cache
def load_confidences() -> dict[str, float]:
    """Return rule → confidence.

    Raises:
        KgError: A row stands twice, or its confidence is no number between 0 and 1, or ``*`` is missing.
    """
    path = resource_path("rules", "confidences.tsv")
    found: dict[str, float] = {}
    for number, (rule, confidence, _right, _found) in read_table(path, COLUMNS):
        where = f"{path.name}:{number}"
        if rule in found:
            raise KgError(f"{where}: rule {rule!r} stands twice; remove one row")
        found[rule] = _parse_confidence(where, confidence)
    if ALL not in found:
        raise KgError(f"{path.name}: no row {ALL!r}; expected one for all rules; run benchmarks/calibrate.py")
    return found


def _parse_confidence(where: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        raise KgError(f"{where}: confidence is {cell!r}; expected a number above 0 and up to 1, such as 0.62")
    return value
