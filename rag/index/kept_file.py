"""A file of people's data: opened safely, brought up to date by migrations, and emptied of what was deleted.

Knows SQLite, not what is in the tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import StorageFailed
from rag.index.migrating import Outdated, migrate

_TRIES = 3  # each waits for five seconds for whoever reads
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "temp_store=MEMORY",
)


class KeptFile:
    """The open file, which only its user can read; safe for several threads and processes."""

    def __init__(self, path: Path, migrations: Path, outdated: Outdated):
        """Creates the file, or brings an older one up to date. Raises StorageFailed, or `outdated` for a newer one."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        # an error that shows its parameters would bring what readers asked into the log
        self._engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
        event.listen(self._engine, "connect", _prepare)
        with self._failing():
            migrate(self._engine, path, migrations, outdated)
        path.chmod(0o600)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """All or nothing. Raises StorageFailed."""
        with self._failing(), self._engine.begin() as connection:
            yield connection

    def compact(self) -> None:
        """Leave nothing of what was deleted in the file's free pages, nor in the journal beside it."""
        with self._failing(), self._engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            plain.execute(text("VACUUM"))
            for _ in range(_TRIES):
                if not plain.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:
                    return
        reason = f"others hold {self.path.name}: what was deleted may still stand in its journal"
        raise StorageFailed(self.path.parent, reason)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StorageFailed(self.path.parent, str(error.__cause__ or error)) from error


def _prepare(connection: Any, _: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
