"""How large a machine has to be: from what was measured, two laws of growth, and assumptions that have names.

`python -m bench.sizing` prints the table of docs/sizing.md. Reads the baselines of `bench.scale` and `bench.readers`.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import readers, scale

Law = Callable[[float], float]
Points = Mapping[float, float]
_MIB, _GB = 2**20, 1e9


@dataclass(frozen=True)
class Assumed:
    """Nothing of this was measured here."""

    passages: float = 8.0  # an article of 4,000 characters
    repeated: float = 0.3  # of all questions: answered from memory, at next to no cost
    used: float = 0.6  # of what a server can do: the rest is for the moment in which many come
    writer_gb: float = 2.0  # the default language model: a file of 1.1 GB, and what it remembers of prompts
    models_gb: float = 1.3  # on the disk


@dataclass(frozen=True)
class Measured:
    """On one server of two cores; `answers_s` with quotes only and questions that nobody had asked before."""

    answers_s: float
    server_gb: float
    passage_bytes: float  # of memory
    stored_bytes: float  # of the disk, a passage
    evidence_ms: Points  # by passages


@dataclass(frozen=True)
class Case:
    """Who asks: so many in one moment, and so many a minute for a while."""

    name: str
    articles: int
    at_once: int
    a_minute: int
    writes: bool  # with the default language model in the process
    engine: str


CASES = (
    Case("a class of 30", 1_000, 30, 30, True, scale.IN_PROCESS),
    Case("a school of 300", 1_000, 300, 150, True, scale.IN_PROCESS),
    Case("a publisher", 10_000, 100, 200, False, scale.IN_PROCESS),
    Case("a publisher's archive", 1_000_000, 300, 1_000, False, scale.SHARED),
)


def logarithmic(points: Points) -> Law:
    """The straight line nearest to all points over the logarithm: as trees and graphs that are searched grow.

    Example: {10: 1, 100: 2} -> 1_000 gives 3
    """
    places = [math.log10(place) for place in points]
    middle, level = sum(places) / len(places), sum(points.values()) / len(points)
    spread = sum((place - middle) ** 2 for place in places)
    slope = sum((place - middle) * (y - level) for place, y in zip(places, points.values(), strict=True)) / spread
    return lambda size: level + slope * (math.log10(size) - middle)


def power(points: Points) -> Law:
    """As many per cent more with each tenfold as from the first point to the last: what grows less is below that.

    Example: {10: 1, 100: 2} -> 1_000 gives 4
    """
    (first, low), *_, (last, high) = sorted(points.items())
    exponent = math.log(high / low) / math.log(last / first)
    return lambda size: float(high * (size / last) ** exponent)


def servers(a_minute: float, answers_s: float, assumed: Assumed) -> int:
    """How many of two cores answer so many questions a minute, with room to spare."""
    return max(1, math.ceil(a_minute / 60 * (1 - assumed.repeated) / (answers_s * assumed.used)))


def last_s(at_once: int, answers_s: float, count: int) -> float:
    """When the last of those who ask in one moment has an answer: they are answered one after the other."""
    return at_once / (answers_s * count)


def measured(engine: str) -> Measured:
    """What the baselines tell of an engine. Raises KeyError for one that was not measured."""
    rows = {float(size): row for size, row in json.loads(scale.BASELINE.read_text())[engine].items()}
    crowds = json.loads(readers.BASELINE.read_text())
    crowd = crowds[readers.DIFFERENT]["50"]
    return Measured(
        crowd["answers_s"],
        crowds[readers.DIFFERENT]["300"]["memory_mib"] * _MIB / _GB,
        _slope({size: row["served"]["memory_mb"] * _MIB for size, row in _in_process().items()}),
        _slope({size: row["filled"]["disk_mb"] * 1e6 for size, row in rows.items()}),
        {size: row["searched"]["evidence"]["p50"] for size, row in rows.items()},
    )


def _in_process() -> dict[float, Any]:
    """The sizes of the engine that keeps the index in the process."""
    return {float(size): row for size, row in json.loads(scale.BASELINE.read_text())[scale.IN_PROCESS].items()}


def _slope(points: Points) -> float:
    """How much each passage adds, from the size before the largest to the largest."""
    (small, low), (large, high) = sorted(points.items())[-2:]
    return (high - low) / (large - small)


def size(case: Case, known: Measured, assumed: Assumed) -> dict[str, str]:
    """One column of the table."""
    passages = case.articles * assumed.passages
    count = servers(case.a_minute, known.answers_s, assumed) if case.engine == scale.SHARED else 1
    in_memory = passages * known.passage_bytes if case.engine == scale.IN_PROCESS else 0.0
    memory = known.server_gb + in_memory / _GB + (assumed.writer_gb if case.writes else 0)
    times = sorted(law(known.evidence_ms)(passages) for law in (logarithmic, power))
    busy = case.a_minute / 60 * (1 - assumed.repeated) / (known.answers_s * count)
    return {
        "articles, passages": f"{case.articles:,}, {passages:,.0f}",
        "ask in one moment; questions a minute": f"{case.at_once}; {case.a_minute:,}",
        "engine": case.engine,
        "servers of two cores": str(count),
        "busy": f"{busy:.0%}",
        "memory of each": f"{memory:.1f} GB",
        "disk": f"{passages * known.stored_bytes / _GB + assumed.models_gb:.1f} GB",
        "finding the evidence, median": f"{times[0]:.0f} to {times[1]:.0f} ms",
        "the last of those in one moment": f"{last_s(case.at_once, known.answers_s, count):.0f} s",
    }


def render(cases: Sequence[Case] = CASES) -> str:
    """A Markdown table, one case a column."""
    columns = [size(case, measured(case.engine), Assumed()) for case in cases]
    lines = ["| | " + " | ".join(case.name for case in cases) + " |", "|---" * (len(cases) + 1) + "|"]
    return "\n".join([*lines, *(f"| {row} | {' | '.join(each[row] for each in columns)} |" for row in columns[0])])


if __name__ == "__main__":
    print(render())
