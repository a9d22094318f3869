"""The vectors of all passages and of their statements, kept beside them: what the vector index is made from.

Knows SQL and bytes, not which embedder made the vectors.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, insert, select

from rag.databases.database import Database, rows_by_id
from rag.filters import Filters
from rag.index.filter_sql import conditions
from rag.index.tables import ARTICLES, PASSAGES, VECTORS

_PAGE = 2000  # vectors read at a time; 384 numbers take 1.5 kB


@dataclass(frozen=True)
class Vectors:
    """The unit vector of a passage, shape (dimensions,), and those of its statements, (statements, dimensions)."""

    passage: np.ndarray
    statements: np.ndarray


class StoredVectors:
    """The vectors of one data folder; statements' are kept with half precision, which moves a cosine by .0005."""

    def __init__(self, database: Database):
        self._database = database

    def nearest(self, embedding: np.ndarray, top: int, filters: Filters) -> list[tuple[str, float]]:
        """The ids of the nearest passages and their cosine with the query, by comparing with every one."""
        best: list[tuple[float, str]] = []
        for ids, vectors in self.pages(filters):
            cosines = vectors @ embedding
            places = np.argsort(-cosines)[:top]
            best = sorted([*best, *((float(cosines[place]), ids[place]) for place in places)], reverse=True)[:top]
        return [(id_, cosine) for cosine, id_ in best]

    def pages(self, filters: Filters | None = None) -> Iterator[tuple[list[str], np.ndarray]]:
        """All passages' ids and vectors, shape (ids, dimensions), some thousands at a time."""
        query = select(VECTORS.c.number, PASSAGES.c.id, VECTORS.c.passage).join_from(VECTORS, PASSAGES)
        if filters:
            query = query.join(ARTICLES).where(*conditions(filters))
        for rows in self._database.pages(query, VECTORS.c.number, _PAGE):
            yield [row.id for row in rows], np.stack([np.frombuffer(row.passage, np.float32) for row in rows])

    def leads(self) -> dict[str, np.ndarray]:
        """The vector of each article's first passage, shape (dimensions,), by the article's id."""
        first = select(PASSAGES.c.article_id, func.min(PASSAGES.c.start).label("start")).group_by(PASSAGES.c.article_id)
        begins = first.subquery()
        is_first = (begins.c.article_id == PASSAGES.c.article_id) & (begins.c.start == PASSAGES.c.start)
        query = select(PASSAGES.c.article_id, VECTORS.c.passage).join_from(VECTORS, PASSAGES).join(begins, is_first)
        with self._database.transaction() as connection:
            rows = connection.execute(query)
            return {row.article_id: np.frombuffer(row.passage, np.float32) for row in rows}

    def sample(self, count: int) -> tuple[list[str], np.ndarray]:
        """Some passages spread over all, from the oldest to the newest, and their vectors."""
        with self._database.transaction() as connection:
            numbers = connection.execute(select(VECTORS.c.number).order_by(VECTORS.c.number)).scalars().all()
            chosen = [numbers[place] for place in np.linspace(0, len(numbers) - 1, min(count, len(numbers)), dtype=int)]
            query = select(PASSAGES.c.id, VECTORS.c.passage).join_from(PASSAGES, VECTORS)
            rows = list(rows_by_id(connection, query, VECTORS.c.number, chosen))
        return [row.id for row in rows], np.array([np.frombuffer(row.passage, np.float32) for row in rows])

    def replace(self, vectors: Iterable[tuple[str, Vectors]]) -> None:
        """Put other vectors in place of those of passages that are here."""
        entries = list(vectors)
        with self._database.change() as connection:
            query = select(PASSAGES.c.id, PASSAGES.c.number)
            numbers = {
                row.id: row.number for row in rows_by_id(connection, query, PASSAGES.c.id, [id_ for id_, _ in entries])
            }
            known = [(numbers[id_], vector) for id_, vector in entries if id_ in numbers]
            connection.execute(VECTORS.delete().where(VECTORS.c.number.in_([number for number, _ in known])))
            put(connection, known)


def put(connection: Connection, vectors: Iterable[tuple[int, Vectors]]) -> None:
    """Keep the vectors of passages, by the passages' numbers, as part of a transaction."""
    rows = [
        {
            "number": number,
            "passage": entry.passage.astype(np.float32).tobytes(),
            "statements": entry.statements.astype(np.float16).tobytes(),
        }
        for number, entry in vectors
    ]
    if rows:
        connection.execute(insert(VECTORS), rows)


def unpack(passage: bytes, statements: bytes) -> Vectors:
    """The vectors of a row."""
    embedding = np.frombuffer(passage, np.float32)
    return Vectors(embedding, np.frombuffer(statements, np.float16).reshape(-1, len(embedding)).astype(np.float32))
