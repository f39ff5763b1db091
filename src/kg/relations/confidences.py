"""How often a rule is right: the confidence of what it finds.

``benchmarks/calibrate.py`` measures it on annotated articles and writes ``ontology/rules/confidences.tsv``.
"""

from functools import cache

from kg.errors import KgError
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("rule", "confidence", "right", "found")
ALL = "*"  # the row of all rules together


@cache
def confidence_of(rule: str) -> float:
    """Return how often *rule* is right; its family where it is not in the table, else all rules.

    Example:
        >>> 0 < confidence_of("main:promotes") <= 1
        True
    """
    rows = load_confidences()
    return next(rows[key] for key in keys_of(rule) if key in rows)


@cache
def keys_of(rule: str) -> tuple[str, ...]:
    """Return the rows that tell of *rule*, the most particular first.

    A rule is a family and, where one family states several, the relation of its verb or head.

    Example:
        >>> keys_of("main:promotes")
        ('main:promotes', 'main', '*')
    """
    family, _, relation = rule.partition(":")
    return (rule, family, ALL) if relation else (family, ALL)


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
