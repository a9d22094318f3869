"""A number that grows with every change of what can be found: by it, what was remembered before is known to be old."""

from sqlalchemy import Connection, Integer, Text, cast

from rag.databases.dialects import insert_into
from rag.index.tables import FACTS

VERSION = "articles_version"  # the name of a fact: folders made before it have none, and begin at 0


def note_change(connection: Connection) -> None:
    """Let the version grow in the transaction that changes something: neither is ever kept without the other."""
    grown = cast(cast(FACTS.c.value, Integer) + 1, Text)
    first = insert_into(connection, FACTS).values(name=VERSION, value="1")
    connection.execute(first.on_conflict_do_update(index_elements=["name"], set_={"value": grown}))
