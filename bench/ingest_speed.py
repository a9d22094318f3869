"""How fast articles are indexed, beside the embedder alone on the same batches. Knows no questions."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

from bench.report import IngestRound, Work
from corpus.passages import split_passages
from corpus.types import Article
from rag.embedder import Embedder
from rag.ingest import ingest
from rag.workspace import Workspace

_PASSAGES = 300
_ROUNDS = 3


class BatchRecorder:
    """An embedder that only notes what it is asked for."""

    name = "recorder"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def embed_query(self, text: str) -> np.ndarray:
        return np.ones(2, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        return np.ones((len(texts), 2), dtype=np.float32)


def measure_ingest(articles: Sequence[Article], embedder: Embedder) -> tuple[IngestRound, ...]:
    """Index and embed the same passages in turns, the other first each time."""
    copies = repeat(articles, _PASSAGES)
    recorder = BatchRecorder()
    _ingest(copies, recorder)
    passages = sum(map(len, recorder.batches))
    characters = sum(len(text) for batch in recorder.batches for text in batch)
    embedder.embed_passages(recorder.batches[0][:32])  # the first call is slower

    def embed() -> None:
        for batch in recorder.batches:
            embedder.embed_passages(batch)

    works: dict[Work, Callable[[], None]] = {Work.INGEST: lambda: _ingest(copies, embedder), Work.EMBED: embed}
    rounds = []
    for number in range(_ROUNDS):
        for work in sorted(works, reverse=number % 2 == 1):
            started = time.perf_counter()
            works[work]()
            rounds.append(IngestRound(work, passages, characters, time.perf_counter() - started))
    return tuple(rounds)


def repeat(articles: Sequence[Article], passages: int) -> list[Article]:
    """The articles under new ids, again and again until they have that many passages."""
    copies: list[Article] = []
    waiting = passages
    for number in count():
        for article in articles:
            copies.append(replace(article, id=f"{article.id}-copy-{number}"))
            waiting -= len(split_passages(article))
            if waiting <= 0:
                return copies
    raise AssertionError("unreachable")


def _ingest(articles: Sequence[Article], embedder: Embedder) -> None:
    with tempfile.TemporaryDirectory() as home, Workspace(Path(home), embedder) as workspace:
        ingest(articles, workspace)
