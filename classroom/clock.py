"""What time it is for a class, whatever becomes of the machine's clock. Knows nothing else."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Protocol

_DOUBT_S = 3600.0
_SETTLED_S = 600.0  # a machine that has just started may learn the time only now


class Clock(Protocol):
    """What tells the time."""

    def __call__(self) -> datetime:
        """Now, UTC without a zone."""

    def is_sure(self) -> bool:
        """Whether something may be deleted for good because its time has come."""


def passing(times: Any = time) -> Callable[[], float]:
    """Seconds that no setting of the clock moves; those that the machine has slept among them, where it tells them.

    `time.monotonic` stands still on Linux while a machine is suspended; Windows and macOS have no CLOCK_BOOTTIME.
    """
    if hasattr(times, "CLOCK_BOOTTIME"):
        return partial(times.clock_gettime, times.CLOCK_BOOTTIME)
    passed: Callable[[], float] = times.monotonic
    return passed


class SteadyClock:
    """The machine's clock at the start, plus what has passed since: a jump of the clock moves no class."""

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] | None = None):
        passed = passed or passing()
        self._start_s = wall()
        self._wall = wall
        self._passed = passed
        self._zero = passed()

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self._start_s, UTC).replace(tzinfo=None) + timedelta(seconds=self._running_s())

    def is_sure(self) -> bool:
        """Only when the machine has run for a while, and its clock tells about the same."""
        jumped_s = abs(self._wall() - self._start_s - self._running_s())
        return self._running_s() > _SETTLED_S and jumped_s < _DOUBT_S

    def _running_s(self) -> float:
        return self._passed() - self._zero
