"""Who speaks on an open page, and until when."""

import asyncio
import threading
from collections.abc import Generator

import pytest

from page.talk import Talk, in_time

PATIENCE_S = 60


class Updates:
    """Two updates, of which the second waits for `goes_on`; `closed` when nobody asks for more."""

    def __init__(self) -> None:
        self.begun, self.goes_on, self.closed = threading.Event(), threading.Event(), threading.Event()

    def made(self) -> Generator[str]:
        try:
            yield "primo"
            self.begun.set()
            assert self.goes_on.wait(PATIENCE_S)
            yield "secondo"
        finally:
            self.closed.set()


@pytest.fixture
def updates() -> Updates:
    return Updates()


def test_a_talk_that_goes_on_gets_every_update(updates: Updates):
    updates.goes_on.set()

    async def all_of_them() -> list[str]:
        return [update async for update in in_time(Talk("it"), updates.made())]

    assert asyncio.run(all_of_them()) == ["primo", "secondo"]
    assert updates.closed.is_set()


def test_a_talk_that_is_over_waits_for_no_update_and_lets_its_maker_end_with_the_one_it_makes(updates: Updates):
    async def ended_meanwhile() -> list[str]:
        talk = Talk("it")
        told = in_time(talk, updates.made())
        got = [await anext(told)]
        rest = asyncio.ensure_future(anext(told, "niente"))
        await asyncio.to_thread(updates.begun.wait, PATIENCE_S)
        talk.over.set()
        got.append(await rest)
        assert not updates.closed.is_set()
        updates.goes_on.set()
        await asyncio.to_thread(updates.closed.wait, PATIENCE_S)
        return got

    assert asyncio.run(ended_meanwhile()) == ["primo", "niente"]
    assert updates.closed.is_set()


def test_who_is_listened_to_no_more_makes_no_further_update(updates: Updates):
    async def left() -> None:
        told = in_time(Talk("it"), updates.made())
        await anext(told)
        await told.aclose()
        await asyncio.to_thread(updates.closed.wait, PATIENCE_S)

    asyncio.run(left())

    assert updates.closed.is_set() and not updates.begun.is_set()


def test_a_talk_that_is_over_from_the_start_gets_nothing(updates: Updates):
    async def over() -> list[str]:
        talk = Talk("it")
        talk.over.set()
        return [update async for update in in_time(talk, updates.made())]

    assert asyncio.run(over()) == []
    assert not updates.begun.is_set()
