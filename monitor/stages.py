"""The steps that an answer keeps -> seconds by stage. Pure: knows no metrics and no clock."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from rag.types import Answer, Status, Step

TOLD_AGAIN = "told again"
FAILED = "failed"


class Stage(StrEnum):
    """Where the time of an answer goes. To wait is to wait for one's turn: nothing is done for this answer then."""

    UNDERSTAND = "understand"
    SEARCH = "search"
    EVIDENCE = "evidence"
    EASE = "ease"
    WAIT = "wait"
    READ = "read"
    WRITE = "write"
    CHECK = "check"
    COMPARE = "compare"


class Told(StrEnum):
    """How a question ended, as far as it may be counted.

    Fixed words are one status: a count of calls for help, read every 15 s, would tell when a child called.
    """

    ANSWERED = "answered"
    QUOTED = "quoted"
    NO_EVIDENCE = "no_evidence"
    FIXED = "fixed"


_STAGES: Mapping[str, Stage] = {
    "understood": Stage.UNDERSTAND,
    "searched": Stage.SEARCH,
    "chose": Stage.EVIDENCE,
    "explained again": Stage.EVIDENCE,
    "too far": Stage.EVIDENCE,
    "eased": Stage.EASE,
    "waited": Stage.WAIT,
    "asked": Stage.READ,
    "wrote": Stage.WRITE,
    FAILED: Stage.WRITE,
    "proved": Stage.CHECK,
    "refused": Stage.CHECK,
    "not written again": Stage.CHECK,
    "quoted instead": Stage.CHECK,
    "compared": Stage.COMPARE,
}
_TOLD = {Status.ANSWERED: Told.ANSWERED, Status.QUOTED: Told.QUOTED, Status.NO_EVIDENCE: Told.NO_EVIDENCE}


def seconds_by_stage(answer: Answer) -> dict[Stage, float]:
    """The seconds of each stage that this answer went through; of one told again only what was done anew.

    Example: steps searched 0.2, proved 0.1, proved 0.2 -> {SEARCH: 0.2, CHECK: 0.3}
    """
    seconds: Counter[Stage] = Counter()
    for step in anew(answer):
        if step.name in _STAGES:
            seconds[_STAGES[step.name]] += step.seconds  # type: ignore[assignment]  # Counter is typed for whole numbers
    return dict(seconds)


def anew(answer: Answer) -> tuple[Step, ...]:
    """The steps that were taken for this reader, not for one before."""
    names = [step.name for step in answer.steps]
    return answer.steps[: names.index(TOLD_AGAIN)] if TOLD_AGAIN in names else answer.steps


def is_told_again(answer: Answer) -> bool:
    """Whether the answer came from memory, or was made for others who waited for the same."""
    return any(step.name == TOLD_AGAIN for step in answer.steps)


def told(answer: Answer) -> Told:
    """How the question ended."""
    return _TOLD.get(answer.status, Told.FIXED)


def stage_of(step: Step) -> Stage | None:
    """The stage of a step; None for one that takes no time of its own, such as 'not asked'."""
    return _STAGES.get(step.name)
