"""What was seen -> tables in Markdown, and whether all of it is as wanted. Knows no server."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.class_report import percentile
from bench.soak.ledger import (
    ANSWER_S,
    RECOVERY_S,
    REQUEST_S,
    Entry,
    Way,
    failed_between,
    lost,
    recovered_s,
    unended,
    untold,
)
from bench.soak.run import Injected, Outcome
from bench.soak.samples import Trend, trends
from bench.soak.schedule import Kind

_TOO_MANY = 429


@dataclass(frozen=True)
class Survived:
    """One fault and what it did."""

    injected: Injected
    recovery_s: float | None
    failed: int
    lost: int

    @property
    def has_survived(self) -> bool:
        """Whether nothing of its time was lost, and all was well again soon."""
        return not self.lost and self.recovery_s is not None and self.recovery_s <= RECOVERY_S


@dataclass(frozen=True)
class Verdict:
    """All judgements over a run; each has to hold."""

    lost: Sequence[Entry]
    unended: Sequence[Entry]
    untold: Sequence[Entry]
    survived: Sequence[Survived]
    trends: Sequence[Trend]
    deaths: int

    def broken(self) -> list[str]:
        """What does not hold, in words; nothing where all is well."""
        said = {
            f"{len(self.lost)} questions or answers that were acknowledged are lost": len(self.lost),
            f"{len(self.unended)} requests did not end within {REQUEST_S:.0f} s": len(self.unended),
            f"{len(self.untold)} questions of a class were told no end within {ANSWER_S:.0f} s": len(self.untold),
            f"the server ended {self.deaths} times by itself": self.deaths,
        }
        broken = [words for words, count in said.items() if count]
        broken += [f"not survived: {each.injected.fault.kind}" for each in self.survived if not each.has_survived]
        for trend in self.trends:
            broken += [] if trend.memory_is_flat else [f"the memory of process {trend.process} grew"]
            broken += [] if trend.descriptors_are_flat else [f"the descriptors of process {trend.process} grew"]
        return broken


def judge(outcome: Outcome) -> Verdict:
    """Everything that is wanted, looked at."""
    entries = outcome.ledger.entries
    until_s = max([outcome.seconds, *(time for e in entries for time in (e.ended_s, e.told_s) if time is not None)])
    gone, open_, silent = lost(entries, outcome.history), unended(entries, until_s), untold(entries, until_s)
    bad = [*gone, *open_, *silent]
    survived = [_survived(each, outcome, bad) for each in outcome.injected]
    return Verdict(gone, open_, silent, survived, trends(outcome.samples), outcome.deaths)


def _survived(injected: Injected, outcome: Outcome, bad: Sequence[Entry]) -> Survived:
    recovery_s = recovered_s(injected.ended_s, outcome.ledger)
    until_s = injected.ended_s + (RECOVERY_S if recovery_s is None else recovery_s)
    meanwhile = [entry for entry in bad if injected.began_s <= entry.begun_s < until_s]
    failed = failed_between(outcome.ledger.entries, injected.began_s, until_s)
    return Survived(injected, recovery_s, failed, len(meanwhile))


def tables(outcome: Outcome, verdict: Verdict, missing: Mapping[Kind, str]) -> str:
    """The faults, the load, memory and descriptors."""
    parts = [_faults(verdict.survived, missing), _load(outcome), _held(verdict.trends)]
    return "\n\n".join(parts)


def _faults(survived: Sequence[Survived], missing: Mapping[Kind, str]) -> str:
    rows = []
    for kind in Kind:
        those = [each for each in survived if each.injected.fault.kind is kind]
        if kind in missing:
            rows.append((kind, "0", f"left out: {missing[kind]}", "–", "–", "–", "–"))
        elif those:
            times = [each.recovery_s for each in those if each.recovery_s is not None]
            middle, most = (f"{statistics.median(times):.1f} s", f"{max(times):.1f} s") if times else ("never", "never")
            well = sum(each.has_survived for each in those)
            failed, gone = sum(each.failed for each in those), sum(each.lost for each in those)
            rows.append((kind, str(len(those)), str(well), middle, most, str(failed), str(gone)))
    head = ("fault", "injected", "survived", "recovery, median", "recovery, longest", "failed meanwhile", "lost")
    return _table(head, rows)


def _load(outcome: Outcome) -> str:
    entries, minutes = outcome.ledger.entries, outcome.seconds / 60
    rows = []
    for way in Way:
        those = [entry for entry in entries if entry.way is way]
        told = [entry.told_s - entry.begun_s for entry in those if entry.told_s is not None]
        taken = sum(entry.is_taken for entry in those)
        failed = sum(entry.has_failed for entry in those)
        paced = sum(entry.status == _TOO_MANY for entry in those)
        middle, most = (f"{percentile(told, 50):.1f} s", f"{percentile(told, 95):.1f} s") if told else ("–", "–")
        twice = str(sum(entry.answers > 1 for entry in those)) if way is Way.CLASS else "–"
        counts = (str(len(those)), f"{len(those) / minutes:.0f}", str(taken), str(failed), str(paced), twice)
        rows.append((way, *counts, middle, most))
    head = ("asked by", "questions", "a minute", "taken in", "failed", "told to wait (429)", "told twice")
    return _table((*head, "to the end, p50", "p95"), rows)


def _held(found: Sequence[Trend]) -> str:
    if not found:
        return "Memory and descriptors: not judged, as no server lived for two minutes, or there is no /proc."
    rows = []
    for number, trend in enumerate(found, start=1):
        memory = f"{trend.memory_mib[0]:.0f} -> {trend.memory_mib[1]:.0f} MiB"
        descriptors = f"{trend.descriptors[0]:.0f} -> {trend.descriptors[1]:.0f}"
        flat = "yes" if trend.is_flat else "NO"
        rows.append((f"server {number}", f"{trend.lived_s:.0f} s", memory, descriptors, flat))
    head = ("process", "lived", "memory, second -> last third", "descriptors, second -> last third", "flat")
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
