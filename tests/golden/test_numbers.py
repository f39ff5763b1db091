"""Golden sentences: what their numbers measure, side by side with the text."""

from pathlib import Path

import pytest

from kg.lexicon import Lexicon, load_lexicon
from kg.observations import find_measurements
from kg.records import Article, Measurement
from kg.sentences import split_sentences

SENTENCES = Path(__file__).parent / "numbers" / "sentences.txt"
EXPECTED = Path(__file__).parent / "numbers" / "expected.txt"


def read_sentences() -> list[tuple[str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return [(date, text) for date, text in pairs]


def show(measurement: Measurement) -> str:
    upper = f"{measurement.value} {measurement.unit}".strip()
    fields = [
        measurement.indicator.name,
        upper,
        measurement.time or "-",
        measurement.kind.value,
        "~" if measurement.approximate else "=",
        measurement.place.name if measurement.place else "-",
    ]
    return "  " + " | ".join(fields)


def read_numbers(date: str, text: str, lexicon: Lexicon) -> list[str]:
    article = Article("a", "", text, date=date)
    found = find_measurements(article, tuple(split_sentences(article)), (), lexicon=lexicon)
    return [show(measurement) for measurement in found]


def render() -> str:
    lines = []
    lexicon = load_lexicon()
    for date, text in read_sentences():
        lines += [f"{date} {text}", *read_numbers(date, text, lexicon), ""]
    return "\n".join(lines)


def test_there_are_as_many_golden_sentences_as_were_written() -> None:
    assert len(read_sentences()) == 411


def test_numbers_of_the_golden_sentences_are_as_expected(request: pytest.FixtureRequest) -> None:
    found = render()
    if request.config.getoption("--update-golden"):
        EXPECTED.write_text(found, encoding="utf-8")
    assert found == EXPECTED.read_text(encoding="utf-8")
