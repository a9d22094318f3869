"""The data folder, or the engines that stand for it: lock, record and index. Knows no language model."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from corpus.statements import titled
from rag.databases.database import Database, Held, Presence, Use
from rag.databases.locking import Turn
from rag.databases.migrating import is_newest
from rag.errors import (
    EmbedderChanged,
    EmbedderMismatch,
    HomeInUse,
    IndexIncomplete,
    IndexNotBuilt,
    ReindexUnderWay,
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
from rag.index.vector_indexes import NoPlace, VectorPlace
from rag.index.vector_places import IN_PROCESS, open_place
from rag.index.vector_sets import VectorSets
from rag.index.word_index import Words
from rag.models.embedder import ChangeableEmbedder, Embedder

_COMPARED = 16  # passages
_DELETED_SOON_S = 0.1
_SAME = 0.999  # mean cosine with what was kept: the default embedder in bfloat16 .99998, without its prompt .998
REINDEX_LOCK = "reindex.lock"
RESTORING = "restoring"  # where a backup is laid out, and
WHOLE = "whole"  # the mark that all of it is there: from then on it replaces what was there


class Workspace:
    """Everything that is kept about the articles; `with Workspace(...)` gives it back at the end."""

    def __init__(
        self, home: Path, embedder: Embedder, address: str = "", vectors: str = IN_PROCESS, beside: bool = False
    ):
        """`address` is a PostgreSQL database, `vectors` what ACTUCLAIR_VECTORS names.

        `beside` leaves what can have one owner only to another process: only the record is written, and no index.
        Raises HomeInUse or DatabaseInUse when another process has what can have one owner only, StorageFailed when it
        cannot be used, DriverMissing, DatabaseOutdated, RecordOutdated, ExtensionMissing or VectorsUnusable.
        """
        self.home = home
        self.embedder = embedder
        with ExitStack() as opened:
            self._is_beside = beside and has_one_owner(address, vectors)
            if self._is_beside:
                check_newest(home, address)
            elif has_one_owner(address, vectors):
                opened.callback(hold(home).release)
                check_restored(home)
            database = self.database = Database(RECORD, home, address)
            opened.callback(database.close)
            if not self._is_beside:
                opened.callback(Presence(database, alone=vectors == IN_PROCESS).close)
            self.sets = VectorSets(database, embedder.name)
            self.used = Use(database, "vectors")
            opened.callback(self.used.close)
            self.use_newest()
            self.record = Record(database, self.sets)
            self.shelf = Shelf(database, self.record)
            self.vectors = StoredVectors(database, self.sets)
            self.words = Words(database)
            self.candidates = Candidates(database, self.sets)
            self.feeds = FollowedFeeds(database)
            turn = Turn(partial(database.turn, "index"))
            self.index = IndexKeeper(self._place(vectors), self.record, self.vectors, self.sets, turn)
            opened.callback(self.index.stop)
            self._compared = 0  # the number of a set
            self._opened = opened.pop_all()

    def _place(self, vectors: str) -> VectorPlace:
        if self._is_beside:
            return NoPlace(self.home)
        return open_place(vectors, self.home, self.embedder.name, self.database, self.record.installation())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._opened.close()

    def use_newest(self) -> None:
        """Let other servers see which set of vectors is searched here, so that nobody deletes it."""
        while (current := self.sets.current()) and not self.used.use(current.number):
            time.sleep(_DELETED_SOON_S)  # it is being deleted

    def check_embedder(self) -> None:
        """Raises EmbedderMismatch or EmbedderChanged when the vectors are another embedder's, IndexIncomplete when
        articles are here without vectors, and EmbedderFailed when an endpoint does not answer.
        """
        self._check_name()
        current = self.sets.current()
        if current and isinstance(self.embedder, ChangeableEmbedder) and self._compared != current.number:
            self.check_vectors(current.number)

    def _check_name(self) -> None:
        if self.sets.current():
            return
        if others := [each.embedder for each in self.sets.all() if each.is_complete]:
            raise EmbedderMismatch(others[-1], self.embedder.name)
        if self.record.count_passages():
            raise IndexIncomplete(self.home)

    def check_vectors(self, number: int) -> None:
        """Whether some passages that are here get the vectors that a set has of them. Raises EmbedderChanged."""
        ids, kept = self.vectors.sample(_COMPARED, number)
        known = self.record.passages(ids)
        if not ids or any(id_ not in known for id_ in ids):
            return  # there are none, or they change just now
        again = self.embedder.embed_passages([titled(*known[id_]) for id_ in ids])
        if again.shape != kept.shape or float((again * kept).sum(axis=1).mean()) < _SAME:
            raise EmbedderChanged(self.embedder.name)
        self._compared = number

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
            self.sets.begin_first()
        self.use_newest()

    @contextmanager
    def reindexing(self) -> Iterator[None]:
        """While all articles are embedded again, by one process at a time. Raises ReindexUnderWay."""
        with ExitStack() as held:
            if self.database.is_shared:
                turn = Held(self.database, "reindex")
                held.callback(turn.close)
                if not turn.hold():
                    raise ReindexUnderWay(self.database.where)
            else:
                held.enter_context(turn_to_reindex(self.home))
            yield


@contextmanager
def turn_to_reindex(home: Path) -> Iterator[None]:
    """While nobody else embeds all articles of a data folder again. Raises ReindexUnderWay."""
    lock = FileLock(home / REINDEX_LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ReindexUnderWay(str(home)) from error
    try:
        yield
    finally:
        lock.release()


def has_one_owner(address: str, vectors: str) -> bool:
    """Whether the data folder holds what only one process may have: a database, or vectors."""
    return vectors == IN_PROCESS or not address


def check_newest(home: Path, address: str) -> None:
    """Raises HomeInUse when another process has a data folder whose tables would change under it."""
    try:
        hold(home).release()
    except HomeInUse:
        if not is_newest(RECORD, home, address):
            raise
    check_restored(home)


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
