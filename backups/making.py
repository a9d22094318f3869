"""Data folder -> one archive with checksums, while a server may be running. Knows no command line."""

import hashlib
import importlib.metadata
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from backups import manifest as manifests
from backups.copying import Heard, held
from backups.databases import DATABASES, RECORD, Database, schema_in
from backups.errors import BackupExists, BackupFailed, NothingToBackUp
from backups.manifest import Entry, Manifest

_CHUNK = 1024 * 1024
_EMBEDDER = "SELECT embedder FROM vector_sets WHERE is_complete ORDER BY number DESC"
_EMBEDDER_OF_OLD = "SELECT value FROM facts WHERE name = 'embedder'"
_LEVEL = 3  # vectors hardly shrink, and texts do so at any level


def size_of(home: Path) -> int:
    """The bytes that are to be copied."""
    return sum(source.stat().st_size for _, source in _there(home))


def make_backup(home: Path, target: Path, hear: Heard) -> Manifest:
    """Write all that may be kept of a data folder into a new file, for its owner only.

    `hear` is told of bytes, twice the size of all: once copied, once packed. Raises NothingToBackUp, BackupExists or
    BackupFailed; then nothing is left behind.
    """
    if not (home / RECORD.file).is_file():
        raise NothingToBackUp(home)
    if target.exists():
        raise BackupExists(target)
    try:
        with _own_folder(target.parent) as folder:
            wanted = [(database, source, folder / database.file) for database, source in _there(home)]
            with held(wanted) as copies:
                for copy in copies:
                    copy.write(hear)
            packed = _packed(folder, [database for database, _, _ in wanted], hear)
            (folder / "packed").rename(target)
            return packed
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(target, getattr(error, "strerror", None) or str(error)) from error


def _there(home: Path) -> Iterator[tuple[Database, Path]]:
    for database in DATABASES:
        if (home / database.file).is_file():
            yield database, home / database.file


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """A folder for its owner only, on the disk where the backup will be."""
    folder = Path(tempfile.mkdtemp(prefix=".actuclair-backup-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _packed(folder: Path, databases: list[Database], hear: Heard) -> Manifest:
    """Pack the copies, and what the backup says of itself, into `packed`."""
    target = folder / "packed"
    target.touch(0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        entries = {each.file: _entry(archive, folder / each.file, each, hear) for each in databases}
        manifest = _manifest(folder / RECORD.file, entries)
        archive.writestr(manifests.FILE, manifests.write(manifest))
    with target.open("rb+") as packed:
        os.fsync(packed.fileno())
    return manifest


def _entry(archive: zipfile.ZipFile, path: Path, database: Database, hear: Heard) -> Entry:
    digest, size, schema = hashlib.sha256(), 0, schema_in(path, database)
    with path.open("rb") as source, archive.open(database.file, "w", force_zip64=True) as packed:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            packed.write(chunk)
            size += len(chunk)
            hear(len(chunk))
    return Entry(schema, size, digest.hexdigest())


def _manifest(record: Path, entries: dict[str, Entry]) -> Manifest:
    with closing(sqlite3.connect(record)) as connection:
        embedder = connection.execute(_EMBEDDER if _has_sets(connection) else _EMBEDDER_OF_OLD).fetchone()
        articles, passages = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("articles", "passages")
        )
    made = datetime.now(UTC).isoformat(timespec="seconds")
    program = importlib.metadata.version("actuclair")
    return Manifest(program, made, embedder[0] if embedder else "", articles, passages, entries)


def _has_sets(connection: sqlite3.Connection) -> bool:
    """Whether a record can have vectors of several embedders; those of version 2 cannot."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vector_sets'").fetchone())
