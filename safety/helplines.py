"""Which helplines stand for which crisis in which country. Knows no languages; `helplines.toml` holds the facts."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from safety.errors import CountryUnknown, SafetyFileInvalid
from safety.types import Crisis

TABLE = Path(__file__).with_name("helplines.toml")


@dataclass(frozen=True)
class Hours:
    """When somebody answers: from one weekday to another (1 is Monday), between two times; all of it when `always`."""

    first: int = 1
    last: int = 7
    start: str = "0:00"
    end: str = "24:00"

    @property
    def always(self) -> bool:
        return self == Hours()


@dataclass(frozen=True)
class Helpline:
    """A number to call; `hours` is None where none are known. `kinds` are the crises it stands first for.

    `chat` is where one can write instead, '' for nowhere.
    """

    name: str
    number: str
    chat: str
    hours: Hours | None
    kinds: frozenset[Crisis]
    for_adults: bool
    for_everyone: bool
    source: str


@dataclass(frozen=True)
class Country:
    """The helplines of a country, and its emergency numbers: those to call, and those that only take text messages."""

    emergency: tuple[str, ...]
    emergency_text: tuple[str, ...]
    lines: tuple[Helpline, ...]

    def lines_for(self, kind: Crisis, adult: bool) -> tuple[Helpline, ...]:
        """Those that stand first for it, then those for everyone; for adults only lines that serve them. Never none."""
        open_to = [line for line in self.lines if line.for_adults or not adult]
        first = [line for line in open_to if kind in line.kinds]
        others = [line for line in open_to if line.for_everyone and line not in first]
        return tuple([*first, *others] or open_to)


def country(code: str) -> Country:
    """Example: 'FR' -> Country(('112',), ('114',), …). Raises CountryUnknown or SafetyFileInvalid."""
    known = _table()[1]
    if code not in known:
        raise CountryUnknown(code, list(known))
    return known[code]


def countries() -> tuple[str, ...]:
    """The countries that a setting may name."""
    return tuple(_table()[1])


def checked() -> datetime.date:
    """When the numbers were last compared with their sources."""
    return _table()[0]


@cache
def _table() -> tuple[datetime.date, dict[str, Country]]:
    try:
        values = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        date = values.pop("checked")
        return date, {code: _country(entry) for code, entry in values.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SafetyFileInvalid(TABLE, str(error)) from error


def _country(entry: dict[str, Any]) -> Country:
    lines = tuple(_line(line) for line in entry["lines"])
    return Country(tuple(entry["emergency"]), tuple(entry["emergency_text"]), lines)


def _line(entry: dict[str, Any]) -> Helpline:
    hours = entry["hours"]
    return Helpline(
        name=entry["name"],
        number=entry["number"],
        chat=entry["chat"],
        hours=Hours() if hours == "always" else Hours(*hours) if hours else None,
        kinds=frozenset(Crisis(kind) for kind in entry["for"]),
        for_adults=entry["adults"],
        for_everyone=entry["everyone"],
        source=entry["source"],
    )
