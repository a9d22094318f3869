"""Articles -> record and index. Knows no formats of files and no questions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.passages import split_passages
from corpus.reading import Failure
from corpus.types import Article, Passage
from rag.record import content_hash
from rag.workspace import Workspace

_PASSAGES_A_STEP = 256


@dataclass(frozen=True)
class IngestReport:
    """What came of an ingest: `articles` are new or changed, `passages` theirs."""

    articles: int
    passages: int
    unchanged: int
    failed: tuple[Failure, ...]


def ingest(
    sources: Iterable[Article | Failure], workspace: Workspace, progress: Callable[[int], None] = lambda passages: None
) -> IngestReport:
    """Store and index all articles that are new or changed; `progress` hears how many passages each step added.

    A step is acknowledged when its articles are in the record; vectors come first, so nothing recorded lacks them.
    """
    workspace.check_embedder()
    workspace.note_embedder()
    articles = passages = unchanged = 0
    failed: list[Failure] = []
    waiting: dict[str, Article] = {}
    waiting_passages: dict[str, list[Passage]] = {}

    def store_waiting() -> None:
        nonlocal articles, passages
        step = [passage for group in waiting_passages.values() for passage in group]
        _store(workspace, list(waiting.values()), step)
        articles += len(waiting)
        passages += len(step)
        progress(len(step))
        waiting.clear()
        waiting_passages.clear()

    for source in sources:
        if isinstance(source, Failure):
            failed.append(source)
        elif workspace.record.hashes([source.id]).get(source.id) == content_hash(source):
            unchanged += 1
        else:
            waiting[source.id] = source
            waiting_passages[source.id] = split_passages(source)
            if sum(map(len, waiting_passages.values())) >= _PASSAGES_A_STEP:
                store_waiting()
    if waiting:
        store_waiting()
    return IngestReport(articles, passages, unchanged, tuple(failed))


def reindex(workspace: Workspace, progress: Callable[[int], None] = lambda passages: None) -> int:
    """Embed every recorded passage again with the current embedder; gives how many there are."""
    workspace.index.clear()
    step: list[tuple[Passage, str]] = []
    count = 0
    for entry in workspace.record.all_passages():
        step.append(entry)
        if len(step) == _PASSAGES_A_STEP:
            count += _embed_step(workspace, step, progress)
    count += _embed_step(workspace, step, progress)
    workspace.note_embedder()
    return count


def _store(workspace: Workspace, articles: list[Article], passages: list[Passage]) -> None:
    titles = {article.id: article.title for article in articles}
    _add_vectors(workspace, [(passage, titles[passage.article_id]) for passage in passages])
    gone = workspace.record.replace(articles, passages)
    workspace.index.remove(gone)


def _embed_step(workspace: Workspace, step: list[tuple[Passage, str]], progress: Callable[[int], None]) -> int:
    _add_vectors(workspace, step)
    progress(len(step))
    count = len(step)
    step.clear()
    return count


def _add_vectors(workspace: Workspace, titled: list[tuple[Passage, str]]) -> None:
    """What is embedded is the passage under its article's title, which says what 'he' and 'it' are."""
    if titled:
        embeddings = workspace.embedder.embed_passages([f"{title}\n{passage.text}" for passage, title in titled])
        workspace.index.add([passage.id for passage, _ in titled], embeddings)
