"""Two servers for tests: one has what is asked for, the other hands everything on to it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import httpx
from servers import running
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import ActuclairError
from web import Guard, Rules
from web.errors import BrokenOff, Unreached
from web.forwarding import Forwarder
from web.forwards import Forwards

SECRET = "geheim-ñ"
RULES = Rules(hosts=("page.example",), proxies=("127.0.0.1",))
LONG_S = 60.0


@dataclass
class There:
    """The server that has what is asked for: it tells what it was asked, slowly where that is wanted."""

    may_go_on: threading.Event = field(default_factory=threading.Event)
    has_left: threading.Event = field(default_factory=threading.Event)
    calls: list[str] = field(default_factory=list)
    secret: str = SECRET

    def app(self) -> Forwards:
        routes = [
            Route("/class/{rest:path}", self.echo, methods=["GET", "POST"]),
            Route("/events", self.events),
            Route("/away", lambda request: RedirectResponse("/class/tigre%20luna?a=1", 303)),
            Route("/large", lambda request: PlainTextResponse("é" * 2_000_000)),
            Route("/breaks", self.breaks, methods=["GET", "POST"]),
        ]
        return Forwards(Guard(Starlette(routes=routes), RULES), lambda: self.secret)

    async def echo(self, request: Request) -> Response:
        self.calls.append(request.method)
        seen = {
            "client": request.client.host if request.client else "",
            "scheme": request.url.scheme,
            "path": request.scope["raw_path"].decode(),
            "query": request.url.query,
            "headers": [list(pair) for pair in request.headers.items()],
            "body": (await request.body()).decode(),
        }
        response = JSONResponse(seen, 201, {"Connection": "X-Only-Here", "X-Only-Here": "1", "X-Kept": "1"})
        response.set_cookie("pupil", "Zoë", path="/class")
        response.set_cookie("device", "2")
        return response

    async def events(self, request: Request) -> Response:
        async def lines() -> AsyncIterator[str]:
            try:
                yield "data: uno\n\n"
                while not self.may_go_on.is_set():
                    await asyncio.sleep(0.01)
                yield "data: perché\n\n"
            finally:
                self.has_left.set()

        return StreamingResponse(lines(), media_type="text/event-stream")

    async def breaks(self, request: Request) -> Response:
        self.calls.append(request.method)

        async def some() -> AsyncIterator[bytes]:
            yield b"half"
            raise ConnectionResetError

        return StreamingResponse(some(), media_type="text/plain", headers={"Content-Length": "1000"})


@dataclass
class Here:
    """The server that hands everything on."""

    address: str
    secret: str = SECRET
    errors: list[ActuclairError] = field(default_factory=list)

    def app(self) -> ASGIApp:
        forwarder = Forwarder()

        async def hand_on(scope: Scope, receive: Receive, send: Send) -> None:
            body = await Request(scope, receive).body()
            try:
                response = await forwarder.forward(scope, body, self.address, self.secret)
            except (Unreached, BrokenOff) as error:
                self.errors.append(error)
                response = PlainTextResponse("", 503)
            await response(scope, receive, send)

        return Forwards(Guard(hand_on, RULES), lambda: "")


@contextmanager
def handing_on(there: There, secret: str = SECRET) -> Iterator[tuple[httpx.Client, Here]]:
    """A browser before a server that hands everything on."""
    with ExitStack() as opened:
        here = Here(opened.enter_context(running(there.app())), secret)
        address = opened.enter_context(running(here.app()))
        client = httpx.Client(base_url=address, headers={"host": "page.example"}, timeout=LONG_S)
        yield opened.enter_context(client), here
