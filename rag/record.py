"""The record: articles and passages in SQLite. The one truth; vectors can always be made again from it.

Knows SQL, not vectors.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL as _LABELS
from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from corpus.types import Article, Audience, Kind, Passage
from rag.errors import StorageFailed

_IDS_A_QUERY = 500  # SQLite allows 32,766 variables in a statement; this keeps statements small
_METADATA = MetaData()
_ARTICLES = Table(
    "articles", _METADATA,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("published", Date, index=True),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("audience", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("licence", Text, nullable=False),
    Column("comments_start", Integer),
    Column("content_hash", String, nullable=False),
)  # fmt: skip
_PASSAGES = Table(
    "passages", _METADATA,
    Column("id", String, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
)  # fmt: skip
_FACTS = Table("facts", _METADATA, Column("name", String, primary_key=True), Column("value", Text, nullable=False))


def content_hash(article: Article) -> str:
    """A mark of all that an article says, whatever file it came from."""
    return hashlib.sha256(repr(sorted((asdict(article) | {"source": ""}).items())).encode()).hexdigest()


class Record:
    """The articles and passages of one data folder."""

    def __init__(self, home: Path):
        self._home = home
        self._engine = create_engine(f"sqlite:///{home / 'record.sqlite'}")
        event.listen(self._engine, "connect", _prepare)
        with self._transaction() as connection:
            _METADATA.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()

    def hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The content hashes of those of the articles that are here."""
        query = select(_ARTICLES.c.id, _ARTICLES.c.content_hash)
        return {row.id: row.content_hash for row in self._rows_by_id(query, _ARTICLES.c.id, article_ids)}

    def replace(self, articles: Sequence[Article], passages: Sequence[Passage]) -> list[str]:
        """Put articles with their passages in place of what they replace, in one step.

        Gives the ids of the passages that are no longer there.
        """
        old = self._passage_ids([article.id for article in articles])
        with self._transaction() as connection:
            for article in articles:
                connection.execute(delete(_PASSAGES).where(_PASSAGES.c.article_id == article.id))
                connection.execute(delete(_ARTICLES).where(_ARTICLES.c.id == article.id))
            connection.execute(insert(_ARTICLES), [_article_row(article) for article in articles])
            if passages:
                connection.execute(insert(_PASSAGES), [asdict(passage) for passage in passages])
        return sorted(old - {passage.id for passage in passages})

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Article]]:
        """Those of the passages that are here, with their articles."""
        query = select(_PASSAGES, _ARTICLES).join(_ARTICLES)
        found = {}
        for row in self._rows_by_id(query.set_label_style(_LABELS), _PASSAGES.c.id, passage_ids):
            values = row._mapping
            passage = _passage({column.name: values[f"passages_{column.name}"] for column in _PASSAGES.c})
            found[passage.id] = (passage, _article({c.name: values[f"articles_{c.name}"] for c in _ARTICLES.c}))
        return found

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in their order."""
        query = select(_PASSAGES).where(_PASSAGES.c.article_id == article_id).order_by(_PASSAGES.c.start)
        with self._transaction() as connection:
            return [_passage(dict(row._mapping)) for row in connection.execute(query)]

    def all_passages(self) -> Iterator[tuple[Passage, str]]:
        """Every passage with its article's title, in a stable order."""
        query = select(_PASSAGES, _ARTICLES.c.title).join(_ARTICLES).order_by(_PASSAGES.c.id)
        with self._transaction() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                values = dict(row._mapping)
                title = values.pop("title")
                yield _passage(values), title

    def articles(self) -> list[Article]:
        """Every article, the newest first."""
        query = select(_ARTICLES).order_by(_ARTICLES.c.published.desc().nulls_last(), _ARTICLES.c.id)
        with self._transaction() as connection:
            return [_article(dict(row._mapping)) for row in connection.execute(query)]

    def count_passages(self) -> int:
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(_PASSAGES)).scalar_one()

    def fact(self, name: str) -> str | None:
        """What was noted about the record itself, such as the embedder of its index."""
        with self._transaction() as connection:
            return connection.execute(select(_FACTS.c.value).where(_FACTS.c.name == name)).scalar_one_or_none()

    def note_fact(self, name: str, value: str) -> None:
        with self._transaction() as connection:
            connection.execute(delete(_FACTS).where(_FACTS.c.name == name))
            connection.execute(insert(_FACTS).values(name=name, value=value))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageFailed(self._home, str(getattr(error, "orig", None) or error)) from error

    def _passage_ids(self, article_ids: Sequence[str]) -> set[str]:
        query = select(_PASSAGES.c.id)
        return {row.id for row in self._rows_by_id(query, _PASSAGES.c.article_id, article_ids)}

    def _rows_by_id(self, query: Select[Any], column: Column[Any], ids: Sequence[str]) -> list[Row[Any]]:
        rows: list[Row[Any]] = []
        with self._transaction() as connection:
            for start in range(0, len(ids), _IDS_A_QUERY):
                rows += connection.execute(query.where(column.in_(ids[start : start + _IDS_A_QUERY])))
        return rows


def _prepare(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _article_row(article: Article) -> dict[str, Any]:
    return asdict(article) | {"content_hash": content_hash(article)}


def _article(values: dict[str, Any]) -> Article:
    values.pop("content_hash")
    return Article(**values | {"audience": Audience(values["audience"]), "kind": Kind(values["kind"])})


def _passage(values: dict[str, Any]) -> Passage:
    return Passage(**values | {"kind": Kind(values["kind"])})
