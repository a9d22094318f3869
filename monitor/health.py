"""Whether readers can be sent here, and what is missing. Knows checks as functions, not what they look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """Something that was looked at and what was seen; without what `is_needed` no reader should be sent here."""

    name: str
    is_well: bool
    seen: str
    is_needed: bool = True


@dataclass(frozen=True)
class Health:
    """All that has to be well."""

    checks: Sequence[Callable[[], Check]]

    def look(self) -> tuple[Check, ...]:
        return tuple(check() for check in self.checks)

    def is_ready(self) -> bool:
        return is_ready(self.look())


def is_ready(seen: Sequence[Check]) -> bool:
    return all(check.is_well for check in seen if check.is_needed)


def health_json(seen: Sequence[Check]) -> dict[str, Any]:
    """What `/readyz` tells. Example: -> {'ready': False, 'missing': ['disk'], 'checks': [{'name': 'disk', …}]}"""
    return {
        "ready": is_ready(seen),
        "missing": [check.name for check in seen if not check.is_well],
        "checks": [
            {"name": check.name, "well": check.is_well, "needed": check.is_needed, "seen": check.seen} for check in seen
        ],
    }
