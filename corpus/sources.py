"""Sources that people name (files, folders, web addresses) -> articles. Knows which reader fits, not how it reads."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from corpus.contents import Form, form_of
from corpus.errors import SourceUnreadable
from corpus.failures import Failure, failure_of
from corpus.feeds import parse_feed
from corpus.fetching import Fetch
from corpus.reading import read_source
from corpus.sitemaps import Robots, sitemap_entries
from corpus.types import Article
from corpus.visiting import Entry, newest_first, read_entry, read_fetched

Found = TypeVar("Found")
MOST_ENTRIES = 100
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # two letters at least: 'C:' is a drive


def read_sources(sources: Iterable[str], fetch: Fetch, limit: int = MOST_ENTRIES) -> Iterator[Article | Failure]:
    """Yield the articles of files, folders, pages, feeds and sitemaps; what cannot be read comes as a Failure.

    `limit`: how many entries of a feed or sitemap are read, the newest first.
    """
    for source in sources:
        if is_address(source):
            yield from read_address(source.strip(), fetch, limit)
        else:
            yield from read_source(Path(source))


def is_address(source: str) -> bool:
    """Whether a source is an address, web or other, rather than a file or folder. Example: 'file:///a' -> True"""
    try:
        return bool(_ADDRESS.match(source)) and not Path(source).exists()
    except (OSError, ValueError):  # it is too long for a path, or holds what no path may
        return True


def read_address(address: str, fetch: Fetch, limit: int = MOST_ENTRIES) -> Iterator[Article | Failure]:
    """Yield the article of a page, or those of a feed's or sitemap's newest entries."""
    try:
        fetched = fetch(address)
        form = form_of(fetched)
        if form is Form.FEED:
            entries = newest_first(parse_feed(fetched), limit)
            yield from (_read(entry, fetch) for entry in _some(address, entries))
        elif form is Form.SITEMAP:
            robots = Robots(fetch)
            for found in _some(address, sitemap_entries(fetched, fetch, limit)):
                yield found if isinstance(found, Failure) else _read(found, fetch, robots)
        else:
            yield read_fetched(fetched, address)
    except SourceUnreadable as error:
        yield failure_of(address, error)


def _some(address: str, found: Iterable[Found]) -> Iterator[Found]:
    """The same again. Raises SourceUnreadable when it is nothing: whoever named it expects articles."""
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        raise SourceUnreadable(address, "it names no articles")


def _read(entry: Entry, fetch: Fetch, robots: Robots | None = None) -> Article | Failure:
    try:
        if robots:
            robots.check(entry.address)
        return read_entry(entry, fetch)
    except SourceUnreadable as error:
        return failure_of(entry.address, error)
