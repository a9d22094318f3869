"""RSS and Atom feeds -> their entries; reading a feed again and again without asking more than needed.

Knows feeds, not where the state of each is kept nor when it is read.
"""

import io
import random
import re
from calendar import timegm
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import feedparser
from lxml import etree

from corpus.addresses import is_web_address
from corpus.contents import Form, form_of
from corpus.errors import FetchFailed, SourceUnreadable
from corpus.failures import Failure, failure_of
from corpus.feed_state import FeedState
from corpus.fetching import Fetch, Fetched
from corpus.types import Article
from corpus.visiting import Entry, entry_mark, newest_first, read_entry
from corpus.web_page import feed_of_page
from corpus.xml_text import mended_tree, xml_text

_LONGEST_WAIT = timedelta(days=1)
_MOST_DOUBLINGS = 20
_NAME = re.compile(r"\(([^()@]{1,200})\)")
_TAG = re.compile(r"<[^<>]{0,500}>")
_BROKEN = (LookupError, ValueError, TypeError, AttributeError)  # what feedparser lets through, found by damaging feeds
_MOST_ENTRIES = 500  # of a feed; feeds name the newest first
_MOST_ELEMENTS, _MOST_ATTRIBUTES = 30_000, 100


@dataclass(frozen=True)
class Pace:
    """How often a feed is read, and how many entries of it. `spread()` gives 0 to 1: not all wait equally long."""

    every: timedelta = timedelta(minutes=15)
    limit: int = 100
    spread: Callable[[], float] = random.SystemRandom().random


def parse_feed(fetched: Fetched) -> list[Entry]:
    """The entries of a feed, in its order. Raises SourceUnreadable when it is none, or defines entities."""
    if form_of(fetched) is not Form.FEED:
        named = feed_of_page(fetched.body, fetched.url) if form_of(fetched) is Form.PAGE else ""
        raise SourceUnreadable(fetched.url, "it is not a feed" + (f": the page names '{named}'" if named else ""))
    trimmed = _trimmed(fetched)
    try:
        parsed = feedparser.parse(
            io.BytesIO(trimmed),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": fetched.url},
            resolve_relative_uris=False,  # of links in texts: only their words are kept
            sanitize_html=False,
        )
    except _BROKEN as error:
        raise SourceUnreadable(fetched.url, f"it is not a feed that can be read ({error!r:.80})") from error
    if not parsed.version and not parsed.entries:
        raise SourceUnreadable(fetched.url, f"it is not a feed that can be read ({parsed.get('bozo_exception', '')})")
    hints = {"outlet": str(parsed.feed.get("title", "")), "language": str(parsed.feed.get("language", ""))}
    return [_entry(item, hints) for item in parsed.entries if is_web_address(str(item.get("link", "")))]


def _trimmed(fetched: Fetched) -> bytes:
    """Well-formed XML of the first entries: feedparser, which takes 80 µs an element, reads no more than that."""
    root = mended_tree(fetched.url, xml_text(fetched.url, fetched.body, fetched.charset))
    for item in list(root.iter("{*}item", "{*}entry"))[_MOST_ENTRIES:]:
        item.getparent().remove(item)
    for number, element in enumerate(root.iter()):
        if number > _MOST_ELEMENTS or len(element.attrib) > _MOST_ATTRIBUTES or len(element.nsmap) > _MOST_ATTRIBUTES:
            raise SourceUnreadable(fetched.url, f"it has more than {_MOST_ELEMENTS:,} elements, or a monstrous one")
    return etree.tostring(root, encoding="utf-8")  # type: ignore[no-any-return]


def read_feed(state: FeedState, fetch: Fetch, now: datetime, pace: Pace) -> tuple[list[Article | Failure], FeedState]:
    """Articles that are new or changed in a feed since it was last read, what failed, and what is known now.

    An entry that failed for a passing reason is tried again next time, and the feed is then asked for in full.
    """
    try:
        fetched = fetch(state.address, _conditions(state))
        entries = newest_first(parse_feed(fetched), pace.limit) if fetched.status == 200 else []
    except SourceUnreadable as error:
        return [failure_of(state.address, error)], _failed(state, error, now, pace)
    read = replace(state, last_read=now, next_read=now + pace.every, failures=0, last_error="")
    if fetched.status == 304:
        return [], read
    found: list[Article | Failure] = []
    again = set()
    for entry in entries:
        if entry.mark not in state.seen:
            try:
                found.append(read_entry(entry, fetch))
            except SourceUnreadable as error:
                found.append(failure_of(entry.address, error))
                if isinstance(error, FetchFailed) and error.passing:
                    again.add(entry.mark)
    seen = tuple(entry.mark for entry in entries if entry.mark not in again)
    etag, modified = ("", "") if again else (fetched.headers.get(name, "") for name in ("etag", "last-modified"))
    return found, replace(read, etag=etag, last_modified=modified, seen=seen)


def _conditions(state: FeedState) -> Mapping[str, str]:
    conditions = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _failed(state: FeedState, error: SourceUnreadable, now: datetime, pace: Pace) -> FeedState:
    """Twice as long a wait as after the failure before, or what the server asks for; a day at most."""
    doubled = pace.every * 2 ** min(state.failures + 1, _MOST_DOUBLINGS)
    wait = min(doubled, _LONGEST_WAIT) * (1 - pace.spread() / 4)
    if isinstance(error, FetchFailed) and error.retry_after:
        wait = max(wait, timedelta(seconds=min(error.retry_after, _LONGEST_WAIT.total_seconds())))
    return replace(state, next_read=now + wait, failures=state.failures + 1, last_error=error.reason)


def _entry(item: Any, hints: Mapping[str, str]) -> Entry:
    published, updated = _day(item, "published"), _day(item, "updated")
    fields = {
        "title": _title(item),
        "author": _author(item),
        "published": published or updated,
        "updated": updated if published and updated and updated > published else None,
        "licence": str(item.get("license", "")),
    }
    content = max((str(part.get("value", "")) for part in item.get("content", [])), key=len, default="")
    link = str(item.link).strip()
    state = entry_mark(*(item.get(name, "") for name in ("id", "link", "title", "updated", "published")), content)
    return Entry(link, {name: value for name, value in fields.items() if value}, hints, content, state)


def _title(item: Any) -> str:
    """Example: 'Un <i>grand</i> succès' -> 'Un grand succès'"""
    title = str(item.get("title", ""))
    marked_up = (item.get("title_detail") or {}).get("type") in ("text/html", "application/xhtml+xml")
    return unescape(_TAG.sub("", title)) if marked_up else title


def _author(item: Any) -> str:
    """The name alone: a mail address is none. Example: 'redaction@exemple.fr (Zoé)' -> 'Zoé'"""
    author = str(item.get("author", ""))
    in_brackets = _NAME.search(author) if "@" in author else None
    words = in_brackets.group(1) if in_brackets else author
    return " ".join(word for word in words.split() if "@" not in word)


def _day(item: Any, name: str) -> date | None:
    """The day in UTC that an entry names; None when it names none, or one that has not come yet."""
    parsed = item.get(f"{name}_parsed") if name in item else None
    if parsed is None:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.date() if moment <= datetime.now(UTC) + timedelta(days=1) else None
