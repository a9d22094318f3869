"""The words of passages in PostgreSQL: a tsvector of tokens with an index over it. Knows tokens, not languages.

PostgreSQL's own ranking knows neither rare words nor long passages. So the BM25 of SQLite's FTS5 is computed here, with
its constants: Robertson and Zaragoza (2009), p. 360, k1 = 1.2, b = 0.75. A tsvector counts a token up to 255 times.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

_LONGEST = 500  # characters of a token that are looked at: PostgreSQL takes 2,046 bytes
_MOST_OFTEN = 255
_LEAST_IDF = 1e-6  # of tokens that most passages have
_PUT = text(
    "INSERT INTO words(rowid, stems, length, terms) VALUES (:number, :stems, :length, CAST(:terms AS tsvector))"
)
_REMOVE = text("DELETE FROM words WHERE rowid = ANY(:numbers)")
_COUNTS = text(
    "SELECT token, (SELECT count(*) FROM words WHERE terms @@ CAST(quoted AS tsquery)) "
    "FROM unnest(CAST(:tokens AS text[]), CAST(:quoted AS text[])) AS asked(token, quoted)"
)
_ALL = text("SELECT count(*), coalesce(avg(length), 0), coalesce(max(rowid), 0) FROM words")
_NEWEST = text("SELECT coalesce(max(rowid), 0) FROM words")
_RANKED = text(  # the weight A marks the tokens that are asked for: to unnest all others took four times as long
    "SELECT passages.id FROM (SELECT words.rowid AS number, sum(asked.idf * cardinality(term.positions) * 2.2 / "
    "(cardinality(term.positions) + 1.2 * (0.25 + 0.75 * words.length / :average))) AS score FROM words "
    "CROSS JOIN LATERAL unnest(ts_filter(setweight(words.terms, 'A', CAST(:tokens AS text[])), '{a}')) AS term "
    "JOIN unnest(CAST(:tokens AS text[]), CAST(:idfs AS float8[])) AS asked(token, idf) ON asked.token = term.lexeme "
    "WHERE words.terms @@ CAST(:query AS tsquery) GROUP BY words.rowid ORDER BY score DESC, words.rowid LIMIT :top"
    ") AS best JOIN passages USING (number) ORDER BY best.score DESC, best.number"
)


class PostgresWords:
    """Ranks as FTS5 does; how many passages there are, and how long, is counted again when new ones have come."""

    def __init__(self) -> None:
        self._passages, self._average, self._newest = 0, 0.0, -1

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        connection.execute(_PUT, [_row(row["number"], row["stems"]) for row in rows])

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        connection.execute(_REMOVE, {"numbers": list(numbers)})

    def counts(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        asked = {"tokens": list(tokens), "quoted": [_quoted(token) for token in tokens]}
        return {row[0]: row[1] for row in connection.execute(_COUNTS, asked)}

    def ranked(self, connection: Connection, counts: Mapping[str, int], top: int) -> list[str]:
        if self._newest != connection.execute(_NEWEST).scalar_one():
            self._passages, average, self._newest = connection.execute(_ALL).one()
            self._average = float(average)
        asked = {
            "query": " | ".join(map(_quoted, counts)), "tokens": [token[:_LONGEST] for token in counts],
            "idfs": [self._idf(count) for count in counts.values()], "average": self._average, "top": top,
        }  # fmt: skip
        return list(connection.execute(_RANKED, asked).scalars())

    def _idf(self, count: int) -> float:
        """How telling a token is that so many passages have."""
        others = max(0, self._passages - count)  # none, when passages went since they were counted
        return max(_LEAST_IDF, math.log((others + 0.5) / (count + 0.5)))


def _row(number: int, stems: str) -> dict[str, Any]:
    found = Counter(stem[:_LONGEST] for stem in stems.split())
    terms = " ".join(f"{_quoted(stem)}:{_places(often)}" for stem, often in found.items())
    return {"number": number, "stems": stems, "length": found.total(), "terms": terms}


def _places(often: int) -> str:
    """As many places as a token is found. Example: 3 -> '1,2,3'"""
    return ",".join(map(str, range(1, min(often, _MOST_OFTEN) + 1)))


def _quoted(token: str) -> str:
    """A token as PostgreSQL reads it. Example: "fr_l'" -> "'fr_l'''" """
    escaped = token[:_LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
