"""Which of several servers has the classes, and where the others reach it. Knows locks and rows, no requests.

On SQLite there is one server, and it has them. On PostgreSQL whoever holds the lock has them; its row says where it is,
and what proves that a request comes from one of the servers. That is nothing of people, and in no backup. A lock may be
lost before that is known: so the row's secret is also what a server shows to the database with all it stores.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, MetaData, String, Table, Text, select, text

from classroom.errors import Moved
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
_KEEP = text("SELECT 1 FROM servers.holders WHERE what = :what AND secret = :secret FOR SHARE")
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
        self._known = ""  # the secret under which this server has read the classes
        self._is_refused = False  # whether the database knows another secret, or none
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
        if self._is_refused:
            self._is_refused = False
            self._held.close()  # a lock without its row is worth nothing: take both anew, or leave them to the others
        if self._held.hold():
            return True
        with self._open().transaction() as connection:
            self.holder = _holder(connection)
        return False

    @property
    def are_known(self) -> bool:
        """Whether no other server has had the classes since this one has read them, as far as it was known last."""
        return self.is_holder and self._known == self.holder.secret

    def begin(self) -> None:
        """What this server reads from now on is how the classes are: nobody else changes them."""
        self._known = self.holder.secret

    def check(self, connection: Connection) -> None:
        """Keep the classes until the end of a transaction. Raises Moved when another server has taken them."""
        if self.are_several and not connection.execute(_KEEP, {"what": LESSONS, "secret": self._known}).first():
            self._is_refused = True
            raise Moved

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
        """This server has just taken the classes: say where it is, with a new secret, unless they were its own before.

        What others are just storing comes first.
        """
        if not self.are_several:
            return
        holder = Holder(self.own_address, new_token())
        values = {"address": holder.address, "secret": holder.secret}
        with self._open().transaction() as connection:
            last = _holder(connection)
            if last.secret and last.secret == self._known:
                self.holder = last
                return
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


def _holder(connection: Connection) -> Holder:
    """Who has taken the classes last; nobody in a new database."""
    row = connection.execute(select(HOLDERS).where(HOLDERS.c.what == LESSONS)).one_or_none()
    return Holder(row.address, row.secret) if row else Holder()
