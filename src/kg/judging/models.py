"""Linear models as data: what each feature weighs for each answer.

A table of ``ontology/rules`` holds a row a feature, with a weight for each answer it speaks for or against
(``promotes=42 faces=-17``). Weights are whole hundredths, so that sums are exact on every machine. A model
with one question, whether at all, has the one answer ``yes``.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
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

    def weights_of(self, answer: str) -> dict[str, int]:
        """Return what each feature weighs for one answer.

        Example:
            >>> Model(("a", "b"), {"x": ((0, 10), (1, -20))}).weights_of("b")
            {'x': -20}
        """
        index = self.answers.index(answer)
        return {feature: weight for feature, row in self.rows.items() for i, weight in row if i == index}

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Return how probable each answer is; together they are 1.

        Example:
            >>> Model(("a", "b"), {"x": ((0, 100), (1, 100))}).chances(["x"])
            {'a': 0.5, 'b': 0.5}
        """
        return self.chances_of(self.scores(features))

    def chances_of(self, scores: Sequence[int]) -> dict[str, float]:
        """Return how probable the answers with these scores are; together they are 1.

        Example:
            >>> Model(("a", "b"), {}).chances_of([100, 100])
            {'a': 0.5, 'b': 0.5}
        """
        each = [chance_of(score) for score in scores]
        total = sum(each) or 1.0
        return {answer: round(value / total, 4) for answer, value in zip(self.answers, each, strict=True)}


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


@cache
def load_weights(name: str) -> dict[str, int]:
    """Return what each feature weighs in the model *name*, which has one question.

    Example:
        >>> load_weights("judged_pairs")["no claim"] < 0
        True
    """
    return load_model(name).weights_of(YES)


def total(weights: Mapping[str, int], features: Iterable[str]) -> int:
    """Return the sum of the weights of *features*, in hundredths.

    Example:
        >>> total({"sunny": 300, "cold": -100}, ["sunny", "cold", "new"])
        200
    """
    weight = weights.get
    return sum([weight(feature, 0) for feature in features])


def strongest(weights: Mapping[str, int], features: Iterable[str], n: int) -> list[tuple[str, int]]:
    """Return the *n* features that weigh most, for or against, with their hundredths.

    Example:
        >>> strongest({"a": -300, "b": 20}, ["a", "b", "c"], 1)
        [('a', -300)]
    """
    found = [(feature, weights.get(feature, 0)) for feature in set(features)]
    return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:n]


def chance_of(score: int) -> float:
    """Return how probable an answer is whose weights add up to *score* hundredths, 0 to 1.

    Example:
        >>> chance_of(0), chance_of(200)
        (0.5, 0.8808)
    """
    return round(1 / (1 + math.exp(-score / SCALE)), 4)
