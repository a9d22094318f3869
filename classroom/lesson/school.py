"""All sessions: opened, found, read again after a restart, ended and deleted. Knows neither questions nor requests."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from classroom.clock import Clock, SteadyClock
from classroom.entering.codes import new_code
from classroom.errors import Moved
from classroom.keeping.storage import Storage
from classroom.lesson.answering import Answering
from classroom.lesson.bell import Bell
from classroom.lesson.learning import once
from classroom.lesson.room import Room
from classroom.lesson.rooms import Rooms
from classroom.lesson.watch import survive
from classroom.tokens import new_id
from classroom.types import Plan, Register, Session
from desk import Desk
from rag.errors import StorageFailed
from rag.library import Library

_TICK_S = 0.5
_STORE_AGAIN = timedelta(seconds=10)  # after a full disk, say
_LONG = timedelta(seconds=2)
_log = logging.getLogger(__name__)


class School(Rooms):
    """All rooms, the answers that are begun in them, and the watch over time."""

    def __init__(
        self, storage: Storage, library: Library, days: int, clock: Clock | None = None, desk: Desk | None = None
    ):
        """`days` after its end a session is deleted. The desk may be shared with others who have readers."""
        super().__init__()
        self.storage = storage
        self.library = replace(library, learn=once(library.learn))
        self.bell = Bell()
        self.clock = clock or SteadyClock()
        self.desk = desk or Desk()
        self.answering = Answering(self.library, self.desk, self)
        self.days = days
        self._stores_again = self.clock()
        self._changing = threading.RLock()
        self._stopped = threading.Event()
        self._stirred = threading.Event()  # other servers have told something, or this one stops
        self._watch = threading.Thread(target=self._keep_watch, name="class-watch", daemon=True)

    def start(self) -> None:
        """Open the rooms again, unless another server has them: then as soon as it is gone."""
        self.desk.start()
        self.are_elsewhere = True
        self._hold()
        self._watch.start()

    @contextmanager
    def in_session(self) -> Iterator[None]:
        """Started, and closed in the end."""
        self.start()
        try:
            yield
        finally:
            self.close()

    def close(self) -> None:
        self._stopped.set()
        self._stirred.set()
        if self._watch.is_alive():
            self._watch.join()
        self.desk.close()
        self._stores_again = self.clock()
        survive(self._store_ends)
        self.storage.close()

    def open(self, plan: Plan) -> Room:
        """A new session, with a code that no other has. Raises NotNow."""
        self.check_here()
        with self._changing:
            while (code := new_code(plan.language)) in self.codes():
                pass
            now = self.clock()
            session = Session(new_id(), code, plan, now, now + timedelta(minutes=plan.minutes))
            self.storage.save_session(session, now)
            return self._add(Register(session))

    def delete(self, room: Room) -> None:
        """Forget a session, on the disk and in memory."""
        with self._changing:
            self.storage.delete_session(room.id)  # first: what could not be deleted has to stay within reach
        self._close(room)
        room.empty()

    def _close(self, room: Room) -> None:
        with self._changing:
            self.take_out(room)
        self.answering.give_up(room)

    def _add(self, register: Register) -> Room:
        room = Room(register, self.storage, self.bell, self.clock)
        self.put(room)
        return room

    def _hold(self) -> None:
        """Have the classes, of all servers; what another has changed meanwhile, as we were cut off, is read anew."""
        servers = self.storage.servers
        try:
            are_here = servers.hold()
        except StorageFailed:  # nobody can tell: what is to be stored meanwhile fails, and says so
            return
        if not self.are_elsewhere and not servers.are_known:
            self.are_elsewhere = True
            for room in self.rooms():
                room.close()
                self._close(room)
        if are_here and self.are_elsewhere:
            self._open_again()
            self.are_elsewhere = False  # only now: a code that is asked for meanwhile is not unknown

    def _open_again(self) -> None:
        """Read what was kept, and go on with what was on its way, in the order in which it was asked."""
        self.storage.servers.begin()
        for register in self.storage.registers():
            self._add(register)
        self.answering.begin_again()

    def _keep_watch(self) -> None:
        with self.storage.servers.listening(self._stirred.set):
            while not self._stopped.is_set():
                self._stirred.wait(_TICK_S)
                self._stirred.clear()
                survive(self._hold)
                survive(self.tick)

    def tick(self) -> None:
        """Let go who is gone, end what is over, delete what is old: each on its own, should one fail."""
        for pupil_id in self.answering.presence.gone():
            survive(partial(self.answering.let_go, pupil_id))
        survive(self.answering.take_up)
        for room in self.rooms():
            survive(partial(self._keep_time, room))
        survive(self._store_ends)

    def _store_ends(self) -> None:
        """Try again, now and then, to store what pupils have seen already: it is to be there after a restart too."""
        if (now := self.clock()) < self._stores_again:
            return
        for room in self.rooms():
            try:
                room.store_ends()
            except (StorageFailed, Moved) as error:
                self._stores_again = self.clock() + _STORE_AGAIN
                _log.warning("Answers of a class cannot be stored yet: %s", error)
            if self.clock() - now > _LONG:
                return  # a database that is locked: the watch has more to do

    def _keep_time(self, room: Room) -> None:
        room.end_in_time()
        goes_at = room.register.session.goes_at(self.days)
        if goes_at is not None and self.clock.is_sure() and self.clock() >= goes_at:
            self.delete(room)
