"""`/healthz`, `/readyz` and `/metrics`, behind the guard like everything else. Knows neither checks nor figures."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor.health import Health, health_json, is_ready
from monitor.metrics import CONTENT_TYPE, Metrics
from monitor.observers import may_look
from web.errors import Refused
from web.replies import reply

_UNSTORED = {"Cache-Control": "no-store"}
Show = Callable[[Request], Response]


def routes(health: Health, metrics: Metrics, token: str) -> list[Route]:
    """Without a token only the machine itself may see more than that the server is alive."""

    def for_observers(show: Show) -> Show:
        @wraps(show)
        def show_or_refuse(request: Request) -> Response:
            if not may_look(request.scope, token):
                return reply(Refused(403, "not_allowed"), request.scope)
            return show(request)

        return show_or_refuse

    def ready(request: Request) -> Response:
        seen = health.look()
        return JSONResponse(health_json(seen), 200 if is_ready(seen) else 503, _UNSTORED)

    def figures(request: Request) -> Response:
        return Response(metrics.text(), headers=_UNSTORED | {"Content-Type": CONTENT_TYPE})

    return [
        Route("/healthz", alive),
        Route("/readyz", for_observers(ready)),
        Route("/metrics", for_observers(figures)),
    ]


async def alive(request: Request) -> Response:
    """The process answers; nothing else is told, to anybody."""
    return PlainTextResponse("alive\n", headers=_UNSTORED)
