"""Which passages hold the words of a question, in the question's own language. Knows words, not vectors.

Only there can words match: fusing word matches across languages halves cross-lingual search (XQuAD).
"""

import math
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from cachetools import LRUCache
from sqlalchemy import Connection, column, func, select, table

from rag.databases.database import Database
from rag.databases.dialects import POSTGRES
from rag.index.tables import PASSAGES
from rag.index.words_postgres import PostgresWords
from rag.index.words_sqlite import SqliteWords
from rag.words.tokens import tokens

WORDS = table("words", column("rowid"), column("stems"))  # what both engines have; FTS5 calls a row's number so
_MOST_RANKED = 3000  # passages: ranking so many takes some milliseconds
_COUNTS_KEPT = 50_000


class WordTable(Protocol):
    """The tokens of all passages in one engine, as part of a transaction."""

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep rows with a `number` and its `stems`, which have spaces between them."""

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None: ...

    def counts(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        """How many passages have each token."""
        ...

    def ranked(self, connection: Connection, counts: Mapping[str, int], top: int) -> list[str]:
        """The ids of the passages that have one of the tokens, by BM25."""
        ...


class Words:
    """The tokens of all passages, in the database's full-text index."""

    def __init__(self, database: Database):
        self._database = database
        self._table = _table_of(database.engine.dialect.name)
        self._counts: LRUCache[str, int] = LRUCache(_COUNTS_KEPT)
        self._counted = 0  # how many passages there were when the counts were taken
        self._lock = threading.Lock()

    def search(self, question: str, language: str, top: int) -> list[str]:
        """The ids of the passages that share the question's rarest tokens, by BM25 over those."""
        counts = _rarest(self._count(question, language))
        if not counts:
            return []
        with self._database.transaction() as connection:
            return self._table.ranked(connection, counts, top)

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
            passages = connection.execute(select(func.coalesce(func.max(PASSAGES.c.number), 0))).scalar_one()
            if passages != self._counted:
                self._counts.clear()
                self._counted = passages
            counts = {token: self._counts[token] for token in wanted if token in self._counts}
            if missing := sorted(wanted - counts.keys()):
                counts |= self._table.counts(connection, missing)
            self._counts.update((token, count) for token, count in counts.items() if count)  # a new word must be found
            return counts


def _rarest(counts: Mapping[str, int]) -> dict[str, int]:
    """The rarest tokens that some passage has, as long as few enough passages have to be ranked."""
    chosen: dict[str, int] = {}
    for token, count in sorted(counts.items(), key=lambda entry: entry[1]):
        if count and (not chosen or sum(chosen.values()) + count <= _MOST_RANKED):
            chosen[token] = count
    return chosen


def _table_of(dialect: str) -> WordTable:
    return PostgresWords() if dialect == POSTGRES else SqliteWords()


def put(connection: Connection, entries: Iterable[tuple[int, str, str]]) -> None:
    """Make passages findable: their numbers, texts and languages, as part of a transaction."""
    rows = [{"number": number, "stems": " ".join(tokens(passage, language))} for number, passage, language in entries]
    if rows:
        _table_of(connection.dialect.name).put(connection, rows)


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    """Let passages be found no more, as part of a transaction."""
    if numbers:
        _table_of(connection.dialect.name).remove(connection, numbers)
