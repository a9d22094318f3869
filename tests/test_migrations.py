"""Data of every version that was ever kept opens, and a migration that is killed at any step loses nothing."""

import re
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import alembic.command
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import FakeEmbedder
from killing import killed_at
from sqlalchemy import func, select, text
from stored_articles import found

from backups.databases import DATABASES
from classroom.keeping.storage import Storage
from classroom.keeping.tables import CLASSROOM, PUPILS, TURNS
from rag.databases.database import Database
from rag.databases.kind import Kind
from rag.databases.migrating import known
from rag.errors import HomeInUse, IndexIncomplete, RecordOutdated, StorageFailed
from rag.index.reindexing import reindex
from rag.index.tables import RECORD
from rag.index.workspace import Workspace, hold
from sites.kept_answers import KeptAnswers
from sites.storage import Sites, open_file
from sites.tables import SITES_KIND

SCHEMAS = Path(__file__).parent / "data" / "schemas"
LATER = '''
"""A table made anew, which drops the one that others refer to."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "0001", None, None


def upgrade() -> None:
    with op.batch_alter_table("sessions", recreate="always") as batch:
        batch.add_column(sa.Column("theme", sa.Text(), nullable=False, server_default="luna"))
    op.create_index("ix_sessions_theme", "sessions", ["theme"])
'''

LATER_RECORD = '''
"""A column more."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "3", None, None


def upgrade() -> None:
    op.add_column("articles", sa.Column("country", sa.Text(), nullable=False, server_default="Österreich"))
'''
KINDS = (RECORD, CLASSROOM, SITES_KIND)


def lay(home: Path, kept: str, file: str) -> Path:
    """A file of a data folder as an earlier version left it."""
    path = home / file
    if kept.endswith(".sqlite"):
        shutil.copy(SCHEMAS / kept, path)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript((SCHEMAS / kept).read_text(encoding="utf-8"))
    return path


def differences(file: Database) -> list[object]:
    with file.transaction() as connection:
        return [
            each
            for each in compare_metadata(MigrationContext.configure(connection), file.kind.tables)
            if not _is_of_words(each)
        ]


def _is_of_words(difference: tuple[str, object]) -> bool:
    """Tables that full-text search brings along, and no metadata names."""
    return difference[0] == "remove_table" and str(difference[1]).startswith("word")


@pytest.mark.parametrize("database", DATABASES, ids=lambda database: database.file)
def test_a_file_of_every_version_that_can_be_opened_is_kept_here(database):
    there = {path.stem.removeprefix(f"{Path(database.file).stem}-") for path in SCHEMAS.iterdir()}

    assert database.known() <= there


def test_classes_of_the_first_version_open_with_all_that_is_in_them(tmp_path: Path):
    lay(tmp_path, "classroom-0001.sql", CLASSROOM.file)

    storage = Storage(tmp_path)

    (register,) = storage.registers()
    assert (len(register.pupils), len(register.turns), len(register.results)) == (1, 2, 1)
    assert register.session.plan.language == "it"
    assert storage.secret("teacher").startswith("$argon2id$")
    assert differences(storage) == []


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_sites_of_every_version_open_with_all_that_is_in_them(tmp_path: Path, version: str):
    lay(tmp_path, f"sites-{version}.sql", SITES_KIND.file)

    file = open_file(tmp_path)

    (site,) = Sites(file).all()
    assert site.country == ("IT" if version == "0002" else "")
    assert [correction.text for correction in KeptAnswers(file).corrections(site.id)] == ["È stato corretto."]
    assert KeptAnswers(file).find(site.id, "a1") is not None
    assert differences(file) == []


@pytest.mark.parametrize("version", ["2", "3"])
def test_a_record_of_every_version_is_searched_at_once(tmp_path: Path, version: str):
    lay(tmp_path, f"record-{version}.sqlite", RECORD.file)

    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        workspace.check_ready()
        workspace.index.mend()
        answers = found(workspace, "Le cow-boy n'existe pas")
        assert differences(workspace.database) == []

    assert answers[0][0].startswith("cowboy")


def test_vectors_that_the_second_version_left_half_changed_are_made_again(tmp_path: Path):
    path = lay(tmp_path, "record-2.sqlite", RECORD.file)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO facts VALUES ('reindexing', 'größer')")

    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        with pytest.raises(IndexIncomplete, match="`actuclair reindex`"):
            workspace.check_ready()
        reindex(workspace)

        assert found(workspace, "Le cow-boy n'existe pas")[0][0].startswith("cowboy")


def test_reindex_does_not_change_the_tables_of_a_folder_that_an_older_server_has(tmp_path: Path):
    path = lay(tmp_path, "record-2.sqlite", RECORD.file)
    lock = hold(tmp_path)

    with pytest.raises(HomeInUse):
        Workspace(tmp_path, FakeEmbedder(), beside=True)
    lock.release()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_record_without_vectors_is_refused_by_name_and_left_as_it_is(tmp_path: Path):
    path = lay(tmp_path, "record-0.sql", RECORD.file)

    with pytest.raises(RecordOutdated, match="actuclair ingest"):
        Workspace(tmp_path, FakeEmbedder())

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT text FROM articles").fetchall() == [("Il robot canta in città.",)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_file_whose_making_is_killed_at_any_statement_is_made_by_the_next_start(tmp_path: Path, kind: Kind):
    statement = 1
    while killed_at(statement, lambda home=tmp_path / str(statement): Database(kind, home)):
        made = Database(kind, tmp_path / str(statement))
        assert differences(made) == [], statement
        made.close()
        statement += 1

    assert statement > len(kind.tables.sorted_tables)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_start_knows_the_newest_migration_without_looking_for_it(kind: Kind):
    scripts = [path.read_text(encoding="utf-8") for path in kind.migrations.glob("*.py")]

    followed = {id_ for script in scripts for id_ in re.findall(r'^down_revision = "(.*)"', script, re.M)}

    assert known(kind) - followed == {kind.newest}


def later(tmp_path: Path) -> Kind:
    """The classes as a later version may keep them."""
    shutil.copytree(CLASSROOM.migrations, tmp_path / "migrations")
    (tmp_path / "migrations" / "9999_later.py").write_text(LATER)
    return replace(CLASSROOM, migrations=tmp_path / "migrations", newest="9999")


def test_a_table_that_is_made_anew_keeps_its_rows_and_all_that_refer_to_them_whenever_it_is_killed(tmp_path: Path):
    kind = later(tmp_path)
    statement, is_killed = 1, True
    while is_killed:
        home = tmp_path / str(statement)
        home.mkdir()
        lay(home, "classroom-0001.sql", kind.file)
        is_killed = killed_at(statement, lambda home=home: Database(kind, home))
        kept = Database(kind, home)
        with kept.transaction() as connection:
            rows = [connection.execute(select(func.count()).select_from(table)).scalar() for table in (PUPILS, TURNS)]
            themes = connection.execute(text("SELECT theme FROM sessions")).scalars().all()
            guarded = connection.execute(text("PRAGMA foreign_keys")).scalar()
        kept.close()
        assert (rows, themes, guarded) == ([1, 2], ["luna"], 1), statement
        statement += 1

    assert statement > 8


def test_a_record_that_had_no_migrations_yet_goes_on_with_those_it_lacks(tmp_path: Path):
    shutil.copytree(RECORD.migrations, tmp_path / "migrations")
    (tmp_path / "migrations" / "9999_later.py").write_text(LATER_RECORD)
    kind = replace(RECORD, migrations=tmp_path / "migrations", newest="9999")
    statement, is_killed = 1, True
    while is_killed:
        home = tmp_path / str(statement)
        home.mkdir()
        lay(home, "record-2.sqlite", kind.file)
        is_killed = killed_at(statement, lambda home=home: Database(kind, home))
        kept = Database(kind, home)
        with kept.transaction() as connection:
            paese = connection.execute(text("SELECT DISTINCT country FROM articles")).scalars().all()
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        kept.close()
        assert (paese, version) == (["Österreich"], ["9999"]), statement
        statement += 1

    assert statement > 4


def test_rows_that_refer_to_nothing_stop_a_migration_before_it_changes_anything(tmp_path: Path):
    kind, path = later(tmp_path), lay(tmp_path, "classroom-0001.sql", CLASSROOM.file)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE pupils SET session_id = 'nirgends'")

    with pytest.raises(StorageFailed, match="refer to nothing"):
        Database(kind, tmp_path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert "theme" not in str(connection.execute("PRAGMA table_info(sessions)").fetchall())


def test_threads_that_bring_databases_up_to_date_do_so_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    upgrade, inside, overlaps = alembic.command.upgrade, threading.Lock(), []

    def watched(*given: str) -> None:
        overlaps.append(not inside.acquire(blocking=False))
        time.sleep(0.2)  # in which the others come
        upgrade(*given)
        inside.release()

    monkeypatch.setattr(alembic.command, "upgrade", watched)
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda home: Storage(tmp_path / home, "").close(), ("città", "école", "Straße")))

    assert overlaps == [False] * 3
