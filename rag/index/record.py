"""The record: articles and passages. The one truth; every index can be made again from it.

Knows SQL, not how vectors are made nor what is searched.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL as _LABELS
from sqlalchemy import Connection, delete, func, insert, select, update

from corpus.statements import titled
from corpus.types import Article, Passage
from rag.databases.database import Database, rows_by_id
from rag.databases.dialects import insert_into
from rag.filters import Filters
from rag.index import stored_vectors, word_index
from rag.index.article_rows import article_of, article_row, content_hash, passage_of
from rag.index.filter_sql import article_conditions, conditions
from rag.index.stored_vectors import Vectors
from rag.index.tables import ARTICLES, COPIES, FACTS, MARKS, PASSAGES
from rag.index.vector_sets import VectorSets
from rag.index.versions import VERSION, note_change

_INSTALLATION = "installation"
_PASSAGE_COLUMNS = [column for column in PASSAGES.c if column.name != "number"]


@dataclass(frozen=True)
class Figures:
    """How much is in a record, and when its newest article appeared."""

    articles: int
    passages: int
    newest: date | None


class Record:
    """The articles and passages of one data folder."""

    def __init__(self, database: Database, sets: VectorSets):
        """`sets` tells to which set the vectors of what comes in belong."""
        self._database = database
        self._sets = sets

    def hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The content hashes of those of the articles that are here, or whose copy is."""
        with self._database.transaction() as connection:
            return {
                row.id: row.content_hash
                for table in (COPIES, ARTICLES)
                for row in rows_by_id(connection, select(table.c.id, table.c.content_hash), table.c.id, article_ids)
            }

    def replace(
        self,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        vectors: Sequence[Vectors],
        marks: Mapping[str, frozenset[int]],
    ) -> list[str]:
        """Put articles with their passages, and the passages' vectors, in place of what they replace, in one step.

        `marks` are those by which near duplicates of each article are found. Gives the ids of passages now gone.
        """
        with self._database.change() as connection:
            addresses = _known_addresses(connection, [article.id for article in articles])
            old = _delete(connection, [article.id for article in articles])
            connection.execute(insert(ARTICLES), [article_row(a, addresses.get(a.id, [])) for a in articles])
            numbers = _insert_passages(connection, passages, {article.id: article for article in articles})
            if passages:
                stored_vectors.put(connection, zip(numbers, vectors, strict=True), self._sets.own)
            if rows := [{"article_id": id_, "mark": mark} for id_, found in marks.items() for mark in found]:
                connection.execute(insert(MARKS), rows)
            note_change(connection)
        return sorted(old - {passage.id for passage in passages})

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Forget articles; gives the ids of the passages that are gone."""
        with self._database.change() as connection:
            return sorted(_delete(connection, article_ids))

    def note_copy(self, copy: Article, original_id: str) -> list[str]:
        """Keep a copy's addresses with its original, and nothing else of it; gives the ids of passages now gone."""
        with self._database.change() as connection:
            known = _known_addresses(connection, [copy.id]).get(copy.id, [])
            gone = _delete(connection, [copy.id])
            row = {"id": copy.id, "article_id": original_id, "content_hash": content_hash(copy)}
            copied = insert_into(connection, COPIES).values(row)
            connection.execute(copied.on_conflict_do_update(index_elements=["id"], set_=row))
            _add_addresses(connection, original_id, [*copy.addresses, *known])
        return sorted(gone)

    def note_addresses(self, article: Article) -> None:
        """Keep other addresses under which an article that is here has come again."""
        with self._database.change() as connection:
            original = connection.execute(select(COPIES.c.article_id).where(COPIES.c.id == article.id)).scalar()
            _add_addresses(connection, original or article.id, article.addresses)

    def sharing(self, marks: frozenset[int]) -> list[Article]:
        """The articles that share one of these marks: near duplicates, perhaps."""
        with self._database.transaction() as connection:
            ids = connection.execute(select(MARKS.c.article_id).where(MARKS.c.mark.in_(marks)).distinct()).scalars()
            found = rows_by_id(connection, select(ARTICLES), ARTICLES.c.id, sorted(ids))
            return [article_of(dict(row._mapping)) for row in found]

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Article]]:
        """Those of the passages that are here, with their articles."""
        query = select(*_PASSAGE_COLUMNS, *ARTICLES.c).join_from(PASSAGES, ARTICLES).set_label_style(_LABELS)
        found, articles = {}, dict[str, Article]()
        with self._database.transaction() as connection:
            for row in rows_by_id(connection, query, PASSAGES.c.id, passage_ids):
                values = row._mapping
                passage = passage_of({column.name: values[f"passages_{column.name}"] for column in _PASSAGE_COLUMNS})
                if passage.article_id not in articles:
                    named = {column.name: values[f"articles_{column.name}"] for column in ARTICLES.c}
                    articles[passage.article_id] = article_of(named)
                found[passage.id] = (passage, articles[passage.article_id])
        return found

    def passing(self, passage_ids: Sequence[str], filters: Filters) -> set[str]:
        """Those of the passages that are here and pass the filters."""
        query = select(PASSAGES.c.id).join(ARTICLES).where(*conditions(filters))
        with self._database.transaction() as connection:
            return {row.id for row in rows_by_id(connection, query, PASSAGES.c.id, passage_ids)}

    def passage_ids(self) -> set[str]:
        with self._database.transaction() as connection:
            return set(connection.execute(select(PASSAGES.c.id)).scalars())

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in their order."""
        query = select(*_PASSAGE_COLUMNS).where(PASSAGES.c.article_id == article_id).order_by(PASSAGES.c.start)
        with self._database.transaction() as connection:
            return [passage_of(dict(row._mapping)) for row in connection.execute(query)]

    def articles(self, filters: Filters | None = None) -> list[Article]:
        """The articles that pass the filters (`kind` is theirs here, not their passages'), the newest first."""
        query = select(ARTICLES).order_by(ARTICLES.c.published.desc().nulls_last(), ARTICLES.c.id)
        query = query.where(*article_conditions(filters or Filters()))
        if filters and filters.kind:
            query = query.where(ARTICLES.c.kind == filters.kind)
        with self._database.transaction() as connection:
            return [article_of(dict(row._mapping)) for row in connection.execute(query)]

    def outlets(self) -> list[str]:
        with self._database.transaction() as connection:
            return [name for name in connection.execute(select(ARTICLES.c.outlet).distinct()).scalars() if name]

    def count_passages(self) -> int:
        with self._database.transaction() as connection:
            return connection.execute(select(func.count()).select_from(PASSAGES)).scalar_one()

    def figures(self) -> Figures:
        articles = select(func.count(), func.max(ARTICLES.c.published)).select_from(ARTICLES)
        with self._database.transaction() as connection:
            count, newest = connection.execute(articles).one()
            passages = connection.execute(select(func.count()).select_from(PASSAGES)).scalar_one()
        return Figures(count, passages, newest)

    def fact(self, name: str) -> str | None:
        """What was noted about the record itself, such as the embedder of its index."""
        with self._database.transaction() as connection:
            return connection.execute(select(FACTS.c.value).where(FACTS.c.name == name)).scalar_one_or_none()

    def installation(self) -> str:
        """A random mark of this record, by which what it has elsewhere is told from others'."""
        if known := self.fact(_INSTALLATION):
            return known
        with self._database.change() as connection:
            first = insert_into(connection, FACTS).values(name=_INSTALLATION, value=secrets.token_hex(8))
            connection.execute(first.on_conflict_do_nothing())
        return self.installation()

    def version(self) -> int:
        """A number that grows with every change of the articles; other addresses of an article are none."""
        return int(self.fact(VERSION) or 0)


def _delete(connection: Connection, article_ids: Sequence[str]) -> set[str]:
    """Delete articles with all that is kept about them; gives the ids of their passages."""
    query = select(PASSAGES.c.number, PASSAGES.c.id)
    old = list(rows_by_id(connection, query, PASSAGES.c.article_id, article_ids))
    word_index.remove(connection, [row.number for row in old])
    for id_ in article_ids:
        if connection.execute(delete(ARTICLES).where(ARTICLES.c.id == id_)).rowcount:  # the rest goes with it
            note_change(connection)
        connection.execute(delete(COPIES).where(COPIES.c.id == id_))
    return {row.id for row in old}


def _insert_passages(
    connection: Connection, passages: Sequence[Passage], articles: Mapping[str, Article]
) -> Sequence[int]:
    """Keep passages and their words; gives the passages' numbers."""
    if not passages:
        return ()
    first = connection.execute(select(func.coalesce(func.max(PASSAGES.c.number), 0))).scalar_one() + 1
    numbers = range(first, first + len(passages))
    rows = [asdict(passage) | {"number": number} for number, passage in zip(numbers, passages, strict=True)]
    connection.execute(insert(PASSAGES), rows)
    searchable = (titled(passage, articles[passage.article_id]) for passage in passages)
    languages = (articles[passage.article_id].language for passage in passages)
    word_index.put(connection, zip(numbers, searchable, languages, strict=True))
    return numbers


def _known_addresses(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[str]]:
    query = select(ARTICLES.c.id, ARTICLES.c.addresses)
    return {row.id: row.addresses for row in rows_by_id(connection, query, ARTICLES.c.id, article_ids)}


def _add_addresses(connection: Connection, article_id: str, addresses: Sequence[str]) -> None:
    known = _known_addresses(connection, [article_id]).get(article_id, [])
    if not set(addresses) <= set(known):
        merged = list(dict.fromkeys([*known, *addresses]))
        connection.execute(update(ARTICLES).where(ARTICLES.c.id == article_id).values(addresses=merged))
