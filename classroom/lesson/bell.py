"""Wakes open pages when something has changed in their session. Knows not what has."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Bell:
    """Any thread may ring; whoever listens does so in an event loop of its own choice."""

    def __init__(self) -> None:
        self._listening: dict[str, dict[asyncio.Event, asyncio.AbstractEventLoop]] = defaultdict(dict)
        self._changing = threading.Lock()

    @contextmanager
    def listen(self, session: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever it rings for the session."""
        rung = asyncio.Event()
        with self._changing:
            self._listening[session][rung] = asyncio.get_running_loop()
        try:
            yield rung
        finally:
            with self._changing:
                self._listening[session].pop(rung, None)
                if not self._listening[session]:
                    del self._listening[session]

    def ring(self, session: str) -> None:
        """Wake all who listen to the session."""
        with self._changing:
            listening = list(self._listening[session].items()) if session in self._listening else []
        for rung, loop in listening:
            try:
                loop.call_soon_threadsafe(rung.set)
            except RuntimeError:  # the loop was closed in this moment: nobody waits there any more
                with self._changing:
                    self._listening.get(session, {}).pop(rung, None)
