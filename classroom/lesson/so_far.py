"""What is known by now of the turns of one session, and kept nowhere: what was told of each, and how long it waits.

Knows neither what may happen nor who looks; whoever changes it sees to it that nobody else does meanwhile.
"""

from collections.abc import Callable

from classroom.lesson.learning import recalled
from classroom.types import Turn
from desk import Waits
from rag.study.study import Study
from rag.types import Answer, Question
from telling import turns as told

_GONE = (-1, 0.0)  # the place of what waits no more


class SoFar:
    """By turn, the frame that pages show, and the place in the queue."""

    def __init__(self) -> None:
        self._told: dict[str, told.Turn] = {}
        self._waits: Waits = {}

    def begin(self, turn: Turn, question: Question) -> None:
        """Nothing is known of it yet; pages show the question as it was asked."""
        self._told[turn.id] = told.Turn(turn.number, question)

    def tell(self, turn_id: str, frame: told.Turn) -> None:
        self._told[turn_id] = frame

    def forget(self, turn_id: str) -> None:
        self._told.pop(turn_id, None)

    def clear(self) -> None:
        self._told.clear()

    def told_of(self, turn: Turn, learn: Callable[[Answer], Study]) -> told.Turn:
        """What the page shows of a turn; `learn` adds what helps to learn to one that was read from the disk."""
        if turn.id not in self._told:
            self._told[turn.id] = recalled(turn, learn)
        return self._told[turn.id]

    def is_looked_up(self, turn: Turn) -> bool:
        """Whether it is known that this is no call for help; before, no one but who wrote it may read it."""
        known = self._told.get(turn.id)
        return turn.answer is not None or (known is not None and known.evidence is not None)

    def wait_of(self, turn_id: str) -> tuple[int, float] | None:
        """How many answers come before this one, and the seconds that takes, by guess; None where it does not wait."""
        return self._waits.get(turn_id)

    def move(self, waits: Waits) -> list[str]:
        """These wait now; gives the turns whose place has changed."""
        was, self._waits = self._waits, waits
        return [turn for turn in {*waits, *was} if waits.get(turn, _GONE)[0] != was.get(turn, _GONE)[0]]
