"""What one server tells all others on a PostgreSQL database at once: that something has changed, not what.

LISTEN and NOTIFY. Who was away missed it: so whoever listens is called once more whenever it listens again.
"""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import StorageFailed

_LOOK_UP_S = 0.5  # how often a listener looks whether it shall stop
_AGAIN_S = 1.0  # after a connection was lost
_log = logging.getLogger(__name__)


def announce(connection: Connection, channel: str) -> None:
    """Call all who listen, once the transaction is through."""
    connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": channel})


class Listener:
    """A thread that calls `heard` whenever a channel is announced, or may have been while nobody could listen."""

    def __init__(self, connect: Callable[[], Connection], channel: str, heard: Callable[[], None]):
        """`connect` opens a connection of one's own; `heard` has to be quick. Both are called in the thread."""
        self._connect = connect
        self._channel = channel
        self._heard = heard
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"hears {channel}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        from psycopg import Error  # only where there is PostgreSQL

        while not self._stopped.is_set():
            try:
                self._listen()
            except (SQLAlchemyError, Error, StorageFailed):
                _log.info("The connection that listens on '%s' was lost; another is opened.", self._channel)
                self._stopped.wait(_AGAIN_S)

    def _listen(self) -> None:
        connection = self._connect()
        try:
            connection.exec_driver_sql(f'LISTEN "{self._channel}"')
            self._heard()
            driver: Any = connection.connection.dbapi_connection
            while not self._stopped.is_set():
                for _ in driver.notifies(timeout=_LOOK_UP_S, stop_after=1):
                    self._heard()
        finally:
            connection.close()
