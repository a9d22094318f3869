"""The databases of a data folder: what of each goes into a backup, and which schemas this program can open.

Knows files and tables, not what rows mean. What people left has a column `left_at`, and is in no backup: it would
outlive its deletion there.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from classroom.keeping.storage import MIGRATIONS as CLASS_MIGRATIONS
from classroom.keeping.tables import FILE as CLASSES
from rag.index import database as record
from rag.index.reader_data import FILE as READERS
from sites.storage import MIGRATIONS as SITE_MIGRATIONS
from sites.tables import FILE as SITES

_FLEETING = frozenset({"sign_ins", "signatures"})  # who is signed in, and what was seen in the last minutes


@dataclass(frozen=True)
class Database:
    """A file of a data folder; `schema` reads which version it has, `known` are those that can be opened."""

    file: str
    schema: Callable[[sqlite3.Connection], str]
    known: Callable[[], frozenset[str]]
    is_of_people: bool = True


def _record_schema(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrated_schema(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@cache
def _revisions(migrations: Path) -> frozenset[str]:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return frozenset(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())


RECORD = Database(record.FILE, _record_schema, lambda: frozenset({str(record.VERSION)}), is_of_people=False)
DATABASES = (
    RECORD,
    Database(CLASSES, _migrated_schema, lambda: _revisions(CLASS_MIGRATIONS)),
    Database(SITES, _migrated_schema, lambda: _revisions(SITE_MIGRATIONS)),
)
LEFT_OUT = (READERS,)  # nothing but what readers left
EVERY_FILE = (*(database.file for database in DATABASES), *LEFT_OUT)


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
