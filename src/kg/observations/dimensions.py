"""Which dimensions of numbers behave alike: counts, sizes, changes, spans of time."""

COUNTED = frozenset({"count", "people", "visits", "batches", "households", "population"})
SIZES = frozenset({"area", "length", "mass", "volume", "power", "energy", "money", "data", "coal", "grade"})
AMOUNTS = frozenset({"mass", "volume", "energy", "coal"})  # of stuff
CHANGES = frozenset({"ratio", "points", "multiple", "doubling"})
SPANS = frozenset({"duration", "age"})
