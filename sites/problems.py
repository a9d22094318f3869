"""Why a call was refused, as problem details (RFC 9457). Knows no rules."""

from typing import Any

from starlette.responses import JSONResponse
from starlette.types import Scope

from sites.errors import Refused
from sites.texts import load
from web.replies import language_of

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request", 401: "Not allowed", 403: "Not allowed", 404: "Not found", 405: "Method not allowed",
    408: "Too slow", 409: "Not yet", 413: "Too large", 422: "Cannot be used", 429: "Too many", 503: "Not now",
}  # fmt: skip


def problem_json(refused: Refused, language: str) -> dict[str, Any]:
    """The object; `detail` is a sentence for readers, `reason` one for a site's developer."""
    problem = {
        "type": f"urn:actuclair:problem:{refused.phrase}",
        "title": _TITLES.get(refused.status, "Problem"),
        "status": refused.status,
        "detail": load()[language][f"problem.{refused.phrase}"],
    }
    return problem | ({"reason": refused.detail} if refused.detail else {})


def problem_response(refused: Refused, scope: Scope) -> JSONResponse:
    """The response, in the language of the browser."""
    language = language_of(scope)
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Origin"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    return JSONResponse(problem_json(refused, language), refused.status, headers, media_type=MEDIA_TYPE)
