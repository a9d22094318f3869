"""Which articles are a site's, and which of them a question is asked about. Knows no requests and no answers."""

from collections.abc import Sequence
from typing import Protocol

from corpus.addresses import address_id, is_web_address
from corpus.types import Article
from rag.filters import Filters
from rag.index.shelf import is_at
from sites.errors import Refused
from sites.intake import Intake, own_id
from sites.storage import Sites
from sites.types import Site, State


class Shelf(Protocol):
    """Where articles are found (`rag/index/shelf.py`)."""

    def find(self, name: str) -> Article | None: ...
    def read(self, ids: Sequence[str]) -> list[Article]: ...
    def newest(self) -> tuple[str, ...]: ...
    def here(self, names: Sequence[str]) -> tuple[str, ...]: ...
    def at(self, origins: Sequence[str]) -> tuple[str, ...]: ...
    def questions(self, article: Article, language: str) -> tuple[str, ...]: ...


class SiteArticles:
    """The articles of sites."""

    def __init__(self, shelf: Shelf, sites: Sites, intake: Intake):
        self.shelf = shelf
        self._sites = sites
        self.intake = intake

    def find(self, site: Site, name: str) -> Article | None:
        """The article that a page of the site names, by its address or id, if it is the site's own."""
        for wanted in (name, own_id(site, name)):
            article = self.shelf.find(wanted)
            if article and self._is_own(site, article, wanted):
                return article
        return None

    def _is_own(self, site: Site, article: Article, name: str) -> bool:
        """Whether an article that was found under a name is the site's: it appeared there, or was sent under it."""
        if site.every_article or is_at(article, site.origins):
            return True
        return self._sites.has_pushed(site.id, [article.id, name])

    def is_coming(self, site: Site, name: str) -> bool:
        """Whether an article that is not here will be soon: it waits, or is fetched from now on."""
        if not is_web_address(name):
            return any(self.intake.is_coming(site, id_) for id_ in (name, own_id(site, name)))
        return self.intake.is_coming(site, address_id(name)) or self.intake.fetch(site, name)

    def state(self, site: Site, name: str) -> tuple[State, Article | None]:
        """Whether an article can be asked about, and what it is."""
        if article := self.find(site, name):
            return State.INDEXED, article
        return (State.COMING if self.is_coming(site, name) else State.UNKNOWN), None

    def ids(self, site: Site) -> tuple[str, ...]:
        """The articles that the site has sent, and those that appeared at one of its origins."""
        return tuple(dict.fromkeys((*self.shelf.here(self._sites.pushed(site.id)), *self.shelf.at(site.origins))))

    def all(self, site: Site) -> tuple[str, ...]:
        """All articles that count as the site's, the newest first as far as they have appeared at its origins."""
        return self.shelf.newest() if site.every_article else self.ids(site)

    def searched(self, site: Site, name: str) -> tuple[Article | None, tuple[Filters, ...]]:
        """The article in view, and where to look, one after the other: in it, then in the site's others if it allows.

        Raises Refused where there is nothing to look at.
        """
        article = self.find(site, name) if name else None
        looked = [Filters(articles=(article.id,))] if article else []
        if site.rest:
            looked.append(Filters() if site.every_article else Filters(articles=self.ids(site)))
        if not looked:
            coming = bool(name) and self.is_coming(site, name)
            raise Refused(409, "article_coming") if coming else Refused(404, "article_unknown")
        return article, tuple(looked)
