"""Data of every version that was ever kept opens, and a migration that is killed at any step loses nothing."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import FakeEmbedder
from sqlalchemy import Engine, MetaData, event, func, select, text
from stored_articles import found

from backups.databases import DATABASES
from classroom.errors import ClassroomOutdated
from classroom.keeping.storage import MIGRATIONS as CLASS_MIGRATIONS
from classroom.keeping.storage import Storage
from classroom.keeping.tables import CLASSROOM, PUPILS, TURNS
from classroom.keeping.tables import FILE as CLASSES
from rag.errors import RecordOutdated, StorageFailed
from rag.index.database import FILE as RECORD
from rag.index.kept_file import KeptFile
from rag.index.workspace import Workspace
from sites.errors import SitesOutdated
from sites.kept_answers import KeptAnswers
from sites.storage import MIGRATIONS as SITE_MIGRATIONS
from sites.storage import Sites, open_file
from sites.tables import FILE as SITES
from sites.tables import SITES_FILE

SCHEMAS = Path(__file__).parent / "data" / "schemas"
KILLED = 9
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


def lay(home: Path, kept: str, file: str) -> Path:
    """A file of a data folder as an earlier version left it."""
    path = home / file
    if kept.endswith(".sqlite"):
        shutil.copy(SCHEMAS / kept, path)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript((SCHEMAS / kept).read_text(encoding="utf-8"))
    return path


def killed_at(statement: int, work: Callable[[], None]) -> bool:
    """Do the work in a process that dies before its nth statement; whether it died."""
    process = os.fork()
    if process == 0:
        done = 0

        def count(*_: object) -> None:
            nonlocal done
            done += 1
            if done == statement:
                os._exit(KILLED)

        event.listen(Engine, "before_cursor_execute", count)
        work()
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in (0, KILLED)
    return status == KILLED


def differences(file: KeptFile | Storage, tables: MetaData) -> list[object]:
    with file.change() as connection:
        return compare_metadata(MigrationContext.configure(connection), tables)


@pytest.mark.parametrize("database", DATABASES, ids=lambda database: database.file)
def test_a_file_of_every_version_that_can_be_opened_is_kept_here(database):
    there = {path.stem.removeprefix(f"{Path(database.file).stem}-") for path in SCHEMAS.iterdir()}

    assert database.known() <= there


def test_classes_of_the_first_version_open_with_all_that_is_in_them(tmp_path: Path):
    lay(tmp_path, "classroom-0001.sql", CLASSES)

    storage = Storage(tmp_path)

    (register,) = storage.registers()
    assert (len(register.pupils), len(register.turns), len(register.results)) == (1, 2, 1)
    assert register.session.plan.language == "it"
    assert storage.secret("teacher").startswith("$argon2id$")
    assert differences(storage, CLASSROOM) == []


def test_sites_of_the_first_version_open_with_all_that_is_in_them(tmp_path: Path):
    lay(tmp_path, "sites-0001.sql", SITES)

    file = open_file(tmp_path)

    (site,) = Sites(file).all()
    assert [correction.text for correction in KeptAnswers(file).corrections(site.id)] == ["È stato corretto."]
    assert KeptAnswers(file).find(site.id, "a1") is not None
    assert differences(file, SITES_FILE) == []


def test_a_record_of_the_second_version_is_searched_at_once(tmp_path: Path):
    lay(tmp_path, "record-2.sqlite", RECORD)

    with Workspace(tmp_path, FakeEmbedder()) as workspace:
        workspace.index.mend()
        answers = found(workspace, "Le cow-boy n'existe pas")

    assert answers[0][0].startswith("cowboy")


def test_a_record_without_vectors_is_refused_by_name_and_left_as_it_is(tmp_path: Path):
    path = lay(tmp_path, "record-0.sql", RECORD)

    with pytest.raises(RecordOutdated, match="actuclair ingest"):
        Workspace(tmp_path, FakeEmbedder())

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT text FROM articles").fetchall() == [("Il robot canta in città.",)]


@pytest.mark.parametrize(
    ("file", "migrations", "outdated", "tables"),
    [(CLASSES, CLASS_MIGRATIONS, ClassroomOutdated, CLASSROOM), (SITES, SITE_MIGRATIONS, SitesOutdated, SITES_FILE)],
)
def test_a_file_whose_making_is_killed_at_any_statement_is_made_by_the_next_start(
    tmp_path: Path, file: str, migrations: Path, outdated: type[Exception], tables: MetaData
):
    statement = 1
    while killed_at(statement, lambda path=tmp_path / str(statement) / file: KeptFile(path, migrations, outdated)):
        kept = KeptFile(tmp_path / str(statement) / file, migrations, outdated)  # type: ignore[arg-type]
        assert differences(kept, tables) == [], statement
        kept.close()
        statement += 1

    assert statement > len(tables.sorted_tables)


def test_a_table_that_is_made_anew_keeps_its_rows_and_all_that_refer_to_them_whenever_it_is_killed(tmp_path: Path):
    migrations = tmp_path / "migrations"
    shutil.copytree(CLASS_MIGRATIONS, migrations)
    (migrations / "versions" / "9999_later.py").write_text(LATER)
    statement, is_killed = 1, True
    while is_killed:
        home = tmp_path / str(statement)
        home.mkdir()
        lay(home, "classroom-0001.sql", CLASSES)
        is_killed = killed_at(statement, lambda home=home: KeptFile(home / CLASSES, migrations, ClassroomOutdated))
        kept = KeptFile(home / CLASSES, migrations, ClassroomOutdated)  # type: ignore[arg-type]
        with kept.change() as connection:
            rows = [connection.execute(select(func.count()).select_from(table)).scalar() for table in (PUPILS, TURNS)]
            themes = connection.execute(text("SELECT theme FROM sessions")).scalars().all()
            guarded = connection.execute(text("PRAGMA foreign_keys")).scalar()
        kept.close()
        assert (rows, themes, guarded) == ([1, 2], ["luna"], 1), statement
        statement += 1

    assert statement > 8


def test_rows_that_refer_to_nothing_stop_a_migration_before_it_changes_anything(tmp_path: Path):
    migrations = tmp_path / "migrations"
    shutil.copytree(CLASS_MIGRATIONS, migrations)
    (migrations / "versions" / "9999_later.py").write_text(LATER)
    path = lay(tmp_path, "classroom-0001.sql", CLASSES)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE pupils SET session_id = 'nirgends'")

    with pytest.raises(StorageFailed, match="refer to nothing"):
        KeptFile(path, migrations, ClassroomOutdated)  # type: ignore[arg-type]

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert "theme" not in str(connection.execute("PRAGMA table_info(sessions)").fetchall())
