"""Who is an editor of a site. Knows no requests.

The editors' secret and the token of a sign-in are random and long, so SHA-256 is enough for what is kept of them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from sites.errors import Refused
from sites.keys import kept, new_secret
from sites.storage import Sites
from sites.types import Site

_SIGNED_IN = timedelta(hours=10)  # a working day
_LONGEST_SECRET = 200
_TRIES: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(5), RateLimitItemPerHour(30))


class SignIn:
    """Lets editors in."""

    def __init__(self, sites: Sites, now: Callable[[], datetime]):
        self._sites = sites
        self._now = now
        self._tries = FixedWindowRateLimiter(MemoryStorage())

    def sign_in(self, secret: str, sender: str) -> str:
        """The token of a new sign-in. Raises Refused."""
        if not all(self._tries.test(limit, sender) for limit in _TRIES):
            raise Refused(429, "too_many_tries")
        site = self._sites.with_editor_hash(kept(secret.strip()[:_LONGEST_SECRET]))
        if site is None:
            for limit in _TRIES:
                self._tries.hit(limit, sender)
            raise Refused(403, "secret_wrong")
        token, now = new_secret(), self._plain_now()
        self._sites.sign_in(site, kept(token), now + _SIGNED_IN, now)
        return token

    def site(self, token: str) -> Site:
        """The site that whoever has this token may see. Raises Refused."""
        site = self._sites.signed_in(kept(token), self._plain_now()) if token else None
        if site is None:
            raise Refused(401, "signed_out")
        return site

    def sign_out(self, token: str) -> None:
        self._sites.sign_out(kept(token))

    def _plain_now(self) -> datetime:
        return self._now().replace(tzinfo=None)
