"""Work in other processes: it ends with the process that asked for it, and its faults come back.

A fork shares what is loaded, at no cost; it is used on Linux alone, since other systems' libraries do not
bear it. Elsewhere work that could go beside is done in its turn, with the same result.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from kg.errors import InternalError, KgError

_S = TypeVar("_S")
_T = TypeVar("_T")

CAN_FORK = sys.platform == "linux"


def serve_parent() -> None:
    """Make this process leave interrupts to its parent, and end when the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def run_beside(work: Callable[[], object], *, is_worth_it: bool = True) -> Iterator[None]:
    """Do *work* in a process of its own while the block runs, or after it where that cannot be.

    Only what *work* writes to files remains of it. What it raises is raised when the block ends; if the
    block itself raises, the work is given up.

    Raises:
        InternalError: The process has died.

    Example:
        >>> with run_beside(lambda: None):
        ...     print("meanwhile")
        meanwhile
    """
    if not (is_worth_it and CAN_FORK):
        yield
        work()
        return
    with _process(_work, work, advice="try again with --jobs 1") as answers:
        yield
        fault = answers.recv()
    if fault is not None:
        raise fault


def run_in_time(prepare: Callable[[], _S], work: Callable[[_S], _T], *, seconds: float) -> _T:
    """Return what *work* makes of what *prepare* gives, both in a process of their own.

    It is ended when *work* has taken its time, so even what no signal of Python interrupts has an end; how
    long *prepare* takes does not count. What either raises is raised here. Where a process cannot be
    forked, there is no limit.

    Raises:
        TimeoutError: The time is up.
        InternalError: The process has died.

    Example:
        >>> run_in_time(lambda: 6, lambda number: number * 7, seconds=60)
        42
    """
    if not CAN_FORK:
        return work(prepare())
    with _process(_answer, prepare, work, advice="ask for less") as answers:
        fault, result = answers.recv()
        if fault is None:
            if not answers.poll(seconds):
                raise TimeoutError
            fault, result = answers.recv()
    if fault is not None:
        raise fault
    return cast("_T", result)


@contextmanager
def _process(target: Callable[..., None], *arguments: object, advice: str) -> Iterator[Connection]:
    """Fork a process that does *target*, and give the end of a pipe where its answers come out."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*arguments, theirs), daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of the pipe
    try:
        yield ours
    except EOFError as error:
        raise InternalError(f"a process died, killed or out of memory; {advice}") from error
    finally:
        process.kill()
        process.join()
        ours.close()


def _work(work: Callable[[], object], theirs: Connection) -> None:
    serve_parent()
    theirs.send(_try(work)[0])


def _answer(prepare: Callable[[], _S], work: Callable[[_S], object], theirs: Connection) -> None:
    serve_parent()
    fault, prepared = _try(prepare)
    theirs.send((fault, None))
    if fault is None:
        theirs.send(_try(lambda: work(cast("_S", prepared))))


def _try(work: Callable[[], _T]) -> tuple[Exception | None, _T | None]:
    try:
        return None, work()
    except (KgError, OSError) as error:
        return error, None
    except Exception as error:  # whatever it is must reach the parent, and not all can be sent
        return InternalError(f"{type(error).__name__}: {error}"), None


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
