"""The classes as they are kept: what a room changes is written here at once, and read back after a restart.

Knows rows, not rules. What is deleted is overwritten on the disk. What changes a session is stored only by the server
that has the classes: it raises Moved in another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from classroom.keeping import rows
from classroom.keeping.servers import Servers
from classroom.keeping.tables import (
    BROADCASTS,
    CLASSROOM,
    FLAGS,
    LEFT,
    OPINIONS,
    PUPILS,
    RESULTS,
    SECRETS,
    SESSIONS,
    SIGN_INS,
    TURNS,
)
from classroom.types import UNREADABLE, Broadcast, Flag, Opinion, Pupil, QuizResult, Register, Session, Turn
from rag.databases.database import Database
from rag.databases.dialects import insert_into


class Storage(Database):
    """The classes of a data folder, or of a PostgreSQL database; safe for several threads."""

    def __init__(self, home: Path, address: str = "", own_address: str = ""):
        """`own_address`: where other servers reach this one. Raises StorageFailed, ClassroomOutdated, DriverMissing."""
        super().__init__(CLASSROOM, home, address)
        self.servers = Servers(self, own_address)

    def close(self) -> None:
        try:
            self.servers.close()
        finally:
            super().close()

    @contextmanager
    def of_holder(self) -> Iterator[Connection]:
        """A transaction of the server that has the classes, and keeps them meanwhile. Raises Moved, StorageFailed."""
        with self.transaction() as connection:
            self.servers.check(connection)
            yield connection

    def registers(self) -> list[Register]:
        """All sessions with what is in them, the oldest first."""
        with self.transaction() as connection:
            ids = connection.execute(select(SESSIONS.c.id).order_by(SESSIONS.c.opened_at)).scalars().all()
            return [rows.read_register(connection, id_) for id_ in ids]

    def save_session(self, session: Session, now: datetime) -> None:
        self._put(SESSIONS, rows.of_session(session), now)

    def save_pupil(self, session: Session, pupil: Pupil, now: datetime) -> None:
        self._put(PUPILS, rows.of_pupil(session, pupil), now)

    def save_turns(self, session: Session, turns: list[Turn], flags: list[Flag], now: datetime) -> None:
        """Turns with their flags, all or nothing; what could not be read stays as it stands in the file."""
        with self.of_holder() as connection:
            for turn in turns:
                if turn.problem == UNREADABLE:
                    continue
                _put(connection, TURNS, rows.of_turn(session, turn), now)
            for flag in flags:
                _put(connection, FLAGS, rows.of_flag(flag), now)

    def save_opinion(self, turn_id: str, pupil_id: str, opinion: Opinion, now: datetime) -> None:
        self._put(OPINIONS, {"turn_id": turn_id, "pupil_id": pupil_id, "opinion": opinion.value}, now)

    def save_result(self, result: QuizResult, now: datetime) -> None:
        values = {"turn_id": result.turn_id, "place": result.place, "is_right": result.is_right}
        self._put(RESULTS, values, now)

    def save_broadcast(self, session: Session, message: Broadcast, now: datetime) -> None:
        self._put(BROADCASTS, rows.of_broadcast(session, message), now)

    def delete_session(self, session_id: str) -> None:
        """A session with all that is in it, overwritten in the file and in its journal."""
        with self.of_holder() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session_id))
        self.compact()

    def delete_sessions(self, before: datetime | None) -> dict[str, int]:
        """All sessions, or those opened before a time; how many rows of each table are gone with them."""
        with self.transaction() as connection:
            had = {table.name: _count(connection, table) for table in LEFT}
            opened = SESSIONS.c.opened_at < before if before else SESSIONS.c.id == SESSIONS.c.id
            connection.execute(delete(SESSIONS).where(opened))
            gone = {table.name: had[table.name] - _count(connection, table) for table in LEFT}
        self.compact()
        return gone

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All that pupils and teachers have left, with the name of its table."""
        with self.transaction() as connection:
            for table in LEFT:
                for row in connection.execute(select(table)).mappings():
                    yield table.name, dict(row)

    def delete_turn(self, turn_id: str) -> None:
        with self.of_holder() as connection:
            connection.execute(delete(TURNS).where(TURNS.c.id == turn_id))

    def secret(self, role: str) -> str:
        """The hash of the secret of a role, '' where none is set."""
        with self.transaction() as connection:
            found = connection.execute(select(SECRETS.c.hash).where(SECRETS.c.role == role)).scalar()
            return str(found or "")

    def set_secret(self, role: str, hashed: str) -> None:
        """A new secret; whoever is signed in with the old one is so no more."""
        with self.transaction() as connection:
            statement = insert_into(connection, SECRETS).values(role=role, hash=hashed)
            connection.execute(statement.on_conflict_do_update(index_elements=["role"], set_={"hash": hashed}))
            connection.execute(delete(SIGN_INS))

    def sign_in(self, token_hash: str, expires_at: datetime, now: datetime) -> None:
        with self.transaction() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.expires_at <= now))
            connection.execute(insert(SIGN_INS).values(token_hash=token_hash, expires_at=expires_at))

    def signed_in_until(self, token_hash: str) -> datetime | None:
        with self.transaction() as connection:
            query = select(SIGN_INS.c.expires_at).where(SIGN_INS.c.token_hash == token_hash)
            return connection.execute(query).scalar()

    def sign_out(self, token_hash: str) -> None:
        with self.transaction() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.token_hash == token_hash))

    def _put(self, table: Table, values: dict[str, Any], now: datetime) -> None:
        with self.of_holder() as connection:
            _put(connection, table, values, now)


def _put(connection: Connection, table: Table, values: dict[str, Any], now: datetime) -> None:
    """A row, new or changed; when it was left stays as it was."""
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in values.items() if name not in keys} or {"left_at": now}
    statement = insert_into(connection, table).values(**values, left_at=now)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
