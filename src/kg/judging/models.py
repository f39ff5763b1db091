"""Linear models as data: what each feature weighs for each answer.

A table of ``ontology/rules`` holds a row a feature, with a weight for each answer it speaks for or against
(``promotes=42 faces=-17``). Weights are whole hundredths, so that sums are exact on every machine. A model
with one question, whether at all, has the one answer ``yes``.
"""

import math
from collections.abc import Iterable
from functools import cache

from kg.errors import KgError
from kg.records import Record
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("feature", "weights")
BIAS = "bias"  # the feature that every case has
YES = "yes"
SCALE = 100  # weights are given in hundredths


class Model(Record, frozen=True):
    """The weights of one model: ``rows`` lead from a feature to (index of the answer, hundredths)."""

    answers: tuple[str, ...]
    rows: dict[str, tuple[tuple[int, int], ...]]

    def scores(self, features: Iterable[str]) -> list[int]:
        """Return the sum of the weights for each answer, in hundredths.

        Example:
            >>> Model(("a", "b"), {"bias": ((0, 5),), "x": ((0, 10), (1, -20))}).scores(["x", "y"])
            [15, -20]
        """
        totals = [0] * len(self.answers)
        rows = self.rows
        for index, weight in rows.get(BIAS, ()):
            totals[index] += weight
        for feature in features:
            for index, weight in rows.get(feature, ()):
                totals[index] += weight
        return totals

    def chance(self, features: Iterable[str]) -> float:
        """Return how probable the first answer is, 0 to 1, on its own.

        Example:
            >>> Model(("yes",), {"bias": ((0, -100),), "sunny": ((0, 300),)}).chance(["sunny"])
            0.8808
        """
        return _chance(self.scores(features)[0])

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Return how probable each answer is; together they are 1.

        Example:
            >>> Model(("a", "b"), {"x": ((0, 100), (1, 100))}).chances(["x"])
            {'a': 0.5, 'b': 0.5}
        """
        each = [_chance(score) for score in self.scores(features)]
        total = sum(each) or 1.0
        return {answer: round(value / total, 4) for answer, value in zip(self.answers, each, strict=True)}

    def strongest(self, features: Iterable[str], answer: str, n: int) -> list[tuple[str, int]]:
        """Return the *n* features that weigh most for or against *answer*, with their hundredths.

        Example:
            >>> Model(("yes",), {"a": ((0, -300),), "b": ((0, 20),)}).strongest(["a", "b"], "yes", 1)
            [('a', -300)]
        """
        index = self.answers.index(answer)
        found = [(feature, dict(self.rows.get(feature, ())).get(index, 0)) for feature in set(features)]
        return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:n]


@cache
def load_model(name: str) -> Model:
    """Return the model that the table *name* holds.

    Raises:
        KgError: A weight is no whole number.

    Example:
        >>> load_model("judged_pairs").answers
        ('yes',)
    """
    path = resource_path("rules", f"{name}.tsv")
    raw: dict[str, list[tuple[str, int]]] = {}
    for number, (feature, cell) in read_table(path, COLUMNS):
        raw[feature] = [_parse(f"{path.name}:{number}", part) for part in cell.split()]
    answers = sorted({answer for parts in raw.values() for answer, _ in parts})
    index = {answer: position for position, answer in enumerate(answers)}
    rows = {feature: tuple((index[a], weight) for a, weight in parts) for feature, parts in raw.items()}
    return Model(tuple(answers), rows)


def _parse(where: str, part: str) -> tuple[str, int]:
    answer, _, weight = part.rpartition("=")
    try:
        return answer, int(weight)
    except ValueError:
        raise KgError(
            f"{where}: {part!r}; expected an answer and whole hundredths, such as yes=-42"
        ) from None


def _chance(score: int) -> float:
    return round(1 / (1 + math.exp(-score / SCALE)), 4)
