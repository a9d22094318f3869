"""What an address holds -> an article. Knows forms of content, not how addresses are found or fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.addresses import address_id, canonical, host_of, is_web_address, mark
from corpus.cleaning import clean
from corpus.contents import Form, form_of
from corpus.decoding import decode
from corpus.errors import SourceUnreadable
from corpus.fetching import Fetch, Fetched
from corpus.fields import Extract, complete
from corpus.language import plausible_language
from corpus.markdown import read_markdown
from corpus.pdf import read_pdf
from corpus.types import Article
from corpus.web_page import read_page

_MUCH_LESS = 0.5  # a page with less than this share of the feed's text shows only its beginning


@dataclass(frozen=True)
class Entry:
    """An article that a feed or a sitemap names. `fields` were given with it, `hints` hold for the feed as a whole.

    `content`: the article as HTML, where the feed has all of it. `mark` changes when the entry does. `changed`: the
    day a sitemap says the page last changed; a comment or a new design may be the reason, so it is no date of news.
    """

    address: str
    fields: Mapping[str, object] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    mark: str = ""
    changed: date | None = None

    @property
    def newest(self) -> date:
        """The day it was last said to have changed; the first of all days when it does not say."""
        days = (self.fields.get("published"), self.fields.get("updated"), self.changed)
        return max((day for day in days if isinstance(day, date)), default=date.min)


def newest_first(entries: list[Entry], limit: int) -> list[Entry]:
    """Each address once, the newest first; undated ones last, in their order; no more than `limit`."""
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(canonical(entry.address), entry)
    return sorted(once.values(), key=lambda entry: entry.newest, reverse=True)[:limit]


def read_entry(entry: Entry, fetch: Fetch) -> Article:
    """The article of an entry: from its page, or from the feed where the page cannot be had or shows much less.

    Raises SourceUnreadable.
    """
    in_feed = read_page(entry.address, f"<html><body><article>{entry.content}".encode()) if entry.content else None
    try:
        fetched = fetch(entry.address)
        extract = extract_of(fetched)
    except SourceUnreadable:
        if in_feed is None:
            raise
        return _article(in_feed, entry, entry.address)
    if in_feed and len(extract.text) < _MUCH_LESS * len(in_feed.text):
        extract = replace(in_feed, read=extract.read, comments=extract.comments)
    return _article(extract, entry, fetched.url)


def read_fetched(fetched: Fetched, address: str) -> Article:
    """The article of an address that a person named. Raises SourceUnreadable."""
    return _article(extract_of(fetched), Entry(address), fetched.url)


def extract_of(fetched: Fetched) -> Extract:
    """The text of something fetched, and what it says of itself. Raises SourceUnreadable."""
    form = form_of(fetched)
    if form is Form.PAGE:
        return read_page(fetched.url, fetched.body, fetched.url, fetched.charset)
    if form is Form.PDF:
        return read_pdf(fetched.url, fetched.body)
    if form in (Form.FEED, Form.SITEMAP):
        raise SourceUnreadable(fetched.url, f"it is a {form.name.lower()}, not an article")
    try:
        text = decode(fetched.body, fetched.charset)
    except ValueError as error:
        raise SourceUnreadable(fetched.url, str(error)) from error
    fields, text = read_markdown(fetched.url, text) if form is Form.MARKDOWN else ({}, text)
    return Extract(clean(text), given=fields)


def _article(extract: Extract, entry: Entry, found_at: str) -> Article:
    """The article under an id of its address. What a page calls its address counts only as `read_page` believes it."""
    read = {name: value for name, value in extract.read.items() if value}
    url = str(read.get("url") or found_at)
    named = {"outlet": host_of(url), **{name: hint for name, hint in entry.hints.items() if hint}}
    hints = {**named, "language": plausible_language(entry.hints.get("language", ""), extract.text)}
    given = {**extract.given, **entry.fields, **({"url": url} if url == found_at else {})}
    if url != found_at:
        given.pop("url", None)
    article = complete(entry.address, address_id(url), replace(extract, given=given, read={**hints, **read}))
    known_as = [canonical(address) for address in (url, found_at, entry.address) if is_web_address(address)]
    return replace(article, addresses=tuple(dict.fromkeys(known_as)))


def entry_mark(*parts: object) -> str:
    """A mark of all that identifies an entry and its state."""
    return mark("\n".join(map(str, parts)))
