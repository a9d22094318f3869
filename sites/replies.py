"""An answer -> a response: events as they come, or one object. Knows no rules and no routes."""

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sites import told_json
from sites.errors import Refused
from sites.kiosk import Kiosk
from sites.problems import problem_json
from sites.readers import Coming, Quiet, Reader, Waiting
from sites.telling import Frame
from sites.types import Finished

EVENTS = "text/event-stream"
_STILL_HERE = ": still here\n\n"


async def answer_response(request: Request, kiosk: Kiosk, begun: Reader | Finished, language: str) -> Response:
    """As events where these are asked for, else the finished answer. Raises Refused where there is none."""
    if EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(
            _events(request, kiosk, begun, language), media_type=EVENTS, headers={"X-Accel-Buffering": "no"}
        )
    if isinstance(begun, Finished):
        return JSONResponse(told_json.finished_json(begun))
    async for there in kiosk.readers.coming(begun, request.is_disconnected):
        last = there[-1]
        if isinstance(last, Frame) and isinstance(last.event, Finished):
            return JSONResponse(told_json.finished_json(last.event))
        if isinstance(last, Frame) and last.problem:
            raise Refused(503, last.problem)
    return Response(status_code=503)  # nobody reads this: who asked has gone


async def _events(request: Request, kiosk: Kiosk, begun: Reader | Finished, language: str) -> AsyncIterator[str]:
    if isinstance(begun, Finished):
        yield event("finished", told_json.finished_json(begun))
        return
    async for there in kiosk.readers.coming(begun, request.is_disconnected):
        yield "".join(_line(what, language) for what in there)


def _line(what: Coming, language: str) -> str:
    match what:
        case Quiet():
            return _STILL_HERE
        case Waiting():
            return event("waiting", told_json.waiting_json(what))
        case Frame(problem=""):
            return event(*told_json.frame_json(what))
        case Frame():
            return event("problem", problem_json(Refused(503, what.problem), language))


def event(name: str, values: dict[str, Any]) -> str:
    """Example: ('waiting', {'ahead': 1}) -> 'event: waiting\\ndata: {"ahead": 1}\\n\\n'"""
    return f"event: {name}\ndata: {json.dumps(values, ensure_ascii=False)}\n\n"
