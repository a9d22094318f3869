"""Which pupils have a page open. Time comes from outside; knows no connections but their number. Any thread may ask."""

import threading
from collections import Counter
from collections.abc import Callable

GRACE_S = 3.0  # a page that is loaded again is back in less
AFTER_START_S = 20.0  # a page that lost its server looks for it every two seconds


class Presence:
    """Counts connections; who has had none for a while is gone."""

    def __init__(self, passed: Callable[[], float]):
        self._passed = passed
        self._changing = threading.Lock()
        self._open: Counter[str] = Counter()
        self._until: dict[str, float] = {}  # of those without a connection: when they are gone

    def arrive(self, pupil: str) -> None:
        """One more connection."""
        with self._changing:
            self._open[pupil] += 1
            self._until.pop(pupil, None)

    def leave(self, pupil: str) -> None:
        """One connection less."""
        with self._changing:
            self._open[pupil] -= 1
            if self._open[pupil] <= 0:
                del self._open[pupil]
                self._until[pupil] = self._passed() + GRACE_S

    def expect(self, pupil: str, seconds: float = GRACE_S) -> None:
        """Somebody who has done something, and will be connected soon."""
        with self._changing:
            if pupil not in self._open:
                self._until[pupil] = max(self._passed() + seconds, self._until.get(pupil, 0.0))

    def is_here(self, pupil: str) -> bool:
        with self._changing:
            return pupil in self._open or pupil in self._until

    def gone(self) -> list[str]:
        """Those who are gone since this was asked last."""
        with self._changing:
            now = self._passed()
            gone = [pupil for pupil, until in self._until.items() if until <= now]
            for pupil in gone:
                del self._until[pupil]
            return gone
