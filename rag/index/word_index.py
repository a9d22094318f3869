"""Which passages hold the words of a question, in the question's own language. Knows words, not vectors.

Only there can words match: fusing word matches across languages halves cross-lingual search (XQuAD).
"""

import math
import threading
from collections.abc import Iterable, Mapping, Sequence

from cachetools import LRUCache
from sqlalchemy import Connection, text

from rag.index.database import Database
from rag.words.tokens import tokens

_MOST_RANKED = 3000  # passages: ranking so many takes some milliseconds
_COUNTS_KEPT = 50_000


class Words:
    """The tokens of all passages, in the database's full-text index."""

    def __init__(self, database: Database):
        self._database = database
        self._counts: LRUCache[str, int] = LRUCache(_COUNTS_KEPT)
        self._counted = 0  # how many passages there were when the counts were taken
        self._lock = threading.Lock()

    def search(self, question: str, language: str, top: int) -> list[str]:
        """The ids of the passages that share the question's rarest tokens, by BM25 over those."""
        words = " OR ".join(f'"{token}"' for token in _rarest(self._count(question, language)))
        if not words:
            return []
        query = text(
            "SELECT passages.id FROM words JOIN passages ON passages.number = words.rowid "
            "WHERE words MATCH :words ORDER BY words.rank LIMIT :top"
        )
        with self._database.transaction() as connection:
            return list(connection.execute(query, {"words": words, "top": top}).scalars())

    def weights(self, question: str, language: str) -> dict[str, float]:
        """How telling each token of a question is: log(1 + (N - n + .5) / (n + .5)) when n of N passages have it.

        Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), p. 347.
        """
        counts = self._count(question, language)
        return {token: math.log(1 + max(0, self._counted - n + 0.5) / (n + 0.5)) for token, n in counts.items()}

    def _count(self, question: str, language: str) -> dict[str, int]:
        """How many passages have each token of a question; kept, for counting frequent ones takes milliseconds."""
        wanted = set(tokens(question, language))
        with self._lock, self._database.transaction() as connection:
            passages = connection.execute(text("SELECT coalesce(max(number), 0) FROM passages")).scalar_one()
            if passages != self._counted:
                self._counts.clear()
                self._counted = passages
            counts = {token: self._counts[token] for token in wanted if token in self._counts}
            for token in wanted - counts.keys():
                found = connection.execute(text("SELECT doc FROM word_counts WHERE term = :token"), {"token": token})
                counts[token] = found.scalar() or 0
            self._counts.update((token, count) for token, count in counts.items() if count)  # a new word must be found
            return counts


def _rarest(counts: Mapping[str, int]) -> list[str]:
    """The rarest tokens that some passage has, as long as few enough passages have to be ranked."""
    chosen: list[str] = []
    ranked = 0
    for token, count in sorted(counts.items(), key=lambda entry: entry[1]):
        if count and (not chosen or ranked + count <= _MOST_RANKED):
            chosen.append(token)
            ranked += count
    return chosen


def put(connection: Connection, entries: Iterable[tuple[int, str, str]]) -> None:
    """Make passages findable: their numbers, texts and languages, as part of a transaction."""
    rows = [{"number": number, "stems": " ".join(tokens(passage, language))} for number, passage, language in entries]
    if rows:
        connection.execute(text("INSERT INTO words(rowid, stems) VALUES (:number, :stems)"), rows)


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    """Let passages be found no more, as part of a transaction."""
    if numbers:
        connection.execute(text("DELETE FROM words WHERE rowid = :number"), [{"number": n} for n in numbers])
