"""Readers of a news site as real HTTP clients of the public API: they ask, and note when what came. Knows no server."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from sites.keys import kept, new_keys
from sites.storage import Sites, open_file
from sites.types import Limits, Site

ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
ORIGIN, SITE = "https://demo.actuclair.example", "bench"
LONG_S = 600.0


@dataclass
class Seen:
    """When a reader saw what of one answer, in seconds since it asked; None for what it never saw.

    `last` is the name of the last event, `answer_id` under what the site keeps the answer, '' where nothing is kept.
    """

    status: int = 0
    evidence_s: float | None = None
    sentence_s: float | None = None
    finished_s: float | None = None
    last: str = ""
    answer_id: str = ""

    def note(self, event: str, seconds: float) -> None:
        """An event came; an answer without evidence or sentences brings them in the end."""
        self.last = event
        if self.evidence_s is None and event in ("evidence", "finished"):
            self.evidence_s = seconds
        if self.sentence_s is None and event in ("sentence", "finished"):
            self.sentence_s = seconds
        if event == "finished":
            self.finished_s = seconds


@dataclass(frozen=True)
class Reader:
    """A page of the site, open in a browser."""

    client: httpx.AsyncClient
    key: str

    async def questions(self, language: str) -> list[dict[str, Any]]:
        """What can be asked about the demo articles of a language, as their pages suggest it."""
        found = []
        for path in sorted((ARTICLES / language).glob("*.md")):
            address = f"{ORIGIN}/{language}/{path.stem}"
            told = await self.client.get(f"/api/v1/articles?site={self.key}&article={address}&language={language}")
            asked = told.json().get("questions", [])
            found += [{"question": each, "language": language, "level": "child", "article": address} for each in asked]
        return found

    async def ask(self, asked: dict[str, Any], seen: Seen | None = None) -> Seen:
        """Ask, and read the events to the end; what came is in `seen` also when the line breaks off."""
        seen, started = seen or Seen(), time.monotonic()
        headers = {"accept": "text/event-stream"}
        async with self.client.stream("POST", f"/api/v1/ask?site={self.key}", json=asked, headers=headers) as lines:
            seen.status = lines.status_code
            async for line in lines.aiter_lines():
                if line.startswith("event: "):
                    seen.note(line.removeprefix("event: "), time.monotonic() - started)
                elif line.startswith("data: ") and seen.last == "finished":
                    seen.answer_id = json.loads(line.removeprefix("data: "))["id"]
        return seen


def add_site(home: Path, database: str = "") -> str:
    """A site that all articles are of, whose readers may ask about any; gives its key."""
    keys, file = new_keys(), open_file(home, database)
    limits = Limits(100_000, 100_000, 1_000_000)
    today = datetime.now(UTC).date()
    site = Site(
        SITE, "Bench", keys.key, keys.secret, kept(keys.editor_secret), (ORIGIN,), today, limits,
        rest=True, every_article=True,
    )  # fmt: skip
    Sites(file).add(site)
    file.close()
    return keys.key
