"""How long each turn still waits, by guess, and who is told of it. Knows the queue, not what answers are."""

import threading
from collections import deque
from collections.abc import Callable

from desk.queue import FairQueue
from desk.types import Waits

_FIRST_GUESS_S = 8.0
_REMEMBERED = 10  # answers, from whose times the wait is told


class WaitTimes:
    """The waits of all, told to everybody who listens whenever the queue has moved."""

    def __init__(self, queue: FairQueue, changed: threading.Condition, writers: int):
        """`changed` is held wherever the queue is read or changed."""
        self._queue = queue
        self._changed = changed
        self._writers = writers
        self._took: deque[float] = deque(maxlen=_REMEMBERED)
        self._listeners: list[Callable[[Waits], None]] = []
        self._telling = threading.Lock()

    def hear(self, moved: Callable[[Waits], None]) -> None:
        """Call this with all waits whenever the queue has moved, from any thread."""
        self._listeners.append(moved)

    def anybody(self) -> bool:
        """Whether anybody waits for a turn to come."""
        with self._changed:
            return len(self._queue) > 0

    def note(self, seconds: float) -> None:
        """So long did it take to write an answer."""
        with self._changed:
            self._took.append(seconds)

    def now(self) -> Waits:
        """For each turn that waits or is written: answers before it, and the seconds until it is written, by guess."""
        with self._changed:
            each = sum(self._took) / len(self._took) if self._took else _FIRST_GUESS_S
            return {turn: (ahead, ahead * each / self._writers) for turn, ahead in self._queue.ahead().items()}

    def tell(self) -> None:
        """The queue has moved."""
        with self._telling:  # in their order: else what was true before may be told last, and stand
            waits = self.now()
            for moved in self._listeners:
                moved(waits)
