"""All articles embedded again, beside the vectors in use: searches go on, and one transaction changes to the new ones.

Killed at any moment, it leaves the set in use that was, and what it has made of the new one to the next try. What comes
in meanwhile is embedded before the change. Knows vectors and ids, not how they are stored.
"""

from collections.abc import Callable

import numpy as np

from rag.errors import EmbedderChanged
from rag.index.embedding import InProcess, embed
from rag.index.stored_vectors import Lacking
from rag.index.vector_indexes import VectorIndex
from rag.index.vector_sets import VectorSet
from rag.index.workspace import Workspace
from rag.models.embedder import ChangeableEmbedder

Progress = Callable[[int], None]
Index = Callable[[list[str], np.ndarray], None]


def _unheard(passages: int) -> None:
    """For callers that show no progress."""


def _unindexed(passage_ids: list[str], embeddings: np.ndarray) -> None:
    """For sets that have no index yet."""


def reindex(workspace: Workspace, progress: Progress = _unheard) -> int:
    """Embed every recorded passage again with the current embedder, then use those vectors; gives how many there are.

    `progress` hears first of what an earlier try has left. Raises ReindexUnderWay.
    """
    with workspace.reindexing():
        new = _begun(workspace)
        progress(workspace.vectors.count(new.number))
        fill(workspace, new.number, _unindexed, progress)
        index = workspace.index.make_for(new)
        try:
            _change_to(workspace, new, index, progress)
        finally:
            if index:
                workspace.index.close_made(index)
        workspace.use_newest()
        workspace.index.follow()
        drop(workspace, [old for old in _older(workspace, new) if old.embedder == new.embedder])
        return workspace.vectors.count(new.number)


def fill(workspace: Workspace, number: int, put_into_index: Index, progress: Progress = _unheard) -> None:
    """Embed the passages that a set has no vectors of, and keep them there, some hundred at a time.

    What changes or goes meanwhile is left out: it is lacking still, or needed no more.
    """
    for page in workspace.vectors.lacking(number, InProcess.passages_a_step):
        known = workspace.record.passages([passage.id for passage in page])
        step: list[Lacking] = [passage for passage in page if passage.id in known]
        vectors = embed([known[passage.id] for passage in step], workspace.embedder)
        if not step:
            continue
        with workspace.index.changing:
            put_into_index([passage.id for passage in step], np.stack([vector.passage for vector in vectors]))
            workspace.vectors.fill_in(number, list(zip(step, vectors, strict=True)))
        progress(len(step))


def catch_up(workspace: Workspace, number: int, progress: Progress = _unheard) -> None:
    """Embed the articles that servers with another embedder brought in, so that they are found here too.

    `number`: of the set that searches use.
    """
    fill(workspace, number, workspace.index.add, progress)


def drop(workspace: Workspace, sets: list[VectorSet]) -> None:
    """Delete those sets that no server uses, with their indexes."""
    for old in sets:
        with workspace.used.unless_used(old.number) as is_free:
            if is_free:
                workspace.sets.drop(old.number)
    if sets:
        workspace.index.keep_only_named()


def _begun(workspace: Workspace) -> VectorSet:
    """The set that an earlier try has begun with this embedder, else a new one; what others have begun is deleted."""
    begun = [each for each in workspace.sets.all() if not each.is_complete]
    newest = max((each.number for each in workspace.sets.all() if each.is_complete), default=0)
    for each in reversed(begun):  # an older one is no longer complete: a server deletes it just now
        if each.number > newest and each.embedder == workspace.embedder.name and _goes_on(workspace, each):
            drop(workspace, [other for other in begun if other != each])
            return each
    drop(workspace, begun)
    return workspace.sets.begin()


def _goes_on(workspace: Workspace, begun: VectorSet) -> bool:
    """Whether the embedder still gives the vectors that an earlier try has left, as far as that can change."""
    try:
        if isinstance(workspace.embedder, ChangeableEmbedder):
            workspace.check_vectors(begun.number)
    except EmbedderChanged:
        return False
    return True


def _change_to(workspace: Workspace, new: VectorSet, index: VectorIndex | None, progress: Progress) -> None:
    """Let a set be searched as soon as it has all there is; nothing comes in between the last look and the change."""
    while True:
        fill(workspace, new.number, index.add if index else _unindexed, progress)
        with workspace.index.changing:
            if index:
                index.remove(sorted(index.ids() - workspace.record.passage_ids()))
            if workspace.sets.complete(new.number):
                return


def _older(workspace: Workspace, than: VectorSet) -> list[VectorSet]:
    return [each for each in workspace.sets.all() if each.number < than.number]
