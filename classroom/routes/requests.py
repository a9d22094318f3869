"""What routes of a class share: who asks, in which language, and how a "no" is said. Knows no session's rules."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from classroom.errors import NotNow
from classroom.showing.pages import render
from classroom.showing.texts import load
from corpus.errors import ActuclairError
from rag.errors import InvalidQuestion
from telling.texts import Texts
from web.callers import sender as sender_of
from web.replies import language_of

Values = Mapping[str, Any]
Action = Callable[[Request, Values], Response]
Endpoint = Callable[[Request], Any]
_DAY_S = 24 * 3600
log = logging.getLogger(__name__)


def sender(request: Request) -> str:
    """Whose requests are counted together."""
    return sender_of(request.scope)


def texts_of(request: Request, language: str = "") -> Texts:
    """The texts of a session's language, else of the link's, else of the browser's."""
    wanted = language or request.query_params.get("language", "")
    return load()[wanted if wanted in load() else language_of(request.scope)]


def text_in(values: Values, name: str) -> str:
    """A text of a call, '' where there is none."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _unknown(request: Request) -> str:
    """The language of no session."""
    return ""


def action(do: Action, language: Callable[[Request], str] = _unknown) -> Endpoint:
    """An endpoint for calls with a JSON object; a "no" becomes a sentence in the language of who asks."""

    async def endpoint(request: Request) -> Response:
        spoken: Callable[[Request], str] = _unknown  # before a code was looked at, nothing tells of it
        try:
            values = json.loads(await request.body() or b"{}")
            if not isinstance(values, dict):
                raise NotNow("unknown", 400)
            spoken = language
            return await run_in_threadpool(do, request, values)
        except (ValueError, RecursionError):
            said = _said(request, NotNow("unknown", 400), spoken)
        except ActuclairError as error:
            said = _said(request, error, spoken)
        phrase, sentence, status, headers = said
        return JSONResponse({"phrase": phrase, "problem": sentence}, status, headers)

    return endpoint


def shown(show: Callable[[Request], Response], language: Callable[[Request], str] = _unknown) -> Endpoint:
    """An endpoint for a page; a "no" becomes a page that says so."""

    async def endpoint(request: Request) -> Response:
        try:
            response = await run_in_threadpool(show, request)
        except ActuclairError as error:
            phrase, sentence, status, headers = _said(request, error, language)
            texts = texts_of(request, language(request))
            page = render("message.html", texts=texts, phrase=phrase, message=sentence)
            response = HTMLResponse(page, status, headers)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return endpoint


@dataclass(frozen=True)
class Cookie:
    """What a browser brings along below a path, for so many days."""

    name: str
    token: str
    path: str
    days: int = 1


def set_cookie(request: Request, response: Response, cookie: Cookie) -> None:
    """A cookie that only this server reads, and only on its path."""
    response.set_cookie(
        cookie.name, cookie.token, path=cookie.path, max_age=cookie.days * _DAY_S, httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def _said(
    request: Request, error: ActuclairError, language: Callable[[Request], str]
) -> tuple[str, str, int, dict[str, str]]:
    """The name of the sentence for people, the sentence, the status, and the headers."""
    phrase, status, headers = "cannot_answer_now", 503, {"Cache-Control": "no-store"}
    if isinstance(error, NotNow):
        phrase, status = error.phrase, error.status
        if error.retry_after is not None:
            headers["Retry-After"] = str(error.retry_after)
    elif isinstance(error, InvalidQuestion):
        phrase, status = error.phrase, 400
    else:
        log.error("A class could not do what was asked for: %s", error)
    return phrase, texts_of(request, language(request))[f"problem.{phrase}"], status, headers
