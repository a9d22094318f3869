"""Lines of what the pupils of a bench saw. Knows no clients and no server."""

import statistics
import sys
from collections.abc import Sequence

from bench.class_clients import Seen

_said: list[str] = []


def tell(what: str, seen: Sequence[Seen]) -> None:
    """One line of counts and one of times."""
    answered = [each.answer_s for each in seen if each.answer_s is not None]
    evidence = [each.evidence_s for each in seen if each.evidence_s is not None]
    lost = sum(each.status == 200 and each.answer_s is None for each in seen)
    say(
        f"{what}: {len(answered)} of {len(seen)} answered, {lost} lost, "
        f"{sum(each.is_crossed for each in seen)} crossed, {sum(each.answers > 1 for each in seen)} twice"
    )
    if answered and evidence:
        say(
            f"  evidence p50 {statistics.median(evidence):.2f} s, p95 {percentile(evidence, 95):.2f} s; answers p50 "
            f"{statistics.median(answered):.1f} s, p95 {percentile(answered, 95):.1f} s, last {max(answered):.1f} s"
        )


def percentile(values: Sequence[float], per_cent: int) -> float:
    """The smallest value that so many per cent are not above. Example: (1, 2, 3, 4), 50 -> 2"""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * per_cent // 100) - 1)]


def said() -> str:
    """All that was told since the start."""
    return "".join(f"{line}\n" for line in _said)


def say(line: str) -> None:
    _said.append(line)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
