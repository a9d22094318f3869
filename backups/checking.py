"""Whether an archive is a whole backup that this program can open, before anything is touched. Knows no data folder."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backups import manifest as manifests
from backups.copying import Heard
from backups.databases import DATABASES, RECORD
from backups.errors import BackupTooNew, BackupUnreadable
from backups.manifest import Entry, Manifest

_CHUNK = 1024 * 1024
_KNOWN = {database.file: database for database in DATABASES}


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and what it says of itself. Raises BackupUnreadable or BackupTooNew."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive, path)
    except zipfile.BadZipFile as error:
        raise BackupUnreadable(path, f"it is cut short, damaged or no backup ({error})") from error
    except FileNotFoundError as error:
        raise BackupUnreadable(path, "there is no such file") from error
    except (OSError, zlib.error, EOFError) as error:
        raise BackupUnreadable(path, str(error)) from error


def size_of(path: Path) -> int:
    """The bytes that an archive says it holds. Raises BackupUnreadable or BackupTooNew."""
    with opened(path) as (_, manifest):
        return sum(entry.size for entry in manifest.entries.values())


def check(path: Path, hear: Heard = lambda size: None) -> Manifest:
    """Compare every checksum and every version; `hear` is told of bytes. Raises BackupUnreadable or BackupTooNew."""
    with opened(path) as (archive, manifest):
        for name, entry in manifest.entries.items():
            _check_entry(archive, path, name, entry, hear)
    return manifest


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        manifest = manifests.read(archive.read(manifests.FILE))
    except (KeyError, ValueError, TypeError) as error:
        raise BackupUnreadable(path, f"it has no manifest of a backup ({error})") from error
    if manifest.format > manifests.FORMAT:
        raise BackupTooNew(path, manifest.program, f"format {manifest.format}")
    if RECORD.file not in manifest.entries:
        raise BackupUnreadable(path, "it holds no articles")
    for name, entry in manifest.entries.items():
        if name not in _KNOWN or entry.schema not in _KNOWN[name].known():
            raise BackupTooNew(path, manifest.program, f"'{name}' of version {entry.schema}")
    return manifest


def _check_entry(archive: zipfile.ZipFile, path: Path, name: str, entry: Entry, hear: Heard) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as packed:
            while chunk := packed.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                hear(len(chunk))
    except KeyError as error:
        raise BackupUnreadable(path, f"'{name}' is missing in it") from error
    if (digest.hexdigest(), size) != (entry.sha256, entry.size):
        raise BackupUnreadable(path, f"'{name}' in it is not what its checksum says")
