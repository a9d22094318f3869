"""Vector indexes as tables of the PostgreSQL database, with the extension pgvector. Knows SQL and vectors, no texts.

HNSW with the cosine; a small table is compared row by row, which PostgreSQL decides. A table is made with its first
vectors, for only they tell how many numbers each has; where all come at once, HNSW is made when all are there, which
takes a fraction of the time.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateSchema
from sqlalchemy.types import UserDefinedType

from rag.databases import locking
from rag.databases.database import Database
from rag.databases.engines import reason_of
from rag.errors import ExtensionMissing, VectorsFailed

_SCHEMA = "vectors"
_LEAST_SEARCHED, _MOST_SEARCHED = 100, 1000  # candidates that HNSW looks at: Chroma's figure, and the most it takes
_MADE_WITH = Table(
    "made_with", MetaData(_SCHEMA),
    Column("name", String, primary_key=True),
    Column("embedder", Text, nullable=False),
)  # fmt: skip
_EXTENSION = text(
    "SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'"
)


class _Vector(UserDefinedType[Any]):
    """The extension's type, in the schema where it is installed."""

    cache_ok = True

    def __init__(self, types: str, dimensions: int = 0):
        self.types = types
        self.dimensions = dimensions

    def get_col_spec(self, **_: Any) -> str:
        return f'"{self.types}".vector({self.dimensions})'

    def bind_processor(self, dialect: Any) -> Callable[[Any], str]:
        return _written


class VectorTables:
    """The tables of one database, and with which embedder each was made."""

    def __init__(self, database: Database, embedder: str):
        """Raises ExtensionMissing or StorageFailed."""
        self._database = database
        self._embedder = embedder
        self._types = self._prepare()

    def open(self, name: str) -> "VectorTable":
        noted = postgresql.insert(_MADE_WITH).values(name=name, embedder=self._embedder)
        with _failing(self._database) as connection:
            connection.execute(noted.on_conflict_do_nothing())
            made_with = select(_MADE_WITH.c.embedder).where(_MADE_WITH.c.name == name)
            embedder = connection.execute(made_with).scalar_one()
        if embedder != self._embedder:
            raise VectorsFailed(self._database.where, f"'{name}' was built with the embedder '{embedder}'")
        return VectorTable(name, self._database, self._types)

    def make(self, name: str) -> "VectorTable":
        self.discard(name)
        table = self.open(name)
        table.is_filled_first = True
        return table

    def discard(self, name: str) -> None:
        with _failing(self._database) as connection:
            Table(name, MetaData(_SCHEMA)).drop(connection, checkfirst=True)
            connection.execute(delete(_MADE_WITH).where(_MADE_WITH.c.name == name))

    def keep_only(self, names: Collection[str]) -> None:
        with _failing(self._database) as connection:
            there = connection.execute(select(_MADE_WITH.c.name)).scalars().all()
        for other in there:
            if other not in names:
                self.discard(other)

    def note_closed(self, name: str) -> None:
        """PostgreSQL looks after its files."""

    def _prepare(self) -> str:
        """Make the schema, and give that of the extension's types, which is made too where the user may do that."""
        with self._database.transaction() as connection:
            key = {"key": locking.key_of("prepare vectors")}
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), key)
            if (types := connection.execute(_EXTENSION).scalar()) is None:
                try:
                    connection.execute(text("CREATE EXTENSION vector SCHEMA public"))
                except SQLAlchemyError as error:
                    raise ExtensionMissing(self._database.where, reason_of(error)) from error
                types = "public"
            connection.execute(CreateSchema(_SCHEMA, if_not_exists=True))
            _MADE_WITH.create(connection, checkfirst=True)
            return str(types)


class VectorTable:
    """One index. Everything raises VectorsFailed."""

    def __init__(self, name: str, database: Database, types: str):
        """`types`: the schema of the extension."""
        self.name = name
        self.is_filled_first = False
        self._database = database
        self._types = types
        self._table = self._of(0)

    def add(self, passage_ids: Sequence[str], embeddings: np.ndarray) -> None:
        rows = [{"id": id_, "embedding": each} for id_, each in zip(passage_ids, embeddings, strict=True)]
        if rows:
            put = postgresql.insert(self._table)
            put = put.on_conflict_do_update(index_elements=["id"], set_={"embedding": put.excluded.embedding})
            with _failing(self._database) as connection:
                self._create(connection, embeddings.shape[1])
                connection.execute(put, rows)

    def remove(self, passage_ids: Sequence[str]) -> None:
        with _failing(self._database) as connection:
            if passage_ids and self._is_there(connection):
                connection.execute(delete(self._table).where(self._table.c.id == func.any(list(passage_ids))))

    def search(self, embeddings: np.ndarray, top: int) -> list[list[tuple[str, float]]]:
        searched = str(min(_MOST_SEARCHED, max(_LEAST_SEARCHED, 2 * top)))
        with _failing(self._database) as connection:
            if not self._is_there(connection):
                self._check_named(connection)
                return [[] for _ in embeddings]
            connection.execute(select(func.set_config("hnsw.ef_search", searched, True)))
            return [self._nearest(connection, embedding, top) for embedding in embeddings]

    def _nearest(self, connection: Connection, embedding: np.ndarray, top: int) -> list[tuple[str, float]]:
        distance = self._table.c.embedding.op(f'OPERATOR("{self._types}".<=>)')(embedding)
        query = select(self._table.c.id, distance.label("distance")).order_by(text("distance")).limit(top)
        return [(row.id, 1.0 - float(row.distance)) for row in connection.execute(query)]

    def ids(self) -> set[str]:
        with _failing(self._database) as connection:
            return set(connection.execute(select(self._table.c.id)).scalars()) if self._is_there(connection) else set()

    def count(self) -> int:
        counted = select(func.count()).select_from(self._table)
        with _failing(self._database) as connection:
            return int(connection.execute(counted).scalar_one()) if self._is_there(connection) else 0

    def complete(self) -> None:
        with _failing(self._database) as connection:
            if self._is_there(connection):
                self._hnsw(self._table).create(connection, checkfirst=True)
        self.is_filled_first = False

    def close(self) -> None:
        """The database is closed by who opened it."""

    def _of(self, dimensions: int) -> Table:
        embedding = Column("embedding", _Vector(self._types, dimensions), nullable=False)
        return Table(self.name, MetaData(_SCHEMA), Column("id", Text, primary_key=True), embedding)

    def _hnsw(self, table: Table) -> Index:
        operators = {"embedding": f'"{self._types}".vector_cosine_ops'}
        return Index(f"ix {self.name}", table.c.embedding, postgresql_using="hnsw", postgresql_ops=operators)

    def _create(self, connection: Connection, dimensions: int) -> None:
        if not self._is_there(connection):
            table = self._of(dimensions)
            if not self.is_filled_first:
                self._hnsw(table)
            table.create(connection)

    def _check_named(self, connection: Connection) -> None:
        """Another server may have made a new index, and dropped this one. Raises VectorsFailed."""
        named = select(_MADE_WITH.c.name).where(_MADE_WITH.c.name == self.name)
        if connection.execute(named).scalar() is None:
            raise VectorsFailed(self._database.where, f"'{self.name}' is not there any more")

    def _is_there(self, connection: Connection) -> bool:
        return inspect(connection).has_table(self.name, _SCHEMA)


@contextmanager
def _failing(database: Database) -> Iterator[Connection]:
    """A transaction whose errors are those of an index, not of the record."""
    try:
        with database.engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise VectorsFailed(database.where, reason_of(error)) from error


def _written(embedding: np.ndarray) -> str:
    """As PostgreSQL reads it. Example: [0.5, 1.0] -> '[0.5, 1.0]'"""
    return str(embedding.astype(np.float32).tolist())
