"""What the pages of a class are made of. Knows neither what is in a part nor how it is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Part:
    """A part of a page: its name, the list that it stands in ('' for a fixed place), and how it is made.

    None is made of what is gone since the parts were listed: a question taken back, a session deleted.
    """

    name: str
    into: str
    make: Callable[[], Markup | None]


def all_changes(changed: Sequence[str]) -> bool:
    """For a page that shows everything."""
    return True


@dataclass(frozen=True)
class Page:
    """What a page shows, and which changes concern it: with thirty of them open, most concern one or two."""

    parts: Callable[[], Sequence[Part]]
    concerns: Callable[[Sequence[str]], bool] = all_changes
