"""What `/readyz` looks at: index, articles, files, disk, models, classes, and whether it is stopping. Knows no web."""

import shutil
import socket
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from sqlalchemy import func, select

from classroom.keeping.servers import Servers
from corpus.errors import ActuclairError
from monitor.health import Check
from monitor.underway import Underway
from rag.databases.database import Database
from rag.index.workspace import Workspace
from rag.models.embedder import Embedder
from rag.models.endpoint_embedder import EndpointEmbedder
from rag.writing.writer import Writer

LEAST_FREE_BYTES = 100 * 1024**2  # a lesson of forty pupils keeps about 5 MB
_LONGEST_S = 1.0  # a transaction of an ingest takes some milliseconds


def index(workspace: Workspace) -> Check:
    """Tested since the start. A damaged one is no reason to send readers away: every vector is compared meanwhile."""
    if not workspace.index.is_probed:
        return Check("index", False, "not tested yet")
    sound = workspace.index.is_sound
    return Check("index", sound, "sound" if sound else "damaged: it is made again, searches take longer", False)


def articles(workspace: Workspace) -> Check:
    try:
        passages = workspace.record.count_passages()
    except ActuclairError as error:
        return Check("articles", False, str(error))
    return Check("articles", passages > 0, f"{passages} passages")


def databases(paths: Sequence[Path]) -> Check:
    """Whether every file that is there can be written."""
    reasons = [f"{path.name}: {reason}" for path in paths if path.exists() and (reason := _why_not(path))]
    return Check("databases", not reasons, "; ".join(reasons) or "can be written")


def shared_database(database: Database) -> Check:
    """Whether PostgreSQL answers, and lets us write: a standby does not."""
    try:
        with database.transaction() as connection:
            is_standby = connection.execute(select(func.pg_is_in_recovery())).scalar_one()
    except ActuclairError as error:
        return Check("databases", False, str(error))
    return Check("databases", not is_standby, "a standby, which cannot be written" if is_standby else "can be written")


def disk(home: Path) -> Check:
    free = free_bytes(home)
    return Check("disk", free >= LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free")


def free_bytes(home: Path) -> int:
    """Where the data folder is, or would be: on PostgreSQL nothing may ever have made it."""
    there = next(folder for folder in (home.resolve(), *home.resolve().parents) if folder.exists())
    return shutil.disk_usage(there).free


def language_model(writer: Writer | None, warming: Thread) -> Check:
    """Loaded, and done with what all prompts begin with. One that fails is no reason: answers are quotes then."""
    if writer is None:
        return Check("language model", True, "none: answers are quotes")
    is_warm = not warming.is_alive()
    return Check("language model", is_warm, f"'{writer.name}' is loaded" + ("" if is_warm else ", and warms up"))


def classes(servers: Servers) -> Check:
    """Whether this server has the classes, or hands requests on to the one that has: else it tells pupils to wait."""
    if servers.is_holder:
        return Check("classes", True, _seen_here(servers), False)
    if not (address := servers.holder.address):
        seen = "on another server, which tells no address: set ACTUCLAIR_OWN_ADDRESS there"
        return Check("classes", False, seen, False)
    fault = _unreached(address)
    return Check("classes", not fault, f"at {address}" + (f", which does not answer: {fault}" if fault else ""), False)


def _seen_here(servers: Servers) -> str:
    if not servers.are_several:
        return "here"
    return f"here; other servers come to {servers.own_address or 'no address: set ACTUCLAIR_OWN_ADDRESS beside others'}"


def _unreached(address: str) -> str:
    """Why nothing answers at an address, '' when something does."""
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), timeout=_LONGEST_S).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def embedder(embedder: Embedder) -> Check:
    """Whether one behind an address answers. One that does not is told, and no reason to send readers away.

    All servers ask the same one: no other would do better, and helplines, answers from memory and articles need none.
    """
    if not isinstance(embedder, EndpointEmbedder):
        return Check("embedder", True, f"'{embedder.name}' is in this process", False)
    failure = embedder.failure()
    return Check("embedder", not failure, failure or f"'{embedder.name}' answers", False)


def staying(underway: Underway) -> Check:
    seen = f"stopping; {underway.count} answers are on their way" if underway.is_stopping else "not stopping"
    return Check("staying", not underway.is_stopping, seen)


def _why_not(path: Path) -> str:
    """Why a file cannot be written, '' when it can: nothing is changed."""
    try:
        with closing(sqlite3.connect(path, timeout=_LONGEST_S, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return str(error)
    return ""
