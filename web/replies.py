"""What readers are told when they are turned away, in their language. Knows no rules.

The sentences are in `prompts/web`. Gradio's page shows the `detail` of a refused call in a box of its own; the public
API tells problems as RFC 9457 has them.
"""

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from rag.errors import PromptMissing
from web.errors import Refused

FOLDER = Path(__file__).resolve().parent.parent / "prompts" / "web"
LANGUAGES = ("fr", "en", "it", "es", "de")
_CALLS, _API = "/gradio_api/", "/api/"


def reply(refused: Refused, scope: Scope) -> Response:
    """The response to a request that was turned away."""
    language = language_of(scope)
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.status in (408, 413):
        headers["Connection"] = "close"  # what is still on its way is not read any more
    sentence = sentences(language)[refused.phrase]
    if scope["path"].startswith(_CALLS):
        return JSONResponse({"detail": sentence}, refused.status, headers)
    if scope["path"].startswith(_API):
        return _problem(refused, sentence, headers)
    return PlainTextResponse(sentence, refused.status, headers)


def _problem(refused: Refused, sentence: str, headers: dict[str, str]) -> Response:
    """For a page of any site: it tells nothing that was not said by the page's own call."""
    shared = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
    type_ = f"urn:actuclair:problem:{refused.phrase}"
    problem = {"type": type_, "title": "Turned away", "status": refused.status, "detail": sentence}
    return JSONResponse(problem, refused.status, headers | shared, media_type="application/problem+json")


def language_of(scope: Scope) -> str:
    """The language of the page that asks, else the first of the browser's that we speak.

    Example: 'Accept-Language: pt, it;q=0.8' -> 'it'
    """
    headers = Headers(scope=scope)
    try:
        named = parse_qs(urlsplit(headers.get("referer", "")).query).get("language", [])
    except ValueError:
        named = []
    ranked = [part.split(";")[0].strip()[:2].lower() for part in headers.get("accept-language", "").split(",")]
    return next((language for language in (*named, *ranked) if language in LANGUAGES), "en")


@cache
def sentences(language: str) -> dict[str, str]:
    """The sentences in one language. Raises PromptMissing."""
    path = FOLDER / f"{language}.toml"
    try:
        return {name: str(text) for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except FileNotFoundError as error:
        raise PromptMissing(path, "too_many") from error
