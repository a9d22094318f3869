"""What the pages of a class are made of. Knows neither what is in a part nor how it is sent."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Part:
    """A part of a page: its name, the list that it stands in ('' for a fixed place), and how it is made."""

    name: str
    into: str
    make: Callable[[], Markup]
