"""One desk for classes and sites: room for each, and everybody hears how the queue moves."""

from collections.abc import Generator
from dataclasses import dataclass

import pytest

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

    assert heard and heard == other
    desk.close()
