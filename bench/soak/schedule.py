"""Which fault comes when: the same seed gives the same faults at the same moments. Pure: knows no server, no clock."""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

WARM_UP_S = 45.0  # before the first fault
LAST_S = 45.0  # after the last one: it has to end, and to be recovered from, before the load ends
_REST_S = (25.0, 40.0)
_DAY_H = 24
_JUMPS_H = (-_DAY_H, -1, 1, _DAY_H)


class Kind(StrEnum):
    """What is done to the server, or to what it needs."""

    MODEL_KILLED = "model killed"
    MODEL_HUNG = "model hangs"
    DATABASE = "database locked or restarted"
    DISK = "disk full"
    CLOCK = "clock jumps"
    NETWORK = "slow network"
    SERVER = "server killed"


LASTS_S = {
    Kind.MODEL_KILLED: (12.0, 20.0),
    Kind.MODEL_HUNG: (10.0, 18.0),
    Kind.DATABASE: (6.0, 22.0),  # a server waits up to fifteen seconds for a file that is locked
    Kind.DISK: (10.0, 18.0),
    Kind.CLOCK: (10.0, 18.0),
    Kind.NETWORK: (12.0, 20.0),
    Kind.SERVER: (0.5, 2.0),
}

_MORE_S = {Kind.SERVER: 60.0}  # of rest: it loads its models again, which takes a minute on a busy machine


@dataclass(frozen=True)
class Fault:
    """One fault, in seconds since the load began. `hours`: by how much a clock jumps, there and back."""

    kind: Kind
    at_s: float
    lasts_s: float
    hours: int = 0

    @property
    def ends_s(self) -> float:
        return self.at_s + self.lasts_s

    def __str__(self) -> str:
        by = f" by {self.hours:+d} h" if self.hours else ""
        return f"{self.kind}{by}, for {self.lasts_s:.0f} s"


def schedule(seed: int, seconds: float, kinds: Collection[Kind] = tuple(Kind)) -> tuple[Fault, ...]:
    """Each kind once, in an order of chance, then each once more, as long as there is time.

    One at a time, with a rest after each, and all over LAST_S before the end.
    """
    chance = random.Random(seed)  # noqa: S311 - it has to be the same again
    at_s, faults = WARM_UP_S, list[Fault]()
    for kind in _rounds(sorted(kinds), chance):
        fault = Fault(kind, round(at_s, 1), round(chance.uniform(*LASTS_S[kind]), 1), _hours(kind, chance))
        if fault.ends_s > seconds - LAST_S:
            break
        faults.append(fault)
        at_s = fault.ends_s + chance.uniform(*_REST_S) + _MORE_S.get(kind, 0.0)
    return tuple(faults)


def _rounds(kinds: list[Kind], chance: random.Random) -> Iterator[Kind]:
    while kinds:
        yield from chance.sample(kinds, len(kinds))


def _hours(kind: Kind, chance: random.Random) -> int:
    return chance.choice(_JUMPS_H) if kind is Kind.CLOCK else 0
