"""What open pages said leaves the memory of Gradio, which would keep ten thousand pages. Knows no questions.

Gradio holds the last value of every component of every page, questions and answers among them, until that many newer
pages were opened.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI

_EVERY_S = 60.0


def forget_idle(holder: Any, idle_s: float, now: datetime) -> int:
    """Drop what Gradio's state holder keeps of pages without a call for so long; how many these were."""
    earliest = now - timedelta(seconds=idle_s)
    idle = [page for page, used in list(holder.time_last_used.items()) if used < earliest]
    for page in idle:
        holder.session_data.pop(page, None)
        holder.time_last_used.pop(page, None)
    return len(idle)


def forgetting(
    holder: Callable[[], Any], idle_s: float, every_s: float = _EVERY_S
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A lifespan of a web app in which idle pages are forgotten."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(_keep_forgetting(holder, idle_s, every_s))
        try:
            yield
        finally:
            task.cancel()

    return lifespan


async def _keep_forgetting(holder: Callable[[], Any], idle_s: float, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        forget_idle(holder(), idle_s, datetime.now())
