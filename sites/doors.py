"""What stands before the public API: preflights, the gate, and the headers that let a site's pages read what comes.

Knows no answers. Without a key, nothing below it is told from anything else.
"""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import ActuclairError
from sites.errors import NotAllowed, Refused
from sites.gate import Caller, Gate
from sites.problems import problem_response
from web.bodies import read_body, replayed
from web.errors import Refused as TurnedAway

OPEN_TO_ALL = "/api/v1/openapi.json"
log = logging.getLogger(__name__)
_LARGEST, _SLOWEST_S = 512 * 1024, 10.0
_METHODS, _HEADERS, _REMEMBERED_S = ("GET", "POST"), ("accept", "content-type"), 600


class Doors:
    """Wraps the API."""

    def __init__(self, api: ASGIApp, gate: Gate):
        self._api = api
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        try:
            await self._let_in(scope, receive, send)
        except Refused as refused:
            await problem_response(refused, scope)(scope, receive, send)
        except ActuclairError as error:
            log.error("A call of a site could not be let in: %s", error)
            await problem_response(Refused(503, "cannot_answer_now"), scope)(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == OPEN_TO_ALL:
            await self._api(scope, receive, with_headers(send, {"Access-Control-Allow-Origin": "*"}))
            return
        if scope["method"] == "OPTIONS":
            caller = await run_in_threadpool(self._gate.browser, scope)
            await preflight(scope, caller)(scope, receive, send)
            return
        try:
            body = await read_body(scope, receive, _LARGEST, _SLOWEST_S)
        except TurnedAway as refused:
            raise Refused(refused.status, refused.phrase) from refused
        caller = await run_in_threadpool(self._gate.let_in, scope, body)
        scope = {**scope, "state": {**scope.get("state", {}), "caller": caller}}
        await self._api(scope, replayed(body, receive), with_headers(send, _shared(caller)))


def preflight(scope: Scope, caller: Caller) -> Response:
    """What a browser may send for a page of a site. Raises NotAllowed."""
    headers = Headers(scope=scope)
    wanted = [name.strip().lower() for name in headers.get("access-control-request-headers", "").split(",")]
    method = headers.get("access-control-request-method", "")
    if not caller.origin or method not in _METHODS or not {*wanted} <= {*_HEADERS, ""}:
        raise NotAllowed
    allowed = {
        "Access-Control-Allow-Methods": ", ".join(_METHODS),
        "Access-Control-Allow-Headers": ", ".join(_HEADERS),
        "Access-Control-Max-Age": str(_REMEMBERED_S),
    }
    return Response(status_code=204, headers=_shared(caller) | allowed)


def _shared(caller: Caller) -> dict[str, str]:
    """The headers with which a page of this origin, and of no other, may read a response."""
    headers = {"Vary": "Origin", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "cross-origin"}
    if not caller.origin:
        return headers
    exposed = {"Access-Control-Allow-Origin": caller.origin, "Access-Control-Expose-Headers": "Retry-After"}
    return headers | exposed


def with_headers(send: Send, headers: dict[str, str]) -> Send:
    """A `send` that adds headers to a response."""

    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return send_with
