"""Answers the questions of all sessions: what needs no model at once, what needs one in its turn.

Knows streams of turns and the queue; neither sessions' rules nor the disk. An answer is pulled by one thread at a time.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from classroom.errors import NotNow
from classroom.queue import FairQueue, Ticket, Work
from page.turns import Turn

MOST_AT_ONCE = 64  # turns that are looked up, wait or are written: so memory is bounded, and so is the wait
_LOOKING_UP = 4  # threads
_QUIET_S = 2.0  # at most so long does the model wait for those who are looked up: it takes all the cores
_FIRST_GUESS_S = 8.0
_BUSY_S = 30  # when who was not taken may ask again
log = logging.getLogger(__name__)
_LAST_S = 3.0  # a model that writes is left alone when the server stops
_REMEMBERED = 10  # answers, from whose times the wait is told

Show = Callable[[str, Turn], None]
Waits = dict[str, tuple[int, float]]
Frames = Generator[Turn]


@dataclass(eq=False)
class _Telling:
    """One answer on its way to one pupil. `reached` counts what came after WriterNext."""

    ticket: Ticket
    frames: Frames
    reached: int = 0
    has_left: bool = False
    is_over: bool = False
    pulling: threading.Lock = field(default_factory=threading.Lock)


class Desk:
    """Threads that look questions up, and one or more that let the model write."""

    def __init__(self, show: Show, moved: Callable[[Waits], None], writers: int = 1, most: int = MOST_AT_ONCE):
        """From these threads `show` is called with a turn and what is known of it by now, `moved` with all waits."""
        self._show = show
        self._moved = moved
        self._most = most
        self._queue = FairQueue()
        self._tellings: dict[str, _Telling] = {}
        self._looking = 0
        self._changed = threading.Condition()
        self._took: deque[float] = deque(maxlen=_REMEMBERED)
        self._stopped = False
        self._pool = ThreadPoolExecutor(_LOOKING_UP, "class-lookup")
        self._writers = [threading.Thread(target=self._write, name="class-writer", daemon=True) for _ in range(writers)]
        self._width = writers

    def start(self) -> None:
        for writer in self._writers:
            writer.start()

    def close(self) -> None:
        """Stop; what is on its way stays unfinished."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for telling in list(self._tellings.values()):
            self.leave(telling.ticket.turn)
        self._pool.shutdown(wait=True, cancel_futures=True)
        for writer in self._writers:
            if writer.is_alive():
                writer.join(timeout=_LAST_S)

    def take(self, ticket: Ticket, frames: Frames, is_urgent: bool = False) -> None:
        """Begin an answer. Raises NotNow when too many are on their way already, unless it is urgent."""
        with self._changed:
            if ticket.turn in self._tellings:
                return
            self.check_room(is_urgent)
            telling = self._tellings[ticket.turn] = _Telling(ticket, frames)
            self._looking += 1
        self._look_on(telling)

    def check_room(self, is_urgent: bool = False) -> None:
        """Raises NotNow when too many answers are on their way."""
        if (len(self._tellings) >= self._most and not is_urgent) or self._stopped:
            raise NotNow("busy", 503, _BUSY_S)

    def leave(self, turn: str) -> None:
        """Give an answer up; its place is free at once, and the model stops if nobody else waits for the same."""
        with self._changed:
            telling = self._tellings.pop(turn, None)
            self._queue.leave(turn)
            if telling is not None:
                telling.has_left = True
        if telling is not None and telling.pulling.acquire(blocking=False):  # else who pulls closes it afterwards
            try:
                telling.frames.close()
            finally:
                telling.pulling.release()
        if telling is not None:
            self._show_waits()

    def has(self, turn: str) -> bool:
        return turn in self._tellings

    def forget(self, session: str) -> None:
        """A session has ended for good."""
        with self._changed:
            self._queue.forget(session)

    def _show_waits(self) -> None:
        self._moved(self.waits())

    def waits(self) -> Waits:
        """For each turn that waits or is written: answers before it, and the seconds until it is written, by guess."""
        with self._changed:
            each = sum(self._took) / len(self._took) if self._took else _FIRST_GUESS_S
            return {turn: (ahead, ahead * each / self._width) for turn, ahead in self._queue.ahead().items()}

    def _look_on(self, telling: _Telling) -> None:
        """One step at a time, so that everybody's evidence comes before anybody's last touches."""
        self._pool.submit(self._look_up, telling).add_done_callback(_tell_fault)

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
            self._look_on(telling)

    def _line_up(self, telling: _Telling, turn: Turn) -> None:
        """From here on the model is needed: wait for the turn."""
        with self._changed:
            if not telling.has_left and turn.writer_next is not None:
                self._queue.enter(telling.ticket, turn.writer_next)
        self._show(telling.ticket.turn, turn)
        self._show_waits()

    def _write(self) -> None:
        while not self._stopped:
            work, started = self._next_work(), time.monotonic()
            try:
                was_written = work is not None and self._serve(work)
            except Exception:  # the edge: a fault of ours in one answer must not keep the class from all others
                log.exception("A fault in the program ended an answer of a class.")
                continue
            with self._changed:
                if was_written:
                    self._took.append(time.monotonic() - started)

    def _next_work(self) -> Work | None:
        """Wait for work, and for those who are being looked up first; None when all have left meanwhile, or stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or len(self._queue))
            self._changed.wait_for(lambda: self._stopped or not self._looking, _QUIET_S)
            work = None if self._stopped else self._queue.next()
        self._show_waits()
        return work

    def _serve(self, work: Work) -> bool:
        """Do a work for all who wait for it, also those who come meanwhile; whether anything was written."""
        reached = 0
        while True:
            with self._changed:
                tellings = [self._tellings[each.turn] for each in self._queue.tickets(work) if self._waits(each)]
                behind = [telling for telling in tellings if telling.reached < reached and not telling.is_over]
                ahead = [telling for telling in tellings if not telling.is_over]
                if not ahead:
                    self._queue.done(work)
                    return reached > 0
            for telling in behind or ahead[:1]:
                telling.reached += 1
                self._pull(telling)
                reached = max(reached, telling.reached)

    def _waits(self, ticket: Ticket) -> bool:
        return ticket.turn in self._tellings

    def _pull(self, telling: _Telling) -> Turn | None:
        """The next of an answer, shown; None at its end or when nobody wants it any more."""
        with telling.pulling:
            turn = None if telling.has_left else next(telling.frames, None)
            if telling.has_left:
                telling.frames.close()
                return None
        if turn is not None and turn.writer_next is None:
            self._show(telling.ticket.turn, turn)
        if turn is None or turn.finished:  # only after it was shown: until then it is known to be on its way
            telling.is_over = True
            with self._changed:
                self._tellings.pop(telling.ticket.turn, None)
                self._queue.leave(telling.ticket.turn)
            self._show_waits()
        return turn


def _tell_fault(lookup: Future[None]) -> None:
    if not lookup.cancelled() and (fault := lookup.exception()):
        log.error("A fault in the program ended an answer of a class.", exc_info=fault)
