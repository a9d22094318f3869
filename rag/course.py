"""What has been done for a question, step by step, and the seconds it took. Knows no step."""

import time
from collections.abc import Callable
from typing import Any

from rag.types import Step, Timings


class Course:
    """The way from a question to its answer; seconds count from its beginning."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self._clock = clock
        self._started = self._noted = clock()
        self._retrieved = self._first_sentence = 0.0
        self.steps: list[Step] = []

    def note(self, name: str, **details: Any) -> None:
        """Keep a step that ends now and began when the last one ended."""
        now = self._clock()
        self.steps.append(Step(name, round(now - self._noted, 3), details))
        self._noted = now

    def retrieved(self) -> None:
        """The evidence is there."""
        self._retrieved = self._now()

    def shown(self) -> None:
        """A sentence can be seen; the first one counts."""
        self._first_sentence = self._first_sentence or self._now()

    def timings(self) -> Timings:
        total = self._now()
        return Timings(round(self._retrieved, 3), round(self._first_sentence or total, 3), round(total, 3))

    def _now(self) -> float:
        return self._clock() - self._started
