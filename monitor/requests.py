"""Gives each request a random id and counts it, around everything else. Knows areas of the server, not what they do.

A path may hold a join code, and its query what somebody looked for: only the area is counted and logged.
"""

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.logs import REQUESTS, request_id
from monitor.metrics import Metrics

HEADER = "X-Request-ID"
OBSERVERS = "observers"
_GONE = 499  # nobody waited for a response
_AREAS = {
    "": "page", "gradio_api": "page", "page-files": "page", "assets": "page", "static": "page", "class": "class",
    "class-files": "class", "teacher": "teacher", "api": "api", "widget.js": "widget", "embed": "widget",
    "sites": "editors", "site-files": "editors", "healthz": OBSERVERS, "readyz": OBSERVERS, "metrics": OBSERVERS,
}  # fmt: skip
_log = logging.getLogger(REQUESTS)


class Requests:
    """Wraps the guard: what it refuses is counted too. Nothing is changed but one header of the response."""

    def __init__(self, app: ASGIApp, metrics: Metrics):
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        id_, started, status = secrets.token_hex(8), time.perf_counter(), _GONE
        request_id.set(id_)  # for this task and what it starts; the server makes a task for each request

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = id_
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            status = 500
            raise
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        area = area_of(scope["path"])
        self._metrics.note_request(area, status)
        if area != OBSERVERS:
            values = {"area": area, "method": scope["method"], "status": status, "seconds": round(seconds, 3)}
            _log.info("request", extra={"values": values})


def area_of(path: str) -> str:
    """Example: '/class/tigre-luna-4827/ask' -> 'class'; '/wp-login.php' -> 'other'"""
    return _AREAS.get(path.strip("/").partition("/")[0], "other")
