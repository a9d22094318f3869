"""Where another server has the classes: requests are handed on to it. Knows no sessions and no pupils.

A request that comes while a server is missed waits for the next one, which may be this one.
"""

import asyncio
import logging
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Router
from starlette.types import Receive, Scope, Send

from classroom.errors import Moved
from classroom.keeping.servers import Holder
from classroom.lesson.school import School
from classroom.routes.requests import Values, action, shown
from web.bodies import replayed
from web.errors import BrokenOff, Unreached
from web.forwarding import Forwarder
from web.forwards import WAS_FORWARDED

_PLACES = ("class", "teacher")
_READING = ("GET", "HEAD", "OPTIONS")
_WAIT_S = 8.0  # the lock of a server that was killed is free at once, and taken within half a second
_LOOK_S = 0.1
_log = logging.getLogger(__name__)


class WhereTheyAre(BaseRoute):
    """Everything below /class and /teacher: answered here, or by the server that has the classes."""

    def __init__(self, school: School, here: Router, forwarder: Forwarder):
        self._school = school
        self._here = here
        self._forwarder = forwarder
        self._missed: dict[str, float] = {}  # since when, by the secret of who has the classes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        is_of_class = scope["type"] == "http" and scope["path"].strip("/").partition("/")[0] in _PLACES
        return (Match.FULL if is_of_class else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._school.are_elsewhere:
            await self._here(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        response = await self._from_there(scope, body)
        if response is None:
            await self._here(scope, replayed(body, receive), send)
        else:
            await response(scope, replayed(body, receive), send)

    async def _from_there(self, scope: Scope, body: bytes) -> Response | None:
        """What the server with the classes answers; None when they are here by now."""
        came = time.monotonic()
        while self._school.are_elsewhere:
            holder = self._school.storage.servers.holder
            if not holder.address or WAS_FORWARDED in scope:
                return await _moved(scope, body)
            try:
                response = await self._forwarder.forward(scope, body, holder.address, holder.secret)
            except (Unreached, BrokenOff) as error:
                may_be_done = isinstance(error, BrokenOff) and scope["method"] not in _READING
                if may_be_done or self._is_in_vain(came, holder):
                    _log.warning("%s", error)
                    return await _moved(scope, body)
            else:
                self._missed.clear()
                return response
            await asyncio.sleep(_LOOK_S)
        return None

    def _is_in_vain(self, came: float, holder: Holder) -> bool:
        """Whether a request has waited long enough; for a server that is missed for long it does not wait at all."""
        now = time.monotonic()
        return now > min(came, self._missed.setdefault(holder.secret, now)) + _WAIT_S


async def _moved(scope: Scope, body: bytes) -> Response:
    """That the classes move to another server, as a page or for a call."""
    request = Request(scope, replayed(body, _nothing_more))
    response: Response = await (_page if scope["method"] in _READING else _answer)(request)
    return response


async def _nothing_more() -> dict[str, str]:
    return {"type": "http.disconnect"}


def _say_so(request: Request, values: Values | None = None) -> Response:
    raise Moved


_page, _answer = shown(_say_so), action(_say_so)
