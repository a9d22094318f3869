"""How often and how much at once anybody may ask. Knows callers and pages as names, in memory only, for a minute."""

import json
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from web.errors import Refused
from web.rules import Rules

_FILES_A_PAGE = 300  # a minute; a page opened for the first time loads 59 files
_AT_ONCE_A_PAGE = 6  # as many connections as browsers open to a server, by HTTP/1.1
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Caller:
    """Whose requests are counted together: an address, behind which a whole school may sit, or one who is known."""

    name: str
    is_one: bool = False


@dataclass(frozen=True)
class _Limits:
    """What is allowed to so many readers together."""

    calls: RateLimitItem
    files: RateLimitItem
    at_once: int

    @classmethod
    def of(cls, rules: Rules, readers: int, namespace: str) -> "_Limits":
        return cls(
            RateLimitItemPerMinute(rules.calls_per_minute * readers, namespace=f"calls {namespace}"),
            RateLimitItemPerMinute(_FILES_A_PAGE * readers, namespace=f"files {namespace}"),
            _AT_ONCE_A_PAGE * readers,
        )


class Pace:
    """Counts requests by caller, and calls by open page too. For one event loop."""

    def __init__(self, rules: Rules):
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._page = RateLimitItemPerMinute(rules.calls_per_minute, namespace="page")
        self._one, self._many = _Limits.of(rules, 1, "one"), _Limits.of(rules, rules.readers_per_address, "many")
        self._now: Counter[Caller] = Counter()

    @contextmanager
    def one_more(self, caller: Caller) -> Iterator[None]:
        """While a request of this caller is answered. Raises Refused when it has too many already."""
        if self._now[caller] >= self._limits(caller).at_once:
            raise Refused(429, "too_many", 1)
        self._now[caller] += 1
        try:
            yield
        finally:
            self._now[caller] -= 1
            if not self._now[caller]:
                del self._now[caller]

    def count_file(self, caller: Caller) -> None:
        """One more request that only reads. Raises Refused."""
        self._count(self._limits(caller).files, caller.name)

    def count_call(self, caller: Caller, page: str) -> None:
        """One more call of an open page; a page that has asked too much costs the others nothing. Raises Refused.

        Who has no name yet, such as thirty pupils who join at once, counts for its address only.
        """
        if page:
            self._count(self._page, caller.name, page)
        self._count(self._limits(caller).calls, caller.name)

    def _limits(self, caller: Caller) -> _Limits:
        return self._one if caller.is_one else self._many

    def _count(self, limit: RateLimitItem, *names: str) -> None:
        if not self._limiter.hit(limit, *names):
            ends = self._limiter.get_window_stats(limit, *names).reset_time
            raise Refused(429, "too_many", max(1, math.ceil(ends - time.time())))


def page_of(body: bytes) -> str:
    """The name that an open page gives itself in its calls, '' without one.

    Example: b'{"session_hash": "k3j"}' -> 'k3j'
    """
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    name = values.get("session_hash") if isinstance(values, dict) else None
    return name[:_LONGEST_NAME] if isinstance(name, str) else ""
