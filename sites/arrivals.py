"""Articles on their way into the index: kept until they are in, so that no restart loses one. Knows rows only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from rag.databases.database import Database
from rag.databases.dialects import insert_into
from sites.tables import ARRIVALS

MOST_WAITING = 200  # of a site


@dataclass(frozen=True)
class Arrival:
    """An article that a site has sent as `fields`, or one that is to be fetched from an address."""

    article_id: str
    site_id: str
    address: str = ""
    fields: Mapping[str, object] | None = None


class Arrivals:
    """What waits in the file; safe for several threads."""

    def __init__(self, file: Database):
        self._file = file

    def note(self, arrival: Arrival) -> bool:
        """Let an article wait, in place of what waited under its id; whether there was room."""
        row: dict[str, Any] = {
            "article_id": arrival.article_id, "site_id": arrival.site_id, "address": arrival.address,
            "fields": dict(arrival.fields) if arrival.fields is not None else None,
        }  # fmt: skip
        with self._file.change() as connection:
            waiting = select(func.count()).where(ARRIVALS.c.site_id == arrival.site_id)
            if connection.execute(waiting).scalar_one() >= MOST_WAITING:
                return False
            statement = insert_into(connection, ARRIVALS).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["article_id"], set_=row))
            return True

    def all(self) -> list[Arrival]:
        with self._file.transaction() as connection:
            rows = connection.execute(select(ARRIVALS))
            return [Arrival(row.article_id, row.site_id, row.address, row.fields) for row in rows]

    def has(self, site_id: str, article_id: str) -> bool:
        this = (ARRIVALS.c.site_id == site_id) & (ARRIVALS.c.article_id == article_id)
        with self._file.transaction() as connection:
            return connection.execute(select(ARRIVALS.c.article_id).where(this)).first() is not None

    def done(self, arrival: Arrival) -> None:
        """An article is in, or will never be; one that was sent again meanwhile goes on waiting."""
        with self._file.change() as connection:
            row = connection.execute(select(ARRIVALS).where(ARRIVALS.c.article_id == arrival.article_id)).first()
            if row is not None and row.fields == arrival.fields:
                connection.execute(delete(ARRIVALS).where(ARRIVALS.c.article_id == arrival.article_id))
