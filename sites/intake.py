"""What a site sends, or lets be fetched, -> the index. One thread, in the background. Knows no requests.

A site may bring in what is its own only: an article with an address at another site is refused, and one without an
address gets an id that no other site can give.
"""

import logging
import threading
from collections.abc import Mapping
from typing import Protocol

from cachetools import TTLCache
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from corpus.addresses import address_id, is_web_address, mark, slug
from corpus.cleaning import clean
from corpus.errors import ActuclairError, SourceUnreadable
from corpus.fields import make_article, text_field
from corpus.types import Article
from sites.arrivals import Arrival, Arrivals
from sites.errors import OriginInvalid, Refused
from sites.origins import origin
from sites.storage import Sites
from sites.types import Site

_AGAIN_S = 60.0  # after a full disk, say
_TRIED, _TRIED_S = 1000, 3600.0  # addresses that are not fetched again for an hour, whatever came of them
_MOST_FETCHED = RateLimitItemPerHour(120)  # of a site: readers name the addresses, and may name any
_BUSY_S = 30
log = logging.getLogger(__name__)


class Ways(Protocol):
    """Where articles go, and how one is fetched."""

    def store(self, article: Article) -> None:
        """Into record and index. Raises StorageFailed."""

    def fetch(self, address: str, origins: tuple[str, ...]) -> Article:
        """The article of an address, of no other origins than these. Raises SourceUnreadable."""


class Intake:
    """The articles that are coming."""

    def __init__(self, arrivals: Arrivals, sites: Sites, ways: Ways):
        self._arrivals = arrivals
        self._sites = sites
        self._ways = ways
        self._tried: TTLCache[str, bool] = TTLCache(_TRIED, _TRIED_S)
        self._pace = FixedWindowRateLimiter(MemoryStorage())
        self._changing = threading.Lock()
        self._rung = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="site-intake", daemon=True)

    def start(self) -> None:
        """Begin, with what waited when the server stopped."""
        self._rung.set()
        self._thread.start()

    def close(self) -> None:
        """Stop when the article that is being stored is there."""
        self._stopped = True
        self._rung.set()
        if self._thread.is_alive():
            self._thread.join()

    def take(self, site: Site, fields: Mapping[str, object]) -> str:
        """Let an article that a site has sent wait for its turn; gives its id. Raises Refused."""
        try:
            article = article_of(site, fields)
        except SourceUnreadable as error:
            raise Refused(422, "article_unusable", error.reason) from error
        self._note(Arrival(article.id, site.id, fields=fields))
        self._sites.note_pushed(site.id, article.id)
        return article.id

    def fetch(self, site: Site, address: str) -> bool:
        """Let an article be fetched once, if the site allows it and it is one of its own; whether it is coming.

        Raises Refused where too many wait.
        """
        if not site.fetches or not is_own(site, address):
            return False
        id_ = address_id(address)
        with self._changing:
            if id_ in self._tried:
                return self.is_coming(site, id_)
            if not self._pace.hit(_MOST_FETCHED, site.id):
                return False
            self._note(Arrival(id_, site.id, address))
            self._tried[id_] = True
        return True

    def is_coming(self, site: Site, article_id: str) -> bool:
        """Whether an article of this site waits for its turn."""
        return self._arrivals.has(site.id, article_id)

    def _note(self, arrival: Arrival) -> None:
        if not self._arrivals.note(arrival):
            raise Refused(503, "busy", retry_after=_BUSY_S)
        self._rung.set()

    def _work(self) -> None:
        wait_s: float | None = None
        while not self._stopped:
            self._rung.wait(wait_s)
            self._rung.clear()
            wait_s = None
            try:
                self._bring_in_all()
            except ActuclairError as error:  # nothing is lost: what waits is tried again
                log.error("An article that a site sent could not be stored: %s", error)
                wait_s = _AGAIN_S

    def _bring_in_all(self) -> None:
        sites = {site.id: site for site in self._sites.all()}
        for arrival in self._arrivals.all():
            if self._stopped:
                return
            try:
                self._ways.store(self._article(arrival, sites[arrival.site_id]))
            except SourceUnreadable as error:
                log.warning("An article of a site could not be read: %s", error)
            except ActuclairError:
                raise
            except Exception:  # the edge: a fault of ours in one article must not keep out all that come after it
                log.exception("A fault in the program kept an article of a site out: %s", arrival.article_id)
            self._arrivals.done(arrival)

    def _article(self, arrival: Arrival, site: Site) -> Article:
        if arrival.fields is not None:
            return article_of(site, arrival.fields)
        article = self._ways.fetch(arrival.address, site.origins)
        if not is_own(site, article.url):
            raise SourceUnreadable(arrival.address, f"it says that it is at '{article.url:.200}', another site")
        return article


def article_of(site: Site, fields: Mapping[str, object]) -> Article:
    """The article that a site has sent. Raises SourceUnreadable for what is none, or is not its own."""
    source = f"an article of {site.name}"
    url = text_field(source, fields, "url")
    if url and not is_own(site, url):
        raise SourceUnreadable(source, f"its url '{url:.200}' is at none of the site's origins")
    name = text_field(source, fields, "id")
    if not url and not name:
        raise SourceUnreadable(source, "it has neither a url nor an id")
    id_ = address_id(url) if url else own_id(site, name)
    return make_article(source, id_, clean(text_field(source, fields, "text")), fields)


def own_id(site: Site, name: str) -> str:
    """An id that no other site can give. Example: 'été-1' -> 'ete-1-' and 12 digits"""
    return f"{slug(name)}-{mark(f'{site.id} {name}')}".lstrip("-")


def is_own(site: Site, address: str) -> bool:
    """Whether a web address is at one of the site's origins. Example: 'https://news.example/a?b' -> True"""
    if not is_web_address(address):
        return False
    scheme, _, rest = address.strip().partition("://")
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    try:
        return origin(f"{scheme}://{host}") in site.origins
    except OriginInvalid:
        return False
