"""How well wrong sentences are told from right ones: precision, recall, F1. Knows verdicts, not how they came about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.scoring import EVERY_LANGUAGE, Share

_SUPPORTED = "supported"
_SAMPLES = 2000
_SEED = 20251121
Figures = dict[str, dict[str, "Detection"]]


@dataclass(frozen=True)
class Judged:
    """A sentence of a set and what the check made of it. `kind`: 'supported', or what is wrong with it.

    `abroad`: it was checked against articles in another language.
    """

    set: str
    language: str
    kind: str
    abroad: bool
    refused: bool
    reasons: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Detection:
    """Counts of sentences: wrong ones refused, wrong ones let through, right ones refused, right ones kept."""

    found: int
    missed: int
    false_alarms: int
    kept: int

    @property
    def counts(self) -> list[int]:
        """All four, in order."""
        return [self.found, self.missed, self.false_alarms, self.kept]

    @property
    def precision(self) -> Share:
        """How many of the refused ones are wrong."""
        return Share(self.found, self.found + self.false_alarms)

    @property
    def recall(self) -> Share:
        """How many of the wrong ones are refused."""
        return Share(self.found, self.found + self.missed)

    @property
    def right_kept(self) -> Share:
        """How many of the right ones are kept."""
        return Share(self.kept, self.kept + self.false_alarms)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall in percent; 0 when no wrong one is found."""
        return _f1(self.found, self.missed, self.false_alarms)

    @property
    def f1_interval(self) -> tuple[float, float]:
        """The middle 95 % of F1 over samples with replacement (percentile bootstrap: Efron, Annals of Statistics 7)."""
        total = sum(self.counts)
        if not total:
            return 0.0, 100.0
        samples = np.random.default_rng(_SEED).multinomial(total, np.array(self.counts) / total, _SAMPLES)
        values = [_f1(int(found), int(missed), int(alarms)) for found, missed, alarms, _ in samples]
        low, high = np.percentile(values, [2.5, 97.5])
        return float(low), float(high)


def _f1(found: int, missed: int, false_alarms: int) -> float:
    return 200 * found / (2 * found + missed + false_alarms) if found else 0.0


def detect(judged: Iterable[Judged]) -> Figures:
    """The counts by set, also of either half by language of the articles and of each kind of error, and by language."""
    counts: dict[str, dict[str, Counter[tuple[bool, bool]]]] = defaultdict(lambda: defaultdict(Counter))
    for entry in judged:
        wrong = entry.kind != _SUPPORTED
        rows = [entry.set, f"{entry.set}, articles in {'another language' if entry.abroad else 'its language'}"]
        if wrong and entry.kind != "wrong":
            rows.append(f"{entry.set}: {entry.kind}")
        for row in rows:
            for column in (entry.language, EVERY_LANGUAGE):
                counts[row][column][wrong, entry.refused] += 1
    return {
        row: {column: _detection(counted) for column, counted in columns.items()}
        for row, columns in sorted(counts.items())
    }


def _detection(counted: Counter[tuple[bool, bool]]) -> Detection:
    return Detection(counted[True, True], counted[True, False], counted[False, True], counted[False, False])


def render(figures: Figures, languages: Sequence[str], baseline: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    """The Markdown table: four measures a set, for kinds of errors recall only; with differences from the baseline."""
    columns = [*languages, EVERY_LANGUAGE]
    lines = ["| set | measure | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    for name, row in figures.items():
        for measure in ("recall",) if ":" in name else ("precision", "recall", "F1", "right ones kept"):
            cells = [_cell(measure, row.get(c), baseline.get(name, {}).get(c)) for c in columns]
            lines.append(f"| {name} | {measure} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _cell(measure: str, detection: Detection | None, before: Sequence[int] | None) -> str:
    if detection is None:
        return "–"
    value, (low, high), of = _value(measure, detection)
    if not of:
        return "–"
    changed = ""
    if before is not None and sum(before) == sum(detection.counts):
        earlier = _value(measure, Detection(*before))[0]
        changed = f" {value - earlier:+.0f}" if round(value - earlier) else ""
    return f"{value:.0f} % ({low:.0f}–{high:.0f}, n={of}){changed}"


def _value(measure: str, detection: Detection) -> tuple[float, tuple[float, float], int]:
    if measure == "F1":
        wrong = detection.found + detection.missed
        return detection.f1, detection.f1_interval, sum(detection.counts) if wrong else 0
    share = {"precision": detection.precision, "recall": detection.recall, "right ones kept": detection.right_kept}
    return share[measure].percent, share[measure].interval, share[measure].of
