"""A database with tables of its own: its name, its tables, its migrations. Knows no engine and no rows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData

from corpus.errors import ActuclairError

Outdated = Callable[[str, str], ActuclairError]


@dataclass(frozen=True)
class Kind:
    """A SQLite file, or a schema of the PostgreSQL database, of this `name`.

    `newest`: the last of its `migrations`, a folder; without that the tables are made as they are. `outdated` makes an
    error of where it is and of what is known of its version. What is not of people is the record.
    """

    name: str
    tables: MetaData
    migrations: Path | None = None
    newest: str = ""
    outdated: Outdated | None = None
    is_of_people: bool = True

    @property
    def file(self) -> str:
        return f"{self.name}.sqlite"
