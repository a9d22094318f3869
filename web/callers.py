"""Who calls, and under which name: addresses behind proxies, hosts, origins. Knows no limits and no answers."""

import socket
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from web.errors import Refused

OF_PROXIES = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip")
DIRECT = "actuclair.direct"  # in a scope: whether no proxy stands between, as far as one shows itself or is named
_NETWORK_BITS = 64  # an IPv6 household or school has as many addresses as it likes, but one such network
_SCHEMES = {"http": "https", "ws": "wss"}


class Proxies:
    """Believes what the proxies of the settings say of a request, and removes what anybody else says."""

    def __init__(self, trusted: Sequence[str]):
        """Raises ValueError for what is neither an address nor a network."""
        self._trusted = [ip_network(entry, strict=False) for entry in trusted]

    def told(self, scope: Scope) -> Scope:
        """The request as its first trusted proxy saw it, without any X-Forwarded-* header; `DIRECT` tells of none.

        Example: from 10.0.0.1 (trusted) for 192.0.2.7, over https -> client ('192.0.2.7', 0), scheme 'https'
        """
        headers = Headers(scope=scope)
        kept = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in OF_PROXIES]
        changed: dict[str, Any] = {"headers": kept, DIRECT: kept == scope["headers"] and not self._trusts(_peer(scope))}
        if self._trusts(_peer(scope)):
            hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
            if hops:
                changed["client"] = (self._first_stranger(hops), 0)
            if headers.get("x-forwarded-proto", "").strip() == "https":
                changed["scheme"] = _SCHEMES.get(scope["scheme"], scope["scheme"])
            if host := headers.get("x-forwarded-host", "").strip():
                changed["headers"] = [*(pair for pair in kept if pair[0] != b"host"), (b"host", host.encode("latin-1"))]
        return {**scope, **changed}

    def _first_stranger(self, hops: Sequence[str]) -> str:
        """The last address of the chain that no trusted proxy has: what stands before it anybody may have written."""
        return next((hop for hop in reversed(hops) if not self._trusts(hop)), hops[0])

    def _trusts(self, address: str) -> bool:
        parsed = _address(address)
        return parsed is not None and any(parsed in network for network in self._trusted)


def sender(scope: Scope) -> str:
    """Whose requests are counted together: an IPv4 address, or an IPv6 network.

    Example: '2001:db8::1' -> '2001:db8::/64'
    """
    parsed = _address(_peer(scope))
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, _NETWORK_BITS), strict=False))
    return str(parsed or "unknown")


def check_host(scope: Scope, allowed: frozenset[str]) -> None:
    """Refuse names that are not ours: a foreign site may have its name point here ("DNS rebinding").

    An address cannot be made to point elsewhere, so each one is allowed; no request may have two hosts.
    """
    hosts = Headers(scope=scope).getlist("host")
    name = host_name(hosts[0]) if len(hosts) == 1 else ""
    if not name or not (name in allowed or _address(name)):
        raise Refused(421, "unknown_host")


def check_origin(scope: Scope, allowed: frozenset[str]) -> None:
    """Refuse what another web site makes a reader's browser ask, on every route."""
    headers = Headers(scope=scope)
    for origin in headers.getlist("origin"):
        if origin not in allowed and netloc(origin) != headers.get("host"):
            raise Refused(403, "not_allowed")


def netloc(address: str) -> str:
    """Host and port of what somebody says is an address, '' when it is none.

    Example: 'http://a.example:80/b' -> 'a.example:80'
    """
    try:
        return urlsplit(address).netloc
    except ValueError:  # such as 'http://['
        return ""


def own_hosts(names: Sequence[str]) -> frozenset[str]:
    """The names of this machine and those of the settings. Example: ['Ecole.Example'] -> {'ecole.example', …}"""
    machine = socket.gethostname().lower()
    return frozenset({"localhost", machine, f"{machine.split('.')[0]}.local", *(name.lower() for name in names)})


def host_name(host: str) -> str:
    """A Host header without its port, '' when it is none. Example: '[::1]:7860' -> '::1'"""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.netloc == host and "@" not in host else ""


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


@lru_cache(1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed
