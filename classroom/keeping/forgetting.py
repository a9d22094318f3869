"""What classes have left on the disk, for who asks for it or wants it gone. Knows no running session.

Sessions go as a whole, by the time at which they were opened. A running server deletes what has expired by itself
(`classroom/lesson/school.py`); backups leave all of it out (`backups/databases.py`), so there are none to look through.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.keeping.tables import FILE

if TYPE_CHECKING:
    from classroom.keeping.storage import Storage


class ClassData:
    """The file of the classes in a data folder; what is asked of it does not bring it into being."""

    def __init__(self, home: Path):
        self._home = home

    def export(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every row, with the name of its table. Raises StorageFailed or ClassroomOutdated."""
        if (self._home / FILE).exists():
            with _opened(self._home) as storage:
                yield from storage.rows()

    def forget(self, before: datetime | None = None) -> dict[str, int]:
        """Delete all sessions, or those opened before a time; how many rows of each table that were."""
        if not (self._home / FILE).exists():
            return {}
        with _opened(self._home) as storage:
            return storage.delete_sessions(before)


@contextmanager
def _opened(home: Path) -> Iterator["Storage"]:
    from classroom.keeping.storage import Storage  # brings libraries in that other commands need not wait for

    storage = Storage(home)
    try:
        yield storage
    finally:
        storage.close()
