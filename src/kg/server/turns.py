"""Turns of many clients: so many at a time, given round and round, however many requests each has waiting.

A client that asks for a hundred things at once waits for its own; another that asks for one is next but for
those that each other client has been given.
"""

import asyncio
from collections import deque


class TooManyError(Exception):
    """No more can wait, and nobody has more waiting than the one that came."""


class Turns:
    """The right to run, for *size* requests at a time; *most* may wait, those of all clients together.

    When no more can wait, the client that has the most waiting gives up its last place to another.

    Example:
        >>> async def use(turns: Turns, client: str, served: list[str]) -> None:
        ...     await turns.acquire(client)
        ...     served.append(client)
        ...     turns.release()
        >>> async def run() -> list[str]:
        ...     turns, served = Turns(1, most=9), []
        ...     await turns.acquire()
        ...     async with asyncio.TaskGroup() as group:
        ...         for client in ("greedy", "greedy", "greedy", "modest"):
        ...             group.create_task(use(turns, client, served))
        ...         await asyncio.sleep(0)
        ...         turns.release()
        ...     return served
        >>> asyncio.run(run())
        ['greedy', 'modest', 'greedy', 'greedy']
    """

    def __init__(self, size: int, *, most: int) -> None:
        self._free = size
        self._most = most
        # Clients by when they are next; each with its requests in the order they came.
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def acquire(self, client: str = "") -> None:
        """Wait for a turn; it must be given back by :meth:`release`.

        Raises:
            TooManyError: No more can wait.
        """
        if self._free and not self._waiting:
            self._free -= 1
            return
        if sum(map(len, self._waiting.values())) >= self._most:
            self._make_room(client)
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(place)
        try:
            await place
        except BaseException:
            self._forget(client, place)
            if place.done() and not place.cancelled() and place.exception() is None:
                self.release()  # it came too late for who waited
            raise

    def release(self) -> None:
        """Give a turn back: to the client that has waited longest for one."""
        self._free += 1
        while self._free and self._waiting:
            client = next(iter(self._waiting))
            places = self._waiting.pop(client)
            place = places.popleft()
            if places:
                self._waiting[client] = places  # behind all others
            if not place.done():
                self._free -= 1
                place.set_result(None)

    def _make_room(self, client: str) -> None:
        greediest = max(self._waiting, key=lambda other: len(self._waiting[other]))
        if len(self._waiting[greediest]) <= len(self._waiting.get(client, ())) + 1:
            raise TooManyError
        last = self._waiting[greediest].pop()
        if not last.done():
            last.set_exception(TooManyError())

    def _forget(self, client: str, place: "asyncio.Future[None]") -> None:
        places = self._waiting.get(client)
        if places is not None and place in places:
            places.remove(place)
            if not places:
                del self._waiting[client]
