"""Passages -> vectors, wherever that is done: in this process, in others of this machine, or on a cluster.

Knows no record, no index and no processes.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

import numpy as np

from corpus.statements import statements, titled
from corpus.types import Article, Passage
from rag.index.stored_vectors import Vectors
from rag.models.embedder import Embedder

Passages = Sequence[tuple[Passage, Article]]


def embed(passages: Passages, embedder: Embedder) -> list[Vectors]:
    """The vectors of passages, under their articles' titles, and of their statements."""
    stated = [[sentence.text for sentence in statements(*entry)] for entry in passages]
    texts = [*(titled(*entry) for entry in passages), *(text for group in stated for text in group)]
    if not texts:
        return []
    embedded = embedder.embed_passages(texts)
    ends = len(passages) + np.cumsum([len(group) for group in stated])
    return [
        Vectors(embedded[place], embedded[end - len(group) : end])
        for place, (group, end) in enumerate(zip(stated, ends, strict=True))
    ]


class Workers(Protocol):
    """Whoever embeds for an ingest. `at_once` steps may be under way; `passages_a_step` of them make one step."""

    at_once: int
    passages_a_step: int

    def submit(self, passages: Passages) -> Future[list[Vectors]]:
        """Begin to embed; the result raises what kept the workers from it. Called by one thread."""


class InProcess:
    """Embeds where it is called, at once: what one machine does without being told otherwise."""

    at_once = 0
    passages_a_step = 256

    def __init__(self, embedder: Embedder):
        self._embedder = embedder

    def submit(self, passages: Passages) -> Future[list[Vectors]]:
        """The vectors; raises what the embedder does."""
        vectors: Future[list[Vectors]] = Future()
        vectors.set_result(embed(passages, self._embedder))
        return vectors
