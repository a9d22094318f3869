"""A teacher and pupils as real HTTP clients: they join, listen, ask, and note when what was seen. Knows no server."""

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
from markupsafe import escape

SECRET = "piano-otter-comet-lamp"  # noqa: S105 - of a server that lives for one bench
_LONG_S = 600.0
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)
_DONE = re.compile(r'data-status="(?!running|held)(\w+)"')
_STATE = re.compile(r'data-status="(\w+)"')
_TAG = re.compile(r"<[^>]+>")
_ASKED = re.compile(r'<h2 class="question"[^>]*>(?:<span[^>]*>[^<]*</span>)?([^<]*)</h2>')


@dataclass
class Seen:
    """When a pupil saw what of one question, in seconds since it asked; None for what it never saw."""

    question: str
    status: int = 0
    evidence_s: float | None = None
    answer_s: float | None = None
    answers: int = 0
    text: str = ""
    outcome: str = ""  # the status of the answer, or `problem`
    is_crossed: bool = False


class Pupil:
    """One pupil with a page open."""

    def __init__(self, address: str, code: str, nickname: str):
        self.client = httpx.AsyncClient(base_url=address, timeout=_LONG_S, limits=_LIMITS)
        self.at = f"/class/{code}"
        self.nickname = nickname
        self.seen: list[Seen] = []
        self._asked_at = 0.0
        self._answered = asyncio.Event()
        self._parts: dict[str, Seen] = {}
        self._listening: asyncio.Task[None] | None = None
        self._last_event = ""

    async def join(self) -> None:
        joined = await self.client.post(f"{self.at}/join", json={"nickname": self.nickname})
        joined.raise_for_status()
        self._listening = asyncio.create_task(self._listen())

    async def ask(self, question: str, level: str = "child") -> Seen:
        """Ask and return at once; `answered` waits for the end."""
        seen = Seen(question)
        self.seen.append(seen)
        self._answered.clear()
        self._asked_at = time.monotonic()
        reply = await self.client.post(f"{self.at}/ask", json={"question": question, "level": level})
        seen.status = reply.status_code
        return seen

    async def turns(self) -> list[tuple[str, str]]:
        """The questions of its page, loaded anew, each with its state: `running`, `problem`, or that of its answer."""
        page = await self.client.get(self.at)
        page.raise_for_status()
        parts = page.text.split('data-part="turn-')[1:]
        told = ((_ASKED.search(part), _STATE.search(part)) for part in parts)
        return [(unescape(asked[1]), state[1] if state else "") for asked, state in told if asked]

    async def answered(self, seconds: float) -> bool:
        """Whether the last answer comes within this time; at once for a question that was refused."""
        if self.seen[-1].status != 200:
            return False
        try:
            await asyncio.wait_for(self._answered.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def leave(self) -> None:
        """Close the page."""
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
            self._listening = None

    async def close(self) -> None:
        await self.leave()
        await self.client.aclose()

    async def _listen(self) -> None:
        """Follow the page as a browser does: when the line breaks off, or is refused, try again."""
        while True:
            with suppress(httpx.HTTPError):
                headers = {"last-event-id": self._last_event}
                async with self.client.stream("GET", f"{self.at}/stream", headers=headers) as lines:
                    async for line in lines.aiter_lines():
                        self._last_event = line[4:] if line.startswith("id: ") else self._last_event
                        if line.startswith("data: ") and '"part": "turn-' in line:
                            self._note(json.loads(line[6:]))
            await asyncio.sleep(1.5)

    def _asked_as(self, question: str) -> Seen:
        """The newest of its questions that reads so; where none does, the newest: somebody else's was shown."""
        same = (seen for seen in reversed(self.seen) if str(escape(seen.question)) == question)
        return next(same, self.seen[-1] if self.seen else Seen(""))

    def _note(self, told: dict[str, Any]) -> None:
        html, now = told["html"], time.monotonic() - self._asked_at
        asked = _ASKED.search(html)
        seen = self._parts.setdefault(told["part"], self._asked_as(asked[1] if asked else ""))
        seen.is_crossed = seen.is_crossed or (asked is not None and asked[1] != str(escape(seen.question)))
        done = _DONE.search(html)
        if seen.evidence_s is None and ('class="card"' in html or done):
            seen.evidence_s = now
        text = _TAG.sub("", html.partition('class="evidence')[0]) if done else ""
        if done and text != seen.text:  # a page that comes back is told the same again: that is no second answer
            seen.answers, seen.text, seen.outcome = seen.answers + 1, text, done[1]
            seen.answer_s = now if seen.answer_s is None else seen.answer_s
            self._answered.set()


@dataclass
class Teacher:
    """Signs in, opens sessions, and counts what is waiting."""

    address: str
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(base_url=self.address, timeout=60, limits=_LIMITS)

    async def sign_in(self) -> None:
        (await self.client.post("/teacher/sign-in", json={"secret": SECRET})).raise_for_status()

    async def guess(self, times: int) -> list[int]:
        """So many wrong passwords at once, from browsers in which nobody has signed in; how they are answered."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60, limits=_LIMITS) as client:
            tries = [client.post("/teacher/sign-in", json={"secret": f"wrong {number}"}) for number in range(times)]
            return [reply.status_code for reply in await asyncio.gather(*tries)]

    async def open(self, title: str, language: str) -> tuple[str, str]:
        """A new session: its path and its code."""
        form = {"title": title, "language": language, "minutes": 240, "youngest": "child", "oldest": "adult"}
        opened = await self.client.post("/teacher/sessions", json=form)
        opened.raise_for_status()
        path = str(opened.json()["to"]).partition("?")[0]
        return path, re.findall(r'join-code">([^<]+)', (await self.client.get(path)).text)[0]

    async def states(self, path: str) -> list[str]:
        """What has become of each question of a session."""
        return re.findall(r'class="row-turn (\w+)"', (await self.client.get(path)).text)

    async def delete(self, path: str) -> None:
        (await self.client.post(f"{path}/do", json={"do": "delete"})).raise_for_status()
