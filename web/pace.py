"""How often and how much at once anybody may ask. Knows addresses and pages as names, in memory only, for a minute."""

import json
import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from web.errors import Refused
from web.rules import Rules

_FILES_A_PAGE = 300  # a minute; a page opened for the first time loads 59 files
_AT_ONCE_A_PAGE = 6  # as many connections as browsers open to a server
_LONGEST_NAME = 40


class Pace:
    """Counts requests by address, and calls by open page too. For one event loop."""

    def __init__(self, rules: Rules):
        readers = rules.readers_per_address
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._page = RateLimitItemPerMinute(rules.calls_per_minute, namespace="page")
        self._calls = RateLimitItemPerMinute(rules.calls_per_minute * readers, namespace="calls")
        self._files = RateLimitItemPerMinute(_FILES_A_PAGE * readers, namespace="files")
        self._most_at_once = _AT_ONCE_A_PAGE * readers
        self._now: Counter[str] = Counter()

    @contextmanager
    def one_more(self, sender: str) -> Iterator[None]:
        """While a request of this sender is answered. Raises Refused when it has too many already."""
        if self._now[sender] >= self._most_at_once:
            raise Refused(429, "too_many", 1)
        self._now[sender] += 1
        try:
            yield
        finally:
            self._now[sender] -= 1
            if not self._now[sender]:
                del self._now[sender]

    def count_file(self, sender: str) -> None:
        """One more request that only reads. Raises Refused."""
        self._count(self._files, sender)

    def count_call(self, sender: str, page: str) -> None:
        """One more call of an open page; a page that has asked too much costs the others nothing. Raises Refused.

        Who has no name yet, such as thirty pupils who join at once, counts for its address only.
        """
        if page:
            self._count(self._page, sender, page)
        self._count(self._calls, sender)

    def _count(self, limit: RateLimitItem, *names: str) -> None:
        if not self._limiter.hit(limit, *names):
            ends = self._limiter.get_window_stats(limit, *names).reset_time
            raise Refused(429, "too_many", max(1, math.ceil(ends - time.time())))


def visitor_of(scope: Scope, cookies: Sequence[str]) -> str:
    """What tells a visitor with one of these cookies from others at the same address, '' without one.

    Example: 'class=k3j…' -> 'k3j…'
    """
    sent = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return next((sent[name][:_LONGEST_NAME] for name in cookies if sent.get(name)), "")


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
