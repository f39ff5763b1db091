"""Who does the tasks of a partitioned build: this machine's processes, or the workers of a Dask cluster.

A task is a function of a module with one argument; it may be done twice, and does the same each time. A
process or worker that is lost costs a retry.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from kg.errors import InternalError, KgError
from kg.processes import CAN_FORK, serve_parent

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_N_RETRIES = 5  # of a task whose worker was lost; more are no accident


class Engine(Protocol):
    """Does tasks."""

    def map(self, do: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
        """Yield the results in the order of *tasks*.

        Raises:
            InternalError: Processes that did the work were lost again and again.
        """
        ...


class LocalEngine:
    """The processes of this machine.

    Example:
        >>> list(LocalEngine(jobs=1).map(abs, [-1, -2]))
        [1, 2]
    """

    def __init__(self, *, jobs: int) -> None:
        self._jobs = jobs

    def map(self, do: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
        """Yield the results in the order of *tasks*."""
        n_processes = min(self._jobs, len(tasks))
        if n_processes <= 1:
            yield from map(do, tasks)
            return
        n_done, n_lost = 0, 0
        while n_done < len(tasks):
            try:
                for result in self._map(do, tasks[n_done:], n_processes):
                    yield result
                    n_done += 1
            except BrokenProcessPool as error:
                n_lost += 1
                if n_lost > _N_RETRIES:
                    raise InternalError(
                        "a process died, killed or out of memory, again and again; try again with --jobs 1"
                    ) from error

    def _map(
        self, do: Callable[[_Task], _Result], tasks: Sequence[_Task], n_processes: int
    ) -> Iterator[_Result]:
        context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
        with ProcessPoolExecutor(n_processes, context, serve_parent) as pool:
            futures = [pool.submit(do, task) for task in tasks]
            try:
                for future in futures:
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()


class DaskEngine:
    """The workers of a Dask cluster; they must have this package, and see the same files.

    Raises:
        KgError: Dask is not installed, or no scheduler answers.
    """

    def __init__(self, address: str, *, seconds: float = 10) -> None:
        try:
            import distributed
        except ImportError as error:
            raise KgError("Dask is not installed; install it with: pip install 'zhengtu[dask]'") from error
        try:
            client: Any = distributed.Client
            self._client = client(address, timeout=seconds, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise KgError(
                f"scheduler {address!r}: no Dask scheduler answers there; start one with 'dask scheduler' "
                "and give its address, such as tcp://127.0.0.1:8786"
            ) from error

    def map(self, do: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
        """Yield the results in the order of *tasks*."""
        from distributed import KilledWorker

        futures = self._client.map(do, tasks, pure=False, retries=_N_RETRIES)
        try:
            for future in futures:
                yield future.result()
        except KilledWorker as error:
            raise InternalError(
                f"a task was lost with its worker again and again ({error}); look at the workers' logs"
            ) from error
        finally:
            self._client.cancel(futures)

    def close(self) -> None:
        """Leave the cluster; it goes on."""
        self._client.close()
