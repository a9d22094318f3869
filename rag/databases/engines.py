"""A kind of database and where it is -> an engine: SQLite with its pragmas, PostgreSQL with a pool. Knows no tables.

An engine is made with `hide_parameters`: an error that shows them would bring what readers asked into the log.
"""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from rag.databases.kind import Kind
from rag.errors import DatabaseFailed, DriverMissing

_WAIT_MS = 5_000
_WAIT_OF_PEOPLE_MS = 15_000  # of fifty readers at once on a busy machine, one waited for five seconds in vain
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_WAIT_MS}")
_PRAGMAS_OF_PEOPLE = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={_WAIT_OF_PEOPLE_MS}",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
_CONNECT_S = 10
_LOSS = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 11_000}  # s; ms
_MISSED = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=11000"
_CONNECTIONS = 48  # to a file; what is opened beyond them is prepared anew each time
_POOL = {"pool_size": 4, "max_overflow": 8, "pool_timeout": 30, "pool_pre_ping": True}  # of each kind and each server


def open_engine(kind: Kind, home: Path, address: str = "") -> Engine:
    """The engine of a database; an `address` is PostgreSQL's. Raises DriverMissing or OSError."""
    if not address:
        return _sqlite(kind, home)
    return _postgres(kind.name, _WAIT_OF_PEOPLE_MS if kind.is_of_people else _WAIT_MS, address)


def is_there(kind: Kind, home: Path, address: str = "") -> bool:
    """Whether a database was ever made; asking does not make it. Raises DriverMissing or DatabaseFailed."""
    if not address:
        return (home / kind.file).exists()
    with asked(address) as connection:
        return kind.name in inspect(connection).get_schema_names()


def server_version(address: str) -> str:
    """Of PostgreSQL. Example: -> '15.18'. Raises DriverMissing or DatabaseFailed."""
    with asked(address) as connection:
        return str(connection.exec_driver_sql("SHOW server_version").scalar_one()).split()[0]


@contextmanager
def asked(address: str) -> Iterator[Connection]:
    """A connection for one question, which makes nothing. Raises DriverMissing or DatabaseFailed."""
    engine = _postgres("public", _WAIT_MS, address)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise DatabaseFailed(shown(address), reason_of(error)) from error
    finally:
        engine.dispose()


def shown(address: str) -> str:
    """An address without its password. Example: 'postgresql+psycopg://a:b@db/news' -> 'postgresql://a:***@db/news'"""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=True)


def plain(address: str) -> str:
    """An address as PostgreSQL's own programs take it, without its password."""
    return make_url(address)._replace(drivername="postgresql", password=None).render_as_string()


def reason_of(error: Exception) -> str:
    """What a driver says, on one line."""
    said = str(getattr(error, "orig", None) or error.__cause__ or error)
    return " ".join(said.split())


def _sqlite(kind: Kind, home: Path) -> Engine:
    home.mkdir(parents=True, exist_ok=True)
    path = home / kind.file
    if kind.is_of_people:
        path.touch(0o600)
        path.chmod(0o600)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, pool_size=_CONNECTIONS)
    pragmas = _PRAGMAS_OF_PEOPLE if kind.is_of_people else _PRAGMAS

    def prepare(connection: Any, _: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    return engine


def _postgres(schema: str, wait_ms: int, address: str) -> Engine:
    named = {  # without JIT: to compile a query takes longer than any of ours does
        "options": f"-c search_path={schema} -c lock_timeout={wait_ms} -c jit=off {_MISSED}",
        "application_name": f"{Path(sys.argv[0]).name} {' '.join(sys.argv[1:2])} {os.getpid()}@{socket.gethostname()}",
        "connect_timeout": _CONNECT_S,
        **_LOSS,  # who is gone without a word is missed after eleven seconds, not two hours, on either side
    }
    try:
        engine = create_engine(address, hide_parameters=True, connect_args=named, **_POOL)
    except ModuleNotFoundError as error:
        raise DriverMissing(str(error.name)) from error
    event.listen(engine, "connect", _take_any_text)
    return engine


def _take_any_text(connection: Any, _: object) -> None:
    """PostgreSQL keeps no NUL, which nothing of ours has, but a request may: then it finds nothing, as in SQLite."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd"))

    connection.adapters.register_dumper(str, WithoutNul)
