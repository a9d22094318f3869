"""Articles -> record and index. Knows no formats of files, no questions, and not where passages are embedded.

While one step is stored the next are embedded, and the one after that is read. Steps are stored in the order in which
they came, whichever is embedded first.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from corpus.duplicates import is_copy, marks
from corpus.passages import split_passages
from corpus.reading import Failure
from corpus.types import Article, Passage
from rag.index.article_rows import content_hash
from rag.index.embedding import InProcess, Workers
from rag.index.prefetch import prefetch
from rag.index.stored_vectors import Vectors
from rag.index.workspace import Workspace

_SOURCES_AHEAD = 64
Progress = Callable[[int], None]


def _unheard(passages: int) -> None:
    """For callers that show no progress."""


@dataclass(frozen=True)
class IngestReport:
    """What came of an ingest: `articles` are new or changed, `passages` theirs; `copies` go with their original."""

    articles: int
    passages: int
    unchanged: int
    copies: int
    failed: tuple[Failure, ...]


@dataclass
class _Step:
    """Articles that are stored together, with their passages and marks, and then the copies that came with them."""

    articles: dict[str, Article] = field(default_factory=dict)
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    marks: dict[str, frozenset[int]] = field(default_factory=dict)
    copies: dict[str, tuple[Article, str]] = field(default_factory=dict)
    originals: set[str] = field(default_factory=set)
    _marked: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, article: Article, found: frozenset[int]) -> None:
        self.articles[article.id] = article
        self.marks[article.id] = found
        self.passages[article.id] = split_passages(article)
        for mark in found:
            self._marked[mark].add(article.id)

    def knows(self, article_id: str) -> bool:
        return article_id in self.articles or article_id in self.copies

    def add_copy(self, article: Article, original_id: str) -> None:
        self.copies[article.id] = article, original_id
        self.originals.add(original_id)

    def is_settled(self, article_id: str) -> bool:
        """Whether another state of the article has to wait for the next step: copies are kept after the articles."""
        return article_id in self.copies or article_id in self.originals

    def newest(self, article_id: str) -> Article:
        return self.copies[article_id][0] if article_id in self.copies else self.articles[article_id]

    def sharing(self, found: frozenset[int]) -> list[Article]:
        """Its articles that share one of these marks, in their order, without those that have become copies."""
        ids = {id_ for mark in found & self._marked.keys() for id_ in self._marked[mark]} - self.copies.keys()
        return [self.articles[id_] for id_ in sorted(ids) if self.marks[id_] & found]

    @property
    def size(self) -> int:
        return sum(map(len, self.passages.values()))

    def is_full(self, passages: int) -> bool:
        return self.size >= passages or len(self.copies) >= passages

    def titled_passages(self) -> list[tuple[Passage, Article]]:
        return [(passage, self.articles[id_]) for id_, passages in self.passages.items() for passage in passages]


class _Ingest:
    """One ingest: what waits, what is being embedded, what is being stored, and the counts."""

    def __init__(self, workspace: Workspace, workers: Workers, progress: Progress, passages_a_step: int):
        self._workspace = workspace
        self._workers = workers
        self._passages_a_step = passages_a_step
        self._progress = progress
        self._waiting = _Step()
        self._embedding: deque[tuple[_Step, Future[list[Vectors]]]] = deque()
        self._storing: tuple[_Step, Future[None]] | None = None
        self._storer = ThreadPoolExecutor(1, "ingest")
        self.articles = self.passages = self.unchanged = self.copies = 0

    def take(self, article: Article) -> None:
        """Put an article with those that wait, unless it is here already, in its own name or in another."""
        if self._is_here(article):
            self.unchanged += 1
            return
        if self._waiting.is_settled(article.id):
            self.embed_waiting()
        found = marks(article)
        if original := self._original(article, found):
            self._waiting.add_copy(article, original.id)
            self.copies += 1
        else:
            self._waiting.add(article, found)
        if self._waiting.is_full(self._passages_a_step):
            self.embed_waiting()

    def _is_here(self, article: Article) -> bool:
        """Whether this is its newest state; what only comes from another address is noted with what is recorded."""
        hash_ = content_hash(article)
        if unstored := self._unstored_with(article.id):
            known = unstored.newest(article.id)
            return content_hash(known) == hash_ and set(article.addresses) <= set(known.addresses)
        if self._workspace.record.hashes([article.id]).get(article.id) != hash_:
            return False
        self._workspace.record.note_addresses(article)
        return True

    def _original(self, article: Article, found: frozenset[int]) -> Article | None:
        """The article that this one is a copy of, if any, in the newest state of each."""
        near = [(step, other) for step in self._unstored() for other in step.sharing(found)]
        newest = [other for step, other in near if self._unstored_with(other.id) is step]
        newest += [other for other in self._workspace.record.sharing(found) if not self._unstored_with(other.id)]
        return next((other for other in newest if other.id != article.id and is_copy(article, other)), None)

    def _unstored(self) -> list[_Step]:
        """What is newer than what the record has, the newest last."""
        storing = [self._storing[0]] if self._storing else []
        return [*storing, *(step for step, _ in self._embedding), self._waiting]

    def _unstored_with(self, article_id: str) -> _Step | None:
        return next((step for step in reversed(self._unstored()) if step.knows(article_id)), None)

    def embed_waiting(self) -> None:
        """Let what waits be embedded, and store what is; wait when more is under way than the workers take at once."""
        if self._waiting.articles or self._waiting.copies:
            self._embedding.append((self._waiting, self._workers.submit(self._waiting.titled_passages())))
            self._waiting = _Step()
        self._store_embedded(self._workers.at_once)

    def _store_embedded(self, left: int) -> None:
        """Store the oldest steps, until only `left` are under way and the oldest of them is not embedded yet."""
        while self._embedding and (len(self._embedding) > left or self._embedding[0][1].done()):
            step, embedded = self._embedding[0]
            vectors = embedded.result()
            self._wait_for_storing()
            self._embedding.popleft()
            self._storing = step, self._storer.submit(self._store, step, vectors)

    def finish(self) -> None:
        """Wait until all is there. Raises StorageFailed, and what keeps workers from embedding."""
        self.embed_waiting()
        self._store_embedded(0)
        self._wait_for_storing()

    def _wait_for_storing(self) -> None:
        if self._storing:
            (step, stored), self._storing = self._storing, None
            stored.result()
            self.articles += len(step.articles)
            self.passages += step.size
            self._progress(step.size)

    def close(self) -> None:
        self._storer.shutdown()

    def _store(self, step: _Step, vectors: Sequence[Vectors]) -> None:
        """Vectors first, so that nothing recorded lacks them; a step is there once it is in the record."""
        passages = [passage for passage, _ in step.titled_passages()]
        index, record = self._workspace.index, self._workspace.record
        with index.changing:
            if passages:
                index.add([p.id for p in passages], np.stack([vector.passage for vector in vectors]))
            if step.articles:
                index.remove(record.replace(list(step.articles.values()), passages, vectors, step.marks))
            for copy, original in step.copies.values():
                index.remove(record.note_copy(copy, original))


def ingest(
    sources: Iterable[Article | Failure],
    workspace: Workspace,
    progress: Progress = _unheard,
    passages_a_step: int | None = None,
    workers: Workers | None = None,
) -> IngestReport:
    """Store and index all articles that are new or changed; `progress` hears how many passages each step added.

    What progress has heard of is stored: it survives whatever happens to this process. Without `workers` this process
    embeds; what is stored is the same.
    """
    workspace.note_embedder()
    failed: list[Failure] = []
    embedding = workers or InProcess(workspace.embedder)
    run = _Ingest(workspace, embedding, progress, passages_a_step or embedding.passages_a_step)
    try:
        for source in prefetch(sources, _SOURCES_AHEAD):
            if isinstance(source, Failure):
                failed.append(source)
            else:
                run.take(source)
        run.finish()
    finally:
        run.close()
    return IngestReport(run.articles, run.passages, run.unchanged, run.copies, tuple(failed))


def remove(article_ids: Sequence[str], workspace: Workspace) -> None:
    """Let articles and all their passages leave record and index."""
    with workspace.index.changing:
        workspace.index.remove(workspace.record.remove(article_ids))
