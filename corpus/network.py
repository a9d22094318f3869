"""Where a fetch may go: which addresses are public, and what a name leads to. Knows no HTTP."""

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore
import httpx

from corpus.errors import FetchCode, FetchFailed, FetchRefused

IPAddress = IPv4Address | IPv6Address
Resolve = Callable[[str, int, float], Sequence[str]]
"""Host, port and seconds to wait -> IP addresses. Raises OSError when the name has none, TimeoutError when late."""

_NOT_PUBLIC_V4 = tuple(
    map(
        ip_network,
        (
            "192.88.99.0/24",  # relays from IPv6 to IPv4, withdrawn by RFC 7526
            "192.0.0.0/24",  # protocol assignments
            "168.63.129.16/32",  # Azure's host, seen from its machines
        ),
    )
)
_UNICAST_V6 = IPv6Network("2000::/3")  # all that is assigned for the public internet
_NOT_PUBLIC_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments, tunnels of Teredo among them
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: how networks without IPv4 see all of it
_LOOKS_LIKE_IPV4 = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)  # WHATWG URL, 'ends in a number'
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_.])?")
_FORBIDDEN = re.compile(r"[\x00-\x20\\\x7f]")  # programs disagree on what these mean in an address


def is_public(address: IPAddress) -> bool:
    """Whether an address is one that anybody on the internet may be reached at.

    An IPv6 address that stands for an IPv4 address is as public as that one.
    """
    if isinstance(address, IPv6Address):
        if inner := _inner(address):
            return is_public(inner)
        return address in _UNICAST_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
    special = address.is_multicast or address.is_reserved or any(address in network for network in _NOT_PUBLIC_V4)
    return address.is_global and not special


def resolve(host: str, port: int, timeout: float) -> Sequence[str]:
    """What the system's resolver says, within a time: it has no time limit of its own."""
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(address[0]) for *_, address in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty as error:
        raise TimeoutError(f"no answer within {timeout:.0f} s") from error
    if isinstance(answer, OSError):
        raise answer
    return answer


@dataclass(frozen=True)
class Network:
    """The part of the network that may be reached. As it is made by default: public addresses on the web's ports.

    News sites answer on ports 80 and 443; on others stand services that were not meant for strangers.
    """

    ports: frozenset[int] = frozenset({80, 443})
    permits: Callable[[IPAddress], bool] = is_public
    resolve: Resolve = resolve
    backend: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)

    def check(self, address: str) -> httpx.URL:
        """A web address that may be asked for, as far as can be told before its name is resolved.

        Raises FetchRefused.
        """
        if _FORBIDDEN.search(address):
            reason = "it has spaces, backslashes or control characters: copy the address again"
            raise FetchRefused(address, FetchCode.MALFORMED, reason)
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchRefused(address, FetchCode.MALFORMED, f"it is no web address ({error})") from error
        if url.scheme not in ("http", "https"):
            raise FetchRefused(address, FetchCode.SCHEME, "only http:// and https:// addresses are fetched")
        if url.userinfo:
            reason = "addresses with a name or password are not fetched: take away what stands before the @"
            raise FetchRefused(address, FetchCode.CREDENTIALS, reason)
        self._check_host(address, url.raw_host.decode("ascii").lower())
        if port_of(url) not in self.ports:
            allowed = " and ".join(map(str, sorted(self.ports)))
            raise FetchRefused(address, FetchCode.PORT, f"port {url.port} is not of the web, which has {allowed}")
        return url

    def addresses(self, url: httpx.URL, timeout: float) -> list[str]:
        """The IP addresses of an address's host, all of which may be reached. Raises FetchRefused or FetchFailed."""
        shown, host = str(url), url.raw_host.decode("ascii")
        literal = _literal(host)
        try:
            found = [str(literal)] if literal else self.resolve(host, port_of(url), timeout)
            checked = [ip_address(one.partition("%")[0]) for one in found]
        except TimeoutError as error:
            raise FetchFailed(shown, FetchCode.TOO_SLOW, f"'{host}' was not found in time", passing=True) from error
        except (OSError, ValueError) as error:
            reason = f"'{host}' was not found ({getattr(error, 'strerror', None) or error}): check its spelling"
            raise FetchFailed(shown, FetchCode.UNKNOWN_HOST, reason, passing=True) from error
        for address in checked:
            if not self.permits(address):
                reason = f"'{host}' leads to {address}, which is not public: download it and name the file"
                raise FetchRefused(shown, FetchCode.NOT_PUBLIC, reason)
        if not checked:
            raise FetchFailed(shown, FetchCode.UNKNOWN_HOST, f"'{host}' has no address", passing=True)
        return list(dict.fromkeys(map(str, checked)))

    def _check_host(self, address: str, host: str) -> None:
        if _literal(host):
            return
        if _LOOKS_LIKE_IPV4.fullmatch(host):
            reason = f"'{host}' is an unusual spelling of an IP address: write it as four numbers"
            raise FetchRefused(address, FetchCode.MALFORMED, reason)
        if not _HOST.fullmatch(host):
            raise FetchRefused(address, FetchCode.MALFORMED, f"'{host}' is not the name of a server")


def port_of(url: httpx.URL) -> int:
    """The port that is asked, named or not."""
    return url.port if url.port is not None else {"http": 80}.get(url.scheme, 443)


def _literal(host: str) -> IPAddress | None:
    """The IP address that a host is written as in the usual way; None for a name."""
    try:
        return ip_address(host.removesuffix("."))
    except ValueError:
        return None


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, behind NAT64, or by 6to4."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
