"""What was asked, what the server acknowledged, and what became of it; the judgements over that.

Knows no server: times are seconds since the load began.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

REQUEST_S = 60.0  # within which every request has to end, whatever is broken
ANSWER_S = 150.0  # within which a question that was taken in has to come to its end
RECOVERY_S = 90.0  # within which all is well again after a fault
_OPEN = ("", "running")  # states of a question without an end
_OK, _SERVER_ERROR = 200, 500


class Way(StrEnum):
    """Where a question was asked."""

    CLASS = "class"
    SITE = "news site"


@dataclass
class Entry:
    """One question. `status` 0: no reply came, as the line broke; None for what has not happened."""

    way: Way
    who: str
    question: str
    begun_s: float
    status: int = 0
    ended_s: float | None = None  # the request
    told_s: float | None = None  # the answer, or why there is none
    end: str = ""  # a status of an answer, 'problem', or '' where nothing was told
    broke_off: bool = False
    answer_id: str = ""
    answers: int = 0

    @property
    def is_taken(self) -> bool:
        """Whether the server has acknowledged it: from then on it must not be lost."""
        return self.status == _OK

    @property
    def has_failed(self) -> bool:
        """Whether who asked has to ask again: refused by a fault, broken off, or ended by a sentence that says so."""
        return self.broke_off or self.status >= _SERVER_ERROR or self.end == "problem"


@dataclass
class Ledger:
    """All that was asked, and whether the server said that it was ready, looked at again and again."""

    entries: list[Entry] = field(default_factory=list)
    ready: list[tuple[float, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class History:
    """What is there in the end: each pupil's questions with their states, and under what sites keep answers."""

    pupils: Mapping[str, Sequence[tuple[str, str]]]
    kept: frozenset[str]


def unended(entries: Iterable[Entry], until_s: float) -> list[Entry]:
    """Requests that did not end within REQUEST_S; those that began less before the end had no time to."""
    return [entry for entry in entries if _late(entry.begun_s, entry.ended_s, REQUEST_S, until_s)]


def untold(entries: Iterable[Entry], until_s: float) -> list[Entry]:
    """Questions of a class that were taken in, and whose page was not told the end within ANSWER_S."""
    taken = (entry for entry in entries if entry.way is Way.CLASS and entry.is_taken)
    return [entry for entry in taken if _late(entry.begun_s, entry.told_s, ANSWER_S, until_s)]


def lost(entries: Iterable[Entry], history: History) -> list[Entry]:
    """What was acknowledged, and is gone in the end, or has no end.

    A pupil's question is kept with a state; a site's reader, whose stream was not broken off, is told an end; and an
    answer that a reader was given an id of is kept.
    """
    ended = {who: Counter(text for text, state in has if state not in _OPEN) for who, has in history.pupils.items()}
    gone = []
    for entry in entries:
        if not entry.is_taken:
            continue
        if entry.way is Way.SITE:
            has_no_end = not entry.end and not entry.broke_off
            if has_no_end or (entry.answer_id and entry.answer_id not in history.kept):
                gone.append(entry)
        elif ended.get(entry.who, Counter())[entry.question] > 0:
            ended[entry.who][entry.question] -= 1
        else:
            gone.append(entry)
    return gone


def recovered_s(ends_s: float, ledger: Ledger, ways: Sequence[Way] = tuple(Way)) -> float | None:
    """How long after a fault all is well: the server ready, and a question of each way asked since then answered.

    None where that did not come. The first moment at which all three had been seen counts.
    """
    seen = [min((at_s for at_s, is_ready in ledger.ready if is_ready and at_s >= ends_s), default=None)]
    for way in ways:
        since = (entry for entry in ledger.entries if entry.way is way and entry.begun_s >= ends_s)
        seen.append(min((e.told_s for e in since if e.told_s is not None and not e.has_failed), default=None))
    times = [at_s for at_s in seen if at_s is not None]
    return max(times) - ends_s if len(times) == len(seen) else None


def failed_between(entries: Iterable[Entry], begins_s: float, ends_s: float) -> int:
    """How many questions that were asked in this time have failed."""
    return sum(begins_s <= entry.begun_s < ends_s and entry.has_failed for entry in entries)


def _late(begun_s: float, came_s: float | None, within_s: float, until_s: float) -> bool:
    if came_s is None:
        return until_s - begun_s > within_s
    return came_s - begun_s > within_s
