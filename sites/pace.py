"""How often a site, and each of its readers, may ask. Knows addresses as names, in memory only, for a minute."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from sites.errors import Refused
from sites.types import Site

_FEEDBACK_A_MINUTE = 30
_LOOKS_A_MINUTE = 120  # for an article in view


class Pace:
    """Counts what a site's readers ask."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count_question(self, site: Site, sender: str) -> None:
        """One more question. Raises Refused for too many, of one address or of all."""
        self._count(RateLimitItemPerMinute(site.limits.reader_a_minute, namespace="reader"), site.id, sender)
        self._count(RateLimitItemPerMinute(site.limits.a_minute, namespace="site"), site.id)

    def count_opinion(self, site: Site, sender: str) -> None:
        """One more opinion on an answer. Raises Refused."""
        self._count(RateLimitItemPerMinute(_FEEDBACK_A_MINUTE, namespace="opinion"), site.id, sender)

    def count_look(self, site: Site, sender: str) -> None:
        """One more look whether an article is here. Raises Refused."""
        self._count(RateLimitItemPerMinute(_LOOKS_A_MINUTE, namespace="look"), site.id, sender)

    def _count(self, limit: RateLimitItem, *names: str) -> None:
        if not self._limiter.hit(limit, *names):
            ends = self._limiter.get_window_stats(limit, *names).reset_time
            raise Refused(429, "too_many", retry_after=max(1, math.ceil(ends - time.time())))
