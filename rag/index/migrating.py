"""Brings a SQLite file to the tables of this version in one step: killed anywhere, it leaves the old ones or the new.

Knows SQLite and Alembic, not what is in the tables.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from corpus.errors import ActuclairError
from rag.errors import StorageFailed

Outdated = Callable[[Path, str], ActuclairError]


def migrate(engine: Engine, path: Path, migrations: Path, outdated: Outdated) -> None:
    """Run the migrations that the file lacks. Raises `outdated` for a file of a newer version, or StorageFailed."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        has = MigrationContext.configure(connection).get_current_heads()
        connection.rollback()
        if has == tuple(script.get_heads()):
            return
        config.attributes["connection"] = connection
        try:
            _upgrade(connection, config, path)
        except CommandError as error:
            raise outdated(path, f"not {', '.join(script.get_heads())}") from error


def _upgrade(connection: Connection, config: Config, path: Path) -> None:
    """SQLite changes a table by making another and dropping the first, which would take with it what refers to it.

    So foreign keys are off meanwhile, which they can only be outside a transaction, and are checked before its end. The
    driver begins none before it creates tables: that is said here.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.rollback()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(config, "head")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StorageFailed(path.parent, f"{path.name} holds rows that refer to nothing, and is left as it was")
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
