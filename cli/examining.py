"""What `doctor` looks at, and what of it can be mended without losing anything. Knows no command line."""

import importlib.metadata
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from backups.databases import DATABASES, EVERY_FILE, RECORD
from backups.restoring import discard, finish
from classroom.keeping.tables import CLASSROOM
from corpus.errors import ActuclairError
from rag.assembly import is_address, open_archive, open_embedder, open_workspace, open_writer
from rag.databases.engines import server_version, shown
from rag.databases.migrating import made_with
from rag.endpoints import open_part
from rag.errors import HomeInUse
from rag.index.workspace import RESTORING, WHOLE, hold
from rag.models import models
from rag.settings import Settings
from rag.writing.writer import ChatWriter
from sites.tables import SITES_KIND

_LIBRARIES = ("langchain-core", "chromadb", "sentence-transformers", "torch", "gradio", "xllamacpp", "SQLAlchemy")
_MODEL_MENDS = {
    models.ModelState.PRESENT: "",
    models.ModelState.MISSING: "actuclair models pull",
    models.ModelState.DAMAGED: "rm '{path}' && actuclair models pull",
}
_LEAST_FREE_BYTES = 2 * 1024**3
_FIX = "actuclair doctor --fix"
_OF_OTHERS = 0o077  # rights of a file that its owner's group, or anybody, has


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was seen, and the command that mends it, '' when all is well; `fix` does so at once."""

    subject: str
    seen: str
    mend: str = ""
    fix: Callable[[], None] | None = None


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything, one after the other: what was mended meanwhile is seen as mended."""
    yield Finding(
        "Python", sys.version.split()[0], "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer"
    )
    for library in _LIBRARIES:
        yield Finding(library, importlib.metadata.version(library))
    yield from _models(settings)
    yield _disk(settings)
    if settings.database:
        yield _shared_database(settings)
        yield _own_address(settings)
    else:
        yield from _restore(settings.home)
        yield from _rights(settings.home)
        yield from _databases(settings.home)
    if is_address(settings.embedder):
        yield _embedder(settings)
    yield _index(settings)
    yield _writer(settings)


def _models(settings: Settings) -> Iterator[Finding]:
    for name in (settings.embedder, settings.writer):
        if name in models.catalogue():
            model = models.find_model(name)
            state = models.state(model, settings.models)
            mend = _MODEL_MENDS[state].format(path=settings.models / model.file)
            yield Finding(f"model {name}", f"{state.value} in '{settings.models}'", mend)


def _disk(settings: Settings) -> Finding:
    folder = next(folder for folder in (settings.home.resolve(), *settings.home.resolve().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    mend = "" if free > _LEAST_FREE_BYTES else f"free some space at '{folder}'"
    return Finding("disk", f"{free / 1e9:.1f} GB free at '{folder}'", mend)


def _restore(home: Path) -> Iterator[Finding]:
    """A backup that was being put back: once it is marked whole it is finished, else it is forgotten."""
    if not (home / RESTORING).exists():
        return
    is_whole = (home / RESTORING / WHOLE).exists()
    seen = "was broken off when all was there" if is_whole else "was broken off before it changed anything"
    yield Finding("restore", seen, _FIX, lambda: _held(home, finish if is_whole else discard))


def _held(home: Path, work: Callable[[Path], None]) -> None:
    lock = hold(home)
    try:
        work(home)
    finally:
        lock.release()


def _rights(home: Path) -> Iterator[Finding]:
    """Whether nobody else on this machine can read what people left."""
    of_people = (home / name for name in EVERY_FILE if name != RECORD.file)
    open_files = [path for path in of_people if path.is_file() and path.stat().st_mode & _OF_OTHERS]
    if open_files:
        named = ", ".join(path.name for path in open_files)
        yield Finding("rights", f"others can read {named}", _FIX, lambda: _close(open_files))


def _close(paths: list[Path]) -> None:
    for path in paths:
        path.chmod(0o600)


def _shared_database(settings: Settings) -> Finding:
    """Whether PostgreSQL answers, and which tables it has; a start brings older ones up to date."""
    try:
        found = {kind.name: made_with(kind, settings.database) for kind in (RECORD.kind, CLASSROOM, SITES_KIND)}
        version = server_version(settings.database)
    except ActuclairError as error:
        return Finding("database", str(error), "do what this message says")
    tables = ", ".join(f"{name} {revision or 'not made yet'}" for name, revision in found.items())
    return Finding("database", f"PostgreSQL {version} answers at '{shown(settings.database)}': {tables}")


def _own_address(settings: Settings) -> Finding:
    """Whether other servers on the database can be told where this one is, and reach it there."""
    if not settings.own_address:
        seen = "this server names none: beside others it tells pupils to wait while one of them has the classes"
        return Finding("own address", seen)
    if _is_loopback(settings.host) and not _is_loopback(urlsplit(settings.own_address).hostname or ""):
        seen = f"others are to come to {settings.own_address}, but the server listens on {settings.host} only"
        return Finding("own address", seen, "export ACTUCLAIR_HOST=0.0.0.0")
    return Finding("own address", f"other servers are told to come to {settings.own_address}")


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _databases(home: Path) -> Iterator[Finding]:
    for database in DATABASES:
        if (home / database.file).is_file():
            fault = _fault(home / database.file)
            yield Finding(database.file, fault or "sound", "actuclair restore BACKUP --force" if fault else "")


def _fault(path: Path) -> str:
    """What SQLite finds wrong with a file, '' when nothing is."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return "" if said == "ok" else said


def _index(settings: Settings) -> Finding:
    opened = open_workspace if is_address(settings.embedder) else open_archive  # no model is loaded for either
    try:
        with opened(settings) as workspace:
            workspace.check_embedder()
            passages = workspace.record.count_passages()
            sound = workspace.index.probe()
    except HomeInUse as error:
        return Finding("index", f"not tested while {error.holder} has it; /readyz of a server tells how it is")
    except ActuclairError as error:
        return Finding("index", str(error), "do what this message says")
    if passages == 0:
        return Finding("index", "no passages recorded", "actuclair ingest corpus/articles")
    state = "the vector index finds them" if sound else "the vector index is damaged"
    seen = f"{passages} passages recorded, {state}"
    return Finding("index", seen) if sound else Finding("index", seen, "actuclair mend", lambda: _mend(settings))


def _mend(settings: Settings) -> None:
    with open_archive(settings) as workspace:
        workspace.index.mend()


def _embedder(settings: Settings) -> Finding:
    try:
        (count,) = open_embedder(settings).embed_query("?").shape
    except ActuclairError as error:
        return Finding("embedder", str(error), "do what this message says")
    return Finding(
        "embedder", f"'{settings.embedder_model}' answers at '{open_part(settings.embedder)}', with {count} numbers"
    )


def _writer(settings: Settings) -> Finding:
    try:
        writer = open_writer(settings)
        if isinstance(writer, ChatWriter):
            writer.warm(settings.default_language)
    except ActuclairError as error:
        return Finding("language model", str(error), "do what this message says")
    return Finding("language model", "none: answers are quotes" if writer is None else f"'{writer.name}' answers")
