"""Brings a database to the tables of this version in one step: killed anywhere, it leaves the old ones or the new.

Knows SQLite, PostgreSQL and Alembic, not what is in the tables. Alembic, which takes a while to import, is needed only
where a migration is.
"""

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from corpus.errors import ActuclairError
from rag.databases.dialects import POSTGRES
from rag.databases.engines import asked, open_engine, reason_of
from rag.databases.kind import Kind
from rag.databases.locking import key_of
from rag.errors import DatabaseOutdated, StorageFailed

if TYPE_CHECKING:
    from alembic.config import Config

_ENVIRONMENT = Path(__file__).with_name("environment")
_ALONE = threading.Lock()  # what Alembic is doing stands in one place for all threads


def migrate(engine: Engine, kind: Kind, where: str) -> None:
    """Run the migrations that a database lacks. Raises `kind.outdated` for what another version made, or StorageFailed.

    `where` names the database in errors.
    """
    if kind.migrations is None:
        _make_as_they_are(engine, kind)
        return
    with engine.connect() as connection:
        has = revision(connection)
        connection.rollback()
        if has != kind.newest:
            (_upgrade_postgres if engine.dialect.name == POSTGRES else _upgrade_sqlite)(connection, kind, where)


def is_newest(kind: Kind, home: Path, address: str) -> bool:
    """Whether a database has the tables of this version. Raises DriverMissing, OSError or StorageFailed."""
    engine = open_engine(kind, home, address)
    try:
        with engine.connect() as connection:
            return revision(connection) == kind.newest
    except SQLAlchemyError as error:
        raise StorageFailed(home, reason_of(error)) from error
    finally:
        engine.dispose()


def revision(connection: Connection) -> str:
    """The newest migration that a database has had, '' for none. The record had a number before it had migrations."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if connection.dialect.name == POSTGRES:
        return ""
    number = connection.execute(text("PRAGMA user_version")).scalar_one()
    return str(number) if number or tables else ""


def made_with(kind: Kind, address: str) -> str:
    """The newest migration of a schema of PostgreSQL, '' before it is made. Raises DriverMissing or DatabaseFailed."""
    with asked(address) as connection:
        if not inspect(connection).has_table("alembic_version", kind.name):
            return ""
        connection.exec_driver_sql(f"SET search_path = {kind.name}")
        return revision(connection)


def _make_as_they_are(engine: Engine, kind: Kind) -> None:
    with engine.begin() as connection:
        if connection.dialect.name == POSTGRES:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key_of(f"migrate {kind.name}")})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {kind.name}"))
        kind.tables.create_all(connection)


def _upgrade_postgres(connection: Connection, kind: Kind, where: str) -> None:
    """Servers that start together take turns: who comes second finds nothing left to do."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key_of(f"migrate {kind.name}")})
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {kind.name}"))
    _run(connection, kind, where)
    connection.commit()


def _upgrade_sqlite(connection: Connection, kind: Kind, where: str) -> None:
    """SQLite changes a table by making another and dropping the first, which would take with it what refers to it.

    So foreign keys are off meanwhile, which they can only be outside a transaction, and are checked before its end. The
    driver begins none before it creates tables: that is said here.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.rollback()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(connection, kind, where)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            home = Path(where).parent
            raise StorageFailed(home, f"{kind.file} holds rows that refer to nothing, and is left as it was")
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _run(connection: Connection, kind: Kind, where: str) -> None:
    """The migrations on a connection whose transaction has begun. Raises `kind.outdated`."""
    from alembic import command
    from alembic.util.exc import CommandError

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config, has = _config(kind), revision(connection)
    if has and has not in known(kind):
        raise _outdated(connection, kind, where, has)
    config.attributes["connection"] = connection
    try:
        with _ALONE:
            if has and "alembic_version" not in inspect(connection).get_table_names():
                command.stamp(config, has)
            command.upgrade(config, "head")
    except CommandError as error:
        raise _outdated(connection, kind, where, has) from error


def _config(kind: Kind) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT).replace("%", "%%"))
    config.set_main_option("version_locations", str(kind.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")  # else a space in the folder's name would part it
    return config


def known(kind: Kind) -> frozenset[str]:
    """The migrations of a kind, all of which a database may have had."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(_config(kind)).walk_revisions())


def _outdated(connection: Connection, kind: Kind, where: str, has: str) -> ActuclairError:
    known_here = f"it has {has or 'other tables'}, and this version knows {kind.newest}"
    if connection.dialect.name == POSTGRES or kind.outdated is None:
        return DatabaseOutdated(where, kind.name, known_here)
    return kind.outdated(where, known_here)
