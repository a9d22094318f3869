"""What time it is for a class, whatever becomes of the machine's clock. Knows nothing else."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


class SteadyClock:
    """The machine's clock at the start, plus what has passed since: a jump of the clock moves no class."""

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] = time.monotonic):
        self._start = datetime.fromtimestamp(wall(), UTC).replace(tzinfo=None)
        self._passed = passed
        self._zero = passed()

    def __call__(self) -> datetime:
        """Now, UTC without a zone."""
        return self._start + timedelta(seconds=self._passed() - self._zero)
