"""The data folder, owned by one process: lock, record and index. Knows no language model."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from rag.errors import EmbedderMismatch, HomeInUse, IndexIncomplete, IndexNotBuilt, RestoreUnfinished, StorageFailed
from rag.index.candidates import Candidates
from rag.index.database import Database
from rag.index.followed_feeds import FollowedFeeds
from rag.index.keeper import IndexKeeper
from rag.index.record import Record
from rag.index.shelf import Shelf
from rag.index.stored_vectors import StoredVectors
from rag.index.word_index import Words
from rag.models.embedder import Embedder

_EMBEDDER_FACT = "embedder"
_REINDEXING_FACT = "reindexing"
RESTORING = "restoring"  # where a backup is laid out, and
WHOLE = "whole"  # the mark that all of it is there: from then on it replaces what was there


class Workspace:
    """Everything that is kept about the articles; `with Workspace(...)` gives it back at the end."""

    def __init__(self, home: Path, embedder: Embedder):
        """Raises HomeInUse when another process has the folder, StorageFailed when it cannot be used."""
        self.home = home
        self.embedder = embedder
        with ExitStack() as opened:
            opened.callback(hold(home).release)
            check_restored(home)
            database = Database(home)
            opened.callback(database.close)
            self.record = Record(database)
            self.shelf = Shelf(database, self.record)
            self.vectors = StoredVectors(database)
            self.words = Words(database)
            self.candidates = Candidates(database)
            self.feeds = FollowedFeeds(database)
            self.index = IndexKeeper(home, embedder.name, self.record, self.vectors)
            opened.callback(self.index.stop)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._opened.close()

    def check_embedder(self) -> None:
        """Raises EmbedderMismatch when the vectors are another embedder's, IndexIncomplete when some are."""
        if to := self.record.fact(_REINDEXING_FACT):
            raise IndexIncomplete(self.home, to)
        built_with = self.record.fact(_EMBEDDER_FACT)
        if built_with not in (None, self.embedder.name):
            raise EmbedderMismatch(str(built_with), self.embedder.name)

    def check_ready(self) -> None:
        """Raises IndexNotBuilt, IndexIncomplete or EmbedderMismatch when a search would find nothing or not all."""
        self.check_embedder()
        if self.record.count_passages() == 0:
            raise IndexNotBuilt(self.home)

    def note_embedder(self) -> None:
        self.record.note_fact(_EMBEDDER_FACT, self.embedder.name)

    @contextmanager
    def reindexing(self) -> Iterator[None]:
        """While vectors change from one embedder's to another's; what is broken off stays marked so."""
        self.record.note_fact(_REINDEXING_FACT, self.embedder.name)
        yield
        self.note_embedder()
        self.record.note_fact(_REINDEXING_FACT, "")


def check_restored(home: Path) -> None:
    """Raises RestoreUnfinished when only some files of a backup are in their places."""
    if (home / RESTORING / WHOLE).exists():
        raise RestoreUnfinished(home)


def hold(home: Path) -> FileLock:
    """Own a data folder until the lock is released. Raises HomeInUse or StorageFailed."""
    holder = home / "holder.json"
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise HomeInUse(home, _describe(holder)) from error
    except OSError as error:
        raise StorageFailed(home, error.strerror or str(error)) from error
    with suppress(OSError):  # a full disk: the lock is what counts, this only tells others who has it
        holder.write_text(json.dumps({
            "process": os.getpid(), "command": Path(sys.argv[0]).name + " " + " ".join(sys.argv[1:2]),
            "since": datetime.now().isoformat(timespec="seconds"),
        }))  # fmt: skip
    return lock


def _describe(holder: Path) -> str:
    """Example: 'process 4711 (actuclair serve, since 2026-01-31T09:00:00)'"""
    try:
        facts = json.loads(holder.read_text())
        return f"process {facts['process']} ({facts['command']}, since {facts['since']})"
    except (OSError, ValueError, KeyError, TypeError):  # the other one has it, but has not written it yet
        return "another process"
