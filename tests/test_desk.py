"""One desk for classes and sites: room for each, and everybody hears how the queue moves."""

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from waiting import wait_until

from desk import Busy, Desk, Ticket, Waits
from desk.waits import WaitTimes
from rag.types import WriterNext


@dataclass(frozen=True)
class Said:
    """A frame of a made-up answer."""

    finished: bool = False
    writer_next: WriterNext | None = None


def endless() -> Generator[Said]:
    yield Said(writer_next=WriterNext())


def ignore(turn: str, said: Said) -> None:
    """Nobody looks."""


def test_a_site_that_is_full_does_not_keep_a_class_out():
    desk = Desk(most_of_a_group=2)
    for turn in ("a", "b"):
        desk.take(Ticket(turn, turn, "Il Chiarino"), endless(), ignore)

    with pytest.raises(Busy):
        desk.check_room("Il Chiarino")

    desk.take(Ticket("c", "Léa", "3B"), endless(), ignore)
    assert desk.has("c")
    desk.close()


def test_all_groups_together_have_only_so_much_room():
    desk = Desk(most=2)
    for turn in ("a", "b"):
        desk.take(Ticket(turn, "", turn), endless(), ignore)

    with pytest.raises(Busy):
        desk.take(Ticket("c", "", "c"), endless(), ignore)
    desk.close()


def test_a_question_that_waits_for_the_model_is_known_until_it_has_left():
    desk = Desk()
    assert not desk.waits.anybody()

    desk.take(Ticket("a", "Zoë", "3B"), endless(), ignore)
    wait_until(desk.waits.anybody)
    desk.leave("a")

    assert not desk.waits.anybody()
    desk.close()


def test_everybody_who_shares_a_desk_hears_the_queue_move():
    desk = Desk()
    heard: list[Waits] = []
    other: list[Waits] = []
    desk.waits.hear(heard.append)
    desk.waits.hear(other.append)
    desk.take(Ticket("a", "", "Il Chiarino"), endless(), ignore)

    desk.leave("a")
    desk.close()  # and with it those who look questions up

    assert heard and heard == other


def test_what_was_true_of_the_queue_before_is_never_told_last():
    class Slow(WaitTimes):
        """While its first waits are on their way to who listens, the queue moves."""

        def now(self) -> Waits:
            told = super().now()
            if "b" in told and not left:
                leaving = threading.Thread(target=desk.leave, args=("b",))
                leaving.start()
                leaving.join(0.5)
                left.append(leaving)
            return told

    left: list[threading.Thread] = []
    heard: list[Waits] = []
    desk = Desk()
    desk.waits = Slow(desk._queue, desk._changed, 1)
    desk.waits.hear(heard.append)
    desk.take(Ticket("b", "Zoë", "Il Chiarino"), endless(), ignore)
    wait_until(lambda: left)
    left[0].join()
    desk.close()

    assert {"b"} in [told.keys() for told in heard] and heard[-1] == {}


def in_two_steps(may_begin: threading.Event) -> Generator[Said]:
    assert may_begin.wait(60)
    yield Said()
    yield Said(finished=True)


def taken_one_after_the_other(desk: Desk) -> tuple[list[tuple[str, bool]], threading.Event, threading.Event]:
    """What is shown of two answers, of which the first does not begin yet; what lets it begin; when one has ended."""
    shown: list[tuple[str, bool]] = []
    may_begin, at_once, begun, ended = (threading.Event() for _ in range(4))
    at_once.set()

    def show(turn: str, said: Said) -> None:
        shown.append((turn, said.finished))
        if turn == "Zoë" and not said.finished:
            begun.set()
        if said.finished:
            ended.set()

    desk.take(Ticket("Ugo", "Ugo", "3B"), in_two_steps(may_begin), show)
    desk.take(Ticket("Zoë", "Zoë", "3B"), in_two_steps(at_once), show)
    assert begun.wait(60)
    return shown, may_begin, ended


def test_nobody_gets_the_end_of_an_answer_before_everybody_has_the_beginning_of_theirs():
    desk = Desk(patience_s=600)
    shown, may_begin, ended = taken_one_after_the_other(desk)

    may_begin.set()

    assert ended.wait(60)
    assert shown[:2] == [("Zoë", False), ("Ugo", False)]
    desk.close()


def test_an_answer_goes_on_while_another_does_not_begin_for_long():
    desk = Desk(patience_s=0)
    shown, may_begin, ended = taken_one_after_the_other(desk)

    assert ended.wait(60)
    assert shown == [("Zoë", False), ("Zoë", True)]
    may_begin.set()
    desk.close()


def test_an_answer_does_not_wait_for_the_beginning_of_one_that_was_asked_long_after_it():
    desk = Desk(patience_s=600)
    soon, later, ended = (threading.Event() for _ in range(3))

    def show(turn: str, said: Said) -> None:
        if said.finished:
            ended.set()

    desk.take(Ticket("Zoë", "Zoë", "3B"), in_two_steps(soon), show)
    time.sleep(1.1)
    desk.take(Ticket("Ugo", "Ugo", "3B"), in_two_steps(later), ignore)
    soon.set()

    assert ended.wait(60)
    later.set()
    desk.close()


def test_whether_a_question_is_urgent_is_asked_only_where_there_is_no_room_for_others():
    desk = Desk(most_of_a_group=1)
    asked: list[bool] = []

    def is_urgent() -> bool:
        asked.append(True)
        return True

    desk.take(Ticket("a", "Léa", "3B"), endless(), ignore, is_urgent)
    assert not asked
    desk.take(Ticket("b", "Zoë", "3B"), endless(), ignore, is_urgent)
    assert asked and desk.has("b")
    desk.close()
