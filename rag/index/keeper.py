"""Looks after the vector index: searches it, tests it with vectors that it must know, and makes it again when it fails.

Chroma returns fewer passages without any error when its vector file is damaged, and a server may be away. So nothing is
believed: what the record holds is what there is, and while the index cannot be trusted every vector of the record is
compared instead. Which index is the one of all servers, the record says too: that over the set of vectors in use. Knows
vectors and ids, not texts.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import numpy as np

from rag.databases.locking import Turn
from rag.errors import IndexFailed, StorageFailed
from rag.filters import Filters
from rag.index.probing import finds
from rag.index.record import Record
from rag.index.stored_vectors import StoredVectors
from rag.index.vector_indexes import FIRST, NoPlace, VectorIndex, VectorPlace
from rag.index.vector_sets import VectorSet, VectorSets, index_names, next_name

_PROBES = 200  # passages spread over all; a damaged file loses most of them, or the older half
_PROBE_EVERY_S = 3600.0
_TRY_AGAIN_AFTER_S = 300.0  # when the index could not be made again: a full disk, say
_MORE = 4  # passages asked for, for each that is wanted, when filters will drop some
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The data folder is given back while the index is made again."""


class IndexKeeper:
    """The vector index of an installation, and what stands in for it when it is damaged.

    `changing` is held while record and index change together, by one server at a time: a probe or a new index in
    between would miss what is in one of them only.
    """

    def __init__(self, place: VectorPlace, record: Record, vectors: StoredVectors, sets: VectorSets, changing: Turn):
        self._place = place
        self._record = record
        self._sets = sets
        self._vectors = vectors
        self.changing = changing
        self._needed = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._retired: VectorIndex | None = None
        self.is_probed = False  # whether it was tested at all since the start
        self._name = self._named()
        self._last_name = self._name or FIRST
        self._index = self._open(self._name)

    @property
    def is_sound(self) -> bool:
        """Whether searches use the index; else they compare every vector, which takes longer and finds as much."""
        return self._index is not None

    def search(self, embedding: np.ndarray, top: int, filters: Filters) -> list[tuple[str, float]]:
        """The ids of the nearest passages that pass the filters and their cosine with the query, the nearest first."""
        found = self._search(embedding, top * _MORE if filters else top)
        if found is not None and filters:
            passing = self._record.passing([id_ for id_, _ in found], filters)
            found = [(id_, cosine) for id_, cosine in found if id_ in passing][:top]
        if found is None or (filters and len(found) < top):
            return self._vectors.nearest(embedding, top, filters)
        return found

    def count(self) -> int:
        """How many vectors the index holds; 0 while it is not used."""
        return self._index.count() if self._index else 0

    def add(self, passage_ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Put vectors, shape (passages, dimensions), under the passages' ids. Raises IndexFailed."""
        with self.changing:
            self._follow()
            if self._index:
                self._index.add(passage_ids, embeddings)

    def remove(self, passage_ids: Sequence[str]) -> None:
        with self.changing:
            self._follow()
            if self._index:
                self._index.remove(passage_ids)

    def probe(self) -> bool:
        """Whether the index finds a spread of passages by their own vectors; what it should not hold is removed.

        Raises StorageFailed when the record cannot be read: that tells nothing about the index.
        """
        with self.changing:
            self._follow()
            if self._index is None:
                self.is_probed = True
                return False
            recorded, sample = self._vectors.count(), self._vectors.sample(_PROBES)
            try:
                if self._index.count() > recorded:
                    self._index.remove(sorted(self._index.ids() - self._record.passage_ids()))
                sound = recorded <= self._index.count() and finds(self._index, *sample)
            except IndexFailed as error:
                _log.warning("The vector index cannot be searched: %s", error)
                sound = False
            if not sound:
                self._use(None)
            self.is_probed = True
            return sound

    def rebuild(self, progress: Callable[[int], None] = lambda passages: None) -> None:
        """Make the index again, under a new name, from the vectors of the record; searches go on meanwhile."""
        with self.changing:
            self._follow()
            if (current := self._sets.current()) is None:
                return  # there are no vectors that an index could be made of
            name = self._new_name()
            with ExitStack() as failed:
                failed.callback(self._place.discard, name)  # its space may be what is needed
                index = self._filled(name, current.number, progress)
                failed.callback(_closed, index)
                self._sets.note_index(current.number, name)
                failed.pop_all()
            self._use(index)
            self._name = name
            self.keep_only_named()

    def make_for(self, new: VectorSet) -> VectorIndex | None:
        """An index over a set that nobody searches yet; None where the indexes belong to another process.

        What comes in meanwhile is not in it: whoever made it puts that in, and closes it with `close_made`.
        """
        if isinstance(self._place, NoPlace):
            return None
        with self.changing:
            name = self._new_name()
            self._sets.note_index(new.number, name)  # from now on nobody takes the name or deletes what has it
            self.keep_only_named()  # and not what an earlier try has left
        return self._filled(name, new.number, lambda passages: None)

    def close_made(self, index: VectorIndex) -> None:
        """Close an index that `make_for` gave."""
        if _closed(index):
            self._place.note_closed(index.name)

    def keep_only_named(self) -> None:
        """Delete the indexes of sets that are gone, as far as that is possible."""
        with self.changing:
            self._place.keep_only(index_names(self._sets.all()))

    def follow(self) -> None:
        """Search the index that the record names now, when a reindex or another server has made a new one.

        Where it has none yet, every vector is compared until the keeper has made one.
        """
        if self._named() != self._name:
            with self.changing:
                self._follow()
            if not self.is_sound:
                self._needed.set()

    def mend(self, progress: Callable[[int], None] = lambda passages: None) -> bool:
        """Probe, and make the index again on a miss; gives whether that was needed."""
        with self.changing:
            if self.probe():
                return False
            was = "is damaged" if self._name else "over the newest vectors is not there yet"
            _log.warning("The vector index %s and is made from the record.", was)
            self.rebuild(progress)
            _log.warning("The vector index is sound.")
            return True

    def start(self) -> None:
        """Probe every hour, and as soon as a search fails, in a thread of its own; make the index again on a miss."""
        self._thread = threading.Thread(target=self._look_after, name="index-keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the index and let go of its folder; an index that is being made is given up."""
        self._stopped.set()
        self._needed.set()
        if self._thread:
            self._thread.join()
        index = self._index
        self._use(None)
        if index and _closed(index):
            self._place.note_closed(index.name)

    def _look_after(self) -> None:
        while not self._stopped.is_set():
            try:
                self.mend()
            except _Stopped:
                return
            except StorageFailed as error:  # answers go on, and the next probe tries again
                _log.warning("The vector index cannot be made again yet: %s", error)
            self._needed.wait(_PROBE_EVERY_S if self.is_sound else _TRY_AGAIN_AFTER_S)
            self._needed.clear()

    def _filled(self, name: str, number: int, progress: Callable[[int], None]) -> VectorIndex:
        """A new index with all vectors of a set."""
        with ExitStack() as failed:
            index = self._place.make(name)
            failed.callback(_closed, index)
            for ids, vectors in self._vectors.pages(of=number):
                if self._stopped.is_set():
                    raise _Stopped
                index.add(ids, vectors)
                progress(len(ids))
            index.complete()
            failed.pop_all()
        return index

    def _use(self, index: VectorIndex | None) -> None:
        """Search another index from now on. The one before is closed a change later: searches may still be in it."""
        if self._retired:
            _closed(self._retired)
        self._retired, self._index = self._index, index

    def _search(self, embedding: np.ndarray, top: int) -> list[tuple[str, float]] | None:
        index = self._index
        if index is None:
            return None
        try:
            return index.search(embedding[np.newaxis], top)[0]
        except IndexFailed as error:
            _log.warning("A search of the vector index failed: %s", error)
            self._needed.set()
            return None

    def _named(self) -> str:
        """The name of the index over the set that searches use, '' for none; a new record begins with the first."""
        if current := self._sets.current():
            return current.index_name
        return "" if self._sets.all() else FIRST

    def _new_name(self) -> str:
        """One that no index has or had here: Chroma remembers a folder that failed, and gives it no second try."""
        self._last_name = next_name([self._last_name, *index_names(self._sets.all())])
        return self._last_name

    def _follow(self) -> None:
        """Open the index that the record names, when a reindex or another server has made a new one."""
        if (name := self._named()) != self._name:
            self._use(self._open(name))
            self._name, self._last_name = name, name or self._last_name

    def _open(self, name: str) -> VectorIndex | None:
        if not name or isinstance(self._place, NoPlace):
            return None
        try:
            return self._place.open(name)
        except IndexFailed as error:
            _log.warning("The vector index cannot be opened: %s", error)
            return None


def _closed(index: VectorIndex) -> bool:
    """Close an index; whether that was possible."""
    try:
        index.close()
    except IndexFailed as error:
        _log.warning("A vector index could not be closed: %s", error)
        return False
    return True
