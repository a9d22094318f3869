"""One desk for classes and sites: room for each, and everybody hears how the queue moves."""

import threading
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from class_rooms import wait_until

from desk import Busy, Desk, Ticket, Waits
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


def test_everybody_who_shares_a_desk_hears_the_queue_move():
    desk = Desk()
    heard: list[Waits] = []
    other: list[Waits] = []
    desk.hear(heard.append)
    desk.hear(other.append)
    desk.take(Ticket("a", "", "Il Chiarino"), endless(), ignore)

    desk.leave("a")
    desk.close()  # and with it those who look questions up

    assert heard and heard == other


def test_what_was_true_of_the_queue_before_is_never_told_last():
    class Slow(Desk):
        """While its first waits are on their way to who listens, the queue moves."""

        def waits(self) -> Waits:
            told = super().waits()
            if "b" in told and not left:
                leaving = threading.Thread(target=self.leave, args=("b",))
                leaving.start()
                leaving.join(0.5)
                left.append(leaving)
            return told

    left: list[threading.Thread] = []
    heard: list[Waits] = []
    desk = Slow()
    desk.hear(heard.append)
    desk.take(Ticket("b", "Zoë", "Il Chiarino"), endless(), ignore)
    wait_until(lambda: left)
    left[0].join()
    desk.close()

    assert {"b"} in [told.keys() for told in heard] and heard[-1] == {}
