"""A small network that reads the words of a sentence in their order, and tells how two things are related.

The linear models see the words about two things one by one; this sees what they say together. Each word is
told by its parts (the word, its tag, its characters, its company), layers of convolution mix it with its
neighbours, and what stands in the two things and between them is weighed.

All numbers are multiples of small powers of two, kept so by rounding after each layer: every sum is exact, so
that every machine and every order of adding gives the same.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.errors import KgError
from kg.judging.models import SCALE, Features
from kg.judging.surroundings import Places, cluster_of, relation_of
from kg.records import Record, Word, replace
from kg.resources import resource_path

PARTS = ("word", "tag", "start", "end", "cluster", "relation", "label")  # of what is told of a word
DILATIONS = (1, 2, 4)  # words from one that is mixed to the next, layer by layer
PART_STEP = 1 / 128  # of what the parts of a word hold
STEP = 1 / 32  # of what layers hold
WEIGHT_STEP = 1 / 256  # of the weights of layers
MOST = 8.0  # that a layer holds
_PADDING = max(DILATIONS)  # rows between two sentences, so that none sees the other
_PADDING_ROW = (-1,) * len(PARTS)
_NOTHING = ""  # what is told of a word that is in no name
_UNKNOWN = "□"
_REMEMBERED = 1 << 14  # words whose rows are kept

Numbers = NDArray[np.float32]


class Sight(Record, frozen=True):
    """Two things of one sentence as the network sees them; without ``subject`` it stands elsewhere.

    ``features`` are what is told of the two besides the words.
    """

    subject: Places | None
    object: Places
    features: Features


class SeenSentence(Record, frozen=True):
    """The words of a sentence, the kind of thing that each belongs to, and what is asked about them."""

    words: Sequence[Word]
    labels: Sequence[str]
    sights: Sequence[Sight]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The weights of the network: a table of rows by name for each part, and the layers.

    Row 0 of each part is that of all that has no row of its own.
    """

    answers: tuple[str, ...]  # the first is whether the two are related at all
    rows_of: Callable[[str, str, str], tuple[int, ...]]  # of a word by its text, tag and label, by part
    feature_rows: Mapping[str, int]
    parts: Mapping[str, Numbers]
    features: Numbers
    layers: Mapping[str, Numbers]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """Return the network that *arrays* hold, as ``benchmarks/learn_network.py`` packs them."""
        names = {key.partition(" ")[0]: arrays[key] for key in arrays if key.endswith(" names")}
        rows = {
            part: {str(name): row for row, name in enumerate(found, start=1)} for part, found in names.items()
        }

        @lru_cache(maxsize=_REMEMBERED)
        def rows_of(text: str, tag: str, label: str) -> tuple[int, ...]:
            return tuple(
                [rows[part].get(told, 0) for part, told in zip(PARTS, told_of(text, tag, label), strict=True)]
            )

        parts = {part: _times(arrays[f"{part} rows"], PART_STEP) for part in PARTS}
        layers = {
            key.removesuffix(" layer"): _times(arrays[key], WEIGHT_STEP)
            for key in arrays
            if key.endswith(" layer")
        }
        answers = tuple([str(answer) for answer in arrays["answers"]])
        return cls(
            answers, rows_of, rows["feature"], parts, _times(arrays["feature rows"], WEIGHT_STEP), layers
        )

    def scores(self, sentences: Sequence[SeenSentence]) -> list[list[int]]:
        """Return the hundredths for each answer, of all that is asked about the sentences, in their order."""
        if not any(sentence.sights for sentence in sentences):
            return []
        with _linear_algebra().limit(limits=1, user_api="blas"):
            return self._scores(sentences)

    def _scores(self, sentences: Sequence[SeenSentence]) -> list[list[int]]:
        told, starts = self._mixed(sentences)
        sums = np.concatenate((np.zeros_like(told[:1]), told.cumsum(axis=0, dtype=np.float64)))
        place = np.array([_places(start, sight) for start, sight in _placed(sentences, starts)])
        layers = self.layers
        n_between = np.maximum(place[:, 5] - place[:, 4], 1)[:, None]
        between = _rounded((sums[np.maximum(place[:, 5], place[:, 4])] - sums[place[:, 4]]) / n_between)
        subject = np.concatenate((told[place[:, 0]], told[place[:, 1]]), axis=1) @ layers["subject"]
        seen = np.concatenate((told[place[:, 2]], told[place[:, 3]], between), axis=1) @ layers["object"]
        seen += subject + self._of_features([sight.features for each in sentences for sight in each.sights])
        hidden = _rounded(_rounded(seen) @ layers["hidden"] + layers["hidden bias"])
        found = hidden @ layers["output"] + layers["output bias"]
        weighed: list[list[int]] = np.rint(found * SCALE).astype(np.int64).tolist()
        return weighed

    def influences(self, sentence: SeenSentence) -> list[int]:
        """Return how many hundredths less the first answer would have without each word of a sentence.

        One thing is asked about the sentence. What is left in place of a word is an unknown one.
        """
        words = tuple(sentence.words)
        without = [
            replace(sentence, words=(*words[:at], replace(word, text=_UNKNOWN, tag=""), *words[at + 1 :]))
            for at, word in enumerate(words)
        ]
        whole, *scores = self.scores([sentence, *without])
        return [whole[0] - each[0] for each in scores]

    def _mixed(self, sentences: Iterable[SeenSentence]) -> tuple[Numbers, list[int]]:
        """Return a row for each word, mixed with its neighbours, and the row where each sentence starts."""
        rows: list[tuple[int, ...]] = []
        starts = []
        blank = [_PADDING_ROW] * _PADDING
        for sentence in sentences:
            rows += blank
            starts.append(len(rows))
            told_of_words = zip(sentence.words, sentence.labels, strict=True)
            rows += [self.rows_of(word.text, word.tag, label) for word, label in told_of_words]
        rows += blank
        found = np.array(rows)
        is_word = (found[:, :1] >= 0).astype(np.float32)
        told = np.concatenate([self.parts[part][found[:, at]] for at, part in enumerate(PARTS)], axis=1)
        mixed = _rounded(told @ self.layers["input"] + self.layers["input bias"]) * is_word
        for number, distance in enumerate(DILATIONS):
            weights, bias = self.layers[f"mix{number}"], self.layers[f"mix{number} bias"]
            mixed = _rounded(mixed + _relu(_beside(mixed, distance) @ weights + bias)) * is_word
        return mixed, starts

    def _of_features(self, features: Iterable[Features]) -> Numbers:
        rows = self.feature_rows
        found, starts = list[int](), list[int]()
        for each in features:
            starts.append(len(found))
            found.append(0)  # what all have
            found += [rows[feature] for feature in each if feature in rows]
        summed: Numbers = np.add.reduceat(self.features[found], starts, axis=0)
        return summed


def told_of(text: str, tag: str, label: str) -> tuple[str, ...]:
    """Return what the network is told of a word, by :data:`PARTS`."""
    return text, tag, text[0], text[-1], cluster_of(text), relation_of(text), label


def labels_of(n_words: int, names: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return for each word of a sentence the kind of the first name it is in, and whether it begins it.

    *names* are the first and last words of each, and its kind.

    Example:
        >>> labels_of(4, [(1, 2, "Sector")])
        ['', 'Sector^', 'Sector', '']
    """
    labels = [_NOTHING] * n_words
    for first, last, kind in names:
        for index in range(first, last + 1):
            if not labels[index]:
                labels[index] = kind if index > first else f"{kind}^"
    return labels


def _placed(sentences: Sequence[SeenSentence], starts: Iterable[int]) -> Iterable[tuple[int, Sight]]:
    return ((start, sight) for start, each in zip(starts, sentences, strict=True) for sight in each.sights)


def _places(start: int, sight: Sight) -> tuple[int, ...]:
    """Return the rows of a subject, of an object, and of what stands between (the end is not in it).

    Without a subject it is all before the object, and the subject a row of padding, which holds nothing.
    """
    first, last = sight.object
    if sight.subject is None:
        return 0, 0, start + first, start + last, start, start + first
    begin, end = sight.subject
    return (
        start + begin, start + end, start + first, start + last,
        start + min(end, last) + 1, start + max(begin, first),
    )  # fmt: skip


def _beside(rows: Numbers, distance: int) -> Numbers:
    """Return each row between those that stand *distance* before and after it."""
    edge = np.zeros((distance, rows.shape[1]), dtype=np.float32)
    return np.concatenate(
        (
            np.concatenate((edge, rows[:-distance])),
            rows,
            np.concatenate((rows[distance:], edge)),
        ),
        axis=1,
    )


def _relu(rows: Numbers) -> Numbers:
    return np.maximum(rows, 0)


def _rounded(rows: NDArray[np.floating]) -> Numbers:
    """Return what a layer holds: nothing negative, in whole steps, at most ``MOST``."""
    whole: Numbers = (np.rint(np.clip(rows, 0, MOST) / STEP) * STEP).astype(np.float32)
    return whole


def _times(array: NDArray[np.generic], step: float) -> Numbers:
    return array.astype(np.float32) * np.float32(step)


@cache
def _linear_algebra() -> ThreadpoolController:
    """Return what keeps the libraries under numpy to one thread: an article is too little for more."""
    return ThreadpoolController()


@cache
def load_network() -> Network:
    """Return the network that ships with the package.

    Raises:
        KgError: It is no such file.

    Example:
        >>> load_network().answers[0]
        'related'
    """
    path = resource_path("rules", "judging_network.npz")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Network.of(dict(arrays))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise KgError(f"{path.name}: {error}; expected the arrays of the network; restore the file") from None
