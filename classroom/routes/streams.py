"""Parts of an open page, sent when they have changed (Server-Sent Events). Knows not what is in them.

What is sent is a part as it is now, so that a page that was away for a while misses nothing: it says what it has seen
last, and gets what has changed since; after a restart of the server it gets everything.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from classroom.lesson.changes import Changes
from classroom.lesson.room import Room
from classroom.routes.seats import Seat
from classroom.showing.parts import Page
from corpus.errors import ActuclairError

_QUIET_S = 10.0  # after which a line is sent to learn whether anybody still listens
_RETRY_MS = 1500


def seen_by(request: Request, changes: Changes) -> int:
    """The number that a page has seen last: of the line that broke off, else of the page as it was served.

    -1 for a page that another process served, or that has seen nothing.
    """
    return changes.seen(request.headers.get("last-event-id") or request.query_params.get("since", ""))


def stream(
    request: Request, room: Room, page: Page, pause_s: float, here: AbstractContextManager[Seat] | None = None
) -> StreamingResponse:
    """The parts of a page as they change, as long as it is open; `here` is held meanwhile."""
    lines = _lines(room, page, seen_by(request, room.changes), pause_s, here or nullcontext(Seat()))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


async def _lines(
    room: Room, page: Page, seen: int, pause_s: float, here: AbstractContextManager[Seat]
) -> AsyncIterator[str]:
    sent: dict[str, int] = {}
    with here as seat, room.changes.listen(page.concerns) as rung:
        yield f"retry: {_RETRY_MS}\n\n"
        while not (seat.is_lost or room.is_closed):
            rung.clear()
            latest = room.changes.latest()
            try:
                lines = await run_in_threadpool(_changed, room, page, seen, sent)
            except ActuclairError:  # a page that asks again is told why
                return
            for line in lines:
                yield line
            if latest != seen:  # only now has the page seen all of them
                yield f"id: {room.changes.marker(latest)}\nevent: seen\ndata: {{}}\n\n"
            seen = latest
            await asyncio.sleep(pause_s)  # what changes at once is sent at once
            try:
                await asyncio.wait_for(rung.wait(), _QUIET_S)
            except TimeoutError:
                yield ": still here\n\n"
        if seat.is_lost:  # else the page asks again, and finds the room as it is now
            yield "event: elsewhere\ndata: {}\n\n"


def _changed(room: Room, page: Page, seen: int, sent: dict[str, int]) -> list[str]:
    """The parts that have changed since, but for those that look as they were `sent`; what is gone is emptied."""
    lines = []
    with room.changing:
        parts = page.parts()
        changed = [part for part in parts if seen < 0 or room.changes.version(part.name) > seen]
    for name in sent.keys() - {part.name for part in parts}:
        del sent[name]
        lines.append(_line(name, "", ""))
    for part in changed:
        with room.changing:  # one at a time: others are told of what happens meanwhile
            html = part.make()
        if html is not None and sent.get(part.name) != hash(html):
            sent[part.name] = hash(html)
            lines.append(_line(part.name, part.into, html))
    return lines


def _line(part: str, into: str, html: str) -> str:
    told = json.dumps({"part": part, "into": into, "html": html}, ensure_ascii=False)
    return f"data: {told}\n\n"
