"""Memory and descriptors of a process over time, and whether they stay flat. Knows Linux' /proc, and no faults.

Rule: of each process that lived long enough the first third is its warm-up; the median of its last third may be above
that of its second third by a tenth, and by a little that no leak is told from.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LEAST_S = 120.0  # of a process that is judged
_GROWTH = 1.10
_FREE_MIB, _FREE_DESCRIPTORS = 16.0, 8.0
_FEWEST = 9


@dataclass(frozen=True)
class Sample:
    """What a process held at a moment."""

    at_s: float
    process: int
    memory_mib: float
    descriptors: int


@dataclass(frozen=True)
class Trend:
    """The medians of the second and the last third of a process's life."""

    process: int
    lived_s: float
    memory_mib: tuple[float, float]
    descriptors: tuple[float, float]

    @property
    def is_flat(self) -> bool:
        return self.memory_is_flat and self.descriptors_are_flat

    @property
    def memory_is_flat(self) -> bool:
        return self.memory_mib[1] <= self.memory_mib[0] * _GROWTH + _FREE_MIB

    @property
    def descriptors_are_flat(self) -> bool:
        return self.descriptors[1] <= self.descriptors[0] * _GROWTH + _FREE_DESCRIPTORS


def sample(process: int, at_s: float, proc: Path = Path("/proc")) -> Sample | None:
    """What it holds now; None where it has just ended, or there is no /proc."""
    try:
        status = (proc / str(process) / "status").read_text()
        descriptors = sum(1 for _ in (proc / str(process) / "fd").iterdir())
    except OSError:
        return None
    resident = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "")
    return Sample(at_s, process, int(resident.split()[1]) / 1024, descriptors) if resident else None


def trends(samples: Sequence[Sample]) -> list[Trend]:
    """One for each process that lived for LEAST_S; none where none did."""
    processes = dict.fromkeys(each.process for each in samples)
    lives = [[each for each in samples if each.process == process] for process in processes]
    return [_trend(life) for life in lives if len(life) >= _FEWEST and life[-1].at_s - life[0].at_s >= LEAST_S]


def _trend(life: Sequence[Sample]) -> Trend:
    begin, third = life[0].at_s, (life[-1].at_s - life[0].at_s) / 3
    second = [each for each in life if begin + third <= each.at_s < begin + 2 * third]
    last = [each for each in life if each.at_s >= begin + 2 * third]
    memory = tuple(statistics.median(each.memory_mib for each in part) for part in (second, last))
    descriptors = tuple(float(statistics.median(each.descriptors for each in part)) for part in (second, last))
    return Trend(life[0].process, 3 * third, (memory[0], memory[1]), (descriptors[0], descriptors[1]))
