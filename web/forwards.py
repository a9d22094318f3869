"""What one server tells another about a request that it hands on: who asks, and by which scheme. Signed, in one header.

The secret is known to the servers alone. A request with that header and without the right signature is refused, from
wherever it comes; one that was handed on once is never handed on again, so none goes round in circles. What answers is
signed too, so that nobody takes another program at that address for one of the servers. Knows no classes.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.callers import OF_PROXIES
from web.errors import Refused
from web.replies import reply

HEADER = "actuclair-forwarded"
PROOF = "actuclair-answered-by"
WAS_FORWARDED = "actuclair.forwarded"  # in a scope: another server has handed it on
_SCHEMES = ("http", "https")
_log = logging.getLogger(__name__)


class Forwards:
    """Around the guard: a request that another server has handed on is seen as that server has seen it."""

    def __init__(self, app: ASGIApp, secret: Callable[[], str]):
        """`secret` is '' as long as nothing may be handed on to this server."""
        self._app = app
        self._secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or HEADER not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        secret = self._secret()
        try:
            asked = as_asked(scope, secret)
        except Refused as refused:
            _log.info("A request says that another server has handed it on, and cannot prove it.")
            await reply(refused, scope)(scope, receive, send)
            return

        async def send_with_proof(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[PROOF] = proof(secret)
            await send(message)

        await self._app(asked, receive, send_with_proof)


def as_asked(scope: Scope, secret: str) -> Scope:
    """A request as the server that has handed it on has seen it. Raises Refused for one that says so in vain.

    Example: 'actuclair-forwarded: 5f1c… https 192.0.2.7' -> client ('192.0.2.7', 0), scheme 'https'
    """
    told = Headers(scope=scope).getlist(HEADER)
    _, _, rest = told[0].partition(" ")
    scheme, _, address = rest.partition(" ")
    is_true = scope["type"] == "http" and len(told) == 1 and scheme in _SCHEMES and bool(secret)
    if not is_true or not hmac.compare_digest(told[0].encode(), header(secret, scheme, address).encode()):
        raise Refused(403, "not_allowed")
    unsaid = (HEADER, *OF_PROXIES)  # a proxy between two servers adds what is none of its business
    headers = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in unsaid]
    client = (address, 0) if address else None
    return {**scope, "headers": headers, "client": client, "scheme": scheme, WAS_FORWARDED: True}


def header(secret: str, scheme: str, address: str) -> str:
    """What is told. Example: 'geheim', 'https', '192.0.2.7' -> '1c83… https 192.0.2.7'"""
    return f"{_signed(secret, f'for {scheme} {address}')} {scheme} {address}".rstrip()  # as headers are read


def proof(secret: str) -> str:
    """What only a server that knows the secret can answer."""
    return _signed(secret, "answered")


def _signed(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
