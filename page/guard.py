"""What browsers may do with the page: no other host, no foreign frames or callers, no uploads. Knows no Gradio code."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's page starts from inline scripts and compiles its templates with `Function`, hence the two `unsafe-`.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {frames}"
)
CLOSED = ("/gradio_api/upload", "/gradio_api/proxy=", "/gradio_api/stream/")


class Guard:
    """Wraps the whole web app; `origins` may call and frame it beside its own."""

    def __init__(self, app: ASGIApp, origins: Sequence[str] = ()):
        self.app = app
        self.origins = frozenset(origins)
        self.policy = POLICY.format(frames=" ".join(("'self'", *origins)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif self._refused(Headers(scope=scope), scope["path"]):
            await PlainTextResponse("Not allowed here.", status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, self._with_policy(send))

    def _refused(self, headers: Headers, path: str) -> bool:
        if path.startswith(CLOSED):
            return True
        origin = headers.get("origin")
        return bool(origin) and origin not in self.origins and urlsplit(origin or "").netloc != headers.get("host")

    def _with_policy(self, send: Send) -> Send:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        return send_with_policy
