"""Which articles a search may look at. A value: knows no database."""

from dataclasses import dataclass, replace
from datetime import date

from corpus.types import Audience, Kind


@dataclass(frozen=True)
class Filters:
    """What articles must be; what is None does not matter. `since` and `until` are days of publication, inclusive.

    `articles` are the ids of those that may be looked at.
    """

    language: str | None = None
    audience: Audience | None = None
    kind: Kind | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    articles: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def narrowed(self, named: "Filters") -> "Filters":
        """These filters, with the kind, the outlet and the time of others where these leave them open."""
        narrowed = replace(self, kind=self.kind or named.kind, outlet=self.outlet or named.outlet)
        if self.since or self.until:
            return narrowed
        return replace(narrowed, since=named.since, until=named.until)
