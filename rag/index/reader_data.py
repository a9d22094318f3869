"""What readers leave behind on the disk, how long it stays, and how it goes. Knows no articles, and nothing is in yet.

Whoever keeps something of readers adds a table to `READERS` with a column `left_at`: then it is told by
`actuclair export`, and goes with `actuclair forget` and after the days of `ACTUCLAIR_RETENTION_DAYS`.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import MetaData, Table, delete, select

from rag.databases.database import Database
from rag.databases.engines import is_there
from rag.databases.kind import Kind
from rag.errors import StorageFailed

READERS = MetaData()
READERS_KIND = Kind("readers", READERS)
_DAY_S = 24 * 3600.0
_log = logging.getLogger(__name__)


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


class ReaderData:
    """What readers of a data folder, or of a PostgreSQL database, left. It comes into being with the first row."""

    def __init__(self, home: Path, address: str = "", tables: MetaData = READERS):
        self._where = (home, address)
        self._kind = replace(READERS_KIND, tables=tables)

    def open(self) -> Database:
        """For whoever keeps something: with all tables. What is deleted is overwritten on the disk."""
        return Database(self._kind, *self._where)

    def export(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every row, with the name of its table. Raises StorageFailed."""
        for table in self._kept():
            with self._opened() as database, database.transaction() as connection:
                for row in connection.execute(select(table)).mappings():
                    yield table.name, dict(row)

    def forget(self, before: datetime | None = None) -> dict[str, int]:
        """Delete all rows, or those left before a time; how many of each table. Raises StorageFailed."""
        gone: dict[str, int] = {}
        if not (kept := self._kept()):
            return gone
        with self._opened() as database:
            for table in reversed(kept):
                condition = table.c.left_at < before if before else table.c.left_at == table.c.left_at
                with database.transaction() as connection:
                    gone[table.name] = connection.execute(delete(table).where(condition)).rowcount
            if any(gone.values()):
                database.compact()
        return gone

    def forget_expired(self, days: int) -> dict[str, int]:
        """Delete what is older than so many days."""
        return self.forget(now() - timedelta(days=days))

    def _kept(self) -> list[Table]:
        tables = self._kind.tables.sorted_tables
        return tables if tables and is_there(self._kind, *self._where) else []

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        database = self.open()
        try:
            yield database
        finally:
            database.close()


class Expiring(Protocol):
    """What readers left somewhere."""

    def forget_expired(self, days: int) -> dict[str, int]:
        """Delete what is older than so many days. Raises StorageFailed."""


def keep_forgetting(left: Sequence[Expiring], days: int, stopped: threading.Event) -> None:
    """Delete what has expired, now and once a day, until stopped."""
    while True:
        try:
            gone = sum(count for data in left for count in data.forget_expired(days).values())
        except StorageFailed as error:  # tomorrow's attempt may do; meanwhile whoever runs this has to know
            _log.error("What readers left could not be deleted: %s", error)
        else:
            if gone:
                _log.warning("%d entries of readers older than %d days are deleted.", gone, days)
        if stopped.wait(_DAY_S):
            return
