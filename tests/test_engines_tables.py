"""The tables in PostgreSQL: of this version, made once whatever kills their making, and emptied of what is deleted."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from class_rooms import PLAN, MadeUp, question_of, school_in
from engines import Cluster
from fakes import article_of
from killing import killed_at
from sqlalchemy import insert, select

from classroom.keeping.tables import CLASSROOM
from rag.databases.database import Database
from rag.databases.kind import Kind
from rag.index.article_rows import article_row
from rag.index.tables import ARTICLES, RECORD, VECTORS
from rag.index.vector_sets import VectorSet, VectorSets
from sites.tables import SITES_KIND

pytest_plugins = ("engines",)
SECRET = "Xylofonmuziek"
KINDS = pytest.mark.parametrize("kind", [RECORD, CLASSROOM, SITES_KIND], ids=lambda kind: kind.name)


@pytest.fixture
def address(postgres: Cluster) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def differences(database: Database) -> list[object]:
    with database.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, database.kind.tables)
    return [each for each in found if not str(each[1]).startswith("words") and "ix_words" not in str(each)]


@KINDS
def test_migrations_make_the_tables_of_this_version(kind: Kind, address: str, tmp_path: Path):
    database = Database(kind, tmp_path, address)

    assert differences(database) == []
    assert list(tmp_path.iterdir()) == []
    database.close()


@KINDS
def test_tables_whose_making_is_killed_are_made_by_the_next_start(kind: Kind, postgres: Cluster, tmp_path: Path):
    for statement in (2, 5, 9, 14, 20):
        with postgres.database() as address:
            was_killed = killed_at(statement, lambda address=address: Database(kind, tmp_path, address))
            database = Database(kind, tmp_path, address)

            assert differences(database) == [], statement
            assert was_killed or statement > 9
            database.close()


def test_vectors_of_the_second_version_become_the_first_set(address: str, tmp_path: Path):
    shutil.copytree(RECORD.migrations, tmp_path / "migrations")
    (tmp_path / "migrations" / "0003_vector_sets.py").unlink()
    old = Database(replace(RECORD, migrations=tmp_path / "migrations", newest="2"), tmp_path, address)
    with old.change() as connection:
        connection.execute(insert(ARTICLES), [article_row(article_of("Il robot canta.", id="città"), [])])
        connection.exec_driver_sql("INSERT INTO passages VALUES (1, 'p', 'città', 'Il robot', 0, 8, 'news')")
        connection.exec_driver_sql("INSERT INTO vectors VALUES (1, 'abcd', '')")
        connection.exec_driver_sql("INSERT INTO facts VALUES ('embedder', 'größer'), ('vectors', 'vectors-4')")
    old.close()

    database = Database(RECORD, tmp_path, address)

    assert VectorSets(database, "größer").all() == [VectorSet(1, "größer", "vectors-4", True)]
    with database.transaction() as connection:
        kept = connection.execute(select(VECTORS)).one()
    assert (kept.number, kept.set_number, bytes(kept.passage)) == (1, 1, b"abcd")
    assert differences(database) == []
    database.close()


def test_what_is_deleted_is_in_no_file_of_the_tables(postgres: Cluster, tmp_path: Path, address: str):
    def files() -> list[str]:
        postgres.run("CHECKPOINT")
        data = postgres.folder / "data" / "base"
        return [path.name for path in data.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]

    with school_in(tmp_path, MadeUp(), address=address) as school:
        room = school.open(PLAN)
        room.ask(room.join("Zoë", "token").id, question_of(f"Che cos’è {SECRET}?"))
        before = files()
        school.delete(room)

        assert before and files() == []
