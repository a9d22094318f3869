"""What something fetched is: page, feed, sitemap, PDF or text. Its bytes decide, then its type, never its name."""

import re
from enum import Enum, auto

from corpus.decoding import decode
from corpus.errors import SourceUnreadable
from corpus.fetching import Fetched

_START = 8192  # bytes
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_DOCTYPE_OF_PAGES = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_DEFINITIONS = re.compile(r"<!doctype\s+(?!html)[^<>\[]{0,1000}\[", re.IGNORECASE)  # as a feed it is refused
_TAG = re.compile(r"<(?:html|head|body|div|p|article|main|section|h1|table|span|meta|title)[\s>/]", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n\w+:")
_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")
_OTHER_TYPES = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:css|csv|javascript|calendar|vcard)|"
    r"application/(?:zip|json|(?:x-)?javascript|vnd\.|msword)|(?:text|application)/(?!xhtml)(?:[\w.-]+\+)?xml$"
)


class Form(Enum):
    """What the bytes are to be read as."""

    PAGE = auto()
    FEED = auto()
    SITEMAP = auto()
    PDF = auto()
    MARKDOWN = auto()
    TEXT = auto()


_ROOTS = {"rss": Form.FEED, "feed": Form.FEED, "rdf": Form.FEED, "urlset": Form.SITEMAP, "sitemapindex": Form.SITEMAP}


def form_of(fetched: Fetched) -> Form:
    """What was fetched. Raises SourceUnreadable when it is nothing that holds articles.

    Example: '<rss version="2.0">' as text/html -> FEED
    """
    if fetched.body.lstrip()[:5] == b"%PDF-":
        return Form.PDF
    try:
        start = decode(fetched.body[:_START], fetched.charset)
    except ValueError as error:
        raise SourceUnreadable(fetched.url, _what_it_is(fetched, str(error))) from error
    if form := _by_root(start):
        return form
    kind = fetched.content_type
    if _OTHER_TYPES.match(kind):
        raise SourceUnreadable(fetched.url, _what_it_is(fetched, "it is no article"))
    if kind in _MARKDOWN_TYPES or (kind.startswith("text/plain") and _FRONT_MATTER.match(start)):
        return Form.MARKDOWN
    if kind in ("text/html", "application/xhtml+xml") or (kind != "text/plain" and _TAG.search(start)):
        return Form.PAGE
    return Form.TEXT


def _by_root(start: str) -> Form | None:
    """What the outermost element says, below declarations and comments; None where there is none that is known."""
    if _DOCTYPE_OF_PAGES.search(start[:500]):
        return Form.PAGE
    start = start.lstrip("\ufeff")
    position = 0
    while found := _PROLOG.match(start, position):
        position = found.end()
    root = _ROOT.match(start, position)
    if root is None:
        return Form.FEED if _DEFINITIONS.match(start, position) else None
    name = root.group(1).lower()
    return Form.PAGE if name == "html" else _ROOTS.get(name)


def _what_it_is(fetched: Fetched, reason: str) -> str:
    return f"{reason} (it is sent as '{fetched.content_type:.60}')" if fetched.content_type else reason
