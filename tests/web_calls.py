"""A guarded app that tells what it received, and requests to it as ASGI messages."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from web import Guard, Rules

PAGE = "<html><script>start()</script><script src='/assets/a.js'></script></html>"


async def _echo(request: Request) -> Response:
    body = await request.body()
    client = request.client.host if request.client else ""
    seen = {"client": client, "scheme": request.url.scheme, "headers": dict(request.headers), "body": len(body)}
    return JSONResponse(seen)


def _page(request: Request) -> Response:
    response = HTMLResponse(PAGE)
    response.set_cookie("class", "1", samesite=None)
    return response


def app() -> Starlette:
    paths = ("/echo", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/file=etc", "/login")
    return Starlette(routes=[Route("/", _page), *(Route(path, _echo, methods=["GET", "POST"]) for path in paths)])


def guarded(rules: Rules | None = None, client: str = "192.0.2.7", base: str = "http://page.example") -> TestClient:
    """A client at `client` of a server that is reached as page.example."""
    rules = rules or Rules(hosts=("page.example",), origins=("https://school.example",))
    return TestClient(Guard(app(), rules), base_url=base, client=(client, 50000))


def answered(guard: Guard, messages: Iterable[Message | float], **changes: Any) -> list[Message]:
    """What a guard sends for a POST whose messages come one by one; a number is a pause in seconds."""
    scope = {
        "type": "http", "method": "POST", "path": "/echo", "raw_path": b"/echo", "query_string": b"", "scheme": "http",
        "headers": [(b"host", b"localhost")], "client": ("192.0.2.7", 1), "server": ("127.0.0.1", 80),
    } | changes  # fmt: skip
    return asyncio.run(_answered(guard, list(messages), scope))


async def _answered(guard: Guard, messages: Sequence[Message | float], scope: dict[str, Any]) -> list[Message]:
    sent: list[Message] = []
    coming = iter(messages)

    async def receive() -> Message:
        for message in coming:
            if not isinstance(message, float):
                return message
            await asyncio.sleep(message)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await guard(scope, receive, send)
    return sent
