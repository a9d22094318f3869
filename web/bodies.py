"""What requests bring along: read whole, small and fast, before anything else sees it. Knows no formats."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from web.errors import Refused


async def read_body(scope: Scope, receive: Receive, longest: int, slowest_s: float) -> bytes:
    """The body of a request. Raises Refused for one that is too long, comes too slowly or breaks off."""
    told = Headers(scope=scope).get("content-length", "0")
    if not told.isdecimal() or int(told) > longest:
        raise Refused(413, "too_large")
    try:
        async with asyncio.timeout(slowest_s):
            return await _read(receive, longest)
    except TimeoutError as error:
        raise Refused(408, "too_slow") from error


async def _read(receive: Receive, longest: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "too_slow")  # whoever asked has gone: nobody reads this
        body += message.get("body", b"")
        if len(body) > longest:
            raise Refused(413, "too_large")
        if not message.get("more_body", False):
            return bytes(body)


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that first gives the body that was read, then what comes after it."""
    told = False

    async def receive_again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
