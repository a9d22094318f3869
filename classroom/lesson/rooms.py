"""The rooms of this server, by session and by join code. Of several servers on one database one has them all.

Knows neither questions nor time. Any thread may ask.
"""

from classroom.errors import Moved, NotNow
from classroom.lesson.room import Room
from classroom.tokens import kept


class Rooms:
    """All rooms, unless they `are_elsewhere`: then whoever asks is told to try again."""

    def __init__(self) -> None:
        self.are_elsewhere = False
        self._rooms: dict[str, Room] = {}
        self._codes: dict[str, str] = {}

    def rooms(self) -> list[Room]:
        """All sessions, the newest first."""
        return sorted(self._rooms.values(), key=lambda room: room.register.session.opened_at, reverse=True)

    def codes(self) -> frozenset[str]:
        """The join codes of all."""
        return frozenset(self._codes)

    def put(self, room: Room) -> None:
        self._rooms[room.id] = room
        self._codes[room.register.session.code] = room.id

    def take_out(self, room: Room) -> None:
        self._rooms.pop(room.id, None)
        self._codes.pop(room.register.session.code, None)

    def check_here(self) -> None:
        """Raises Moved while another server has the classes."""
        if self.are_elsewhere:
            raise Moved

    def room(self, session_id: str) -> Room:
        """Raises NotNow."""
        self.check_here()
        if (found := self._rooms.get(session_id)) is None:
            raise NotNow("unknown", 404)
        return found

    def find(self, code: str) -> Room:
        """The room of a join code. Raises NotNow."""
        self.check_here()
        if (found := self._rooms.get(self._codes.get(code, ""))) is None:
            raise NotNow("code_unknown", 404)
        return found

    def knows(self, code: str, token: str) -> str:
        """A name for who has joined the session of this code with this cookie, even who was removed; '' for others."""
        room = self._rooms.get(self._codes.get(code, ""))
        return kept(token) if room is not None and token and room.knows(token) else ""
