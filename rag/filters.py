"""Which articles a search may look at: values, and the SQL for them."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func

from corpus.types import Audience, Kind
from rag.database import ARTICLES, PASSAGES


@dataclass(frozen=True)
class Filters:
    """What articles must be; what is None does not matter. `since` and `until` are days of publication, inclusive.

    `articles` are the ids of those that may be looked at.
    """

    language: str | None = None
    audience: Audience | None = None
    kind: Kind | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    articles: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def narrowed(self, named: "Filters") -> "Filters":
        """These filters, with the kind, the outlet and the time of others where these leave them open."""
        narrowed = replace(self, kind=self.kind or named.kind, outlet=self.outlet or named.outlet)
        if self.since or self.until:
            return narrowed
        return replace(narrowed, since=named.since, until=named.until)


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What must hold of passages joined with their articles."""
    kind = [PASSAGES.c.kind == filters.kind] if filters.kind else []
    return [*article_conditions(filters), *kind]


def article_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What must hold of articles, `kind` aside: readers' comments are a part of an article of another kind."""
    wanted: list[ColumnElement[bool]] = []
    if filters.articles is not None:
        wanted.append(ARTICLES.c.id.in_(filters.articles))
    if filters.language:
        wanted.append(ARTICLES.c.language == filters.language)
    if filters.audience:
        wanted.append(ARTICLES.c.audience == filters.audience)
    if filters.outlet:
        wanted.append(func.lower(ARTICLES.c.outlet) == filters.outlet.lower())
    if filters.since:
        wanted.append(ARTICLES.c.published >= filters.since)
    if filters.until:
        wanted.append(ARTICLES.c.published <= filters.until)
    return wanted
