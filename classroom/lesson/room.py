"""One session while the server runs: what is allowed happens, is stored, and open pages hear of it.

Knows the rules only through `classroom/lesson/rules.py`; knows neither requests nor HTML. Any thread may call it.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from classroom.clock import Clock
from classroom.errors import Moved, NotNow
from classroom.keeping.storage import Storage
from classroom.lesson import rules
from classroom.lesson.bell import Bell
from classroom.lesson.changes import Changes, part_of
from classroom.lesson.so_far import SoFar
from classroom.tokens import kept, new_id
from classroom.types import Broadcast, Ending, Opinion, Progress, Pupil, QuizResult, Register, Turn
from desk import Waits
from rag.types import Question
from safety.masking import mask
from telling import turns as told


class Room:
    """The register of one session, what is known of its turns `so_far`, and the `changes` that open pages hear of."""

    def __init__(self, register: Register, storage: Storage, bell: Bell, clock: Clock):
        self.register = register
        self.changing = threading.RLock()
        self.is_closed = False
        self._unstored: set[str] = set()  # turns whose end could not be stored
        self._storage = storage
        self.changes = Changes(register.session.id, bell)
        self._clock = clock
        self._tokens = {pupil.token_hash: pupil.id for pupil in register.pupils.values()}
        self.so_far = SoFar()

    @property
    def id(self) -> str:
        return self.register.session.id

    @property
    def language(self) -> str:
        return self.register.session.plan.language

    def knows(self, token: str) -> bool:
        """Whether somebody has joined with this cookie, even who was removed."""
        return kept(token) in self._tokens

    def pupil_of(self, token: str) -> Pupil:
        """Who has this cookie. Raises NotNow for who has not joined, or was removed."""
        pupil_id = self._tokens.get(kept(token)) if token else None
        if pupil_id is None:
            raise NotNow("not_joined", 403)
        pupil = self.register.pupils[pupil_id]
        if pupil.is_removed:
            raise NotNow("removed", 403)
        return pupil

    def join(self, nickname: str, token: str) -> Pupil:
        with self._all_or_nothing():
            pupil = Pupil(new_id(), nickname, kept(token), self._clock())
            rules.join(self.register, pupil)
            self._storage.save_pupil(self.register.session, pupil, pupil.joined_at)
            self._tokens[pupil.token_hash] = pupil.id
            self.changes.note("pupils")
            return pupil

    def remove(self, pupil_id: str) -> None:
        """Show a pupil out; what it was asking comes to nothing, once it is known to be no call for help."""
        with self._all_or_nothing():
            rules.remove(self.register, pupil_id)
            self._storage.save_pupil(self.register.session, self.register.pupils[pupil_id], self._clock())
            for turn in self.running():
                if turn.pupil_id == pupil_id and self.so_far.is_looked_up(turn):
                    rules.finish(self.register, turn.id, Ending(None, "removed"), self._clock())
                    self.so_far.forget(turn.id)
                    self._keep(turn.id)
                    self.changes.note(part_of(turn.id))
            self.changes.note("pupils", "lesson")

    def ask(self, pupil_id: str, question: Question) -> Turn:
        """Take a question in, masked. Raises NotNow."""
        with self._all_or_nothing():
            masked = replace(question, text=mask(question.text).text)
            number = max((turn.number for turn in self.register.turns.values()), default=0) + 1
            turn = Turn(new_id(), number, pupil_id, masked, self._clock())
            rules.ask(self.register, turn)
            self._keep(turn.id)
            self.so_far.begin(turn, question)
            self.changes.note(part_of(turn.id), "pupils")
            return turn

    def withdraw(self, turn_id: str) -> None:
        """Take a question back that could not even be begun; what cannot be deleted stays, and is answered."""
        with self._all_or_nothing():
            self.changes.note(part_of(turn_id), "pupils")  # now: of what is gone nobody knows whose page shows it
            self.register.turns.pop(turn_id, None)
            self._storage.delete_turn(turn_id)
            self.so_far.forget(turn_id)

    def is_running(self, turn_id: str) -> bool:
        turn = self.register.turns.get(turn_id)
        return turn is not None and turn.progress is Progress.RUNNING

    def is_left(self, turn_id: str) -> bool:
        """Whether nobody can wait for a turn any more: who asked was shown out."""
        turn = self.register.turns.get(turn_id)
        return turn is None or self.register.pupils[turn.pupil_id].is_removed

    def show(self, turn_id: str, frame: told.Turn) -> None:
        """What is known of a turn by now; at its end it is stored, once."""
        with self.changing:
            if self.is_closed or not self.is_running(turn_id):
                return
            self.so_far.tell(turn_id, frame)
            if frame.finished or (frame.evidence is not None and self.is_left(turn_id)):
                ending = Ending(frame.answer, frame.problem, frame.study.quiz)
                ended = rules.finish(self.register, turn_id, ending, self._clock())
                if ended is not None:
                    self._end_turn(ended)
            self.changes.note(part_of(turn_id))

    def store_ends(self) -> None:
        """Store ends of turns that could not be stored before; others read meanwhile. Raises StorageFailed, Moved.

        What has changed since it was looked at is stored the next time.
        """
        with self.changing:
            self._unstored &= self.register.turns.keys()
            session, turns = self.register.session, [self.register.turns[turn_id] for turn_id in self._unstored]
            flags = [flag for flag in self.register.flags if flag.turn_id in self._unstored]
        if not turns or self.is_closed:
            return
        self._storage.save_turns(session, turns, flags, self._clock())
        with self.changing:
            self._unstored -= {turn.id for turn in turns if self.register.turns.get(turn.id) == turn}

    def running(self) -> list[Turn]:
        """What is on its way, in the order in which it was asked."""
        with self.changing:
            return [turn for turn in self.register.turns.values() if turn.progress is Progress.RUNNING]

    def steer(self, do: str) -> None:
        """'pause', 'resume', 'lock', 'unlock', 'hold' or 'unhold'."""
        with self._all_or_nothing():
            rules.steer(self.register, do)
            self._save_session()
            if do == "unhold":
                self._keep(*self.register.turns)
                self.changes.note(*map(part_of, self.register.turns))

    def prolong(self, minutes: int) -> None:
        with self._all_or_nothing():
            rules.prolong(self.register, minutes, self._clock())
            self._save_session()

    def end(self) -> None:
        with self._all_or_nothing():
            rules.end(self.register, self._clock())
            self._after_end()

    def end_in_time(self) -> bool:
        """End a session whose time is over; whether it was."""
        with self._all_or_nothing():
            if not rules.end_in_time(self.register, self._clock()):
                return False
            self._after_end()
            return True

    def release(self, turn_ids: Iterable[str]) -> None:
        with self._all_or_nothing():
            for turn in rules.release(self.register, tuple(turn_ids)):
                self._keep(turn.id)
                self.changes.note(part_of(turn.id))

    def judge(self, pupil_id: str, turn_id: str, opinion: Opinion) -> None:
        with self._all_or_nothing():
            rules.judge(self.register, pupil_id, turn_id, opinion, self._clock())
            self._storage.save_opinion(turn_id, pupil_id, opinion, self._clock())
            self._keep(turn_id)
            self.changes.note("flags", "figures", part_of(turn_id))

    def see(self, turn_id: str) -> None:
        with self._all_or_nothing():
            rules.see(self.register, turn_id)
            self._keep(turn_id)
            self.changes.note("flags", part_of(turn_id))

    def note_result(self, pupil_id: str, result: QuizResult) -> None:
        with self._all_or_nothing():
            if rules.note_result(self.register, pupil_id, result):
                self._storage.save_result(result, self._clock())
                self.changes.note("figures")

    def broadcast(self, text: str, article_id: str) -> None:
        with self._all_or_nothing():
            message = Broadcast(new_id(), text, article_id, self._clock())
            rules.broadcast(self.register, message)
            self._storage.save_broadcast(self.register.session, message, message.at)
            self.changes.note("broadcasts")

    def set_waits(self, waits: Waits) -> None:
        """The queue has moved."""
        with self.changing:
            moved = self.so_far.move({turn: wait for turn, wait in waits.items() if turn in self.register.turns})
            if moved:
                self.changes.note(*map(part_of, moved))

    def close(self) -> None:
        """Nothing happens here any more, but perhaps in another room for the same session: open pages ask for that."""
        with self.changing:
            self.is_closed = True
            self.changes.note("lesson")

    def empty(self) -> None:
        """The session is deleted: nothing of it stays in memory."""
        with self.changing:
            self.register = Register(self.register.session)
            self._tokens.clear()
            self.so_far.clear()
            self.changes.note("lesson")

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """What could not be stored has not happened: else a page would tell what a restart forgets. Raises Moved."""
        with self.changing:
            if self.is_closed:
                raise Moved
            undo = ExitStack()
            undo.callback(setattr, self, "register", self.register.copy())
            with undo:
                yield
                undo.pop_all()

    def _end_turn(self, turn: Turn) -> None:
        """Store the end of a turn; the pages hear of it, and the teacher of a call for help, even where that fails."""
        if turn.problem == "removed":
            self.so_far.forget(turn.id)
        self._unstored.add(turn.id)
        try:
            self._keep(turn.id)
            self._unstored.discard(turn.id)
        finally:
            self.changes.note("figures", "shared", part_of(turn.id), *(["flags"] if turn.is_crisis else []))

    def _after_end(self) -> None:
        self._save_session()
        self._keep(*self.register.turns)
        self.changes.note("pupils", *map(part_of, self.register.turns))

    def _save_session(self) -> None:
        self._storage.save_session(self.register.session, self._clock())
        self.changes.note("lesson")

    def _keep(self, *turn_ids: str) -> None:
        turns = [self.register.turns[turn_id] for turn_id in turn_ids]
        flags = [flag for flag in self.register.flags if flag.turn_id in turn_ids]
        self._storage.save_turns(self.register.session, turns, flags, self._clock())
