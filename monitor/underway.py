"""The answers that are on their way, and when a server that stops may go. Knows neither questions nor signals."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


class Underway:
    """How many answers are being made; once `finish` was called none may be begun. Safe for several threads."""

    def __init__(self) -> None:
        self._count = 0
        self._stopping = False
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        return self._count

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """While an answer is made."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def finish(self, take_no_more: Callable[[], None], seconds: float) -> None:
        """Have nothing new begun, and wait until no answer is on its way, at most so long."""
        self._stopping = True
        take_no_more()
        print(f"Stopping: {self._count} answers are on their way. Once more to stop at once.", flush=True)
        with self._changed:
            if not self._changed.wait_for(lambda: self._count == 0, seconds):
                log.warning("%d answers were not finished within %g s.", self._count, seconds)
