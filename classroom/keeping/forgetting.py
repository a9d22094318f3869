"""What classes have left on the disk, for who asks for it or wants it gone. Knows no running session.

Sessions go as a whole, by the time at which they were opened. A running server deletes what has expired by itself
(`classroom/lesson/school.py`); backups leave all of it out (`backups/databases.py`), so there are none to look through.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.keeping.tables import CLASSROOM
from rag.databases.engines import is_there

if TYPE_CHECKING:
    from classroom.keeping.storage import Storage


class ClassData:
    """The classes of a data folder, or of a PostgreSQL database; asking does not bring them into being."""

    def __init__(self, home: Path, address: str = ""):
        self._where = (home, address)

    def export(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every row, with the name of its table. Raises StorageFailed or ClassroomOutdated."""
        if is_there(CLASSROOM, *self._where):
            with _opened(*self._where) as storage:
                yield from storage.rows()

    def forget(self, before: datetime | None = None) -> dict[str, int]:
        """Delete all sessions, or those opened before a time; how many rows of each table that were."""
        if not is_there(CLASSROOM, *self._where):
            return {}
        with _opened(*self._where) as storage:
            return storage.delete_sessions(before)


@contextmanager
def _opened(home: Path, address: str) -> Iterator["Storage"]:
    from classroom.keeping.storage import Storage  # brings libraries in that other commands need not wait for

    storage = Storage(home, address)
    try:
        yield storage
    finally:
        storage.close()
