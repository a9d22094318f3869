"""A server that speaks the widget's API from a script, and sites that include the widget: what its tests share."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from widget import EMBED, SCRIPT

_PHONES = "<meta name=viewport content=width=device-width>"
KEY = "site-key"
TITLE = "Le cow-boy qui n’existe pas"
QUOTE = "La chanson de Breaking Rust compte 4 millions d’écoutes."
WRITTEN = "Breaking Rust n’est pas une vraie personne."
Told = tuple[str, Any]


def citation(number: int, quote: str, **more: Any) -> dict[str, Any]:
    """As rag/answering/answer_json.py writes it."""
    plain = {
        "number": number, "article_id": f"a{number}", "title": TITLE, "outlet": "Le Petit Clair", "kind": "text",
        "published": "2025-11-21", "url": f"https://news.example/{number}", "language": "fr", "voice": "news",
        "speaker": "", "audience": "child", "quote": quote, "start": 0, "end": len(quote), "score": 0.9,
    }  # fmt: skip
    return plain | more


def sentence(text: str, *numbers: int, **more: Any) -> dict[str, Any]:
    plain = {"text": text, "citations": list(numbers), "supported": True, "quoted": False, "eased": False}
    return plain | {"voice": "news"} | more


def answer(*sentences: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    plain = {
        "question": "Qui chante ?", "language": "fr", "level": "child", "status": "answered", "text": "",
        "sentences": list(sentences), "fixed": [], "citations": CARDS, "understood": "Qui chante ?", "unsure": False,
        "notice": "", "as_of": "2025-11-21", "age_note": "", "conflicts": [], "suggestions": ["Qui est Ugo ?"],
    }  # fmt: skip
    return plain | more


CARDS = [
    citation(1, QUOTE),
    citation(2, "Il cowboy non esiste.", language="it", voice="speech", speaker="Ada Neri"),
    citation(3, "C’est une supercherie.", voice="opinion"),
]
WORDS = {QUOTE: [{"word": "écoutes", "explanation": "Le nombre de fois où l’on écoute.", "source": ""}]}
QUIZ = [
    {"kind": "choose", "question": QUOTE.replace("4", "____"), "choices": ["4", "9"], "right": "4", "proof": CARDS[0]},
    {"kind": "true_false", "question": QUOTE, "choices": [], "right": "true", "proof": CARDS[0]},
    {"kind": "fill", "question": "La ____ compte.", "choices": [], "right": "chanson", "proof": CARDS[0]},
]
WHOLE: list[Told] = [
    ("evidence", {"evidence": CARDS, "understood": "Qui chante ?"}),
    ("sentence", sentence(WRITTEN, 1, 2, place=0)),
    (
        "finished",
        {
            "id": "answer-1",
            "answer": answer(sentence(WRITTEN, 1, 2)),
            "words": WORDS,
            "quiz": QUIZ,
            "from_article": True,
        },
    ),
]
CRISIS_TEXT = "Merci de l’avoir écrit.\n\nTu peux aussi appeler :\n- Fil Santé Jeunes : 0 800 235 236 (tous les jours)"
_NO_PROOF = answer(status="crisis", text=CRISIS_TEXT, citations=[], suggestions=[])
CRISIS: list[Told] = [("finished", {"id": "", "answer": _NO_PROOF, "words": {}, "quiz": []})]
IDEAS = ["Qui chante ?", "Pourquoi est-ce une IA ?"]


@dataclass
class Fake:
    """What the server does next, and what it was asked. `pause` is a place in the events to wait at for `goes_on`."""

    told: list[Told] = field(default_factory=lambda: list(WHOLE))
    article: dict[str, Any] = field(default_factory=lambda: {"state": "indexed", "questions": IDEAS})
    statuses: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    pause: int | None = None
    allowed: set[str] = field(default_factory=set)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    goes_on: threading.Event = field(default_factory=threading.Event)

    def app(self) -> Starlette:
        api = [
            Route(f"/api/v1/{path}", self.api, methods=["GET", "POST", "OPTIONS"])
            for path in ("ask", "answers/{id}/level", "feedback", "articles")
        ]
        return Starlette(routes=[Route("/widget.js", _script), Route("/embed", self.embed), *api])

    def embed(self, request: Request) -> Response:
        page = Environment(autoescape=True).from_string(EMBED.read_text(encoding="utf-8"))
        frames = " ".join(self.allowed) or "'none'"
        policy = f"default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; frame-ancestors {frames}"
        headers = {"Content-Security-Policy": policy}
        return HTMLResponse(page.render({"level": "", "language": "fr", **request.query_params}), headers=headers)

    async def api(self, request: Request) -> Response:
        origin = request.headers.get("origin", "")
        own = f"http://{request.headers['host']}"
        is_own = origin == own or request.headers.get("sec-fetch-site") == "same-origin"
        if request.query_params.get("site") != KEY or not (is_own or origin in self.allowed):
            return JSONResponse({"status": 403}, 403, media_type="application/problem+json")
        headers = {"Access-Control-Allow-Origin": origin or own, "Vary": "Origin"}
        if request.method == "OPTIONS":
            return Response(headers={**headers, "Access-Control-Allow-Headers": "content-type"})
        return await self._answered(request, headers)

    async def _answered(self, request: Request, headers: Mapping[str, str]) -> Response:
        path = request.url.path.removeprefix("/api/v1/")
        self.asked.append((path, await request.json() if request.method == "POST" else dict(request.query_params)))
        if path == "articles":
            return JSONResponse(self.article, headers=headers)
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return JSONResponse({"status": status, "title": "x"}, status, headers, "application/problem+json")
        if path == "feedback":
            return Response(status_code=204, headers=headers)
        cut = self.cuts.pop(0) if self.cuts else None
        return StreamingResponse(self._events(cut), headers=headers, media_type="text/event-stream")

    async def _events(self, cut: int | None) -> AsyncIterator[str]:
        yield ": still here\n\n"
        for place, (name, data) in enumerate(self.told[:cut]):
            while place == self.pause and not self.goes_on.is_set():
                await asyncio.sleep(0.02)
            yield f"event: {name}\r\ndata: {json.dumps(data, ensure_ascii=False)}\r\n\r\n"


def _script(request: Request) -> Response:
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(SCRIPT.read_bytes(), headers=headers, media_type="text/javascript")


@dataclass
class Site:
    """A news site on an origin of its own: what its page says in its head and body, and its headers."""

    body: str = ""
    head: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{any:path}", self.page)])

    def page(self, request: Request) -> Response:
        start = f'<!doctype html><html lang="fr"><head><title>Journal</title>{_PHONES}{self.head}</head>'
        return HTMLResponse(f"{start}<body>{self.body}</body></html>", headers=self.headers)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The origin of an app in this process: http://127.0.0.1:PORT."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive()
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join(30)


def tags(server: str, attributes: str = 'language="fr" level="child"', key: str = KEY) -> str:
    """What a site pastes."""
    script = f'<script type="module" src="{server}/widget.js" data-site="{key}"></script>'
    return f"{script}<actuclair-explainer {attributes}></actuclair-explainer>"
