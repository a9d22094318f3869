"""The stream of an open page of a class, as a browser reads it: it asks again when the line breaks off."""

import html
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx

_AGAIN_S = 0.3


@dataclass
class LivePage:
    """What an open page shows by now."""

    client: httpx.Client
    path: str
    parts: dict[str, str] = field(default_factory=dict)
    lines: int = 0  # connections that were opened
    is_closed: bool = False

    def shows(self, text: str) -> bool:
        return text in self.text()

    def text(self) -> str:
        return plain("\n".join(self.parts.copy().values()))

    def read(self) -> None:
        while not self.is_closed:
            with suppress(httpx.HTTPError), self.client.stream("GET", self.path) as answer:
                self.lines += answer.status_code == 200
                self._read_lines(answer)
            time.sleep(_AGAIN_S)

    def _read_lines(self, answer: httpx.Response) -> None:
        for line in answer.iter_lines():
            if self.is_closed:
                return
            told = json.loads(line[6:]) if line.startswith("data: ") else {}
            if "part" in told:
                self.parts[told["part"]] = told["html"]


def plain(page: str) -> str:
    """What stands in HTML. Example: '<b>Où</b>&nbsp;?' -> 'Où ?'"""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@contextmanager
def open_page(client: httpx.Client, path: str) -> Iterator[LivePage]:
    """A page whose stream is read in a thread, which ends with the next line that it is told."""
    page = LivePage(client, path)
    threading.Thread(target=page.read, daemon=True).start()
    try:
        yield page
    finally:
        page.is_closed = True
