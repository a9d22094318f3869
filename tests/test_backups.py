"""What a backup holds, and what it never does; made while others write."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from backed_up import CORRECTION, PASSWORD, contents, fill
from fakes import FakeEmbedder, article_of
from killing import KILLED, status_of
from test_class_storage import SECRET
from waiting import wait_until

from backups.checking import check
from backups.databases import DATABASES, EVERY_FILE
from backups.errors import BackupExists, BackupFailed, NothingToBackUp
from backups.making import make_backup, size_of
from backups.restoring import restore
from rag.index.ingest import ingest
from rag.index.workspace import Workspace

REPOSITORY = Path(__file__).resolve().parent.parent


def ignore(size: int) -> None:
    """For tests that watch no progress."""


def rows(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill(tmp_path / "données")
    return tmp_path / "données"


def test_a_backup_holds_articles_vectors_sites_and_passwords(home: Path, tmp_path: Path):
    manifest = make_backup(home, tmp_path / "b.zip", ignore)

    restore(tmp_path / "b.zip", tmp_path / "neu", False, ignore)
    new = tmp_path / "neu"
    assert (manifest.articles, manifest.passages, manifest.embedder) == (2, 2, "mots-fictifs")
    assert rows(new / "record.sqlite", "SELECT count(*) FROM vectors") == [(2,)]
    assert rows(new / "classroom.sqlite", "SELECT hash FROM secrets") == [(PASSWORD,)]
    assert rows(new / "sites.sqlite", "SELECT text FROM corrections") == [(CORRECTION,)]
    assert rows(new / "sites.sqlite", "SELECT count(*) FROM sites") == [(1,)]


def test_nothing_that_pupils_or_readers_wrote_is_in_a_backup(home: Path, tmp_path: Path):
    make_backup(home, tmp_path / "b.zip", ignore)

    inside = contents(tmp_path / "b.zip")
    assert set(inside) == {"manifest.json", "record.sqlite", "classroom.sqlite", "sites.sqlite"}
    assert not any(SECRET.encode() in content for content in inside.values())
    restore(tmp_path / "b.zip", tmp_path / "neu", False, ignore)
    for table in ("sessions", "pupils", "turns", "flags", "opinions", "results", "broadcasts", "sign_ins"):
        assert rows(tmp_path / "neu" / "classroom.sqlite", f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    for table in ("answers", "counts", "signatures", "sign_ins"):
        assert rows(tmp_path / "neu" / "sites.sqlite", f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608


def test_what_a_later_version_keeps_of_readers_is_left_out_without_being_named(home: Path, tmp_path: Path):
    with closing(sqlite3.connect(home / "sites.sqlite", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE drawings (left_at DATETIME, picture TEXT)")
        connection.execute("INSERT INTO drawings VALUES ('2026-11-22', ?)", (SECRET,))

    make_backup(home, tmp_path / "b.zip", ignore)

    assert SECRET.encode() not in contents(tmp_path / "b.zip")["sites.sqlite"]


def test_every_database_of_a_full_data_folder_is_known(home: Path):
    assert {path.name for path in home.glob("*.sqlite")} == {database.file for database in DATABASES}
    assert {database.file for database in DATABASES} < set(EVERY_FILE)


def test_a_copy_that_is_killed_leaves_nothing_that_readers_wrote(home: Path, tmp_path: Path):
    target = tmp_path / "sicher"
    target.mkdir()
    told: list[int] = []

    def die_or_tell(size: int) -> None:
        told.append(size)
        if len(told) == steps:
            os._exit(KILLED)

    for steps in range(1, 12):
        if not status_of(lambda steps=steps: make_backup(home, target / f"{steps}.zip", die_or_tell)):
            break
        left = [path for path in target.rglob("*") if path.is_file()]
        assert left
        assert not [path for path in left if SECRET.encode() in path.read_bytes()]
        assert not (target / f"{steps}.zip").exists()

    assert steps > 4


def test_a_backup_made_while_articles_come_in_is_as_the_record_was_at_one_moment(home: Path, tmp_path: Path):
    stopped, made = threading.Event(), 0

    def write() -> None:
        nonlocal made
        with Workspace(home, FakeEmbedder()) as workspace:
            while not stopped.is_set():
                ingest([article_of(f"Nachricht {made}. " * 40, id=f"n{made}", language="de")], workspace)
                made += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            wait_until(lambda number=number: made > number)
            manifest = make_backup(home, tmp_path / f"{number}.zip", ignore)
            assert check(tmp_path / f"{number}.zip") == manifest
    finally:
        stopped.set()
        writing.join()

    assert manifest.articles > 2
    new = tmp_path / "neu"
    manifest = restore(tmp_path / "4.zip", new, False, ignore)
    assert rows(new / "record.sqlite", "PRAGMA integrity_check") == [("ok",)]
    assert rows(new / "record.sqlite", "PRAGMA foreign_key_check") == []
    counted = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"
    assert rows(new / "record.sqlite", counted) == [(manifest.articles, manifest.passages, manifest.passages)]


def test_a_backup_is_for_its_owner_only_and_progress_tells_all_of_it(home: Path, tmp_path: Path):
    done: list[int] = []

    make_backup(home, tmp_path / "b.zip", done.append)

    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert sum(done) == pytest.approx(2 * size_of(home), rel=0.5)
    assert [path.name for path in tmp_path.iterdir()] == ["données", "b.zip"] or len(list(tmp_path.iterdir())) == 2


def test_a_backup_overwrites_nothing_and_an_empty_folder_has_none(home: Path, tmp_path: Path):
    (tmp_path / "b.zip").write_text("ein anderes")

    with pytest.raises(BackupExists, match="Name another"):
        make_backup(home, tmp_path / "b.zip", ignore)
    with pytest.raises(NothingToBackUp, match="ACTUCLAIR_HOME"):
        make_backup(tmp_path / "leer", tmp_path / "c.zip", ignore)

    assert (tmp_path / "b.zip").read_text() == "ein anderes"


def test_a_disk_that_is_full_leaves_nothing_behind(home: Path, tmp_path: Path):
    target = tmp_path / "voll"
    target.mkdir()
    script = (
        "import resource, sys; from pathlib import Path; from backups.making import make_backup; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "  # no file may grow beyond 20 kB
        "make_backup(Path(sys.argv[1]), Path(sys.argv[2]), lambda size: None)"
    )
    paths = os.pathsep.join([str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])

    done = subprocess.run(
        [sys.executable, "-c", script, str(home), str(target / "b.zip")], capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip

    assert "BackupFailed" in done.stderr and "could not be written" in done.stderr, done.stderr
    assert list(target.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(home: Path, tmp_path: Path):
    with pytest.raises(BackupFailed, match="nirgends"):
        make_backup(home, tmp_path / "nirgends" / "b.zip", ignore)


def test_the_manifest_tells_versions_and_checksums(home: Path, tmp_path: Path):
    make_backup(home, tmp_path / "b.zip", ignore)

    told = json.loads(contents(tmp_path / "b.zip")["manifest.json"])

    assert told["format"] == 1
    assert {name: entry["schema"] for name, entry in told["entries"].items()} == {
        "record.sqlite": "3", "classroom.sqlite": "0001", "sites.sqlite": "0002",
    }  # fmt: skip
    assert all(len(entry["sha256"]) == 64 for entry in told["entries"].values())
