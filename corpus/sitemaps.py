"""Sitemaps and their indexes -> entries, where the site's robots.txt allows. Knows sitemaps, not articles."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corpus.addresses import is_web_address
from corpus.cleaning import clean
from corpus.dates import parse_date
from corpus.errors import FetchCode, FetchFailed, FetchRefused, NotFetched, SourceUnreadable
from corpus.failures import Failure, failure_of
from corpus.fetching import USER_AGENT, Fetch, Fetched
from corpus.visiting import Entry, newest_first
from corpus.xml_text import xml_text

_MOST_SITEMAPS = 50  # of an index, the newest first; each may name 50,000 pages


@dataclass
class Robots:
    """What the sites' robots.txt files allow; each is asked for once."""

    fetch: Fetch
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def check(self, address: str) -> None:
        """Raises FetchRefused when the site asks programs to stay away from the address."""
        home = urljoin(address, "/robots.txt")
        if home not in self._rules:
            self._rules[home] = self._ask(home)
        if not self._rules[home].can_fetch(USER_AGENT, address):
            reason = "the site asks programs not to read it (robots.txt): name its address if you may use it"
            raise FetchRefused(address, FetchCode.ROBOTS, reason)

    def _ask(self, home: str) -> RobotFileParser:
        """RFC 9309: a site that has no robots.txt allows everything, one that fails to tell allows nothing."""
        try:
            lines = self.fetch(home).body.decode("utf-8", "replace").splitlines()
        except NotFetched as error:
            absent = isinstance(error, FetchFailed) and error.code is FetchCode.STATUS and not error.passing
            lines = [] if absent else ["User-agent: *", "Disallow: /"]
        rules = RobotFileParser(home)
        rules.parse(lines)
        return rules


def sitemap_entries(fetched: Fetched, fetch: Fetch, limit: int) -> Iterator[Entry | Failure]:
    """The newest pages that a sitemap, or the sitemaps of an index, name; what could not be read comes first.

    Raises SourceUnreadable when the sitemap itself cannot be.
    """
    root = _parse(fetched)
    pages = _entries(root, "url")
    for sitemap in newest_first(_entries(root, "sitemap"), _MOST_SITEMAPS):
        if len(pages) >= limit:
            break
        try:
            pages += _entries(_parse(fetch(sitemap.address)), "url")
        except SourceUnreadable as error:
            yield failure_of(sitemap.address, error)
    yield from newest_first(pages, limit)


def _parse(fetched: Fetched) -> Element:
    text = xml_text(fetched.url, fetched.body, fetched.charset)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceUnreadable(fetched.url, f"it is not a sitemap that can be read ({error})") from error
    return root


def _entries(root: Element, element: str) -> list[Entry]:
    """The pages or sitemaps that a sitemap names; with what a news sitemap tells of each."""
    entries = []
    for item in root.iterfind(f"{{*}}{element}"):
        address = _text(item, "{*}loc")
        if is_web_address(address):
            news = item.find("{*}news")
            told = Element("none") if news is None else news
            fields = {
                "title": _text(told, "{*}title"),
                "published": _day(_text(told, "{*}publication_date")),
                "outlet": _text(told, "{*}publication/{*}name"),
            }
            hints = {"language": _text(told, "{*}publication/{*}language")}
            given = {name: value for name, value in fields.items() if value}
            entries.append(Entry(address, given, hints, changed=_day(_text(item, "{*}lastmod"))))
    return entries


def _text(item: Element, path: str) -> str:
    return " ".join(clean(item.findtext(path) or "").split())


def _day(written: str) -> date | None:
    """Example: '2025-11-20T08:00:00+01:00' -> 2025-11-20"""
    return parse_date(written[:10]) if written else None
