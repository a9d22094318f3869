"""Answers the questions of all who ask: what needs no model at once, what needs one in its turn.

Knows streams of what is told and the queue; neither classes nor sites nor the disk. An answer is pulled by one thread
at a time.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any

from desk.errors import Busy
from desk.queue import FairQueue, Ticket, Work
from desk.types import Frames, Load, Told, ToldT
from desk.waits import WaitTimes

MOST_OF_A_GROUP = 64  # turns that are looked up, wait or are written: so memory is bounded, and so is the wait
MOST_AT_ONCE = 3 * MOST_OF_A_GROUP  # so a busy site does not keep a class out
_LOOKING_UP = 16  # threads for first steps: questions that wait together are embedded together
_GOING_ON = 1  # for the others: Python runs one thread at a time, and who asks now is to see something first
_PATIENCE_S = 5.0  # from the question on: so long at most do its next steps wait for other questions' first ones
_TOGETHER_S = 1.0  # whoever asks later than this is not waited for
_QUIET_S = 2.0  # at most so long does the model wait for those who are looked up: it takes all the cores
_LAST_S = 3.0  # a model that writes is left alone when the server stops
log = logging.getLogger(__name__)


def _never() -> bool:
    return False


@dataclass(eq=False)
class _Telling:
    """One answer on its way to who asked. `reached` counts what came after WriterNext.

    `context` is that of the request that asked: what is logged on the way names it.
    """

    ticket: Ticket
    frames: Frames[Any]
    show: Callable[[str, Any], None]
    reached: int = 0
    has_left: bool = False
    is_over: bool = False
    taken_at: float = field(default_factory=time.monotonic)
    pulling: threading.Lock = field(default_factory=threading.Lock)
    context: Context = field(default_factory=copy_context)


class Desk:
    """Threads that look questions up, and one or more that let the model write."""

    def __init__(
        self,
        writers: int = 1,
        most: int = MOST_AT_ONCE,
        most_of_a_group: int = MOST_OF_A_GROUP,
        patience_s: float = _PATIENCE_S,
    ):
        """`patience_s` after its question an answer goes on even though others are still at their first step."""
        self._patience_s = patience_s
        self._most = most
        self._most_of_a_group = most_of_a_group
        self._queue = FairQueue()
        self._tellings: dict[str, _Telling] = {}
        self._looking = 0
        self._beginning = set[_Telling]()
        self._changed = threading.Condition()
        self.waits = WaitTimes(self._queue, self._changed, writers)
        self._stopped = self._takes_no_more = False
        self._first = ThreadPoolExecutor(_LOOKING_UP, "lookup")
        self._later = ThreadPoolExecutor(_GOING_ON, "lookup-later")
        self._writers = [threading.Thread(target=self._write, name="writer", daemon=True) for _ in range(writers)]

    def start(self) -> None:
        """Begin to write; once, however many share the desk."""
        for writer in self._writers:
            if writer.ident is None:
                writer.start()

    def take_no_more(self) -> None:
        """Begin nothing new but what is urgent; what is on its way comes to its end."""
        with self._changed:
            self._takes_no_more = True

    def load(self) -> Load:
        with self._changed:
            waits = [seconds for ahead, seconds in self.waits.now().values() if ahead]
            return Load(len(self._tellings), len(waits), max(waits, default=0.0))

    def close(self) -> None:
        """Stop; what is on its way stays unfinished."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for telling in list(self._tellings.values()):
            self.leave(telling.ticket.turn)
        for pool in (self._first, self._later):
            pool.shutdown(wait=True, cancel_futures=True)
        for writer in self._writers:
            if writer.is_alive():
                writer.join(timeout=_LAST_S)

    def take(
        self,
        ticket: Ticket,
        frames: Frames[ToldT],
        show: Callable[[str, ToldT], None],
        is_urgent: Callable[[], bool] = _never,
    ) -> None:
        """Begin an answer; `show` is called with its turn and what is known by now, from the desk's threads.

        Raises Busy when too many are on their way already, unless it is urgent.
        """
        with self._changed:
            if ticket.turn in self._tellings:
                return
            self.check_room(ticket.group, is_urgent)
            telling = self._tellings[ticket.turn] = _Telling(ticket, frames, show)
            self._looking += 1
            self._beginning.add(telling)
        self._first.submit(self._begin, telling).add_done_callback(_tell_fault)

    def check_room(self, group: str, is_urgent: Callable[[], bool] = _never) -> None:
        """Raises Busy when too many answers are on their way, of this group or of all, or none is taken any more.

        What is urgent finds room; whether it is, is asked only where there is none for others.
        """
        with self._changed:
            of_group = sum(telling.ticket.group == group for telling in self._tellings.values())
            is_full = of_group >= self._most_of_a_group or len(self._tellings) >= self._most
            if self._stopped or ((is_full or self._takes_no_more) and not is_urgent()):
                raise Busy(len(self._tellings))

    def leave(self, turn: str) -> None:
        """Give an answer up; its place is free at once, and the model stops if nobody else waits for the same."""
        with self._changed:
            telling = self._tellings.pop(turn, None)
            self._queue.leave(turn)
            if telling is None:
                return
            telling.has_left = True
        if telling.pulling.acquire(blocking=False):  # else who pulls closes it afterwards
            try:
                telling.frames.close()
            finally:
                telling.pulling.release()
        self.waits.tell()

    def has(self, turn: str) -> bool:
        return turn in self._tellings

    def forget(self, group: str) -> None:
        """A group is gone for good."""
        with self._changed:
            self._queue.forget(group)

    def _begin(self, telling: _Telling) -> None:
        """The first step, which shows the evidence."""
        try:
            self._look_up(telling)
        finally:
            with self._changed:
                self._beginning.remove(telling)
                self._changed.notify_all()

    def _go_on(self, telling: _Telling) -> None:
        """The next step, after the first of all who asked together: evidence comes before anybody's last touches."""
        left_s = telling.taken_at + self._patience_s - time.monotonic()
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._asked_together(telling), max(0.0, left_s))
        self._look_up(telling)

    def _asked_together(self, telling: _Telling) -> bool:
        """Whether one that was asked before, or soon after, is still at its first step."""
        return any(other.taken_at <= telling.taken_at + _TOGETHER_S for other in self._beginning)

    def _look_up(self, telling: _Telling) -> None:
        """The next of an answer, up to the model; to its end where none is needed."""
        goes_on = False
        try:
            turn = self._pull(telling)
            goes_on = turn is not None and not turn.finished and turn.writer_next is None and not self._stopped
            if turn is not None and turn.writer_next is not None:
                self._line_up(telling, turn)
        finally:
            if not goes_on:
                with self._changed:
                    self._looking -= 1
                    self._changed.notify_all()
        if goes_on:
            self._later.submit(self._go_on, telling).add_done_callback(_tell_fault)

    def _line_up(self, telling: _Telling, turn: Told) -> None:
        """From here on the model is needed: wait for the turn."""
        with self._changed:
            if not telling.has_left and turn.writer_next is not None:
                self._queue.enter(telling.ticket, turn.writer_next)
        telling.show(telling.ticket.turn, turn)
        self.waits.tell()

    def _write(self) -> None:
        while not self._stopped:
            work, started = self._next_work(), time.monotonic()
            try:
                was_written = work is not None and self._serve(work)
            except Exception:  # the edge: a fault of ours in one answer must not keep the others from theirs
                log.exception("A fault in the program ended an answer.")
                continue
            if was_written:
                self.waits.note(time.monotonic() - started)

    def _next_work(self) -> Work | None:
        """Wait for work, and for those who are being looked up first; None when all have left meanwhile, or stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or len(self._queue))
            self._changed.wait_for(lambda: self._stopped or not self._looking, _QUIET_S)
            work = None if self._stopped else self._queue.next()
        self.waits.tell()
        return work

    def _serve(self, work: Work) -> bool:
        """Do a work for all who wait for it, also those who come meanwhile; whether anything was written."""
        reached = 0
        while True:
            with self._changed:
                tellings = [self._tellings[each.turn] for each in self._queue.tickets(work) if self.has(each.turn)]
                behind = [telling for telling in tellings if telling.reached < reached and not telling.is_over]
                ahead = [telling for telling in tellings if not telling.is_over]
                if not ahead:
                    self._queue.done(work)
                    return reached > 0
            for telling in behind or ahead[:1]:
                telling.reached += 1
                self._pull(telling)
                reached = max(reached, telling.reached)

    def _pull(self, telling: _Telling) -> Told | None:
        """The next of an answer, shown; None at its end or when nobody wants it any more."""
        with telling.pulling:
            turn: Told | None = None if telling.has_left else telling.context.run(next, telling.frames, None)
            if telling.has_left:
                telling.frames.close()
                return None
        if turn is not None and turn.writer_next is None:
            telling.show(telling.ticket.turn, turn)
        if turn is None or turn.finished:  # only after it was shown: until then it is known to be on its way
            telling.is_over = True
            with self._changed:
                self._tellings.pop(telling.ticket.turn, None)
                self._queue.leave(telling.ticket.turn)
            self.waits.tell()
        return turn


def _tell_fault(lookup: Future[None]) -> None:
    if not lookup.cancelled() and (fault := lookup.exception()):
        log.error("A fault in the program ended an answer.", exc_info=fault)
