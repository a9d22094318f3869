"""Who may call for a site: a browser on one of its origins, or its server with a signature. Knows no answers.

What is not allowed for a reason that can be named here is not allowed at all, and always told in the same words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from sites.errors import NotAllowed
from sites.keys import new_secret
from sites.signing import DATE, SIGNATURE, WINDOW, Call, is_now, is_signed
from sites.storage import Sites
from sites.types import Site
from web.callers import netloc, sender

_FOR_SERVERS = (("POST", "/api/v1/articles"),)
_LONGEST_KEY = 100
_NOBODY = new_secret()  # a signature is computed for unknown keys too, so that they take as long


@dataclass(frozen=True)
class Caller:
    """Who calls: for which site, from which other origin ('' from none), and under whose address it is counted."""

    site: Site
    origin: str
    sender: str
    is_server: bool = False


def _now() -> datetime:
    return datetime.now(UTC)


class Gate:
    """Lets callers of sites in."""

    def __init__(self, sites: Sites, now: Callable[[], datetime] = _now):
        self._sites = sites
        self._now = now

    def let_in(self, scope: Scope, body: bytes) -> Caller:
        """Raises NotAllowed."""
        is_for_servers = (scope["method"], scope["path"]) in _FOR_SERVERS
        return self.server(scope, body) if is_for_servers or SIGNATURE in Headers(scope=scope) else self.browser(scope)

    def browser(self, scope: Scope) -> Caller:
        """A page of the site, or of ours with the site's key. Raises NotAllowed."""
        site, origins = self.site(scope), Headers(scope=scope).getlist("origin")
        if site is None or len(origins) > 1:
            raise NotAllowed
        if origins and origins[0] in site.origins:
            return Caller(site, origins[0], sender(scope))
        if not _is_own(scope, origins):
            raise NotAllowed
        return Caller(site, "", sender(scope))

    def server(self, scope: Scope, body: bytes) -> Caller:
        """The site's server, by its signature, which counts once. Raises NotAllowed."""
        headers, site, now = Headers(scope=scope), self.site(scope), self._now()
        call = Call(scope["method"], target(scope), headers.get(DATE, ""), body)
        given = headers.get(SIGNATURE, "").lower()
        is_right = is_signed(call, site.secret if site else _NOBODY, given)
        if not (is_right and site and is_now(call.date, now)):
            raise NotAllowed(401)
        plain = now.astimezone(UTC).replace(tzinfo=None)
        if not self._sites.note_signature(given, plain + 2 * WINDOW + timedelta(minutes=1), plain):
            raise NotAllowed(401)
        return Caller(site, "", sender(scope), is_server=True)

    def site(self, scope: Scope) -> Site | None:
        """The site whose key a call names once; None where there is none, or it was revoked."""
        keys = parse_qs(scope["query_string"].decode("latin-1")).get("site", [])
        return self._sites.with_key(keys[0][:_LONGEST_KEY]) if len(keys) == 1 else None


def target(scope: Scope) -> str:
    """Path and query as they were sent. Example: '/api/v1/articles?site=F2oX'"""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    return (path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


def _is_own(scope: Scope, origins: list[str]) -> bool:
    """Whether a page of this server calls: browsers name no origin when such a page only reads."""
    headers = Headers(scope=scope)
    if origins:
        return netloc(origins[0]) == headers.get("host")
    is_here = netloc(headers.get("referer", "")) == headers.get("host")  # over plain http nothing else tells
    return scope["method"] in ("GET", "HEAD") and (headers.get("sec-fetch-site") == "same-origin" or is_here)
