"""One SQLite file with everything that is kept about the articles, and its tables. Knows SQL, not what rows mean."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Text,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import RecordDamaged, RecordOutdated, StorageFailed

FILE = "record.sqlite"
VERSION = 2
_IDS_A_QUERY = 500  # SQLite allows 32,766 variables in a statement; this keeps statements small
_DAMAGED = ("malformed", "not a database")  # how SQLite says it
_METADATA = MetaData()


def _of_article(name: str, **options: Any) -> Column[str]:
    return Column(name, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, **options)


ARTICLES = Table(
    "articles", _METADATA,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("published", Date, index=True),
    Column("outlet", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("audience", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("licence", Text, nullable=False),
    Column("comments_start", Integer),
    Column("author", Text, nullable=False),
    Column("updated", Date),
    Column("addresses", JSON, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("content_hash", String, nullable=False),
)  # fmt: skip
COPIES = Table(
    "copies", _METADATA,
    Column("id", String, primary_key=True),
    _of_article("article_id", index=True),
    Column("content_hash", String, nullable=False),
)  # fmt: skip
MARKS = Table(
    "marks", _METADATA,
    Column("mark", BigInteger, primary_key=True),
    _of_article("article_id", primary_key=True, index=True),
    sqlite_with_rowid=False,
)  # fmt: skip
PASSAGES = Table(
    "passages", _METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _of_article("article_id", index=True),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
)  # fmt: skip
VECTORS = Table(
    "vectors", _METADATA,
    Column("number", ForeignKey("passages.number", ondelete="CASCADE"), primary_key=True),
    Column("passage", LargeBinary, nullable=False),
    Column("statements", LargeBinary, nullable=False),
)  # fmt: skip
FACTS = Table("facts", _METADATA, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
FEEDS = Table(
    "feeds", _METADATA,
    Column("address", Text, primary_key=True),
    Column("state", JSON, nullable=False),
)  # fmt: skip
_WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5(stems, tokenize=\"unicode61 tokenchars '_'\")",
    "CREATE VIRTUAL TABLE word_counts USING fts5vocab(words, row)",
)


class Database:
    """The open file; safe for several threads of the one process that owns the data folder."""

    def __init__(self, home: Path):
        """Raises StorageFailed, or RecordOutdated when another version of the program made the file."""
        self._home = home
        # an error that shows its parameters would bring what readers asked into the log
        self._engine = create_engine(f"sqlite:///{home / FILE}", hide_parameters=True)
        event.listen(self._engine, "connect", _prepare)
        with self.transaction() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            empty = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0
        if empty:
            self._create()
        elif version != VERSION:
            raise RecordOutdated(home)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it or nothing. Raises StorageFailed."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            damaged = any(sign in reason for sign in _DAMAGED)
            raise (RecordDamaged if damaged else StorageFailed)(self._home, reason) from error

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes, from its first line on. Raises StorageFailed."""
        with self.transaction() as connection:
            connection.execute(text("BEGIN IMMEDIATE"))
            yield connection

    def pages(self, query: Select[Any], number: ColumnElement[int], rows_a_page: int) -> Iterator[Sequence[Row[Any]]]:
        """The rows of a query in the order of a column, each page in a transaction of its own. Raises StorageFailed."""
        query, last = query.order_by(number).limit(rows_a_page), 0
        while True:
            with self.transaction() as connection:
                rows = connection.execute(query.where(number > last)).all()
            if not rows:
                return
            last = rows[-1]._mapping[number]
            yield rows

    def _create(self) -> None:
        with self.change() as connection:
            _METADATA.create_all(connection)
            for statement in _WORDS:
                connection.execute(text(statement))
            connection.execute(text(f"PRAGMA user_version = {VERSION}"))


def rows_by_id(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Sequence[Any]
) -> Iterator[Row[Any]]:
    """The rows of a query whose column is one of the ids, however many there are."""
    for start in range(0, len(ids), _IDS_A_QUERY):
        yield from connection.execute(query.where(column.in_(ids[start : start + _IDS_A_QUERY])))


def _prepare(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
