"""How many pages of one pupil are told what changes: the newest few, so that old tabs and lost lines pile up nowhere.

Knows no requests. For one event loop.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MOST_SEATS = 3


@dataclass(eq=False)
class Seat:
    """One open page; `is_lost` once newer ones have taken its place."""

    is_lost: bool = False


class Seats:
    """The open pages of all pupils, the oldest first."""

    def __init__(self, most: int = MOST_SEATS):
        self._most = most
        self._taken: dict[str, list[Seat]] = {}

    @contextmanager
    def taken(self, pupil: str) -> Iterator[Seat]:
        """A seat for one more page; the oldest page that is too many loses its own."""
        seat = Seat()
        seats = self._taken.setdefault(pupil, [])
        seats.append(seat)
        for lost in seats[: -self._most]:
            lost.is_lost = True
            seats.remove(lost)
        try:
            yield seat
        finally:
            if seat in seats:
                seats.remove(seat)
            if not seats and self._taken.get(pupil) is seats:
                del self._taken[pupil]
