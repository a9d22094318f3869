"""All that ranking needs of a passage, read at once: texts are read only of those that are shown.

Knows SQL, not how passages are ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from corpus.types import Audience
from rag.databases.database import Database, rows_by_id
from rag.index.stored_vectors import Vectors, unpack
from rag.index.tables import ARTICLES, PASSAGES, VECTORS
from rag.index.vector_sets import VectorSets
from rag.index.word_index import WORDS


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer a question: vectors, tokens, its article's language, day and readers."""

    id: str
    language: str
    published: date | None
    audience: Audience
    tokens: frozenset[str]
    vectors: Vectors


class Candidates:
    """The candidates of one data folder, with one's own vectors."""

    def __init__(self, database: Database, sets: VectorSets):
        self._database = database
        self._sets = sets

    def of(self, passage_ids: Sequence[str]) -> list[Candidate]:
        """Those of the passages that are here, in any order."""
        columns = (PASSAGES.c.id, ARTICLES.c.language, ARTICLES.c.published, ARTICLES.c.audience, WORDS.c.stems)
        query = (
            select(*columns, VECTORS.c.passage, VECTORS.c.statements)
            .join_from(PASSAGES, ARTICLES)
            .join(VECTORS, (VECTORS.c.number == PASSAGES.c.number) & (VECTORS.c.set_number == self._sets.own))
            .join(WORDS, WORDS.c.rowid == PASSAGES.c.number)
        )
        with self._database.transaction() as connection:
            return [
                Candidate(
                    id=row.id,
                    language=row.language,
                    published=row.published,
                    audience=Audience(row.audience),
                    tokens=frozenset(row.stems.split()),
                    vectors=unpack(row.passage, row.statements),
                )
                for row in rows_by_id(connection, query, PASSAGES.c.id, passage_ids)
            ]
