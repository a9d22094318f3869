"""Locks that several servers on one PostgreSQL database share; they end with the connection that holds them.

Knows SQL and names, not what is locked. On SQLite the lock of the data folder stands for all of them.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_KEY_BYTES = 8
_TAKE = text("SELECT pg_advisory_lock(:key)")
_TRY = text("SELECT pg_try_advisory_lock(:key)")
_TRY_SHARED = text("SELECT pg_try_advisory_lock_shared(:key)")
_GIVE_BACK = text("SELECT pg_advisory_unlock_all()")
_HOLDERS = text(
    "SELECT activity.application_name, activity.backend_start FROM pg_locks AS locks "
    "JOIN pg_stat_activity AS activity USING (pid) "
    "WHERE locks.locktype = 'advisory' AND locks.granted AND pid <> pg_backend_pid() "
    "AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND ((locks.classid::bigint << 32) | locks.objid::bigint) = :key ORDER BY 2"
)


def key_of(name: str) -> int:
    """A number of 64 bits for the name of a lock."""
    digest = hashlib.sha256(f"actuclair {name}".encode()).digest()
    return int.from_bytes(digest[:_KEY_BYTES], "big", signed=True)


@contextmanager
def turn(engine: Engine, name: str) -> Iterator[None]:
    """Wait until nobody else has a lock, and have it meanwhile."""
    connection = own_connection(engine)
    try:
        connection.execute(text("SET lock_timeout = 0"))  # making an index again takes minutes
        connection.execute(_TAKE, {"key": key_of(name)})
        yield
    finally:
        connection.close()  # and with it the lock


class Turn:
    """One thread of one server at a time; who has it may take it again."""

    def __init__(self, among_servers: Callable[[], AbstractContextManager[None]] = nullcontext):
        self._among_servers = among_servers
        self._lock = threading.RLock()
        self._depth = 0
        self._held = ExitStack()

    def __enter__(self) -> None:
        with ExitStack() as failed:
            self._lock.acquire()
            failed.callback(self._lock.release)
            if self._depth == 0:
                self._held.enter_context(self._among_servers())
            self._depth += 1
            failed.pop_all()

    def __exit__(self, *_: object) -> None:
        try:
            self._depth -= 1
            if self._depth == 0:
                self._held.close()
        finally:
            self._lock.release()


class Lock:
    """A lock that is tried, not waited for; alone, or shared with others who share it. Whoever has it may take more."""

    def __init__(self, engine: Engine, name: str):
        self._key = {"key": key_of(name)}
        self._connection = own_connection(engine)

    def take(self, alone: bool) -> bool:
        """Whether that was possible."""
        return bool(self._connection.execute(_TRY if alone else _TRY_SHARED, self._key).scalar())

    def holders(self) -> str:
        """Who else has it. Example: 'actuclair serve 4711@news1, since 2026-01-31 09:00:00'"""
        rows = self._connection.execute(_HOLDERS, self._key).all()
        found = [f"{name.strip()}, since {since:%Y-%m-%d %H:%M:%S}" for name, since in rows]
        return "; ".join(found) or "another process"

    def is_alive(self) -> bool:
        """Whether the connection lives, and with it what was taken."""
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:  # what was taken is anybody's now
            return False
        return True

    def close(self) -> None:
        """Whoever comes next finds it free: a connection that is only closed keeps its locks for a moment."""
        if not self._connection.invalidated:
            with suppress(SQLAlchemyError):  # it broke just now, and has none any more
                self._connection.execute(_GIVE_BACK)
        self._connection.close()


def own_connection(engine: Engine) -> Connection:
    """One that the pool does not get back: when it is closed, the server lets its locks go, even if it broke before."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    return connection
