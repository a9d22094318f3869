"""The pages and calls of a site's editors. Every one looks the sign-in up again, and sees that one site only."""

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import ActuclairError
from sites.editor_view import home_html, sign_in_html
from sites.errors import Refused
from sites.kiosk import Kiosk
from sites.sign_in import SignIn
from sites.texts import Texts, load
from sites.types import Site
from web.callers import sender
from web.replies import language_of

COOKIE = "actuclair_editor"
LONGEST_CORRECTION = 600  # characters
_PATH = "/sites"
_SIGNED_IN_S = 10 * 3600
_OWN = Path(__file__).with_name("files")
_ROOT = Path(__file__).resolve().parent.parent
_OF_CLASSES = _ROOT / "classroom" / "showing" / "files"
_FILES = {
    "sites.css": (_ROOT / "page" / "page.css", _OF_CLASSES / "class.css", _OWN / "sites.css"),
    "not_here.css": (_OWN / "not_here.css",),
    "sites.js": (_OWN / "sites.js",),
    "theme.js": (_OF_CLASSES / "theme.js",),
    "common.js": (_OF_CLASSES / "common.js",),
}
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_Values = Mapping[str, Any]
log = logging.getLogger(__name__)


class EditorRoutes:
    """What editors can reach."""

    def __init__(self, kiosk: Kiosk):
        self._kiosk = kiosk
        self._sign_in = SignIn(kiosk.sites, kiosk.now)

    def routes(self) -> list[Route]:
        return [
            Route(_PATH, self.home, methods=["GET"]),
            Route(f"{_PATH}/sign-in", _action(self.sign_in), methods=["POST"]),
            Route(f"{_PATH}/sign-out", _action(self.sign_out), methods=["POST"]),
            Route(f"{_PATH}/correct", _action(self.correct), methods=["POST"]),
            Route(f"{_PATH}/withdraw", _action(self.withdraw), methods=["POST"]),
            Route("/site-files/{name}", file, methods=["GET"]),
        ]

    def home(self, request: Request) -> Response:
        """What readers asked; else where to sign in."""
        texts = _texts(request)
        try:
            site = self._site(request)
        except Refused:
            return HTMLResponse(sign_in_html(texts), headers={"Cache-Control": "no-store"})
        return HTMLResponse(home_html(self._kiosk, site, texts), headers={"Cache-Control": "no-store"})

    def sign_in(self, request: Request, values: _Values) -> Response:
        token = self._sign_in.sign_in(_text(values, "secret"), sender(request.scope))
        response = JSONResponse({"to": f"{_PATH}?language={_texts(request)['language']}"})
        response.set_cookie(
            COOKIE, token, path=_PATH, max_age=_SIGNED_IN_S, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return response

    def sign_out(self, request: Request, values: _Values) -> Response:
        self._sign_in.sign_out(request.cookies.get(COOKIE, ""))
        response = JSONResponse({"to": _PATH})
        response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
        return response

    def correct(self, request: Request, values: _Values) -> Response:
        """Let a correction come with an answer and all that are the same."""
        site, text = self._site(request), " ".join(_text(values, "text").split())
        if not text:
            raise Refused(422, "correction_empty")
        if len(text) > LONGEST_CORRECTION:
            raise Refused(422, "correction_too_long")
        kept = self._kiosk.kept.find(site.id, _text(values, "answer"))
        if kept is None:
            raise Refused(404, "answer_unknown")
        self._kiosk.kept.correct(site.id, kept, text, self._kiosk.today())
        return JSONResponse({"done": True})

    def withdraw(self, request: Request, values: _Values) -> Response:
        if not self._kiosk.kept.withdraw(self._site(request).id, _text(values, "correction")):
            raise Refused(404, "unknown")
        return JSONResponse({"done": True})

    def _site(self, request: Request) -> Site:
        return self._sign_in.site(request.cookies.get(COOKIE, ""))


def _action(do: Callable[[Request, _Values], Response]) -> Callable[[Request], Any]:
    """An endpoint for calls with a JSON object; a "no" becomes a sentence."""

    async def endpoint(request: Request) -> Response:
        try:
            return await run_in_threadpool(do, request, _values(await request.body()))
        except Refused as refused:
            phrase, status = refused.phrase, refused.status
        except ActuclairError as error:
            log.error("What an editor did could not be done: %s", error)
            phrase, status = "cannot_answer_now", 503
        return JSONResponse({"problem": _texts(request)[f"problem.{phrase}"]}, status, {"Cache-Control": "no-store"})

    return endpoint


def _values(body: bytes) -> _Values:
    try:
        values = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused(400, "invalid") from error
    if not isinstance(values, dict):
        raise Refused(400, "invalid")
    return values


def _text(values: _Values, name: str) -> str:
    """A value as text; half a character, which can neither be kept nor shown, becomes '?'."""
    value = values.get(name, "")
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _texts(request: Request) -> Texts:
    """The texts of the language that is asked for, else of the browser's."""
    wanted = request.query_params.get("language", "")
    return load()[wanted if wanted in load() else language_of(request.scope)]


async def file(request: Request) -> Response:
    """A style or a script of the pages."""
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("", 404)
    text = "\n".join(path.read_text(encoding="utf-8") for path in _FILES[name])
    return Response(text, media_type=_KINDS[Path(name).suffix], headers={"Cache-Control": "no-cache"})
