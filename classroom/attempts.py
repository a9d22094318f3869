"""How often anybody may guess. Knows addresses as names, in memory only, for an hour."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from classroom.errors import NotNow


class Attempts:
    """Counts what was guessed wrongly, by address; what is right costs nothing."""

    def __init__(self, a_minute: int, an_hour: int):
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._limits: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(a_minute), RateLimitItemPerHour(an_hour))

    def check(self, sender: str) -> None:
        """Raises NotNow for who has guessed wrongly too often: even what is right is not told any more."""
        full = [limit for limit in self._limits if not self._limiter.test(limit, sender)]
        if full:
            opens = max(self._limiter.get_window_stats(limit, sender).reset_time for limit in full)
            raise NotNow("too_many_tries", 429, max(1, math.ceil(opens - time.time())))

    def failed(self, sender: str) -> None:
        """One more wrong guess."""
        for limit in self._limits:
            self._limiter.hit(limit, sender)
