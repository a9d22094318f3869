"""The SQL for the filters of a search. Knows the tables, not what is searched for."""

from sqlalchemy import ColumnElement, func

from rag.filters import Filters
from rag.index.tables import ARTICLES, PASSAGES


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
