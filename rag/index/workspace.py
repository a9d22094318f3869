"""The data folder, or the engines that stand for it: lock, record and index. Knows no language model."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from corpus.statements import titled
from rag.databases.database import Database, Presence
from rag.databases.locking import Turn
from rag.errors import (
    EmbedderChanged,
    EmbedderMismatch,
    HomeInUse,
    IndexIncomplete,
    IndexNotBuilt,
    RestoreUnfinished,
    StorageFailed,
)
from rag.index.candidates import Candidates
from rag.index.followed_feeds import FollowedFeeds
from rag.index.keeper import IndexKeeper
from rag.index.record import Record
from rag.index.shelf import Shelf
from rag.index.stored_vectors import StoredVectors
from rag.index.tables import RECORD
from rag.index.vector_indexes import IN_PROCESS, open_place
from rag.index.word_index import Words
from rag.models.embedder import ChangeableEmbedder, Embedder

_COMPARED = 16  # passages
_SAME = 0.999  # mean cosine with what was kept: the default embedder in bfloat16 .99998, without its prompt .998
_EMBEDDER_FACT = "embedder"
_REINDEXING_FACT = "reindexing"
RESTORING = "restoring"  # where a backup is laid out, and
WHOLE = "whole"  # the mark that all of it is there: from then on it replaces what was there


class Workspace:
    """Everything that is kept about the articles; `with Workspace(...)` gives it back at the end."""

    def __init__(self, home: Path, embedder: Embedder, address: str = "", vectors: str = IN_PROCESS):
        """`address` is a PostgreSQL database, `vectors` what ACTUCLAIR_VECTORS names.

        Raises HomeInUse or DatabaseInUse when another process has what can have one owner only, StorageFailed when it
        cannot be used, DriverMissing, DatabaseOutdated, RecordOutdated, ExtensionMissing or VectorsUnusable.
        """
        self.home = home
        self.embedder = embedder
        with ExitStack() as opened:
            if has_one_owner(address, vectors):
                opened.callback(hold(home).release)
                check_restored(home)
            database = self.database = Database(RECORD, home, address)
            opened.callback(database.close)
            self._presence = Presence(database, alone=vectors == IN_PROCESS)
            opened.callback(self._presence.close)
            self.record = Record(database)
            self.shelf = Shelf(database, self.record)
            self.vectors = StoredVectors(database)
            self.words = Words(database)
            self.candidates = Candidates(database)
            self.feeds = FollowedFeeds(database)
            place = open_place(vectors, home, embedder.name, database, self.record.installation())
            self.index = IndexKeeper(place, self.record, self.vectors, Turn(partial(database.turn, "index")))
            opened.callback(self.index.stop)
            self._compared = False
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
        """Raises EmbedderMismatch or EmbedderChanged when the vectors are another embedder's, IndexIncomplete when some
        are, and EmbedderFailed when an endpoint does not answer.
        """
        self._check_name()
        if isinstance(self.embedder, ChangeableEmbedder) and not self._compared:
            self._compare_vectors()

    def _check_name(self) -> None:
        if to := self.record.fact(_REINDEXING_FACT):
            raise IndexIncomplete(self.home, to)
        built_with = self.record.fact(_EMBEDDER_FACT)
        if built_with not in (None, self.embedder.name):
            raise EmbedderMismatch(str(built_with), self.embedder.name)

    def _compare_vectors(self) -> None:
        """Once for as long as this is open: some passages that are here get the vectors that were kept for them."""
        ids, kept = self.vectors.sample(_COMPARED)
        known = self.record.passages(ids)
        if not ids or any(id_ not in known for id_ in ids):
            return  # there are none, or they change just now
        again = self.embedder.embed_passages([titled(*known[id_]) for id_ in ids])
        if again.shape != kept.shape or float((again * kept).sum(axis=1).mean()) < _SAME:
            raise EmbedderChanged(self.embedder.name)
        self._compared = True

    def check_ready(self) -> None:
        """Raises IndexNotBuilt, IndexIncomplete or EmbedderMismatch when a search would find nothing or not all."""
        self.check_embedder()
        if self.record.count_passages() == 0:
            raise IndexNotBuilt(self.home)

    def note_embedder(self) -> None:
        """From now on all vectors are this embedder's. Raises as `check_embedder`."""
        self.check_embedder()  # an endpoint may take its time: nobody waits for it
        with self.index.changing:  # two that begin at once must not mix theirs
            self._check_name()
            self.record.note_fact(_EMBEDDER_FACT, self.embedder.name)

    @contextmanager
    def reindexing(self) -> Iterator[None]:
        """While vectors change from one embedder's to another's; what is broken off stays marked so.

        Raises DatabaseInUse while other servers search with the embedder that was.
        """
        with self._presence.alone():
            self.record.note_fact(_REINDEXING_FACT, self.embedder.name)
            yield
            self.record.note_fact(_EMBEDDER_FACT, self.embedder.name)
            self.record.note_fact(_REINDEXING_FACT, "")


def has_one_owner(address: str, vectors: str) -> bool:
    """Whether the data folder holds what only one process may have: a database, or vectors."""
    return vectors == IN_PROCESS or not address


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
