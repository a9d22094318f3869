"""Sets of vectors: one of each embedder that is in use, and the one that a reindex makes beside them. Knows no vectors.

A set is searched when it is complete: always the newest of one's own embedder. Every statement asks the database
anew which that is, so that the one transaction that completes a set is the change from the old one to the new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, ScalarSelect, delete, exists, func, insert, select, update

from rag.databases.database import Database
from rag.index.tables import PASSAGES, VECTOR_SETS, VECTORS
from rag.index.vector_indexes import FIRST

_DELETED_AT_ONCE = 2000  # rows: others who change the record wait some milliseconds


@dataclass(frozen=True)
class VectorSet:
    """All vectors that one embedder made, and the name of the index over them, '' before there is one."""

    number: int
    embedder: str
    index_name: str
    is_complete: bool


class VectorSets:
    """The sets of one record, of which those of one embedder are one's own."""

    def __init__(self, database: Database, embedder: str):
        self._database = database
        self._embedder = embedder
        newest = select(func.max(VECTOR_SETS.c.number)).where(VECTOR_SETS.c.embedder == embedder)
        self.own: ScalarSelect[int] = newest.where(VECTOR_SETS.c.is_complete).scalar_subquery()

    def current(self) -> VectorSet | None:
        """The set that one's own searches use."""
        return next(iter(self._read(VECTOR_SETS.c.number == self.own)), None)

    def all(self) -> list[VectorSet]:
        """The oldest first."""
        return self._read()

    def begin_first(self) -> None:
        """What is ingested from now on belongs to a set: make one where there is no complete one of any embedder."""
        with self._database.change() as connection:
            if not connection.execute(select(exists().where(VECTOR_SETS.c.is_complete))).scalar_one():
                number = _new_number(connection)
                _insert(connection, VectorSet(number, self._embedder, FIRST if number == 1 else "", True))

    def begin(self) -> VectorSet:
        """A new, empty set, which nobody searches yet."""
        with self._database.change() as connection:
            begun = VectorSet(_new_number(connection), self._embedder, "", False)
            _insert(connection, begun)
        return begun

    def complete(self, number: int) -> bool:
        """Let a set be searched from now on, in one step, unless a passage lacks its vectors; whether that was so."""
        has = exists().where(VECTORS.c.number == PASSAGES.c.number, VECTORS.c.set_number == number)
        with self._database.change() as connection:
            if connection.execute(select(exists(select(PASSAGES.c.number).where(~has)))).scalar_one():
                return False
            connection.execute(update(VECTOR_SETS).where(VECTOR_SETS.c.number == number).values(is_complete=True))
            return True

    def note_index(self, number: int, name: str) -> None:
        """The index over a set has this name from now on."""
        with self._database.change() as connection:
            connection.execute(update(VECTOR_SETS).where(VECTOR_SETS.c.number == number).values(index_name=name))

    def drop(self, number: int) -> None:
        """Delete a set and its vectors, step by step; nobody searches it any more from the first one on."""
        some = select(VECTORS.c.number).where(VECTORS.c.set_number == number).limit(_DELETED_AT_ONCE)
        gone = delete(VECTORS).where(VECTORS.c.set_number == number, VECTORS.c.number.in_(some))
        with self._database.change() as connection:
            connection.execute(update(VECTOR_SETS).where(VECTOR_SETS.c.number == number).values(is_complete=False))
        while True:
            with self._database.change() as connection:
                if not connection.execute(gone).rowcount:
                    connection.execute(delete(VECTOR_SETS).where(VECTOR_SETS.c.number == number))
                    return

    def _read(self, *conditions: object) -> list[VectorSet]:
        query = select(VECTOR_SETS).where(*conditions).order_by(VECTOR_SETS.c.number)  # type: ignore[arg-type]
        with self._database.transaction() as connection:
            return [VectorSet(**row._mapping) for row in connection.execute(query)]


def index_names(sets: Sequence[VectorSet]) -> list[str]:
    return [each.index_name for each in sets if each.index_name]


def next_name(names: Sequence[str]) -> str:
    """The name of an index that comes after these. Example: ['vectors', 'vectors-2'] -> 'vectors-3'"""
    return f"{FIRST}-{max(int(name.partition('-')[2] or 0) for name in names) + 1}"


def _new_number(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(VECTOR_SETS.c.number), 0))).scalar_one()) + 1


def _insert(connection: Connection, new: VectorSet) -> None:
    connection.execute(insert(VECTOR_SETS).values(**vars(new)))
