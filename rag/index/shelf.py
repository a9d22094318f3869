"""Articles by where they appeared: found by id or address, and all those of some web sites. Knows no questions.

The addresses of all articles are read again when the articles have changed: 0.6 s for 100,000 of them.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cachetools import LRUCache
from sqlalchemy import select

from corpus.addresses import canonical, is_web_address
from corpus.statements import statements
from corpus.types import Article
from rag.asking.suggestions import questions_about
from rag.databases.database import Database
from rag.filters import Filters
from rag.index.record import Record
from rag.index.tables import ARTICLES, COPIES
from rag.types import Evidence

_FIRST_PASSAGES = 4  # in which an article tells what it is about
_REMEMBERED = 500  # articles whose questions are known
MOST_ARTICLES = 5000  # of a site that are searched, the newest: each search names them all


@dataclass(frozen=True)
class _Places:
    """Where every article of a version stands: its id by address, and the addresses by id, the newest first.

    `at` and `questions` remember what was asked of them.
    """

    version: int
    id_of: Mapping[str, str]
    addresses: Mapping[str, Sequence[str]]
    at: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    questions: LRUCache[tuple[str, str], tuple[str, ...]] = field(default_factory=lambda: LRUCache(_REMEMBERED))


class Shelf:
    """The articles of a record by their addresses; safe for several threads."""

    def __init__(self, database: Database, record: Record):
        self._database = database
        self._record = record
        self._known: _Places | None = None
        self._reading = threading.Lock()

    def find(self, name: str) -> Article | None:
        """The article with this id or web address, or whose copy has it; None where there is none."""
        places = self._places()
        address = canonical(name) if is_web_address(name) else ""
        id_ = places.id_of.get(address) or places.id_of.get(name)
        found = self._record.articles(Filters(articles=(id_,))) if id_ else []
        return found[0] if found else None

    def read(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, the newest first."""
        return self._record.articles(Filters(articles=tuple(ids))) if ids else []

    def newest(self) -> tuple[str, ...]:
        """The ids of all articles, the newest first."""
        return tuple(self._places().addresses)

    def here(self, names: Sequence[str]) -> tuple[str, ...]:
        """The ids of those of some articles, or copies of articles, that are here."""
        id_of = self._places().id_of
        return tuple(dict.fromkeys(id_of[name] for name in names if name in id_of))

    def at(self, origins: Sequence[str]) -> tuple[str, ...]:
        """The ids of the articles that have an address at one of these web origins, the newest first.

        Example: ['https://example.org'] -> ('un-robot-chante-1f6a…',)
        """
        places, asked = self._places(), tuple(origins)
        if asked not in places.at:
            found = (id_ for id_, addresses in places.addresses.items() if _any_at(addresses, asked))
            places.at[asked] = tuple(islice(found, MOST_ARTICLES))
        return places.at[asked]

    def questions(self, article: Article, language: str) -> tuple[str, ...]:
        """Two questions that an article answers, to begin with."""
        known, asked = self._places().questions, (article.id, language)
        with self._reading:
            if asked in known:
                return known[asked]
        found = self._questions(article, language)
        with self._reading:
            known[asked] = found
        return found

    def _questions(self, article: Article, language: str) -> tuple[str, ...]:
        passages = self._record.passages_of(article.id)[:_FIRST_PASSAGES]
        said = [(sentence, passage.kind) for passage in passages for sentence in statements(passage, article)]
        evidence = [
            Evidence(number, sentence.text, sentence.start, sentence.end, article, kind, 0.0)
            for number, (sentence, kind) in enumerate(said, start=1)
        ]
        return questions_about(evidence, language)

    def renew(self) -> None:
        """Articles may have got other addresses, of which the version tells nothing."""
        with self._reading:
            self._known = None

    def _places(self) -> _Places:
        version = self._record.version()
        with self._reading:
            if self._known is None or self._known.version != version:
                self._known = self._read(version)
            return self._known

    def _read(self, version: int) -> _Places:
        rows = select(ARTICLES.c.id, ARTICLES.c.url, ARTICLES.c.addresses)
        rows = rows.order_by(ARTICLES.c.published.desc().nulls_last(), ARTICLES.c.id)
        with self._database.transaction() as connection:
            addresses = {row.id: _addresses(row.url, row.addresses) for row in connection.execute(rows)}
            copies = {row.id: row.article_id for row in connection.execute(select(COPIES.c.id, COPIES.c.article_id))}
        id_of = {address: id_ for id_, known in addresses.items() for address in known}
        return _Places(version, copies | {id_: id_ for id_ in addresses} | id_of, addresses)


def is_at(article: Article, origins: Sequence[str]) -> bool:
    """Whether an article has an address at one of these web origins."""
    return _any_at(_addresses(article.url, article.addresses), origins)


def _any_at(addresses: Sequence[str], origins: Sequence[str]) -> bool:
    """Example: ['https://example.org/a'], ['http://www.example.org'] -> True"""
    begins = tuple(f"{canonical(origin)}/" for origin in origins)
    return any(f"{address}/".startswith(begins) for address in addresses)


def _addresses(url: str, known: Sequence[str]) -> tuple[str, ...]:
    own = (canonical(url),) if is_web_address(url) else ()
    return tuple(dict.fromkeys((*known, *own)))
