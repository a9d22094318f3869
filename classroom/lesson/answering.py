"""What pupils ask, answered by the desk for those who are here. Knows neither requests nor HTML, and not the disk.

What is known of an answer goes to the room in which it was asked, from the desk's threads.
"""

import logging
import time
from functools import partial

from classroom.errors import Moved, NotNow
from classroom.lesson.presence import AFTER_START_S, Presence
from classroom.lesson.room import Room
from classroom.lesson.rooms import Rooms
from classroom.lesson.rules import answered_before
from classroom.lesson.urgency import is_call_for_help
from classroom.types import Pupil, Turn
from desk import Busy, Desk, Ticket, Waits
from rag.errors import StorageFailed
from rag.filters import Filters
from rag.library import Library
from rag.types import Question
from telling import turns as told
from telling.asking import unfold

_log = logging.getLogger(__name__)


class Answering:
    """Between the rooms and the desk: begins answers, gives up those that nobody waits for, and takes them up again."""

    def __init__(self, library: Library, desk: Desk, rooms: Rooms):
        self.presence = Presence(time.monotonic)
        self._library = library
        self._desk = desk
        self._rooms = rooms
        self._where: dict[str, Room] = {}  # by turn that is on its way
        desk.waits.hear(self._tell_waits)

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
                self._desk.leave(turn_id)

    def told_of(self, room: Room, turn: Turn) -> told.Turn:
        """What pages show of a turn; with what helps to learn from it, also where it was read from the disk."""
        return room.so_far.told_of(turn, self._library.learn)

    def begin_again(self) -> None:
        """Go on with what was on its way when its server stopped; the pages of those who asked find this one first."""
        for room in self._rooms.rooms():
            for turn in room.running():
                self.presence.expect(turn.pupil_id, AFTER_START_S)
        self.take_up()

    def take_up(self) -> None:
        """Go on with what waits for pupils who are here (again), in the order in which it was asked."""
        rooms = self._rooms.rooms()
        waiting = [(turn, room) for room in rooms for turn in room.running() if not self._desk.has(turn.id)]
        for turn, room in sorted(waiting, key=lambda each: each[0].asked_at):
            if self.presence.is_here(turn.pupil_id) or not room.so_far.is_looked_up(turn):
                try:
                    self._begin(room, turn, turn.question)
                except Busy:  # full: the next round may have room
                    return

    def let_go(self, pupil_id: str) -> None:
        """Give up what a pupil has asked who is gone."""
        for room in self._rooms.rooms():
            if pupil_id in room.register.pupils:
                for turn in room.running():  # a call for help has to be found first
                    if turn.pupil_id == pupil_id and room.so_far.is_looked_up(turn):
                        self._desk.leave(turn.id)
                room.changes.note("pupils")

    def give_up(self, room: Room) -> None:
        """Give up what was asked in a room that is gone."""
        for turn in room.running():
            self._desk.leave(turn.id)
            self._where.pop(turn.id, None)
        self._desk.forget(room.id)

    def _check_room(self, room: Room, question: Question) -> None:
        """Raises NotNow when no more answers can be begun; a call for help always finds room."""
        try:
            self._desk.check_room(room.id, partial(is_call_for_help, question))
        except Busy as error:
            raise NotNow("busy", 503, Busy.again_s) from error

    def _begin(self, room: Room, turn: Turn, question: Question) -> None:
        """Have the desk answer, with the pupil's earlier answers in mind."""
        with room.changing:  # in which others ask
            earlier = answered_before(room.register, turn)
        frames = unfold(
            told.Turn(turn.number, question), earlier,
            lambda asked, before: self._library.explain(asked, filters_of(room), before), self._library.learn,
        )  # fmt: skip
        with room.changing:  # in which the end of a turn is noted: so none is begun again while it ends
            if room.is_running(turn.id) and not room.is_closed and not self._desk.has(turn.id):
                self._where[turn.id] = room
                ticket = Ticket(turn.id, turn.pupil_id, room.id)
                self._desk.take(ticket, frames, self._show, partial(is_call_for_help, question))

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
            self._desk.leave(turn_id)

    def _is_awaited(self, room: Room, turn_id: str) -> bool:
        """Whether the pupil who asked is here, and still in the class."""
        turn = room.register.turns.get(turn_id)
        return turn is not None and not room.is_left(turn_id) and self.presence.is_here(turn.pupil_id)

    def _tell_waits(self, waits: Waits) -> None:
        for room in self._rooms.rooms():
            room.set_waits(waits)


def filters_of(room: Room) -> Filters:
    """The articles of a session; all where it names none."""
    return Filters(articles=room.register.session.plan.articles or None)
