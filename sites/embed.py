"""The widget's file for other sites, and the page for sites that can only show a frame. Knows no answers."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from sites.gate import Gate
from sites.texts import load
from sites.types import Site
from telling.texts import LANGUAGES
from web.replies import language_of

_WIDGET = Path(__file__).resolve().parent.parent / "widget"
_LEVELS = ("child", "tween", "teen", "adult")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {origins}"
)
_NOT_HERE = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_FRAMES = ("iframe", "frame", "object", "embed")
_FRAMED = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-store"}
_FILE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True)
class _Built:
    """A file as it is served: plain, packed, and a mark of what is in it."""

    plain: bytes
    packed: bytes
    etag: str


def embed_routes(gate: Gate, folder: Path = _WIDGET) -> list[Route]:
    """What a site's pages load: the widget, or a page with it."""

    def widget(request: Request) -> Response:
        path = folder / "widget.js"
        if not path.is_file():
            return PlainTextResponse("", 404)
        return _file(request, _built(path, path.stat().st_mtime_ns))

    async def embed(request: Request) -> Response:
        site = await run_in_threadpool(gate.site, request.scope)
        parent = request.query_params.get("parent", "")
        in_frame = request.headers.get("sec-fetch-dest", "iframe") in _FRAMES  # over plain http browsers do not tell
        if site is None or parent not in site.origins or not in_frame:
            return _not_here(request, folder / "not_here.html")
        return _page(request, site, folder / "embed.html")

    return [Route("/widget.js", widget, methods=["GET"]), Route("/embed", embed, methods=["GET"])]


def _page(request: Request, site: Site, template: Path) -> Response:
    """The page with the widget in it, which only the site's own pages may show."""
    given = request.query_params
    level = given.get("level", "")
    html = _rendered(
        template,
        site=site.key,
        parent=given["parent"],
        article=given.get("article", ""),
        level=level if level in _LEVELS else "child",
        language=_language(request),
    )
    policy = _POLICY.format(origins=" ".join(site.origins))
    return HTMLResponse(html, headers=_FRAMED | {"Content-Security-Policy": policy})


def _not_here(request: Request, template: Path) -> Response:
    """A sentence instead of an empty frame; the same for all who are not let in, whatever the reason."""
    language = _language(request)
    html = _rendered(template, language=language, sentence=load()[language]["frame.not_here"])
    return HTMLResponse(html, 403, _FRAMED | {"Content-Security-Policy": _NOT_HERE, "Content-Language": language})


def _language(request: Request) -> str:
    """The language that the frame asks for, else the browser's."""
    wanted = request.query_params.get("language", "")
    return wanted if wanted in LANGUAGES else language_of(request.scope)


def _rendered(template: Path, **values: str) -> str:
    return _environment().from_string(template.read_text(encoding="utf-8")).render(**values)


def _file(request: Request, built: _Built) -> Response:
    headers = _FILE | {"ETag": built.etag}
    if built.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    packs = "gzip" in request.headers.get("accept-encoding", "")
    body, more = (built.packed, {"Content-Encoding": "gzip"}) if packs else (built.plain, {})
    return Response(body, media_type="text/javascript", headers=headers | more)


@cache
def _built(path: Path, changed: int) -> _Built:
    """The file as it is since it was `changed`."""
    plain = path.read_bytes()
    return _Built(plain, gzip.compress(plain, 9, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:20]}"')


@cache
def _environment() -> Environment:
    return Environment(autoescape=True)
