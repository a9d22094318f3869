"""Hands a request on to another server, and brings back what that answers. Knows addresses, not what is asked.

What is asked was read whole by the guard, and is small. An answer is read whole too, so that one that breaks off can be
asked for again; but a stream of events comes as it is made.
"""

from collections.abc import AsyncIterator, Iterable

import httpx
from starlette.responses import Response, StreamingResponse
from starlette.types import Scope

from web.errors import BrokenOff, Refused, Unreached
from web.forwards import HEADER, PROOF, header, proof
from web.replies import reply

_OF_ONE_CONNECTION = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade", "expect",
))  # fmt: skip
_OF_THIS_SERVER = frozenset(("date", "server", PROOF))  # of an answer: each server tells its own
_EVENTS = "text/event-stream"
_TIMEOUT = {"connect": 1.5, "read": 30.0, "write": 5.0, "pool": 5.0}  # a stream says something every ten seconds
_IDLE_S = 2.0  # uvicorn closes a connection after five: one that is about to be closed is not used again
_MOST_IDLE = 32
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_Headers = Iterable[tuple[bytes, bytes]]


class Forwarder:
    """The connections to other servers. For one event loop."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None):
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=_MOST_IDLE, keepalive_expiry=_IDLE_S)
        self._transport = transport or httpx.AsyncHTTPTransport(limits=limits, trust_env=False)

    async def forward(self, scope: Scope, body: bytes, address: str, secret: str) -> Response:
        """What the server at an address answers to a request.

        Raises Unreached when nothing was done there, BrokenOff when nobody can tell.
        """
        request = httpx.Request(
            scope["method"], _url(address, scope), headers=_told(scope, secret), content=body,
            extensions={"timeout": _TIMEOUT},
        )  # fmt: skip
        try:
            answered = await self._transport.handle_async_request(request)
        except _NEVER_SENT as error:
            raise Unreached(address, str(error) or type(error).__name__) from error
        except httpx.LocalProtocolError:  # headers that this server took, and that none should send
            return reply(Refused(400, "not_allowed"), scope)
        except httpx.HTTPError as error:
            raise BrokenOff(address, str(error) or type(error).__name__) from error
        if answered.headers.get(PROOF, "") != proof(secret):
            await answered.aclose()
            raise Unreached(address, f"what answers there has no classes ({answered.status_code})")
        return await _brought(answered, address)


async def _brought(answered: httpx.Response, address: str) -> Response:
    """An answer for whoever asked. Raises BrokenOff."""
    brought: Response
    if answered.headers.get("content-type", "").startswith(_EVENTS):
        brought = StreamingResponse(_events(answered), answered.status_code)
    else:
        try:
            whole = b"".join([part async for part in answered.aiter_raw()])
        except httpx.HTTPError as error:
            raise BrokenOff(address, str(error) or type(error).__name__) from error
        finally:
            await answered.aclose()
        brought = Response(whole, answered.status_code)
    brought.raw_headers = _kept(answered.headers.raw, _OF_THIS_SERVER)
    return brought


async def _events(answered: httpx.Response) -> AsyncIterator[bytes]:
    """A stream as it comes. Where it breaks off it ends: a page asks for the rest by itself."""
    try:
        async for part in answered.aiter_raw():
            yield part
    except httpx.HTTPError:
        return
    finally:
        await answered.aclose()


def _url(address: str, scope: Scope) -> httpx.URL:
    """The address of a request at another server, with path and query as they were spelled."""
    path = scope.get("raw_path") or scope["path"].encode()
    return httpx.URL(address).copy_with(
        raw_path=path + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    )


def _told(scope: Scope, secret: str) -> list[tuple[bytes, bytes]]:
    """The headers of a request, its host among them, and who asks."""
    client = scope.get("client")
    told = header(secret, scope["scheme"], str(client[0]) if client else "")
    return [*_kept(scope["headers"], frozenset((HEADER, "content-length"))), (HEADER.encode(), told.encode("latin-1"))]


def _kept(headers: _Headers, left_out: frozenset[str]) -> list[tuple[bytes, bytes]]:
    """All headers but those that concern one connection only, among them those that `Connection` names (RFC 9110)."""
    pairs = [(name.lower(), value) for name, value in headers]
    named = (value.decode("latin-1").lower().split(",") for name, value in pairs if name == b"connection")
    dropped = left_out | _OF_ONE_CONNECTION | {each.strip() for value in named for each in value}
    return [(name, value) for name, value in pairs if name.decode("latin-1") not in dropped]
