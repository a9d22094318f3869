"""A backup comes back whole or not at all, whatever happens on the way."""

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from backed_up import contents, fill, rewritten
from fakes import FakeEmbedder, article_of
from hypothesis import given
from hypothesis import strategies as st
from killing import KILLED, status_of
from stored_articles import found

from backups import restoring
from backups.checking import check
from backups.errors import BackupTooNew, BackupUnreadable, HomeNotEmpty, RestoreFailed
from backups.making import make_backup
from backups.restoring import finish, restore
from rag.errors import HomeInUse, ReindexUnderWay, RestoreUnfinished
from rag.index.ingest import ingest
from rag.index.workspace import REINDEX_LOCK, RESTORING, WHOLE, Workspace, turn_to_reindex


def ignore(size: int) -> None:
    """For tests that watch no progress."""


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sauvegarde")
    fill(folder / "maison")
    make_backup(folder / "maison", folder / "b.zip", ignore)
    return folder / "b.zip"


def other_home(folder: Path) -> Path:
    """A data folder with one other article, and a journal that was left beside a file."""
    with Workspace(folder, FakeEmbedder()) as workspace:
        ingest([article_of("Der Roboter schläft.", id="alt", language="de")], workspace)
    (folder / "readers.sqlite").write_bytes(b"")
    (folder / "sites.sqlite-wal").write_bytes(b"left over")
    return folder


def articles(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "record.sqlite")) as connection:
        return [id_ for (id_,) in connection.execute("SELECT id FROM articles ORDER BY id")]


def snapshot(home: Path) -> dict[str, bytes]:
    """Everything in a folder but the locks."""
    kept = (
        path for path in home.rglob("*") if path.is_file() and path.name not in ("lock", "holder.json", REINDEX_LOCK)
    )
    return {str(path.relative_to(home)): path.read_bytes() for path in kept}


def test_what_comes_back_is_found_by_the_index(backup: Path, tmp_path: Path):
    restore(backup, tmp_path / "neu", False, ignore)

    with Workspace(tmp_path / "neu", FakeEmbedder()) as workspace:
        assert not workspace.index.probe()  # no vectors are in a backup
        workspace.index.mend()
        assert workspace.index.probe()
        assert found(workspace, "Il robot canta in città")[0][0].startswith("robot")


def test_all_that_was_there_is_replaced_by_force_and_nothing_without(backup: Path, tmp_path: Path):
    home = other_home(tmp_path / "alt")
    before = snapshot(home)

    with pytest.raises(HomeNotEmpty, match="--force"):
        restore(backup, home, False, ignore)
    unforced = snapshot(home)
    restore(backup, home, True, ignore)

    assert unforced == before
    assert articles(home) == ["cowboy", "robot"]
    assert {path.name for path in home.iterdir()} - {"lock", "holder.json", REINDEX_LOCK} == set(contents(backup)) - {
        "manifest.json"
    }


def test_a_folder_that_a_server_holds_is_left_alone(backup: Path, tmp_path: Path):
    home = other_home(tmp_path / "alt")
    with Workspace(home, FakeEmbedder()):
        before = snapshot(home)

        with pytest.raises(HomeInUse, match="Stop that one first"):
            restore(backup, home, True, ignore)

        assert snapshot(home) == before


def test_a_folder_whose_articles_are_embedded_again_is_left_alone(backup: Path, tmp_path: Path):
    home = tmp_path / "là"
    home.mkdir()

    with turn_to_reindex(home), pytest.raises(ReindexUnderWay):
        restore(backup, home, False, ignore)

    assert not (home / "record.sqlite").exists()
    restore(backup, home, False, ignore)
    assert (home / "record.sqlite").exists()


@given(st.floats(0, 0.9999))
def test_a_backup_that_is_cut_short_anywhere_is_refused_before_anything_is_touched(
    backup: Path, tmp_path_factory: pytest.TempPathFactory, share: float
):
    folder = tmp_path_factory.mktemp("coupé")
    whole = backup.read_bytes()
    (folder / "cut.zip").write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(BackupUnreadable, match="Nothing was changed"):
        restore(folder / "cut.zip", folder / "neu", False, ignore)

    assert not (folder / "neu").exists()


@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_byte_that_changed_is_either_noticed_or_changes_nothing(
    backup: Path, tmp_path_factory: pytest.TempPathFactory, place: int, change: int
):
    folder = tmp_path_factory.mktemp("abîmé")
    changed = bytearray(backup.read_bytes())
    changed[place % len(changed)] ^= change
    (folder / "b.zip").write_bytes(changed)

    try:
        manifest = check(folder / "b.zip")
    except (BackupUnreadable, BackupTooNew):
        return

    assert manifest.entries == check(backup).entries  # a byte of a date or of rights in the archive, say


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("record", b"no database", BackupUnreadable),
        ("manifest", b"{}", BackupUnreadable),
        ("manifest", b"[]", BackupUnreadable),
        ("manifest", b"\xff", BackupUnreadable),
        ("manifest", b'{"format": 2, "program": "9.0.0"}', BackupTooNew),
    ],
)
def test_an_archive_that_says_something_else_is_refused(
    backup: Path, tmp_path: Path, name: str, content: bytes, error: type[Exception]
):
    other = rewritten(backup, tmp_path / "b.zip", **{name: content})

    with pytest.raises(error):
        restore(other, tmp_path / "neu", False, ignore)

    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize("file", ["record.sqlite", "classroom.sqlite", "../../etc/cron.d/x"])
def test_a_newer_database_or_one_that_is_not_known_names_the_version_that_made_it(
    backup: Path, tmp_path: Path, file: str
):
    manifest: dict[str, Any] = json.loads(contents(backup)["manifest.json"])
    entry = manifest["entries"].get(file, {"size": 1, "sha256": "0" * 64})
    manifest["program"], manifest["entries"][file] = "9.0.0", entry | {"schema": "9999"}
    other = rewritten(backup, tmp_path / "b.zip", manifest=json.dumps(manifest).encode())

    with pytest.raises(BackupTooNew, match=r"9\.0\.0.*9999"):
        restore(other, tmp_path / "neu", False, ignore)

    assert not (tmp_path / "neu").exists()


def test_a_disk_without_room_is_noticed_before_anything_is_unpacked(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = other_home(tmp_path / "alt")
    before = snapshot(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 99, 1))  # type: ignore[attr-defined]

    with pytest.raises(RestoreFailed, match="are needed"):
        restore(backup, home, True, ignore)

    assert snapshot(home) == before


def test_a_restore_that_is_killed_at_any_line_leaves_what_was_there_or_can_be_finished(backup: Path, tmp_path: Path):
    whole = other_home(tmp_path / "alt")
    ends, line, is_killed = set(), 1, True
    while is_killed:
        home = tmp_path / str(line)
        shutil.copytree(whole, home)
        is_killed = killed_at_line(line, backup, home)
        if (home / RESTORING / WHOLE).exists():
            with pytest.raises(RestoreUnfinished, match="doctor --fix"):
                Workspace(home, FakeEmbedder())
            finish(home)
            ends.add("finished")
        else:
            ends.add("old" if articles(home) == ["alt"] else "new")
        assert articles(home) in (["alt"], ["cowboy", "robot"]), line
        if line % 8 == 0:  # each takes half a second
            with Workspace(home, FakeEmbedder()) as workspace:
                workspace.index.mend()
                assert workspace.index.count() == workspace.record.count_passages(), line
        shutil.rmtree(home)
        line += 1

    assert ends == {"old", "finished", "new"}
    assert line > 60


def killed_at_line(line: int, backup: Path, home: Path) -> bool:
    """Restore in a process that dies before the nth line of the module that does it; whether it died."""
    done = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal done
        if frame.f_code.co_filename != restoring.__file__:
            return None
        done += event == "line"
        if done == line:
            os._exit(KILLED)
        return count

    def counted() -> None:
        sys.settrace(count)
        restore(backup, home, True, ignore)

    return status_of(counted) == KILLED
