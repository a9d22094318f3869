"""Who waits for an answer, from the desk's threads to an event loop. Knows no addresses and keeps nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from desk import Desk, Frames, Ticket, Waits
from sites.keys import new_id
from sites.telling import Frame

_LOOK_S = 1.0  # between two looks whether a reader who waits is still there
QUIET_S = 10.0  # after which a line is sent, so that nothing between takes the silence for the end


@dataclass(frozen=True)
class Waiting:
    """How many answers come before this one, and the seconds until it is written, by guess."""

    ahead: int
    seconds: float


@dataclass(frozen=True)
class Quiet:
    """Nothing has happened for a while."""


Coming = Frame | Waiting | Quiet


@dataclass(eq=False)
class Reader:
    """Who waits for one answer."""

    turn: str
    loop: asyncio.AbstractEventLoop
    coming: asyncio.Queue[Frame | Waiting] = field(default_factory=asyncio.Queue)
    ahead: int = -1

    def tell(self, what: Frame | Waiting) -> None:
        """From any thread."""
        with suppress(RuntimeError):  # the loop was closed, perhaps in this moment: nobody waits there any more
            self.loop.call_soon_threadsafe(self.coming.put_nowait, what)


class Readers:
    """Everybody who waits, of all sites."""

    def __init__(self, desk: Desk):
        self._desk = desk
        self._readers: dict[str, Reader] = {}
        self._changing = threading.Lock()
        desk.waits.hear(self._tell_waits)

    def __len__(self) -> int:
        """How many wait now."""
        return len(self._readers)

    def begin(self, site_id: str, frames: Frames[Frame], loop: asyncio.AbstractEventLoop) -> Reader:
        """Have the desk answer. Raises Busy. Readers of a site are served in the order in which they came."""
        reader = Reader(new_id(), loop)
        with self._changing:
            self._readers[reader.turn] = reader
        try:
            self._desk.take(Ticket(reader.turn, "", site_id), frames, self._show)
        except BaseException:
            self._forget(reader)
            raise
        return reader

    async def coming(
        self, reader: Reader, has_left: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[tuple[Coming, ...]]:
        """What comes for a reader, all that is there at once, until the answer has ended or the reader has left.

        Either frees the place.
        """
        quiet_s = 0.0
        try:
            while True:
                try:
                    what = await asyncio.wait_for(reader.coming.get(), _LOOK_S)
                except TimeoutError:
                    if await has_left():
                        return
                    quiet_s += _LOOK_S
                    if quiet_s >= QUIET_S:
                        quiet_s = 0.0
                        yield (Quiet(),)
                    continue
                quiet_s = 0.0
                there = [what]
                while not _is_end(there[-1]) and not reader.coming.empty():
                    there.append(reader.coming.get_nowait())
                yield tuple(there)
                if _is_end(there[-1]):
                    return
        finally:
            self._forget(reader)
            await asyncio.shield(asyncio.to_thread(self._desk.leave, reader.turn))

    def _show(self, turn: str, frame: Frame) -> None:
        reader = self._readers.get(turn)
        if reader is not None and (frame.event is not None or frame.problem):
            reader.tell(frame)
            if frame.finished:
                self._forget(reader)

    def _tell_waits(self, waits: Waits) -> None:
        with self._changing:
            waiting = [reader for turn, reader in self._readers.items() if turn in waits]
        for reader in waiting:
            ahead, seconds = waits[reader.turn]
            if ahead != reader.ahead:
                reader.ahead = ahead
                reader.tell(Waiting(ahead, round(seconds, 1)))

    def _forget(self, reader: Reader) -> None:
        with self._changing:
            self._readers.pop(reader.turn, None)


def _is_end(what: Frame | Waiting) -> bool:
    return isinstance(what, Frame) and what.finished
