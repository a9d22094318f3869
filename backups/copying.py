"""Copies of SQLite files that a running server writes to, each as it was at one moment. Knows SQL, not what rows mean.

Of a database of people only the tables that go into a backup are ever written down: were all of it copied and then
emptied, a process killed in between would leave what readers wrote in the folder of the backups.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from backups.databases import Database, left_out, quoted

Heard = Callable[[int], None]
_PAGES_A_STEP = 2000  # of 4 kB
_WAIT_S = 30.0


class Copying:
    """One database, held as it is from now on while others go on writing; `write` puts the copy into `target`."""

    def __init__(self, database: Database, source: Path, target: Path):
        """Raises sqlite3.Error."""
        self.database = database
        self.target = target
        self.size = source.stat().st_size
        self._opened = ExitStack()
        with ExitStack() as failed:
            failed.callback(self._opened.close)
            self._connection = self._open(source)
            self._connection.execute("BEGIN")
            self._connection.execute(f"SELECT count(*) FROM {self._source}.sqlite_master").fetchone()  # noqa: S608
            failed.pop_all()

    @property
    def _source(self) -> str:
        """How the connection calls the source: of people's data the copy is the main one, and filled table by table."""
        return "source" if self.database.is_of_people else "main"

    def _open(self, source: Path) -> sqlite3.Connection:
        path = f"{source.resolve().as_uri()}?mode=rw"  # what is not there must not come into being
        if not self.database.is_of_people:
            return self._connected(path)
        connection = self._connected(self.target.resolve().as_uri())
        connection.execute("ATTACH DATABASE ? AS source", (path,))
        return connection

    def _connected(self, address: str) -> sqlite3.Connection:
        connecting = sqlite3.connect(address, uri=True, timeout=_WAIT_S, isolation_level=None)
        return self._opened.enter_context(closing(connecting))

    def close(self) -> None:
        self._opened.close()

    def write(self, hear: Heard) -> None:
        """`hear` is told of the bytes of the source as they are done."""
        if self.database.is_of_people:
            copy_tables(self._connection)
            self._connection.execute("COMMIT")
            hear(self.size)
        else:
            self._write_whole(hear)

    def _write_whole(self, hear: Heard) -> None:
        heard = 0

        def told(status: int, remaining: int, total: int) -> None:
            nonlocal heard
            done = self.size * (total - remaining) // max(total, 1)
            hear(done - heard)
            heard = done

        with closing(sqlite3.connect(self.target)) as copy:
            self._connection.backup(copy, pages=_PAGES_A_STEP, progress=told)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def copy_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of `source` in the main database, and fill those that go into a backup."""
    made = "SELECT type, name, sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    found = connection.execute(made).fetchall()
    empty = left_out(connection, "source")
    for kind, name, sql in found:
        if kind == "table":
            connection.execute(sql)
            if name not in empty:
                connection.execute(f"INSERT INTO main.{quoted(name)} SELECT * FROM source.{quoted(name)}")  # noqa: S608
    for kind, _, sql in found:
        if kind != "table":
            connection.execute(sql)


@contextmanager
def held(wanted: Sequence[tuple[Database, Path, Path]]) -> Iterator[list[Copying]]:
    """All of these databases as they are now, one right after the other: (database, source, target)."""
    with ExitStack() as opened:
        copies = []
        for database, source, target in wanted:
            copies.append(Copying(database, source, target))
            opened.callback(copies[-1].close)
        yield copies
