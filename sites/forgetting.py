"""What readers of sites have left on the disk, for who asks for it or wants it gone. Knows no running server."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.databases.engines import is_there
from rag.index.reader_data import now
from sites.tables import SITES_KIND

if TYPE_CHECKING:
    from sites.kept_answers import KeptAnswers


class SiteData:
    """The sites of a data folder, or of a PostgreSQL database; asking does not bring them into being."""

    def __init__(self, home: Path, address: str = ""):
        self._where = (home, address)

    def export(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every answer and count, with the name of its table. Raises StorageFailed or SitesOutdated."""
        if is_there(SITES_KIND, *self._where):
            with _opened(*self._where) as kept:
                yield from kept.rows()

    def forget(self, before: datetime | None = None) -> dict[str, int]:
        """Delete all that readers left, or what was left before a time; how many rows of each table.

        Sites, their keys and what editors say stay.
        """
        if not is_there(SITES_KIND, *self._where):
            return {}
        with _opened(*self._where) as kept:
            return kept.forget(before)

    def forget_expired(self, days: int) -> dict[str, int]:
        """Delete what is older than so many days."""
        return self.forget(now() - timedelta(days=days))


@contextmanager
def _opened(home: Path, address: str) -> Iterator["KeptAnswers"]:
    from sites.kept_answers import KeptAnswers  # brings libraries in that other commands need not wait for
    from sites.storage import open_file

    file = open_file(home, address)
    try:
        yield KeptAnswers(file)
    finally:
        file.close()
