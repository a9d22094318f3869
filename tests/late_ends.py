"""A network on which the end of a stream arrives later than what is said after it. Knows no page."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LateEnds:
    """An app whose streams end late for those who read them, while the app believes them ended."""

    def __init__(self, app: ASGIApp, late_s: float):
        self._app = app
        self._late_s = late_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope.get("path", "").endswith("/queue/data"):
            await self._app(scope, receive, send)
            return
        on_its_way: asyncio.Queue[Message | None] = asyncio.Queue()

        async def carry() -> None:
            while message := await on_its_way.get():
                if b"close_stream" in message.get("body", b""):
                    await asyncio.sleep(self._late_s)
                await send(message)

        carrying = asyncio.create_task(carry())
        await self._app(scope, receive, on_its_way.put)
        await on_its_way.put(None)
        await carrying
