"""Which of several servers has the classes, and where the others reach it. Knows locks and rows, no requests.

On SQLite there is one server, and it has them. On PostgreSQL whoever holds the lock has them; its row says where it is,
and what proves that a request comes from one of the servers. That is nothing of people, and in no backup.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, Text, select

from classroom.tokens import new_token
from rag.databases.announcing import Listener, announce
from rag.databases.database import Database, Held
from rag.databases.dialects import insert_into
from rag.databases.kind import Kind
from rag.databases.locking import own_connection
from rag.errors import StorageFailed

LESSONS = "lessons"
_CHANNEL = "actuclair_lessons"
_METADATA = MetaData()
HOLDERS = Table(
    "holders", _METADATA,
    Column("what", String, primary_key=True),
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False),
)  # fmt: skip
SERVERS = Kind("servers", _METADATA)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Holder:
    """The server that has the classes: its address, '' where it names none, and what only servers know."""

    address: str = ""
    secret: str = ""


class Servers:
    """All servers on one database, as this one sees them. Safe for several threads."""

    def __init__(self, database: Database, own_address: str = ""):
        """`own_address`: where the others reach this server, such as http://10.0.0.5:7860."""
        self.own_address = own_address
        self.holder = Holder()  # as it was known last; this server itself while it has the classes
        self._database = database
        self._held = Held(database, LESSONS, self._tell)
        self._rows: Database | None = None
        self._opening = threading.Lock()

    @property
    def are_several(self) -> bool:
        """Whether there may be others."""
        return self._database.is_shared

    @property
    def is_holder(self) -> bool:
        """Whether this server has the classes, as it was known last."""
        return self._held.is_ours

    def hold(self) -> bool:
        """Whether this server has the classes, still or now; if not, `holder` is who has them. Raises StorageFailed."""
        if self._held.hold():
            return True
        with self._open().transaction() as connection:
            row = connection.execute(select(HOLDERS).where(HOLDERS.c.what == LESSONS)).one_or_none()
        self.holder = Holder(row.address, row.secret) if row else Holder()
        return False

    def listening(self, heard: Callable[[], None]) -> AbstractContextManager[Any]:
        """`heard` is called whenever another server has taken the classes, or has left them to others."""
        if not self.are_several:
            return nullcontext()
        return Listener(lambda: own_connection(self._open().engine), _CHANNEL, heard)

    def close(self) -> None:
        """Leave the classes to the others, and tell them."""
        had = self._held.close()
        if self._rows is None:
            return
        try:
            if had:
                with self._rows.transaction() as connection:
                    announce(connection, _CHANNEL)
        except StorageFailed as error:  # they notice by themselves, half a second later
            _log.warning("The other servers could not be told that the classes are free: %s", error)
        self._rows.close()

    def _tell(self) -> None:
        """This server has just taken the classes: say where it is, with a new secret."""
        if not self.are_several:
            return
        holder = Holder(self.own_address, new_token())
        values = {"address": holder.address, "secret": holder.secret}
        with self._open().transaction() as connection:
            statement = insert_into(connection, HOLDERS).values(what=LESSONS, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["what"], set_=values))
            announce(connection, _CHANNEL)
        self.holder = holder

    def _open(self) -> Database:
        """The database of the rows, in the same place."""
        with self._opening:
            if self._rows is None:
                self._rows = Database(SERVERS, self._database.home, self._database.address)
            return self._rows
