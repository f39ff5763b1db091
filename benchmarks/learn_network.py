"""What the network weighs: learns ``judging_network.npz`` from annotated articles.

    python benchmarks/learn_network.py GOLD ARTICLES [GOLD ARTICLES ...] [--jobs 2] [--epochs 5] [--write]

GOLD and ARTICLES are as for ``learn_judges.py``, which makes the same pairs with the same right answers. The
network learns whether two things of a sentence are related, how, and (to see words better; this is thrown
away) of which kind each name is. Of the pairs that neither a rule nor an annotator relates one of ``SPARED``
is learnt from and counts for as many.

Needs scikit-learn and PyTorch (``pip install -e ".[learn]"``). On one machine the same articles give the same
network. ``--write`` puts it into ``ontology/rules``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Self

import numpy as np
import torch
from learn_judges import Job, answered, kinds_of, learn_spans, read_by_parts, read_options, view_of
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.judging.networks import DILATIONS, PART_STEP, PARTS, WEIGHT_STEP, SeenSentence, Sight, told_of
from kg.records import Record
from kg.resources import resource_path
from kg.schema import EntityKind, RelationKind

SPARED = 3
RAREST = {"word": 8, "start": 20, "end": 20, "cluster": 20, "feature": 30}  # seen less often it is unknown
WIDTHS = {"word": 64, "tag": 16, "start": 24, "end": 24, "cluster": 16, "relation": 8, "label": 16}
WIDTH = 96  # of what a layer tells of each word
HIDDEN = 128
# The features that the network is told: those that name no words.
TOLD = frozenset(
    (
        *("no claim", "C", "R", "Ck", "Cr", "Co", "Cs", "Cso"),  # what rules state
        *(">", "<", "kk", "near", "roles", "within", "gap", "vsame", "midactor", "midsame"),
        *("source", "wa", "wb"),
        *("A", "Avoice", "Arole", "Aclause", "Avoiceactor"),
        *("T", "Tkk", "Tback", "Trole", "Tactor", "Tplace", "Tclause", "Tvoice"),
    )
)
FORGOTTEN = 0.25  # of what a layer tells, anew in each step, so that nothing hangs on one number
UNKNOWN = 0.08  # of the words, anew in each step, so that unknown words are learnt, too
KINDS_SHARE = 0.3  # of the loss that the kinds of names count
RATE, DECAY, BATCH, WARMING, STEEPEST = 2e-3, 1e-2, 48, 0.15, 5.0
ANSWERS = sorted(kind.value for kind in RelationKind)
KINDS = sorted(kind.value for kind in EntityKind)

SEED = 0

Ints = NDArray[np.int64]
Arrays = dict[str, NDArray[np.generic]]
Rows = dict[str, dict[str, int]]


class Lesson(Record, frozen=True):
    """A sentence with what is right about it: the relations of each pair, the kinds of names by place."""

    sentence: SeenSentence
    answers: Sequence[frozenset[str]]
    weights: Sequence[float]
    kinds: Sequence[tuple[int, int, str]]


def lessons_of(job: Job) -> list[Lesson]:
    """Return what one annotated article teaches, sentence by sentence."""
    gold, article = job
    view, surfaces = view_of(article)
    kinds = {name: kinds_of(gold, own) for name, own in surfaces.items()}
    taught = list(answered(gold, view, surfaces))
    seen = view.seen((sentence, pair, pair.features) for sentence, pair, _, _ in taught)
    lessons = []
    for sentence, (_, group) in zip(seen, groupby(taught, key=itemgetter(0)), strict=True):
        here = list(group)
        ends = {(pair.places[1], pair.object.name) for _, pair, _, _ in here}
        lessons.append(
            spare(
                sentence,
                [answers for _, _, answers, _ in here],
                [weight for _, _, _, weight in here],
                sorted((*places, *kinds[name]) for places, name in ends if len(kinds[name]) == 1),
            )
        )
    return lessons


def spare(
    sentence: SeenSentence,
    answers: Sequence[frozenset[str]],
    weights: Sequence[float],
    kinds: Sequence[tuple[int, int, str]],
) -> Lesson:
    """Return a lesson without most of what neither rules nor annotators relate."""
    sights, right, counts = [], [], []
    for number, sight in enumerate(sentence.sights):
        is_open = not answers[number] and "no claim" in sight.features
        if not (is_open and number % SPARED):
            told = tuple([feature for feature in sight.features if is_told(feature)])
            sights.append(Sight(sight.subject, sight.object, told))
            right.append(answers[number])
            counts.append(weights[number] * (SPARED if is_open else 1))
    return Lesson(SeenSentence(sentence.words, sentence.labels, sights), right, counts, kinds)


def is_told(feature: str) -> bool:
    return feature.partition(":")[0] in TOLD


def rows_of(lessons: Iterable[Lesson]) -> Rows:
    """Return for each part the row of what is seen often enough, from 1; row 0 is that of all else."""
    counts: dict[str, Counter[str]] = {part: Counter() for part in (*PARTS, "feature")}
    for lesson in lessons:
        for word, label in zip(lesson.sentence.words, lesson.sentence.labels, strict=True):
            for part, told in zip(PARTS, told_of(word.text, word.tag, label), strict=True):
                counts[part][told] += 1
        for sight in lesson.sentence.sights:
            counts["feature"].update(sight.features)
    return {
        part: {
            name: row
            for row, name in enumerate(
                sorted(n for n, c in found.items() if c >= RAREST.get(part, 1)), start=1
            )
        }
        for part, found in counts.items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A lesson as rows: of each word by part; of each pair its places, answers and features."""

    words: Ints
    pairs: Ints  # sentence places of subject (-1 without one) and object
    answers: NDArray[np.float32]  # whether related, then each relation
    weights: NDArray[np.float32]
    features: Sequence[Ints]
    kinds: Ints

    @classmethod
    def of(cls, lesson: Lesson, rows: Rows) -> Self:
        """Return a lesson by the *rows* of its parts and features."""
        sentence = lesson.sentence
        words = [
            [
                rows[part].get(told, 0)
                for part, told in zip(PARTS, told_of(word.text, word.tag, label), strict=True)
            ]
            for word, label in zip(sentence.words, sentence.labels, strict=True)
        ]
        right = [[bool(each), *(answer in each for answer in ANSWERS)] for each in lesson.answers]
        known = rows["feature"]
        return cls(
            np.array(words, dtype=np.int64),
            np.array(
                [(*(s.subject or (-1, -1)), *s.object) for s in sentence.sights], dtype=np.int64
            ).reshape(-1, 4),
            np.array(right, dtype=np.float32).reshape(-1, 1 + len(ANSWERS)),
            np.array(lesson.weights, dtype=np.float32),
            [
                np.array([0, *(known[f] for f in sight.features if f in known)], dtype=np.int64)
                for sight in sentence.sights
            ],
            np.array(
                [(first, last, KINDS.index(kind)) for first, last, kind in lesson.kinds], dtype=np.int64
            ).reshape(-1, 3),
        )


class Learner(nn.Module):
    """The network while it is learnt; :func:`pack` takes its weights over."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.parts = nn.ModuleDict({part: _table(len(rows[part]) + 1, WIDTHS[part], 0.1) for part in PARTS})
        self.input = nn.Linear(sum(WIDTHS.values()), WIDTH)
        self.mixes = nn.ModuleList([nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS])
        self.subject = nn.Linear(2 * WIDTH, HIDDEN, bias=False)
        self.object = nn.Linear(3 * WIDTH, HIDDEN, bias=False)
        self.features = nn.EmbeddingBag(len(rows["feature"]) + 1, HIDDEN, mode="sum")
        nn.init.normal_(self.features.weight, std=0.05)
        self.hidden = nn.Linear(HIDDEN, HIDDEN)
        self.output = nn.Linear(HIDDEN, 1 + len(ANSWERS))
        self.kinds = nn.Sequential(nn.Linear(2 * WIDTH, 64), nn.ReLU(), nn.Linear(64, len(KINDS)))
        self.forget = nn.Dropout(FORGOTTEN)

    def forward(self, batch: "Batch") -> tuple[Tensor, Tensor]:
        """Return what is said of each pair, and of the kind of each name."""
        mask = batch.mask.unsqueeze(2)
        told = torch.cat([self.parts[part](batch.words[:, :, at]) for at, part in enumerate(PARTS)], dim=2)
        mixed = functional.relu(self.input(self.forget(told))) * mask
        for distance, mix in zip(DILATIONS, self.mixes, strict=True):
            seen = self.forget(mixed)
            before = functional.pad(seen, (0, 0, distance, 0))[:, : seen.shape[1]]
            after = functional.pad(seen, (0, 0, 0, distance))[:, distance:]
            mixed = (mixed + functional.relu(mix(torch.cat([before, seen, after], dim=2)))) * mask
        at, subject, end, first, last = batch.pairs.T
        has_subject = subject >= 0
        begin = torch.where(has_subject, torch.minimum(end, last) + 1, 0)
        stop = torch.maximum(torch.where(has_subject, torch.maximum(subject, first), first), begin)
        sums = torch.cat([torch.zeros_like(mixed[:, :1]), mixed.cumsum(dim=1)], dim=1)
        between = (sums[at, stop] - sums[at, begin]) / (stop - begin).clamp(min=1).unsqueeze(1)
        of_subject = torch.cat([mixed[at, subject.clamp(min=0)], mixed[at, end.clamp(min=0)]], dim=1)
        seen = self.object(self.forget(torch.cat([mixed[at, first], mixed[at, last], between], dim=1)))
        seen = seen + self.subject(self.forget(of_subject)) * has_subject.unsqueeze(1)
        seen = functional.relu(seen + self.features(batch.features, batch.feature_starts))
        hidden = functional.relu(self.hidden(self.forget(seen)))
        at, first, last, _ = batch.kinds.T
        named = self.forget(torch.cat([mixed[at, first], mixed[at, last]], dim=1))
        return self.output(self.forget(hidden)), self.kinds(named)


def _table(n: int, width: int, spread: float) -> nn.Embedding:
    table = nn.Embedding(n, width)
    nn.init.normal_(table.weight, std=spread)
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some sentences at once: words by sentence, place and part; of pairs and names the sentence first."""

    words: Tensor
    mask: Tensor
    pairs: Tensor
    features: Tensor
    feature_starts: Tensor
    answers: Tensor
    weights: Tensor
    kinds: Tensor

    @classmethod
    def of(cls, taken: Sequence[Encoded]) -> Self:
        """Return the lessons *taken* at once."""
        longest = max(len(each.words) for each in taken)
        words = np.zeros((len(taken), longest, len(PARTS)), dtype=np.int64)
        mask = np.zeros((len(taken), longest), dtype=np.float32)
        for number, each in enumerate(taken):
            words[number, : len(each.words)] = each.words
            mask[number, : len(each.words)] = 1
        features = list(chain.from_iterable(each.features for each in taken))
        starts = np.cumsum([0, *map(len, features)])[:-1]
        return cls(
            torch.from_numpy(words),
            torch.from_numpy(mask),
            _numbered([each.pairs for each in taken]),
            torch.from_numpy(np.concatenate(features)),
            torch.from_numpy(starts),
            torch.from_numpy(np.concatenate([each.answers for each in taken])),
            torch.from_numpy(np.concatenate([each.weights for each in taken])),
            _numbered([each.kinds for each in taken]),
        )


def _numbered(tables: Sequence[Ints]) -> Tensor:
    """Return the rows of all *tables*, before each the number of its table."""
    numbers = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    return torch.from_numpy(np.column_stack((numbers, np.concatenate(tables))))


def batches_of(lessons: Sequence[Encoded], rng: np.random.Generator) -> Iterator[Batch]:
    """Yield all *lessons* in batches of sentences of like length, in random order."""
    lengths = np.array([len(lesson.words) for lesson in lessons])
    order = np.argsort(lengths + rng.random(len(lessons)) * 6, kind="stable")
    chosen = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for number in rng.permutation(len(chosen)):
        yield Batch.of([lessons[index] for index in chosen[number]])


def learn(learner: Learner, lessons: Sequence[Encoded], epochs: int, rate: float = RATE) -> None:
    """Let *learner* learn from *lessons* in so many *epochs*."""
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    optimizer = torch.optim.AdamW(learner.parameters(), lr=rate, weight_decay=DECAY)
    n_steps = epochs * -(-len(lessons) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=n_steps + 1, pct_start=WARMING
    )
    learner.train()
    for epoch in range(epochs):
        losses = []
        for batch in batches_of(lessons, rng):
            is_unknown = torch.rand(batch.mask.shape) < UNKNOWN
            batch.words[:, :, 0][is_unknown] = 0
            loss = _loss(*learner(batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learner.parameters(), STEEPEST)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f} a batch", flush=True)


def _loss(said: Tensor, kinds: Tensor, batch: Batch) -> Tensor:
    weighed = functional.binary_cross_entropy_with_logits(said, batch.answers, reduction="none")
    is_related = batch.answers[:, :1]  # how two things are related is asked only where they are
    loss = ((weighed[:, 0] + (weighed[:, 1:] * is_related).sum(dim=1)) * batch.weights).sum()
    named = functional.cross_entropy(kinds, batch.kinds[:, 3], reduction="sum")
    return (loss + KINDS_SHARE * named) / BATCH


def pack(learner: Learner, rows: Rows) -> Arrays:
    """Return the arrays that :class:`kg.judging.networks.Network` is made of, in whole steps."""
    arrays: Arrays = {"answers": np.array(["related", *ANSWERS])}
    for part, names in rows.items():
        arrays[f"{part} names"] = np.array(list(names))
    for part in PARTS:
        arrays[f"{part} rows"] = _whole(learner.parts[part].weight, PART_STEP, np.int8)
    arrays["feature rows"] = _whole(learner.features.weight, WEIGHT_STEP, np.int16)
    for name, layer in _layers_of(learner).items():
        arrays[f"{name} layer"] = _whole(layer.weight.T, WEIGHT_STEP, np.int16)
        if layer.bias is not None:
            arrays[f"{name} bias layer"] = _whole(layer.bias, WEIGHT_STEP, np.int16)
    return arrays


def unpack(arrays: Arrays) -> tuple[Learner, Rows]:
    """Return the learner that was packed into *arrays*, and the rows of its parts and features."""
    names = {key.removesuffix(" names"): arrays[key] for key in arrays if key.endswith(" names")}
    rows = {
        part: {str(name): row for row, name in enumerate(found, start=1)} for part, found in names.items()
    }
    torch.manual_seed(SEED)  # what tells kinds is not packed
    learner = Learner(rows)
    with torch.no_grad():
        for part in PARTS:
            learner.parts[part].weight.copy_(_weights(arrays[f"{part} rows"], PART_STEP))
        learner.features.weight.copy_(_weights(arrays["feature rows"], WEIGHT_STEP))
        for name, layer in _layers_of(learner).items():
            layer.weight.copy_(_weights(arrays[f"{name} layer"], WEIGHT_STEP).T)
            if layer.bias is not None:
                layer.bias.copy_(_weights(arrays[f"{name} bias layer"], WEIGHT_STEP))
    return learner, rows


def _layers_of(learner: Learner) -> dict[str, nn.Linear]:
    """Return the layers that are packed, by name."""
    layers = {name: getattr(learner, name) for name in ("input", "hidden", "output", "subject", "object")}
    return layers | {f"mix{number}": mix for number, mix in enumerate(learner.mixes)}


def _weights(whole: NDArray[np.generic], step: float) -> Tensor:
    return torch.from_numpy(whole.astype(np.float32) * np.float32(step))


def _whole(weights: Tensor, step: float, kind: type[np.int8 | np.int16]) -> NDArray[np.integer]:
    limits = np.iinfo(kind)
    whole: NDArray[np.integer] = np.clip(
        np.rint(weights.detach().numpy() / step), limits.min, limits.max
    ).astype(kind)
    return whole


def write(learner: Learner, rows: Rows) -> None:
    """Put the network into ``ontology/rules``."""
    np.savez_compressed(resource_path("rules") / "judging_network.npz", **pack(learner, rows))


def main() -> None:
    args, jobs = read_options(__doc__, epochs=5)
    taught = read_by_parts(lessons_of, jobs, *learn_spans(jobs, args.jobs), args.jobs)
    lessons = list(chain.from_iterable(taught))
    rows = rows_of(lessons)
    print(
        f"{len(jobs)} articles, {len(lessons)} sentences; "
        + ", ".join(f"{len(r)} {p}s" for p, r in rows.items())
    )
    torch.manual_seed(SEED)
    learner = Learner(rows)
    learn(learner, [Encoded.of(lesson, rows) for lesson in lessons], args.epochs)
    if args.write:
        write(learner, rows)


if __name__ == "__main__":
    main()
