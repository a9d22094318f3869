"""What the OpenAPI document says beside the shapes: how to get in, events, problems. Knows no routes."""

from typing import Any

from sites.models import Problem
from sites.problems import MEDIA_TYPE

ABOUT = """Questions about a news site's articles, answered from them, every sentence with its proof.

`site` is the site's public key. A browser's call needs an `Origin` that is one of the site's. A site's server signs
instead: `Actuclair-Date` (ISO 8601, UTC) and `Actuclair-Signature`, the HMAC-SHA256 in hexadecimal digits, with the
site's secret, over four lines: method, path with query, date, and the SHA-256 of the body in hexadecimal digits. A
signature counts once, for five minutes. What is not allowed is told as 403, or 401 for what needs a signature.
"""
_EVENTS = """event: evidence
data: {"evidence": [{"number": 1, "quote": "Le cow-boy n'existe pas."}], "understood": ""}

event: waiting
data: {"ahead": 1, "seconds": 8.0}

event: sentence
data: {"place": 0, "text": "Un programme chante.", "citations": [1], "supported": true, "quoted": false}

event: finished
data: {"id": "hQ3v…", "answer": {"status": "answered"}, "words": {}, "quiz": [], "from_article": true}

"""
STREAM: dict[str, Any] = {
    "description": "The finished answer. With `Accept: text/event-stream`, events: `evidence` (a second one begins the "
    "answer anew), `waiting`, `sentence`, and in the end `finished` or `problem`; a comment line every ten seconds. "
    "The finished answer takes the place of all before: its citations are numbered anew, from 1 on.",
    "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EVENTS}},
}
_REASONS = {
    "401": "Not signed as it must be.",
    "403": "Not allowed.",
    "404": "There is no such article, answer or call.",
    "409": "The article is coming.",
    "413": "Too large.",
    "422": "Something in the call cannot be used.",
    "429": "Too many, or the month's budget is spent; `Retry-After` tells the seconds.",
    "503": "Not now.",
}


def problems() -> dict[int | str, dict[str, Any]]:
    """The responses that tell of problems, for every call."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {MEDIA_TYPE: {"schema": schema}}
    return {status: {"description": reason, "content": content} for status, reason in _REASONS.items()}


def with_problem(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the shape of a problem."""
    document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    return document
