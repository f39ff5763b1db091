"""A client with many requests waits for its own; another is served between them."""

import asyncio
from collections.abc import Iterable

import pytest

from kg.server.turns import TooManyError, Turns


def serve(clients: Iterable[str], *, size: int = 1, most: int = 100) -> list[str]:
    """Return the clients in the order they were served; one that was refused has a mark."""
    order: list[str] = []

    async def use(turns: Turns, client: str) -> None:
        try:
            await turns.acquire(client)
        except TooManyError:
            order.append(f"{client}!")
            return
        order.append(client)
        await asyncio.sleep(0)
        turns.release()

    async def run() -> None:
        turns = Turns(size, most=most)
        await turns.acquire("first")  # so that all others wait
        async with asyncio.TaskGroup() as group:
            for client in clients:
                group.create_task(use(turns, client))
            await asyncio.sleep(0)
            turns.release()

    asyncio.run(run())
    return order


@pytest.mark.parametrize(
    ("clients", "order"),
    [("aaaab", "abaaa"), ("aabbc", "abcab"), ("abc", "abc"), ("aaa", "aaa"), ("", "")],
)
def test_turns_go_from_client_to_client(clients: str, order: str) -> None:
    assert "".join(serve(clients)) == order


def test_one_with_few_waiting_takes_the_last_place_of_one_with_many() -> None:
    served = serve("aaaab", most=4)
    assert served == ["a!", "a", "b", "a", "a"]


def test_where_none_has_more_waiting_who_comes_is_refused() -> None:
    assert serve("abc", most=2) == ["c!", "a", "b"]
    assert serve("aab", most=2) == ["a!", "a", "b"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_that_gives_up_loses_no_turn(when: str) -> None:
    async def run() -> None:
        turns = Turns(1, most=9)
        await turns.acquire("a")
        waiting = asyncio.create_task(turns.acquire("b"))
        await asyncio.sleep(0)
        if when == "after":
            turns.release()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        if when == "before":
            turns.release()
        async with asyncio.timeout(10):
            await turns.acquire("c")

    asyncio.run(run())


def test_no_more_run_at_a_time_than_may() -> None:
    async def run() -> int:
        turns = Turns(2, most=99)
        running = most = 0

        async def use(client: str) -> None:
            nonlocal running, most
            await turns.acquire(client)
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1
            turns.release()

        async with asyncio.TaskGroup() as group:
            for client in "abcabcaaa":
                group.create_task(use(client))
        return most

    assert asyncio.run(run()) == 2
