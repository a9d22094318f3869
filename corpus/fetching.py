"""Fetch what a web address holds, safely: no way into the own network, no endless waiting, no endless data.

Every name is resolved once a request; the addresses found are checked and then connected to, so a name that changes
its mind between the two (DNS rebinding) gains nothing. Knows HTTP, not what articles are.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Protocol

import httpcore
import httpx

from corpus.deadline import Deadline, timed_backend
from corpus.errors import FetchCode, FetchFailed, FetchRefused
from corpus.inflating import GZIP_START, TooLong, collect, inflate
from corpus.network import Network

MOST_BYTES = 5_000_000
LONGEST_FETCH = 10.0  # seconds, redirects included
MOST_REDIRECTS = 3
PAUSE = 0.5  # seconds between two requests to a host
USER_AGENT = f"Actuclair/{version('actuclair')}"
_HEADERS = (
    ("User-Agent", USER_AGENT),
    ("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)
_MOVED = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_COMPRESSED = ("gzip", "x-gzip", "deflate")
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Fetched:
    """What an address gave. `url` is where it ended; `status` is 200, or 304 when it was asked with conditions."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """Example: 'text/html; charset=UTF-8' -> 'text/html'"""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """Example: 'text/html; charset=UTF-8' -> 'UTF-8'"""
        return self.headers.get("content-type", "").lower().partition("charset=")[2].partition(";")[0].strip(" \"'")


class Fetch(Protocol):
    """What reads addresses: a Fetcher's `fetch`, or a fake of it."""

    def __call__(self, address: str, conditions: Mapping[str, str] = _NONE) -> Fetched:
        """Raises NotFetched."""
        ...


@dataclass
class Fetcher:
    """Fetches one address at a time, with a pause between requests to a host. No cookies, no proxies."""

    network: Network = field(default_factory=Network)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last_request: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str, conditions: Mapping[str, str] = _NONE) -> Fetched:
        """What an address holds, decompressed. `conditions`: headers such as If-None-Match, which allow a 304.

        Raises FetchRefused where we do not go, FetchFailed when nothing usable came in 10 s.
        """
        asked, redirects = address, 0
        deadline: Deadline | None = None
        while True:
            url = self.network.check(asked)
            self._pause(url.host)
            deadline = deadline or Deadline(LONGEST_FETCH, self.clock)
            fetched = self._request(url, conditions, deadline)
            if fetched.status not in _MOVED:
                return _checked(fetched, conditions)
            redirects += 1
            if redirects > MOST_REDIRECTS:
                reason = f"it leads on more than {MOST_REDIRECTS} times: give the address it ends at"
                raise FetchFailed(address, FetchCode.TOO_MANY_REDIRECTS, reason)
            asked = _next_address(fetched)

    def _pause(self, host: str) -> None:
        waited = self.clock() - self._last_request.get(host, -PAUSE)
        if waited < PAUSE:
            self.sleep(PAUSE - waited)
        self._last_request[host] = self.clock()

    def _request(self, url: httpx.URL, conditions: Mapping[str, str], deadline: Deadline) -> Fetched:
        shown = str(url)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        headers = [("Host", url.netloc.decode("ascii")), *_HEADERS, *conditions.items()]
        raw_headers = [(name.encode("ascii"), value.encode()) for name, value in headers]
        try:
            addresses = self.network.addresses(url, deadline.left())
            backend = timed_backend(self.network.backend, addresses, deadline)
            with (
                httpcore.HTTPConnection(target.origin, _tls(), network_backend=backend) as connection,
                connection.stream("GET", target, headers=raw_headers) as response,
            ):
                received = {name.decode("latin-1").lower(): _text(value) for name, value in response.headers}
                body = _body(shown, received, response.iter_stream()) if response.status == 200 else b""
        except httpcore.TimeoutException as error:
            reason = f"it took longer than {LONGEST_FETCH:.0f} s: try again later"
            raise FetchFailed(shown, FetchCode.TOO_SLOW, reason, passing=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            reason = f"the server did not answer as it should ({error or type(error).__name__}): try again later"
            raise FetchFailed(shown, FetchCode.UNREACHABLE, reason, passing=True) from error
        return Fetched(shown, response.status, received, body)


def _body(address: str, headers: Mapping[str, str], stream: Iterable[bytes]) -> bytes:
    """The decompressed body, of which neither form may pass the limit: a bomb is small before, padding after."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    raw = _limited(stream)
    try:
        if encoding in ("identity", "", *_COMPRESSED):
            body = inflate(raw, MOST_BYTES) if encoding in _COMPRESSED else collect(raw, MOST_BYTES)
            return inflate([body], MOST_BYTES) if body.startswith(GZIP_START) else body  # a sitemap.xml.gz
    except TooLong as error:
        raise FetchFailed(address, FetchCode.TOO_LARGE, f"{error}: save the article and name the file") from error
    except ValueError as error:
        raise FetchFailed(address, FetchCode.ENCODING, f"{error}: try again later", passing=True) from error
    raise FetchFailed(address, FetchCode.ENCODING, f"it is compressed as '{encoding:.40}', which was not asked for")


def _limited(stream: Iterable[bytes]) -> Iterable[bytes]:
    length = 0
    for chunk in stream:
        length += len(chunk)
        if length > MOST_BYTES:
            raise TooLong(f"it has more than {MOST_BYTES:,} bytes")
        yield chunk


def _checked(fetched: Fetched, conditions: Mapping[str, str]) -> Fetched:
    """What was fetched, if it is what the address stands for and no error page."""
    if fetched.status == 200 or (fetched.status == 304 and conditions):
        return fetched
    passing = fetched.status in _PASSING
    reason = f"the server answered {fetched.status}: " + ("try again later" if passing else "open it in a browser")
    wait = seconds_to_wait(fetched.headers.get("retry-after", ""), time.time())
    raise FetchFailed(fetched.url, FetchCode.STATUS, reason, passing=passing, retry_after=wait)


def seconds_to_wait(retry_after: str, now: float) -> float | None:
    """What a Retry-After header asks for; None when it does not say. Example: '120' -> 120.0"""
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _next_address(fetched: Fetched) -> str:
    location = fetched.headers.get("location", "")
    try:
        return str(httpx.URL(fetched.url).join(location)) if location else _nowhere(fetched)
    except (httpx.InvalidURL, UnicodeError) as error:
        reason = f"it leads on to '{location:.200}', which is no web address ({error})"
        raise FetchRefused(fetched.url, FetchCode.MALFORMED, reason) from error


def _nowhere(fetched: Fetched) -> str:
    raise FetchFailed(fetched.url, FetchCode.STATUS, f"the server answered {fetched.status} without an address")


def _text(header: bytes) -> str:
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
