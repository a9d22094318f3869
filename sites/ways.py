"""Where sites' articles go, and how one is fetched: the one index owner, and safe fetching. Knows no sites' rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import FetchCode, FetchRefused
from corpus.failures import Failure
from corpus.network import Network
from corpus.types import Article
from rag.index.ingest import IngestReport
from sites.errors import OriginInvalid
from sites.origins import origin

if TYPE_CHECKING:
    import httpx

Ingest = Callable[[Iterable[Article | Failure]], IngestReport]


@dataclass(frozen=True)
class OwnNetwork(Network):
    """The part of the network that a site's own pages are in, redirects included."""

    origins: frozenset[str] = frozenset()

    def check(self, address: str) -> "httpx.URL":
        """Raises FetchRefused for what is elsewhere."""
        url = super().check(address)
        try:
            is_own = origin(f"{url.scheme}://{url.netloc.decode('ascii')}") in self.origins
        except OriginInvalid:
            is_own = False
        if not is_own:
            raise FetchRefused(address, FetchCode.ROBOTS, "it is at none of the site's origins")
        return url


@dataclass(frozen=True)
class IndexWays:
    """Into a workspace, and from the web; `renew` is called when an article is in."""

    ingest: Ingest
    renew: Callable[[], None]
    network: Network

    def store(self, article: Article) -> None:
        """Raises StorageFailed."""
        self.ingest([article])
        self.renew()

    def fetch(self, address: str, origins: tuple[str, ...]) -> Article:
        """The article of an address, of no other origins than these. Raises SourceUnreadable."""
        from corpus.fetching import Fetcher  # bring libraries in that a server without such sites need not wait for
        from corpus.visiting import read_fetched

        near = self.network
        own = OwnNetwork(near.ports, near.permits, near.resolve, near.backend, frozenset(origins))
        return read_fetched(Fetcher(own).fetch(address), address)
