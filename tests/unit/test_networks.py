"""The network gives the same whatever else is asked, and sees the order of words."""

from dataclasses import replace as replace_dataclass
from pathlib import Path

import numpy as np
import pytest

from kg.errors import KgError
from kg.judging import networks
from kg.judging.networks import MOST, PART_STEP, STEP, WEIGHT_STEP, SeenSentence, Sight, labels_of
from kg.lexicon import load_lexicon
from kg.records import replace
from kg.resources import resource_path
from kg.words import split_words


def _sentence(text: str, *sights: Sight) -> SeenSentence:
    words = tuple(split_words(text, offset=0, lexicon=load_lexicon()))
    names = [(*place, "Concept") for sight in sights for place in (sight.subject, sight.object) if place]
    return SeenSentence(words, labels_of(len(words), names), sights)


@pytest.fixture(scope="module")
def sentences() -> list[SeenSentence]:
    forward, back = Sight((0, 0), (2, 2), ("near:0|0>",)), Sight((2, 2), (0, 0), ("near:0|0<",))
    return [
        _sentence("创新催生产业。", forward, back),
        _sentence("市场需求下滑，企业利润下降。", Sight(None, (1, 1), ("A",))),
        _sentence("产业催生创新。", forward),
    ]


def test_what_is_asked_together_comes_out_as_asked_alone(sentences: list[SeenSentence]) -> None:
    network = networks.load_network()
    together = network.scores(sentences)
    alone = [score for sentence in sentences for score in network.scores([sentence])]
    assert together == alone
    assert len(together) == 4
    assert all(len(scores) == len(network.answers) for scores in together)


def test_nothing_asked_gives_nothing(sentences: list[SeenSentence]) -> None:
    network = networks.load_network()
    assert network.scores([]) == []
    assert network.scores([replace(sentences[0], sights=())]) == []


def test_who_does_what_to_whom_makes_a_difference(sentences: list[SeenSentence]) -> None:
    forward, back, _, other = networks.load_network().scores(sentences)
    assert forward != back
    assert forward[0] > back[0]  # 创新 brings forth 产业, not the other way round
    assert forward != other


def test_sums_are_exact_whatever_they_are_added_up_in(sentences: list[SeenSentence]) -> None:
    network = networks.load_network()
    exact = replace_dataclass(
        network,
        parts={part: rows.astype(np.float64) for part, rows in network.parts.items()},
        features=network.features.astype(np.float64),
        layers={name: layer.astype(np.float64) for name, layer in network.layers.items()},
    )
    assert exact.scores(sentences) == network.scores(sentences)


def test_no_sum_of_a_layer_is_larger_than_is_exact() -> None:
    network = networks.load_network()
    for name, layer in network.layers.items():
        if layer.ndim == 2:
            step, most = (PART_STEP, 1.0) if name == "input" else (STEP, MOST)
            steps = np.abs(layer).sum(axis=0).max() * most / (step * WEIGHT_STEP)
            assert steps < 2**24, name  # float32 holds every whole number up to it


def _spoilt(cut: int) -> bytes:
    whole = resource_path("rules", "judging_network.npz").read_bytes()
    return whole[:cut] + bytes(200) + whole[cut + 200 :] if cut > 0 else whole[:cut]


@pytest.mark.parametrize("content", [b"no arrays", b"", _spoilt(-5000), _spoilt(20_000)])
def test_a_broken_file_is_told_in_one_line(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "judging_network.npz"
    path.write_bytes(content)
    monkeypatch.setattr(networks, "resource_path", lambda *_: path)
    with pytest.raises(KgError, match=r"^judging_network\.npz: .*restore the file$"):
        networks.load_network.__wrapped__()
