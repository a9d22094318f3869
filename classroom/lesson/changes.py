"""Which parts of a session's pages have changed, and when: in numbers that grow. Knows not what is in them."""

import asyncio
import itertools
import threading
from contextlib import AbstractContextManager

from classroom.lesson.bell import Bell, Concerns
from classroom.tokens import new_id

_NUMBERS = itertools.count(1)  # over all sessions
_TURN = "turn-"


class Changes:
    """The versions of the parts of one session, and the bell that tells of new ones; an `era` numbers them anew."""

    def __init__(self, session: str, bell: Bell):
        self.era = new_id()  # of this room: numbers of the same session in another process, or read anew, mean nothing
        self._session = session
        self._bell = bell
        self._versions: dict[str, int] = {}
        self._changing = threading.Lock()

    def note(self, *parts: str) -> None:
        """These parts are no longer as they were."""
        with self._changing:
            for part in parts:
                self._versions[part] = next(_NUMBERS)
        self._bell.ring(self._session, parts)

    def version(self, part: str) -> int:
        """When a part has last changed; 0 when not since the server was started."""
        return self._versions.get(part, 0)

    def latest(self) -> int:
        with self._changing:
            return max(self._versions.values(), default=0)

    def marker(self, seen: int) -> str:
        """What a page remembers having seen."""
        return f"{self.era}.{seen}"

    def seen(self, marker: str) -> int:
        """The number of a marker; -1 for one of another era, and for none."""
        era, _, number = marker.partition(".")
        return int(number) if era == self.era and number.isdecimal() and len(number) < 16 else -1

    def listen(self, concerns: Concerns) -> AbstractContextManager[asyncio.Event]:
        """An event that is set whenever parts have changed that concern who listens."""
        return self._bell.listen(self._session, concerns)


def part_of(turn_id: str) -> str:
    """The name of the part of a page that shows a turn."""
    return f"{_TURN}{turn_id}"


def turn_of(part: str) -> str | None:
    """The turn that a part shows; None for other parts. Example: 'turn-x7' -> 'x7'; 'lesson' -> None"""
    return part.removeprefix(_TURN) if part.startswith(_TURN) else None
