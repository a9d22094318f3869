"""Changes of a class wake the pages that show them, and no others."""

import asyncio
from collections.abc import Sequence

from classroom.lesson.bell import Bell, Concerns


def _only(*names: str) -> Concerns:
    return lambda changed: not set(names).isdisjoint(changed)


async def _woken(changed: Sequence[str], session: str = "5B") -> list[bool]:
    bell = Bell()
    with bell.listen("5B", _only("turn-léa", "lesson")) as lea, bell.listen("5B", _only("turn-ugo", "lesson")) as ugo:
        await asyncio.to_thread(bell.ring, session, changed)
        await asyncio.sleep(0)
        return [lea.is_set(), ugo.is_set()]


def test_bell_wakes_only_the_pages_that_a_change_concerns():
    assert asyncio.run(_woken(["turn-léa", "pupils"])) == [True, False]
    assert asyncio.run(_woken(["lesson"])) == [True, True]
    assert asyncio.run(_woken(["pupils"])) == [False, False]


def test_bell_of_another_session_wakes_nobody():
    assert asyncio.run(_woken(["lesson"], session="6A")) == [False, False]


def test_bell_forgets_pages_that_are_closed():
    async def _ring_afterwards() -> bool:
        bell = Bell()
        with bell.listen("5B", _only("lesson")) as closed:
            pass
        bell.ring("5B", ["lesson"])
        await asyncio.sleep(0)
        return closed.is_set()

    assert not asyncio.run(_ring_afterwards())
