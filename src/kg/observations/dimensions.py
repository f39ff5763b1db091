"""Which dimensions of numbers behave alike, counts, sizes, changes, spans of time; units without scale."""

COUNTED = frozenset({"count", "people", "visits", "batches", "households", "population"})
SIZES = frozenset({"area", "length", "mass", "volume", "power", "energy", "money", "data", "coal", "grade"})
AMOUNTS = frozenset({"mass", "volume", "energy", "coal"})  # of stuff
CHANGES = frozenset({"ratio", "points", "multiple", "doubling"})
SPANS = frozenset({"duration", "age"})


def bare_unit(unit: str) -> str:
    """Return *unit* without the scale before it.

    Example:
        >>> bare_unit("万架次"), bare_unit("项")
        ('架次', '项')
    """
    return unit.lstrip("百千万亿")
