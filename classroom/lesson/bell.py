"""Wakes the open pages that a change in their session concerns. Knows not what changes are."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Concerns = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, eq=False)
class _Listener:
    rung: asyncio.Event
    loop: asyncio.AbstractEventLoop
    concerns: Concerns


class Bell:
    """Any thread may ring; whoever listens does so in an event loop of its own choice."""

    def __init__(self) -> None:
        self._listening: dict[str, list[_Listener]] = defaultdict(list)
        self._changing = threading.Lock()

    @contextmanager
    def listen(self, session: str, concerns: Concerns) -> Iterator[asyncio.Event]:
        """An event that is set whenever it rings for the session with changes that concern who listens.

        `concerns` is asked in the threads that ring: it must be quick, and safe there.
        """
        listener = _Listener(asyncio.Event(), asyncio.get_running_loop(), concerns)
        with self._changing:
            self._listening[session].append(listener)
        try:
            yield listener.rung
        finally:
            self._forget(session, listener)

    def ring(self, session: str, changed: Sequence[str]) -> None:
        """Wake all who listen to the session and are concerned by what has changed."""
        with self._changing:
            listening = list(self._listening.get(session, ()))
        for listener in listening:
            if not listener.concerns(changed):
                continue
            try:
                listener.loop.call_soon_threadsafe(listener.rung.set)
            except RuntimeError:  # the loop was closed in this moment: nobody waits there any more
                self._forget(session, listener)

    def _forget(self, session: str, listener: _Listener) -> None:
        with self._changing:
            left = [other for other in self._listening.pop(session, ()) if other is not listener]
            if left:
                self._listening[session] = left
