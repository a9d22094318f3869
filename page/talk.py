"""What is said on one open page, where one speaks at a time. Knows neither Gradio nor how it is answered."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from telling.turns import Conversation

Update = TypeVar("Update")


@dataclass
class Talk:
    """What is said until a new conversation begins: who answers later speaks into the void.

    Its language is the page's, which readers may change while they are answered.
    """

    language: str
    conversation: Conversation = ()
    over: asyncio.Event = field(default_factory=asyncio.Event, compare=False, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether a new conversation began."""
        return self.over.is_set()


@dataclass
class OpenPage:
    """One open page: its talk, and the floor, which one has at a time, until what it said last is on its way.

    What is said is sent in the order in which it is said: who speaks next is never overtaken by who spoke before.
    """

    talk: Talk
    floor: asyncio.Lock = field(default_factory=asyncio.Lock, compare=False, repr=False)

    def renew(self) -> None:
        """End the talk and begin another one."""
        self.talk.over.set()
        self.talk = Talk(self.talk.language)


async def in_time(talk: Talk, updates: Generator[Update]) -> AsyncGenerator[Update]:
    """The updates, each made in a thread, until the talk is over: then none, though one may still be in the making."""
    ended = asyncio.create_task(talk.over.wait())
    making: asyncio.Task[Update | None] | None = None
    try:
        while not talk.is_over:
            making = asyncio.create_task(run_in_threadpool(next, updates, None))
            await asyncio.wait((making, ended), return_when=asyncio.FIRST_COMPLETED)
            if talk.is_over or (update := making.result()) is None:
                return
            yield update
    finally:
        ended.cancel()
        if making:
            making.add_done_callback(lambda _: updates.close())  # a generator that runs cannot be closed
        else:
            updates.close()
