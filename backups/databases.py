"""The databases of a data folder: what of each goes into a backup, and which schemas this program can open.

Knows files and tables, not what rows mean. What people left has a column `left_at`, and is in no backup: it would
outlive its deletion there.
"""

import shlex
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classroom.keeping.servers import SERVERS
from classroom.keeping.tables import CLASSROOM
from rag.databases import migrating
from rag.databases.engines import plain
from rag.databases.kind import Kind
from rag.index.reader_data import READERS_KIND
from rag.index.tables import RECORD as THE_RECORD
from sites.tables import SITES_KIND

_FLEETING = frozenset({"sign_ins", "signatures"})  # who is signed in, and what was seen in the last minutes


@dataclass(frozen=True)
class Database:
    """A file of a data folder, and what is in it."""

    kind: Kind

    @property
    def file(self) -> str:
        return self.kind.file

    @property
    def is_of_people(self) -> bool:
        return self.kind.is_of_people

    def schema(self, connection: sqlite3.Connection) -> str:
        """Which version a file has: the record had a number before it had migrations."""
        number = str(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchall()
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]) if tables else number

    def known(self) -> frozenset[str]:
        """The versions that can be opened."""
        return _revisions(self.kind)


@cache
def _revisions(kind: Kind) -> frozenset[str]:
    return migrating.known(kind)


RECORD = Database(THE_RECORD)
DATABASES = (RECORD, Database(CLASSROOM), Database(SITES_KIND))
LEFT_OUT = (READERS_KIND.file,)  # nothing but what readers left
EVERY_FILE = (*(database.file for database in DATABASES), *LEFT_OUT)


def dump_command(file: Path, address: str) -> str:
    """How PostgreSQL's own program backs up the same that we do: nothing that people left, nothing that is made anew.

    The address has no password: pg_dump asks for it, or looks into PGPASSFILE.
    """
    left = [
        f"--exclude-table-data={kind.name}.{table.name}"
        for kind in (CLASSROOM, SITES_KIND, READERS_KIND)
        for table in kind.tables.sorted_tables
        if "left_at" in table.c or table.name in _FLEETING
    ]
    what = ["--format=custom", "--exclude-schema=vectors", f"--exclude-schema={SERVERS.name}", *left]
    return shlex.join(["pg_dump", *what, f"--file={file}", plain(address)])


def restore_command(file: Path, address: str) -> str:
    """How it is put into a new, empty database, by its owner: whose the extension's comment is not."""
    return shlex.join(
        ["pg_restore", "--no-owner", "--no-comments", "--exit-on-error", f"--dbname={plain(address)}", str(file)]
    )


def left_out(connection: sqlite3.Connection, schema: str = "main") -> frozenset[str]:
    """The tables of a database of people whose rows go into no backup."""
    tables = [name for (name,) in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")]  # noqa: S608
    left = {name for name in tables if "left_at" in _columns(connection, schema, name)}
    return frozenset(left | (_FLEETING & set(tables)))


def schema_in(path: Path, database: Database) -> str:
    """Which version a file has. Raises sqlite3.Error for what is no such database."""
    with closing(sqlite3.connect(path)) as connection:
        return database.schema(connection)


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({quoted(table)})")}


def quoted(name: str) -> str:
    """A name as SQL takes it. Example: 'on' -> '"on"'"""
    return '"' + name.replace('"', '""') + '"'
