"""The feeds that are followed, in the record. Knows SQL, not how feeds are read."""

from pydantic import TypeAdapter
from sqlalchemy import select

from corpus.feed_state import FeedState
from rag.databases.database import Database
from rag.databases.dialects import insert_into
from rag.index.tables import FEEDS

_STATE = TypeAdapter(FeedState)


class FollowedFeeds:
    """What is known of each feed of one data folder."""

    def __init__(self, database: Database):
        self._database = database

    def feed_states(self) -> dict[str, FeedState]:
        """The state of every feed, by its address."""
        with self._database.transaction() as connection:
            rows = connection.execute(select(FEEDS)).all()
        return {row.address: _STATE.validate_python(row.state, strict=False) for row in rows}

    def note_feed(self, state: FeedState) -> None:
        row = {"address": state.address, "state": _STATE.dump_python(state, mode="json")}
        with self._database.change() as connection:
            noted = insert_into(connection, FEEDS).values(row)
            connection.execute(noted.on_conflict_do_update(index_elements=["address"], set_=row))
