"""Archive -> data folder: all of it or nothing. Knows no command line and no vectors.

The files are laid out beside those that are there, and marked when all are whole; only then they take their places.
What is broken off before the mark has changed nothing, what is broken off after it can be finished.
"""

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from backups.checking import check, opened
from backups.copying import Heard
from backups.databases import EVERY_FILE
from backups.errors import BackupUnreadable, HomeNotEmpty, RestoreFailed
from backups.manifest import Manifest
from rag.errors import RestoreUnfinished
from rag.index.workspace import REINDEX_LOCK, RESTORING, WHOLE, hold, turn_to_reindex

_OWN = frozenset({"lock", "holder.json", REINDEX_LOCK})
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file; of another file it would damage this one
_CHUNK = 1024 * 1024


def restore(backup: Path, home: Path, replaces: bool, hear: Heard) -> Manifest:
    """Put a backup into a folder that is empty, or whose contents it `replaces`. `hear` is told of bytes, twice.

    Raises BackupUnreadable, BackupTooNew, HomeNotEmpty, HomeInUse, ReindexUnderWay, StorageFailed, RestoreFailed or
    RestoreUnfinished.
    """
    manifest = check(backup, hear)
    if not replaces and not is_empty(home):
        raise HomeNotEmpty(home)
    lock = hold(home)
    try:
        with turn_to_reindex(home):
            _put_in_place(backup, home, manifest, hear)
    finally:
        lock.release()
    return manifest


def _put_in_place(backup: Path, home: Path, manifest: Manifest, hear: Heard) -> None:
    try:
        lay_out(backup, home, manifest, hear)
    except (OSError, sqlite3.Error) as error:
        raise RestoreFailed(home, getattr(error, "strerror", None) or str(error)) from error
    try:
        finish(home)
    except OSError as error:
        raise RestoreUnfinished(home) from error


def is_empty(home: Path) -> bool:
    """Whether nothing but a lock is in a folder, or the folder is not there."""
    return not home.exists() or all(path.name in _OWN for path in home.iterdir())


def lay_out(backup: Path, home: Path, manifest: Manifest, hear: Heard) -> None:
    """Unpack into a folder of its own, test what came out, and mark it whole. Raises OSError or BackupUnreadable."""
    staging = home / RESTORING
    discard(home)
    needed = sum(entry.size for entry in manifest.entries.values())
    if shutil.disk_usage(home).free < needed:
        raise OSError(f"{needed / 1e6:.0f} MB are needed, and less is free")
    staging.mkdir(mode=0o700)
    try:
        with opened(backup) as (archive, _):
            for name in manifest.entries:
                _unpack(archive, name, staging / name, hear)
        for name in manifest.entries:
            _test(backup, staging / name)
        _write_whole(staging / WHOLE, json.dumps(sorted(manifest.entries)).encode())
    except BaseException:  # a full disk, Ctrl-C: its space is given back
        discard(home)
        raise


def finish(home: Path) -> None:
    """Move what was laid out into its place and remove what is not in the backup; may be done again. Raises OSError."""
    staging = home / RESTORING
    names = json.loads((staging / WHOLE).read_bytes())
    for name in EVERY_FILE:
        for beside in _BESIDE:
            (home / f"{name}{beside}").unlink(missing_ok=True)
        if name not in names:
            (home / name).unlink(missing_ok=True)
        elif (staging / name).exists():  # else it was moved before this was broken off
            (staging / name).replace(home / name)
    for path in home.glob("vectors*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    _sync(home)
    discard(home)


def discard(home: Path) -> None:
    """Forget what was laid out, the mark first: without it nothing is believed. Raises OSError."""
    staging = home / RESTORING
    (staging / WHOLE).unlink(missing_ok=True)
    if staging.exists():
        shutil.rmtree(staging)


def _unpack(archive: zipfile.ZipFile, name: str, target: Path, hear: Heard) -> None:
    target.touch(0o600)
    with archive.open(name) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            file.write(chunk)
            hear(len(chunk))
        file.flush()
        os.fsync(file.fileno())


def _test(backup: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise BackupUnreadable(backup, f"'{path.name}' in it is damaged ({said})")


def _write_whole(path: Path, text: bytes) -> None:
    """A mark that is there in full or not at all."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
