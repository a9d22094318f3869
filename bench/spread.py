"""The middle and the slow end of measured times, and what of them was work. Knows no units."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.class_report import percentile

_T = TypeVar("_T")


@dataclass(frozen=True)
class Spread:
    """What half of all stayed below, and what 95 of a hundred did."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Times(Spread):
    """Milliseconds; `core` is what this process worked on each, on average: other work does not lengthen it much."""

    core: float


def spread(values: Sequence[float]) -> Spread:
    """Example: [1, 2, 3, 4] -> Spread(p50=2, p95=4)"""
    return Spread(percentile(values, 50), percentile(values, 95))


def timed(work: Callable[[_T], object], each: Sequence[_T], warm_ups: int) -> Times:
    """How long a work takes for each, after some that are not counted."""
    for one in each[:warm_ups]:
        work(one)
    times, began = [], time.process_time()
    for one in each[warm_ups:]:
        started = time.perf_counter()
        work(one)
        times.append(1000 * (time.perf_counter() - started))
    middle = spread(times)
    return Times(middle.p50, middle.p95, 1000 * (time.process_time() - began) / len(times))
