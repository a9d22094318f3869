"""Servers with two embedders over the same articles, for tests of what is embedded again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from engines import Engine
from fakes import FakeEmbedder, article_of
from stored_articles import found

from rag.index.tending import Tending
from rag.index.workspace import Workspace

ZEBRA = article_of("Das Zebra tanzt auf dem Klavier.", id="zebra", language="de")
UNUSED_S = 600.0


class Turned(FakeEmbedder):
    """Another embedder: its vectors are near none of the other's."""

    def __init__(self, name: str = "größer", turned: int = 5):
        super().__init__(name)
        self.turned = turned

    def embed_query(self, text: str) -> np.ndarray:
        return np.roll(super().embed_query(text), self.turned)


@contextmanager
def shared_engine(request: pytest.FixtureRequest, vectors: str, home: Path) -> Iterator[Engine]:
    is_in_database = vectors == "pgvector"
    cluster = request.getfixturevalue("postgres_with_vectors" if is_in_database else "postgres")
    with cluster.database() as address:
        yield Engine(home, address, "pgvector" if is_in_database else request.getfixturevalue("chroma"))


def beside(engine: Engine, embedder: FakeEmbedder) -> Workspace:
    """What `actuclair reindex` opens."""
    return Workspace(engine.home, embedder, *engine.where, beside=True)


def first_found(workspace: Workspace, question: str) -> str:
    return found(workspace, question)[0][0].split(":")[0]


def tending(workspace: Workspace, clock: list[float]) -> Tending:
    return Tending(workspace, threading.Event(), UNUSED_S, lambda: clock[0])


def names(workspace: Workspace) -> list[tuple[str, bool]]:
    return [(each.embedder, each.is_complete) for each in workspace.sets.all()]
