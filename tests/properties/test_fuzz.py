"""Whatever a file holds, it is read, extracted and exported, or told; benchmarks/fuzz.py tries thousands."""

import pytest

from fuzzing import KINDS, check_file, make_file, real_texts


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_breaks_reading_extraction_or_export(kind: str) -> None:
    read = [check_file(make_file(kind, seed=0, number=number)) for number in range(25)]
    assert kind == "bytes" or any(
        read
    )  # bytes are hardly ever an article; the others must not all be refused


def test_what_is_mutated_is_there() -> None:
    assert len(real_texts()) >= 12
