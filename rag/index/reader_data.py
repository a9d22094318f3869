"""What readers leave behind on the disk, how long it stays, and how it goes. Knows no articles, and nothing is in yet.

Whoever keeps something of readers adds a table to `READERS` with a column `left_at`: then it is told by
`actuclair export`, and goes with `actuclair forget` and after the days of `ACTUCLAIR_RETENTION_DAYS`.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Column, DateTime, Engine, MetaData, Table, create_engine, delete, event, select, text
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import StorageFailed

READERS = MetaData()
FILE = "readers.sqlite"
_DAY_S = 24 * 3600.0
_log = logging.getLogger(__name__)


def left_at() -> Column[datetime]:
    """The column that every table of readers has: when a row was left, UTC without a zone."""
    return Column("left_at", DateTime, nullable=False, index=True)


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


class ReaderData:
    """The file of readers in a data folder. It comes into being with the first row, not before."""

    def __init__(self, home: Path, tables: MetaData = READERS):
        self._home = home
        self._tables = tables

    @property
    def path(self) -> Path:
        return self._home / FILE

    def open(self) -> Engine:
        """For whoever keeps something: the file, with all tables. What is deleted is overwritten on the disk."""
        # an error that shows its parameters would bring what readers asked into the log
        engine = create_engine(f"sqlite:///{self.path}", hide_parameters=True)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete = ON"))
        self._tables.create_all(engine)
        return engine

    def export(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every row, with the name of its table. Raises StorageFailed."""
        for table in self._kept():
            with self._failing(), self.open().connect() as connection:
                for row in connection.execute(select(table)).mappings():
                    yield table.name, dict(row)

    def forget(self, before: datetime | None = None) -> dict[str, int]:
        """Delete all rows, or those left before a time; how many of each table. Raises StorageFailed."""
        gone: dict[str, int] = {}
        for table in reversed(self._kept()):
            condition = table.c.left_at < before if before else table.c.left_at == table.c.left_at
            with self._failing(), self.open().begin() as connection:
                gone[table.name] = connection.execute(delete(table).where(condition)).rowcount
        if any(gone.values()):
            with self._failing(), self.open().connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))
        return gone

    def forget_expired(self, days: int) -> dict[str, int]:
        """Delete what is older than so many days."""
        return self.forget(now() - timedelta(days=days))

    def _kept(self) -> list[Table]:
        return self._tables.sorted_tables if self.path.exists() else []

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StorageFailed(self._home, str(error.__cause__ or error)) from error


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
