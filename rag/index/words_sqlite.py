"""The words of passages in SQLite's full-text index, FTS5. Knows tokens, not languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

_PUT = text("INSERT INTO words(rowid, stems) VALUES (:number, :stems)")
_REMOVE = text("DELETE FROM words WHERE rowid = :number")
_COUNT = text("SELECT doc FROM word_counts WHERE term = :token")
_RANKED = text(
    "SELECT passages.id FROM words JOIN passages ON passages.number = words.rowid "
    "WHERE words MATCH :words ORDER BY words.rank LIMIT :top"
)


class SqliteWords:
    """FTS5 ranks by BM25, and knows in how many rows each token is."""

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.execute(_PUT, rows)

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        connection.execute(_REMOVE, [{"number": number} for number in numbers])

    def counts(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        return {token: connection.execute(_COUNT, {"token": token}).scalar() or 0 for token in tokens}

    def ranked(self, connection: Connection, counts: Mapping[str, int], top: int) -> list[str]:
        words = " OR ".join(f'"{token}"' for token in counts)
        return list(connection.execute(_RANKED, {"words": words, "top": top}).scalars())
