"""Work beside is done, its faults come back, and it is given up with the block."""

import os
import time
from pathlib import Path

import pytest

from kg.errors import InternalError, KgError
from kg.processes import CAN_FORK, run_beside


@pytest.fixture(params=[True, False], ids=["beside", "in turn"])
def is_worth_it(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def fail(error: Exception) -> None:
    raise error


def test_work_is_done_when_the_block_has_ended(tmp_path: Path, is_worth_it: bool) -> None:
    with run_beside((tmp_path / "done").touch, is_worth_it=is_worth_it):
        pass
    assert (tmp_path / "done").exists()


@pytest.mark.parametrize("error", [KgError("disk: full; make room"), OSError(28, "No space left")])
def test_what_work_raises_is_raised(error: Exception, is_worth_it: bool) -> None:
    with (
        pytest.raises(type(error), match=str(error.args[-1])),
        run_beside(lambda: fail(error), is_worth_it=is_worth_it),
    ):
        pass


@pytest.mark.skipif(not CAN_FORK, reason="forks")
def test_a_mistake_in_work_is_ours() -> None:
    with (
        pytest.raises(InternalError, match="ZeroDivisionError: by zero"),
        run_beside(lambda: fail(ZeroDivisionError("by zero"))),
    ):
        pass


@pytest.mark.skipif(not CAN_FORK, reason="forks")
def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(InternalError, match="a process died"), run_beside(lambda: os._exit(9)):
        pass


@pytest.mark.skipif(not CAN_FORK, reason="forks")
def test_work_is_given_up_when_the_block_raises() -> None:
    started = time.monotonic()
    with pytest.raises(KeyError), run_beside(lambda: time.sleep(60)):
        raise KeyError
    assert time.monotonic() - started < 30
