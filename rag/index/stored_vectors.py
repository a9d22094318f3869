"""The vectors of all passages and of their statements, kept beside them: what the vector index is made from.

Knows SQL and bytes, not which embedder made the vectors.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, Connection, ScalarSelect, exists, func, insert, select

from rag.databases.database import Database, rows_by_id
from rag.filters import Filters
from rag.index.filter_sql import conditions
from rag.index.tables import ARTICLES, PASSAGES, VECTOR_SETS, VECTORS
from rag.index.vector_sets import VectorSets
from rag.index.versions import note_change

_PAGE = 2000  # vectors read at a time; 384 numbers take 1.5 kB


@dataclass(frozen=True)
class Vectors:
    """The unit vector of a passage, shape (dimensions,), and those of its statements, (statements, dimensions)."""

    passage: np.ndarray
    statements: np.ndarray


@dataclass(frozen=True)
class Lacking:
    """A passage that a set has no vectors of, as it was when that was seen."""

    number: int
    id: str
    content_hash: str


class StoredVectors:
    """The vectors of one data folder; statements' are kept with half precision, which moves a cosine by .0005.

    Where no set is named it is one's own.
    """

    def __init__(self, database: Database, sets: VectorSets):
        self._database = database
        self._is_own: ColumnElement[bool] = VECTORS.c.set_number == sets.own

    def nearest(self, embedding: np.ndarray, top: int, filters: Filters) -> list[tuple[str, float]]:
        """The ids of the nearest passages and their cosine with the query, by comparing with every one."""
        best: list[tuple[float, str]] = []
        for ids, vectors in self.pages(filters):
            cosines = vectors @ embedding
            places = np.argsort(-cosines)[:top]
            best = sorted([*best, *((float(cosines[place]), ids[place]) for place in places)], reverse=True)[:top]
        return [(id_, cosine) for cosine, id_ in best]

    def pages(self, filters: Filters | None = None, of: int | None = None) -> Iterator[tuple[list[str], np.ndarray]]:
        """All passages' ids and vectors, shape (ids, dimensions), some thousands at a time; `of` names a set."""
        query = select(VECTORS.c.number, PASSAGES.c.id, VECTORS.c.passage).join_from(VECTORS, PASSAGES)
        query = query.where(self._is_own if of is None else VECTORS.c.set_number == of)
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
            rows = connection.execute(query.where(self._is_own))
            return {row.article_id: np.frombuffer(row.passage, np.float32) for row in rows}

    def count(self, of: int | None = None) -> int:
        """How many passages have vectors; `of` names a set."""
        counted = select(func.count()).select_from(VECTORS)
        with self._database.transaction() as connection:
            is_of = self._is_own if of is None else VECTORS.c.set_number == of
            return connection.execute(counted.where(is_of)).scalar_one()

    def sample(self, count: int, of: int | None = None) -> tuple[list[str], np.ndarray]:
        """Some passages spread over all, from the oldest to the newest, and their vectors; `of` names a set."""
        is_of = self._is_own if of is None else VECTORS.c.set_number == of
        query = select(VECTORS.c.number).where(is_of).order_by(VECTORS.c.number)
        with self._database.transaction() as connection:
            numbers = connection.execute(query).scalars().all()
            chosen = [numbers[place] for place in np.linspace(0, len(numbers) - 1, min(count, len(numbers)), dtype=int)]
            vectors = select(PASSAGES.c.id, VECTORS.c.passage).join_from(PASSAGES, VECTORS).where(is_of)
            rows = list(rows_by_id(connection, vectors, VECTORS.c.number, chosen))
        return [row.id for row in rows], np.array([np.frombuffer(row.passage, np.float32) for row in rows])

    def lacking(self, of: int, rows_a_page: int) -> Iterator[list[Lacking]]:
        """The passages that a set has no vectors of, in the order in which they came."""
        query = select(PASSAGES.c.number, PASSAGES.c.id, ARTICLES.c.content_hash).join_from(PASSAGES, ARTICLES)
        query = query.where(~exists().where(VECTORS.c.number == PASSAGES.c.number, VECTORS.c.set_number == of))
        for rows in self._database.pages(query, PASSAGES.c.number, rows_a_page):
            yield [Lacking(**row._mapping) for row in rows]

    def fill_in(self, of: int, vectors: Sequence[tuple[Lacking, Vectors]]) -> None:
        """Keep vectors that a set lacked, but those of articles that have changed or gone since they were read."""
        numbers = [passage.number for passage, _ in vectors]
        query = select(PASSAGES.c.number, PASSAGES.c.id, ARTICLES.c.content_hash).join_from(PASSAGES, ARTICLES)
        with self._database.change() as connection:
            now = {Lacking(**row._mapping) for row in rows_by_id(connection, query, PASSAGES.c.number, numbers)}
            kept = select(VECTORS.c.number).where(VECTORS.c.set_number == of)
            has = {row.number for row in rows_by_id(connection, kept, VECTORS.c.number, numbers)}
            new = [(each.number, entry) for each, entry in vectors if each in now and each.number not in has]
            put(connection, new, of)
            if new and connection.execute(select(VECTOR_SETS.c.is_complete).where(VECTOR_SETS.c.number == of)).scalar():
                note_change(connection)  # found from now on: what was remembered before does not tell of it


def put(connection: Connection, vectors: Iterable[tuple[int, Vectors]], of: int | ScalarSelect[int]) -> None:
    """Keep the vectors of passages, by the passages' numbers, in a set, as part of a transaction."""
    set_number = of if isinstance(of, int) else connection.execute(select(of)).scalar_one()
    rows = [
        {
            "number": number,
            "set_number": set_number,
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
