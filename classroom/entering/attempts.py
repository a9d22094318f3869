"""How often anybody may guess. Knows who guesses as a name, in memory only, for an hour."""

import math
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from classroom.errors import NotNow


class Attempts:
    """Counts what was guessed wrongly, by name; what is right costs nothing."""

    def __init__(self, a_minute: int, an_hour: int, phrase: str = "too_many_tries"):
        """`phrase` names the sentence for who has guessed too often."""
        self._phrase = phrase
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._limits: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(a_minute), RateLimitItemPerHour(an_hour))
        self._under_way: Counter[str] = Counter()
        self._counting = threading.Lock()

    def check(self, name: str) -> None:
        """Raises NotNow for who has guessed wrongly too often: even what is right is not told any more."""
        windows = [self._limiter.get_window_stats(limit, name) for limit in self._limits]
        full = [window for window in windows if window.remaining <= self._under_way[name]]
        if full:
            opens = max(window.reset_time for window in full)
            raise NotNow(self._phrase, 429, max(1, math.ceil(opens - time.time())))

    def failed(self, name: str) -> None:
        """One more wrong guess."""
        for limit in self._limits:
            self._limiter.hit(limit, name)

    @contextmanager
    def trying(self, name: str) -> Iterator[None]:
        """A guess that takes its time: many at once are no more than many in a row. Raises NotNow as `check` does."""
        with self._counting:
            self.check(name)
            self._under_way[name] += 1
        try:
            yield
        except NotNow as error:
            if error.status != 429:  # else it was not even looked at
                self.failed(name)
            raise
        finally:
            with self._counting:
                self._under_way[name] -= 1
                if not self._under_way[name]:
                    del self._under_way[name]
