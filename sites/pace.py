"""How often a site, and each of its readers, may ask. Knows addresses as names, in memory only, for a minute."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from sites.errors import Refused
from sites.gate import Caller

_FEEDBACK_A_MINUTE = 30
_LOOKS_A_MINUTE = 120  # for an article in view


class Pace:
    """Counts what a site's readers ask."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count_question(self, caller: Caller) -> None:
        """One more question. Raises Refused for too many, of one address or of all."""
        limits = caller.site.limits
        self._count_reader(caller, RateLimitItemPerMinute(limits.reader_a_minute, namespace="reader"))
        self._count(RateLimitItemPerMinute(limits.a_minute, namespace="site"), caller.site.id)

    def count_opinion(self, caller: Caller) -> None:
        """One more opinion on an answer. Raises Refused."""
        self._count_reader(caller, RateLimitItemPerMinute(_FEEDBACK_A_MINUTE, namespace="opinion"))

    def count_look(self, caller: Caller) -> None:
        """One more look whether an article is here. Raises Refused."""
        self._count_reader(caller, RateLimitItemPerMinute(_LOOKS_A_MINUTE, namespace="look"))

    def _count_reader(self, caller: Caller, limit: RateLimitItem) -> None:
        """Of one address; a site's server, known by its signature, asks for all of its readers from one."""
        if not caller.is_server:
            self._count(limit, caller.site.id, caller.sender)

    def _count(self, limit: RateLimitItem, *names: str) -> None:
        if not self._limiter.hit(limit, *names):
            ends = self._limiter.get_window_stats(limit, *names).reset_time
            raise Refused(429, "too_many", retry_after=max(1, math.ceil(ends - time.time())))
