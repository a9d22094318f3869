"""A clock, a fetcher and the failure of a fetch, for tests of how pages are fetched."""

import httpcore
import pytest
from fake_site import Site

from corpus.errors import NotFetched
from corpus.fetching import Fetcher
from corpus.network import Network

PUBLIC = "93.184.216.34"


class Clock:
    """Goes on only when somebody sleeps or reads."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def failure(site: Site, path: str) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        site.fetcher.fetch(site.url + path)
    return caught.value


def public_fetcher(backend: httpcore.NetworkBackend, clock: Clock) -> Fetcher:
    return Fetcher(Network(resolve=lambda *_: [PUBLIC], backend=backend), clock.sleep, clock)
