"""Who may see how the server is: the machine itself, or who has the token. Knows no readers and no routes.

Loopback alone proves little where a proxy runs on the same machine, so a request must also have come directly: the
guard (`web/callers.py`) tells. Once a token is set it is needed from everywhere.
"""

import hmac
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from web.callers import DIRECT


def may_look(scope: Scope, token: str) -> bool:
    """Whether this request may see `/readyz` and `/metrics`."""
    if token:
        kind, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
    return bool(scope.get(DIRECT, False)) and _is_loopback(scope)


def _is_loopback(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return address is not None and (mapped or address).is_loopback
