"""Linear models as data: what each feature weighs for each answer.

A table of ``ontology/rules`` holds a row a feature, with a weight for each answer it speaks for or against
(``promotes=42 faces=-17``). Weights are whole hundredths, so that sums are exact on every machine. A model
with one question, whether at all, has the one answer ``yes``.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("feature", "weights")
BIAS = "bias"  # the feature that every case has
YES = "yes"
SCALE = 100  # weights are given in hundredths
RULE = "weighed"  # the rule of relations, and the source of mentions, that no rule states

Features = tuple[str, ...]
Weigher = Callable[[Features], int]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The weights of one model: a row of ``table`` a feature, a column an answer, in hundredths.

    ``rows`` tells the row of each feature; that of ``bias`` is the first.
    """

    answers: tuple[str, ...]
    rows: dict[str, int]
    table: NDArray[np.int32]

    @classmethod
    def of(cls, weights: Mapping[str, Mapping[str, int]]) -> Self:
        """Return the model with these weights by feature and answer.

        Example:
            >>> Model.of({"x": {"a": 10, "b": -20}}).answers
            ('a', 'b')
        """
        answers = tuple(sorted({answer for row in weights.values() for answer in row}))
        features = [BIAS, *(feature for feature in weights if feature != BIAS)]
        table = np.zeros((len(features), len(answers)), dtype=np.int32)
        for number, feature in enumerate(features):
            for answer, weight in weights.get(feature, {}).items():
                table[number, answers.index(answer)] = weight
        return cls(answers, {feature: number for number, feature in enumerate(features)}, table)

    def scores(self, features: Iterable[str]) -> list[int]:
        """Return the sum of the weights for each answer, in hundredths.

        Example:
            >>> Model.of({"bias": {"a": 5}, "x": {"a": 10, "b": -20}}).scores(["x", "y"])
            [15, -20]
        """
        return self.scores_of_all([features])[0]

    def scores_of_all(self, cases: Iterable[Iterable[str]]) -> list[list[int]]:
        """Return the sums of weights of several cases, each of its features; they are added up at once.

        Example:
            >>> Model.of({"bias": {"a": 5}, "x": {"a": 10}}).scores_of_all([["x"], ["y"]])
            [[15], [5]]
        """
        rows, found, starts = self.rows, list[int](), list[int]()
        for features in cases:
            starts.append(len(found))
            found.append(0)  # the bias
            found += [rows[each] for each in features if each in rows]
        if not starts:
            return []
        sums: list[list[int]] = np.add.reduceat(self.table[found], starts, axis=0).tolist()
        return sums

    def chances_of(self, scores: Sequence[float]) -> dict[str, float]:
        """Return how probable the answers with these scores are; together they are 1.

        Example:
            >>> Model.of({"x": {"a": 1, "b": 1}}).chances_of([100, 100])
            {'a': 0.5, 'b': 0.5}
        """
        each = [chance_of(score) for score in scores]
        total = sum(each) or 1.0
        return {answer: value / total for answer, value in zip(self.answers, each, strict=True)}


@cache
def load_model(name: str) -> Model:
    """Return the model that the table *name* holds.

    Raises:
        KgError: A weight is no whole number.

    Example:
        >>> load_model("judged_pairs").answers
        ('yes',)
    """
    return Model.of(dict(_read(name)))


def _read(name: str) -> Iterator[tuple[str, dict[str, int]]]:
    path = resource_path("rules", f"{name}.tsv")
    file = path.name
    for number, (feature, cell) in read_table(path, COLUMNS):
        yield feature, dict([_parse(file, number, part) for part in cell.split()])


def _parse(file: str, line: int, part: str) -> tuple[str, int]:
    answer, _, weight = part.rpartition("=")
    try:
        return answer, int(weight)
    except ValueError:
        raise KgError(
            f"{file}:{line}: {part!r}; expected an answer and whole hundredths, such as yes=-42"
        ) from None


@cache
def load_weights(name: str) -> dict[str, int]:
    """Return what each feature weighs in the model *name*, which has one question.

    Raises:
        KgError: A weight is no whole number.

    Example:
        >>> load_weights("judged_pairs")["no claim"] < 0
        True
    """
    return {feature: weights[YES] for feature, weights in _read(name)}


def total(weights: Mapping[str, int], features: Iterable[str]) -> int:
    """Return the sum of the weights of *features*, in hundredths.

    Example:
        >>> total({"sunny": 300, "cold": -100}, ["sunny", "cold", "new"])
        200
    """
    return sum(map(weights.get, features, repeat(0)))


def strongest(weights: Mapping[str, int], features: Iterable[str], n: int) -> list[tuple[str, int]]:
    """Return the *n* features that weigh most, for or against, with their hundredths.

    Example:
        >>> strongest({"a": -300, "b": 20}, ["a", "b", "c"], 1)
        [('a', -300)]
    """
    found = [(feature, weights.get(feature, 0)) for feature in set(features)]
    return sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:n]


def chance_of(score: float) -> float:
    """Return how probable an answer is whose weights add up to *score* hundredths, 0 to 1.

    Example:
        >>> chance_of(0), round(chance_of(200), 4)
        (0.5, 0.8808)
    """
    return 1 / (1 + math.exp(-score / SCALE))


def score_of(chance: float) -> float:
    """Return the hundredths from which an answer is as probable as *chance*.

    Example:
        >>> score_of(0.5), round(score_of(0.8808))
        (0.0, 200)
    """
    return SCALE * math.log(chance / (1 - chance))
