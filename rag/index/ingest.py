"""Articles -> record and index. Knows no formats of files and no questions.

While one step is stored the next is embedded, and the one after that is read.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from corpus.duplicates import is_copy, marks
from corpus.passages import split_passages
from corpus.reading import Failure
from corpus.statements import statements, titled
from corpus.types import Article, Passage
from rag.index.article_rows import content_hash
from rag.index.prefetch import prefetch
from rag.index.stored_vectors import Vectors
from rag.index.workspace import Workspace

_PASSAGES_A_STEP = 256
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
    """Articles that wait to be stored together, with their marks, and their passages."""

    articles: dict[str, Article] = field(default_factory=dict)
    marks: dict[str, frozenset[int]] = field(default_factory=dict)
    passages: dict[str, list[Passage]] = field(default_factory=dict)

    def add(self, article: Article, found: frozenset[int]) -> None:
        self.articles[article.id] = article
        self.marks[article.id] = found
        self.passages[article.id] = split_passages(article)

    def sharing(self, found: frozenset[int]) -> list[Article]:
        return [self.articles[id_] for id_, others in self.marks.items() if found & others]

    @property
    def size(self) -> int:
        return sum(map(len, self.passages.values()))

    def titled_passages(self) -> list[tuple[Passage, Article]]:
        return [(passage, self.articles[id_]) for id_, passages in self.passages.items() for passage in passages]


class _Ingest:
    """One ingest: what waits, what is being stored, and the counts."""

    def __init__(self, workspace: Workspace, progress: Progress, passages_a_step: int):
        self._workspace = workspace
        self._passages_a_step = passages_a_step
        self._progress = progress
        self._waiting = _Step()
        self._storing: tuple[_Step, Future[None]] | None = None
        self._storer = ThreadPoolExecutor(1, "ingest")
        self.articles = self.passages = self.unchanged = self.copies = 0

    def take(self, article: Article) -> None:
        """Put an article with those that wait, unless it is here already, in its own name or in another."""
        if self._workspace.record.hashes([article.id]).get(article.id) == content_hash(article):
            self._workspace.record.note_addresses(article)
            self.unchanged += 1
            return
        found = marks(article)
        original = self._original(article, found)
        if original:
            self._note_copy(article, original)
            return
        self._waiting.add(article, found)
        if self._waiting.size >= self._passages_a_step:
            self.store_waiting()

    def _original(self, article: Article, found: frozenset[int]) -> Article | None:
        """The article that this one is a copy of, if any."""
        unstored = self._unstored()
        near = [other for step in unstored for other in step.sharing(found)]
        recorded = self._workspace.record.sharing(found)
        near += [other for other in recorded if not any(other.id in step.articles for step in unstored)]
        return next((other for other in near if other.id != article.id and is_copy(article, other)), None)

    def _note_copy(self, article: Article, original: Article) -> None:
        if any(original.id in step.articles for step in self._unstored()):
            self.store_waiting()
            self.finish()
        with self._workspace.index.changing:
            self._workspace.index.remove(self._workspace.record.note_copy(article, original.id))
        self.copies += 1

    def _unstored(self) -> list[_Step]:
        """What waits and what is being stored: newer than what the record has."""
        return [self._waiting, *([self._storing[0]] if self._storing else [])]

    def store_waiting(self) -> None:
        """Embed what waits, then store it while the caller goes on."""
        if not self._waiting.articles:
            return
        step, self._waiting = self._waiting, _Step()
        vectors = embed(step.titled_passages(), self._workspace)
        self.finish()
        self._storing = step, self._storer.submit(self._store, step, vectors)

    def finish(self) -> None:
        """Wait until what is being stored is there. Raises StorageFailed."""
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
        with self._workspace.index.changing:
            if passages:
                self._workspace.index.add([p.id for p in passages], np.stack([vector.passage for vector in vectors]))
            gone = self._workspace.record.replace(list(step.articles.values()), passages, vectors, step.marks)
            self._workspace.index.remove(gone)


def ingest(
    sources: Iterable[Article | Failure],
    workspace: Workspace,
    progress: Progress = _unheard,
    passages_a_step: int = _PASSAGES_A_STEP,
) -> IngestReport:
    """Store and index all articles that are new or changed; `progress` hears how many passages each step added.

    What progress has heard of is stored: it survives whatever happens to this process.
    """
    workspace.note_embedder()
    failed: list[Failure] = []
    run = _Ingest(workspace, progress, passages_a_step)
    try:
        for source in prefetch(sources, _SOURCES_AHEAD):
            if isinstance(source, Failure):
                failed.append(source)
            else:
                run.take(source)
        run.store_waiting()
        run.finish()
    finally:
        run.close()
    return IngestReport(run.articles, run.passages, run.unchanged, run.copies, tuple(failed))


def remove(article_ids: Sequence[str], workspace: Workspace) -> None:
    """Let articles and all their passages leave record and index."""
    with workspace.index.changing:
        workspace.index.remove(workspace.record.remove(article_ids))


def embed(passages: Sequence[tuple[Passage, Article]], workspace: Workspace) -> list[Vectors]:
    """The vectors of passages, under their articles' titles, and of their statements."""
    stated = [[sentence.text for sentence in statements(*entry)] for entry in passages]
    texts = [*(titled(*entry) for entry in passages), *(text for group in stated for text in group)]
    if not texts:
        return []
    embedded = workspace.embedder.embed_passages(texts)
    ends = len(passages) + np.cumsum([len(group) for group in stated])
    return [
        Vectors(embedded[place], embedded[end - len(group) : end])
        for place, (group, end) in enumerate(zip(stated, ends, strict=True))
    ]
