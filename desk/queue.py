"""Who is answered next, when many wait for one language model. Pure: knows neither threads nor answers.

First comes the group (a class, a web site) that was served longest ago, in it the member that was served longest ago.
Who waits for the same work as another is served with it.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

Work = Hashable


@dataclass(frozen=True)
class Ticket:
    """A turn that waits, of a member of a group: a pupil of a class, a reader of a site."""

    turn: str
    member: str
    group: str


@dataclass(frozen=True)
class _Waiting:
    ticket: Ticket
    work: Work
    arrival: int


class FairQueue:
    """Round robin among groups and among the members of each."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}  # by turn, in the order of arrival
        self._running: dict[Work, dict[str, Ticket]] = {}
        self._served: dict[str, int] = {}  # when a group, or a member, was served last; never is 0
        self._count = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def enter(self, ticket: Ticket, work: Work) -> None:
        """Wait for some work; at once with those for whom it is being done. A turn enters once."""
        self._count += 1
        if work in self._running:
            self._running[work][ticket.turn] = ticket
        elif not any(ticket.turn in tickets for tickets in self._running.values()):
            self._waiting.setdefault(ticket.turn, _Waiting(ticket, work, self._count))

    def leave(self, turn: str) -> None:
        """Wait no longer. Work that is being done for nobody is still to be ended with `done`."""
        self._waiting.pop(turn, None)
        for tickets in self._running.values():
            tickets.pop(turn, None)

    def next(self) -> Work | None:
        """The work to do now, for all who wait for it; None when nobody waits."""
        chosen = next(self._order(), None)
        if chosen is None:
            return None
        self._mark(self._served, chosen)
        same = {turn: each.ticket for turn, each in self._waiting.items() if each.work == chosen.work}
        self._running[chosen.work] = same
        for turn in same:
            del self._waiting[turn]
        return chosen.work

    def tickets(self, work: Work) -> tuple[Ticket, ...]:
        """Those for whom a work is being done."""
        return tuple(self._running.get(work, {}).values())

    def done(self, work: Work) -> None:
        """A work is done, or given up; its tickets are gone."""
        self._running.pop(work, None)

    def ahead(self) -> dict[str, int]:
        """How many works are done before that of each turn; 0 is being done now."""
        places = {turn: 0 for tickets in self._running.values() for turn in tickets}
        for place, chosen in enumerate(self._order(), start=1):
            places |= {turn: place for turn, each in self._waiting.items() if each.work == chosen.work}
        return places

    def _order(self) -> Iterator[_Waiting]:
        """One waiting turn for each work, in the order in which they will come if nobody else does."""
        waiting, served = list(self._waiting.values()), dict(self._served)
        while waiting:
            chosen = min(waiting, key=lambda each: _rank(each, served))
            yield chosen
            self._mark(served, chosen)
            waiting = [each for each in waiting if each.work != chosen.work]

    def _mark(self, served: dict[str, int], chosen: _Waiting) -> None:
        now = max(served.values(), default=0) + 1
        served[chosen.ticket.group] = served[_member(chosen.ticket)] = now

    def forget(self, group: str) -> None:
        """A group is gone: remember no longer who of it was served."""
        self._served = {
            name: at for name, at in self._served.items() if name != group and not name.startswith(f"{group} ")
        }


def _member(ticket: Ticket) -> str:
    return f"{ticket.group} {ticket.member}"


def _rank(waiting: _Waiting, served: dict[str, int]) -> tuple[int, int, int]:
    ticket = waiting.ticket
    return served.get(ticket.group, 0), served.get(_member(ticket), 0), waiting.arrival
