"""An open database: all or nothing, changes that nobody disturbs, and nothing left of what was deleted.

Knows connections, not what is in the tables. Safe for several threads, and on PostgreSQL for several servers.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, text
from sqlalchemy.exc import SQLAlchemyError

from rag.databases import locking
from rag.databases.dialects import POSTGRES
from rag.databases.engines import open_engine, reason_of, shown
from rag.databases.kind import Kind
from rag.databases.migrating import migrate
from rag.errors import DatabaseFailed, DatabaseInUse, RecordDamaged, StorageFailed

_IDS_A_QUERY = 500  # SQLite allows 32,766 variables in a statement; this keeps statements small
_DAMAGED = ("malformed", "not a database")  # how SQLite says it


class Database:
    """A database of a kind: a file in the data folder, which only its user can read, or a schema of PostgreSQL's."""

    def __init__(self, kind: Kind, home: Path, address: str = ""):
        """Makes it, or brings an older one up to date. Raises StorageFailed, DriverMissing, or `kind.outdated`."""
        self.kind = kind
        self.home = home
        self.address = address
        self.where = shown(address) if address else str(home / kind.file)
        self._changing = threading.RLock()
        self.is_shared = bool(address)  # whether other servers may use it at the same time
        with self._failing_to_open():
            self.engine = open_engine(kind, home, address)
        try:
            with self.failing():
                migrate(self.engine, kind, self.where)
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it or nothing. Raises StorageFailed."""
        with self.failing(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def change(self, lasting: bool = True) -> Iterator[Connection]:
        """A transaction in which nobody else changes anything, from its first line on. Raises StorageFailed.

        In one process they take turns: forty who asked SQLite itself for theirs took 0.5 s, not 0.1 s. What is not
        `lasting` may be lost when the power fails, but not when the program does.
        """
        with self._changing, self.transaction() as connection:
            if connection.dialect.name == POSTGRES:
                key = locking.key_of(f"change {self.kind.name}")
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
                if not lasting:
                    connection.execute(text("SET LOCAL synchronous_commit = off"))
            else:
                if self.kind.is_of_people:
                    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
                connection.execute(text("BEGIN IMMEDIATE"))
            yield connection

    def turn(self, name: str) -> AbstractContextManager[None]:
        """Something that one server does at a time, in as many transactions as it likes. Raises StorageFailed."""
        return self._turn(name) if self.is_shared else nullcontext()

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        with self.failing(), locking.turn(self.engine, name):
            yield

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

    def compact(self) -> None:
        """Leave nothing of what was deleted in free pages, nor in the journal beside a file.

        PostgreSQL's log of changes keeps older pages until the server recycles it.
        """
        with self.failing(), self.engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            if plain.dialect.name == POSTGRES:
                for table in self.kind.tables.sorted_tables:
                    plain.execute(text(f'VACUUM FULL "{table.name}"'))
                return
            plain.execute(text("VACUUM"))
            if not plain.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:
                return
        reason = f"others hold {self.kind.file}: what was deleted may still stand in its journal"
        raise StorageFailed(self.home, reason)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Errors of the driver become StorageFailed."""
        try:
            yield
        except SQLAlchemyError as error:
            raise self._failure(reason_of(error)) from error

    @contextmanager
    def _failing_to_open(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageFailed(self.home, error.strerror or str(error)) from error

    def _failure(self, reason: str) -> StorageFailed:
        if self.is_shared:
            return DatabaseFailed(self.where, reason)
        is_damaged = not self.kind.is_of_people and any(sign in reason for sign in _DAMAGED)
        return (RecordDamaged if is_damaged else StorageFailed)(self.home, reason)


class Held:
    """Something that one server has at a time, as long as its connection lives. On SQLite this one always has it."""

    def __init__(self, database: Database, name: str, taken: Callable[[], None] = lambda: None):
        """`taken` is called each time it becomes ours; if that fails it is nobody's."""
        self._database = database
        self._name = name
        self._taken = taken
        self._lock: locking.Lock | None = None

    @property
    def is_ours(self) -> bool:
        """As it was known last."""
        return self._lock is not None or not self._database.is_shared

    def hold(self) -> bool:
        """Whether it is ours, still or now. Raises StorageFailed while that cannot be known."""
        if not self._database.is_shared or (self._lock and self._lock.is_alive()):
            return True
        self.close()
        with self._database.failing():
            lock = locking.Lock(self._database.engine, self._name)
            try:
                if lock.take(alone=True):
                    self._taken()
                    self._lock = lock
                return self._lock is not None
            finally:
                if self._lock is None:
                    lock.close()

    def close(self) -> bool:
        """Let it go; whether it was ours."""
        lock, self._lock = self._lock, None
        if lock:
            lock.close()
        return lock is not None


class Use:
    """Which one of several things this process uses, as long as its connection lives. On SQLite nobody else is told."""

    def __init__(self, database: Database, name: str):
        """`name`: what the things are."""
        self._database = database
        self._name = name
        self._used: int | None = None
        self._lock: locking.Lock | None = None
        self._changing = threading.Lock()

    def use(self, number: int) -> bool:
        """Let others see that it is used, again after a lost connection, and no other; False while it is deleted."""
        with self._changing, self._database.failing():
            if not self._database.is_shared or (self._used == number and self._lock and self._lock.is_alive()):
                return True
            lock = locking.Lock(self._database.engine, f"{self._name} {number}")
            if not lock.take(alone=False):
                lock.close()
                return False
            self.close()
            self._used, self._lock = number, lock
            return True

    @contextmanager
    def unless_used(self, number: int) -> Iterator[bool]:
        """Whether nobody uses it; then nobody can begin to meanwhile."""
        if not self._database.is_shared:
            yield True
            return
        with ExitStack() as held:
            with self._database.failing():
                lock = locking.Lock(self._database.engine, f"{self._name} {number}")
                held.callback(lock.close)
                is_free = lock.take(alone=True)
            yield is_free

    def close(self) -> None:
        if self._lock:
            self._lock.close()
        self._used = self._lock = None


class Presence:
    """That a process uses a database, until it is closed: beside others, or alone. On SQLite it is always alone."""

    def __init__(self, database: Database, alone: bool):
        """Raises DatabaseInUse or StorageFailed."""
        self._database = database
        self._lock: locking.Lock | None = None
        if database.is_shared:
            with database.failing():
                self._lock = locking.Lock(database.engine, f"use {database.kind.name}")
            try:
                self._enter(alone)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        if self._lock:
            self._lock.close()

    def _enter(self, alone: bool) -> None:
        with self._database.failing():
            if self._lock and not self._lock.take(alone):
                raise DatabaseInUse(self._database.where, self._lock.holders())


def rows_by_id(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Sequence[Any]
) -> Iterator[Row[Any]]:
    """The rows of a query whose column is one of the ids, however many there are."""
    for start in range(0, len(ids), _IDS_A_QUERY):
        yield from connection.execute(query.where(column.in_(ids[start : start + _IDS_A_QUERY])))
