"""All sessions: opened, found, asked, taken up after a restart, ended and deleted. Knows neither requests nor HTML."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from classroom.clock import Clock, SteadyClock
from classroom.entering.codes import new_code
from classroom.errors import Moved, NotNow
from classroom.keeping.storage import Storage
from classroom.lesson.bell import Bell
from classroom.lesson.learning import once
from classroom.lesson.presence import AFTER_START_S, Presence
from classroom.lesson.room import Room, Waits
from classroom.lesson.rooms import Rooms
from classroom.lesson.rules import answered_before
from classroom.lesson.urgency import is_call_for_help
from classroom.lesson.watch import survive
from classroom.tokens import new_id
from classroom.types import Plan, Pupil, Register, Session, Turn
from desk import Busy, Desk, Ticket
from rag.errors import StorageFailed
from rag.filters import Filters
from rag.library import Library
from rag.types import Question
from telling import turns as told
from telling.asking import unfold

_TICK_S = 0.5
_STORE_AGAIN = timedelta(seconds=10)  # after a full disk, say
_LONG = timedelta(seconds=2)
_log = logging.getLogger(__name__)


class School(Rooms):
    """All rooms, the desk that answers for all of them, and the watch over time."""

    def __init__(
        self, storage: Storage, library: Library, days: int, clock: Clock | None = None, desk: Desk | None = None
    ):
        """`days` after its end a session is deleted. The desk may be shared with others who have readers."""
        super().__init__()
        self.storage = storage
        self.library = replace(library, learn=once(library.learn))
        self.bell = Bell()
        self.clock = clock or SteadyClock()
        self.presence = Presence(time.monotonic)
        self.desk = desk or Desk()
        self.desk.hear(self._tell_waits)
        self.days = days
        self._stores_again = self.clock()
        self._where: dict[str, Room] = {}  # by turn that is on its way
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

    def ask(self, room: Room, pupil: Pupil, question: Question) -> Turn:
        """Take a question in and begin its answer. Raises NotNow."""
        self._check_room(room, question)  # before anything of it is shown
        turn = room.ask(pupil.id, question)
        self.presence.expect(pupil.id)
        try:
            self._begin(room, turn, question)
        except Busy as error:
            room.withdraw(turn.id)
            raise NotNow("busy", 503, Busy.again_s) from error
        return turn

    def _check_room(self, room: Room, question: Question) -> None:
        """Raises NotNow when no more answers can be begun; a call for help always finds room."""
        try:
            self.desk.check_room(room.id, partial(is_call_for_help, question))
        except Busy as error:
            raise NotNow("busy", 503, Busy.again_s) from error

    def arrive(self, room: Room, pupil_id: str) -> None:
        """A page of a pupil is open; what it asked before it was gone is taken up again by the watch."""
        was_here = self.presence.is_here(pupil_id)
        self.presence.arrive(pupil_id)
        if not was_here:
            room.changes.note("pupils")

    def leave(self, pupil_id: str) -> None:
        """A page of a pupil is closed."""
        self.presence.leave(pupil_id)

    def remove(self, room: Room, pupil_id: str) -> None:
        """Show a pupil out, and give up what it asked; not before it is known to be no call for help."""
        on_their_way = [turn.id for turn in room.running() if turn.pupil_id == pupil_id]
        room.remove(pupil_id)
        for turn_id in on_their_way:
            if not room.is_running(turn_id):
                self.desk.leave(turn_id)

    def delete(self, room: Room) -> None:
        """Forget a session, on the disk and in memory."""
        with self._changing:
            self.storage.delete_session(room.id)  # first: what could not be deleted has to stay within reach
        self._close(room)
        room.empty()

    def _close(self, room: Room) -> None:
        with self._changing:
            self.take_out(room)
        for turn in room.running():
            self.desk.leave(turn.id)
            self._where.pop(turn.id, None)
        self.desk.forget(room.id)

    def learned(self, turn: told.Turn) -> told.Turn:
        """A turn with what helps to learn from it."""
        return replace(turn, study=self.library.learn(turn.answer)) if turn.answer else turn

    def filters(self, room: Room) -> Filters:
        """The articles of a session; all where it names none."""
        return Filters(articles=room.register.session.plan.articles or None)

    def _add(self, register: Register) -> Room:
        room = Room(register, self.storage, self.bell, self.clock)
        self.put(room)
        return room

    def _begin(self, room: Room, turn: Turn, question: Question) -> None:
        """Have the desk answer, with the pupil's earlier answers in mind."""
        with room.changing:  # in which others ask
            earlier = answered_before(room.register, turn)
        frames = unfold(
            told.Turn(turn.number, question), earlier,
            lambda asked, before: self.library.explain(asked, self.filters(room), before), self.library.learn,
        )  # fmt: skip
        with room.changing:  # in which the end of a turn is noted: so none is begun again while it ends
            if room.is_running(turn.id) and not room.is_closed and not self.desk.has(turn.id):
                self._where[turn.id] = room
                ticket = Ticket(turn.id, turn.pupil_id, room.id)
                self.desk.take(ticket, frames, self._show, partial(is_call_for_help, question))

    def _show(self, turn_id: str, so_far: told.Turn) -> None:
        if (room := self._where.get(turn_id)) is None:
            return
        try:
            room.show(turn_id, so_far)
        except (StorageFailed, Moved) as error:  # the pupil has the answer; it is stored later, or asked for anew
            _log.error("An answer of a class could not be stored: %s", error)
        if so_far.finished or not room.is_running(turn_id):
            self._where.pop(turn_id, None)
        if not so_far.finished and so_far.evidence is not None and not self._is_awaited(room, turn_id):
            self.desk.leave(turn_id)

    def _is_awaited(self, room: Room, turn_id: str) -> bool:
        """Whether the pupil who asked is here, and still in the class."""
        turn = room.register.turns.get(turn_id)
        return turn is not None and not room.is_left(turn_id) and self.presence.is_here(turn.pupil_id)

    def _tell_waits(self, waits: Waits) -> None:
        for room in self.rooms():
            room.set_waits(waits)

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
        for room in self.rooms():
            for turn in room.running():
                self.presence.expect(turn.pupil_id, AFTER_START_S)
        self._take_up()

    def _keep_watch(self) -> None:
        with self.storage.servers.listening(self._stirred.set):
            while not self._stopped.is_set():
                self._stirred.wait(_TICK_S)
                self._stirred.clear()
                survive(self._hold)
                survive(self.tick)

    def tick(self) -> None:
        """Let go who is gone, end what is over, delete what is old: each on its own, should one fail."""
        for pupil_id in self.presence.gone():
            survive(partial(self._let_go, pupil_id))
        survive(self._take_up)
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

    def _take_up(self) -> None:
        """Go on with what waits for pupils who are here (again), in the order in which it was asked."""
        waiting = [(turn, room) for room in self.rooms() for turn in room.running() if not self.desk.has(turn.id)]
        for turn, room in sorted(waiting, key=lambda each: each[0].asked_at):
            if self.presence.is_here(turn.pupil_id) or not room.is_looked_up(turn):
                try:
                    self._begin(room, turn, turn.question)
                except Busy:  # full: the next round may have room
                    return

    def _let_go(self, pupil_id: str) -> None:
        for room in self.rooms():
            if pupil_id in room.register.pupils:
                for turn in room.running():
                    if turn.pupil_id == pupil_id and room.is_looked_up(turn):  # a call for help has to be found first
                        self.desk.leave(turn.id)
                room.changes.note("pupils")
