"""How fast articles are indexed, beside the embedder alone on the same batches. Knows no questions."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import numpy as np

from bench.report import IngestRound, Work
from corpus.passages import split_passages
from corpus.types import Article
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.embedder import Embedder

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
    """The articles under new ids and with their words shuffled, again and again until they have that many passages.

    Shuffled, because a copy of an article is not indexed again.
    """
    copies: list[Article] = []
    waiting = passages
    for number in count():
        for article in articles:
            copy = replace(article, id=f"{article.id}-copy-{number}", text=_shuffled(article.text, number))
            copies.append(copy)
            waiting -= len(split_passages(copy))
            if waiting <= 0:
                return copies
    raise AssertionError("unreachable")


def _shuffled(text: str, seed: int) -> str:
    words = text.split(" ")
    Random(seed).shuffle(words)  # noqa: S311
    return " ".join(words)


def _ingest(articles: Sequence[Article], embedder: Embedder) -> None:
    with tempfile.TemporaryDirectory() as home, Workspace(Path(home), embedder) as workspace:
        ingest(articles, workspace)
