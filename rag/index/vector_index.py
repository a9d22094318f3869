"""A vector index in Chroma: a collection of passage ids and embeddings, in a folder or on a server.

Knows no texts, no language model and no reading level. Chroma loses vectors without a word when one of its files is
damaged: rag/index/keeper.py looks after it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import IndexFailed
from rag.index.probing import missed

COSINE: Any = {"hnsw": {"space": "cosine"}}
_LARGEST_BATCH = 5000  # Chroma refuses more than 5,461 rows in one call
FAILURES = (ChromaError, httpx.HTTPError, OSError, ValueError, KeyError, AttributeError)  # the last: on a full disk


class ChromaIndex:
    """The vectors of one collection; cosine. Everything raises IndexFailed, or what `failed` makes of a reason."""

    def __init__(self, name: str, collection: chromadb.Collection):
        self.name = name
        self._collection = collection

    def failed(self, reason: str) -> IndexFailed:
        return IndexFailed(Path(self.name), reason)

    def add(self, passage_ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Put vectors, shape (passages, dimensions), under the passages' ids; known ids are overwritten.

        What is not found then is put once more: of the first vectors that follow a batch, Chroma 1.5.9 links one in
        200 to no other, so that no search comes by it; the second time it was found, 15 of 15 times.
        """
        for start in range(0, len(passage_ids), _LARGEST_BATCH):
            batch = slice(start, start + _LARGEST_BATCH)
            ids, vectors = list(passage_ids[batch]), embeddings[batch]
            self._put(ids, vectors)
            if again := missed(self, ids, vectors):
                self._put([ids[place] for place in again], vectors[again])

    def remove(self, passage_ids: Sequence[str]) -> None:
        with self._storage():
            for start in range(0, len(passage_ids), _LARGEST_BATCH):
                self._collection.delete(ids=list(passage_ids[start : start + _LARGEST_BATCH]))

    def search(self, embeddings: np.ndarray, top: int) -> list[list[tuple[str, float]]]:
        """For each query, shape (queries, dimensions), the ids of the nearest passages and their cosine, best first."""
        with self._storage():
            found = self._collection.query(query_embeddings=list(embeddings), n_results=top, include=["distances"])
        distances = found["distances"] or [[] for _ in embeddings]
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, row, strict=True)]
            for ids, row in zip(found["ids"], distances, strict=True)
        ]

    def ids(self) -> set[str]:
        with self._storage():
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        with self._storage():
            return self._collection.count()

    def complete(self) -> None:
        """Chroma's is complete at any time."""

    def close(self) -> None:
        """A collection needs none."""

    def _put(self, passage_ids: list[str], embeddings: np.ndarray) -> None:
        with self._storage():
            self._collection.upsert(ids=passage_ids, embeddings=embeddings)

    @contextmanager
    def _storage(self) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            raise self.failed(str(error)) from error


class Index(ChromaIndex):
    """The vectors of one embedder in a folder."""

    def __init__(self, folder: Path, embedder: str):
        """Raises IndexFailed."""
        self.folder = folder
        self.name = folder.name
        with self._storage():
            folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(str(folder), quiet())
            collection = self._client.get_or_create_collection(
                _collection_name(embedder), embedding_function=None, configuration=COSINE
            )
        super().__init__(folder.name, collection)

    def failed(self, reason: str) -> IndexFailed:
        return IndexFailed(self.folder, reason)

    def close(self) -> None:
        """Give the folder back, so that it can be deleted or opened anew."""
        with self._storage():
            self._client.close()  # type: ignore[attr-defined]  # ClientAPI does not name it


def quiet() -> ChromaSettings:
    """New ones for each client, which writes its address into them. Nothing is told to Chroma's makers."""
    return ChromaSettings(anonymized_telemetry=False)


def read_all(folder: str) -> None:
    """Read what there is of an index, as a process that may crash. Raises whatever Chroma does."""
    client = chromadb.PersistentClient(folder, quiet())
    for collection in client.list_collections():
        if collection.count():
            some = collection.get(limit=1, include=["embeddings"])["embeddings"]
            collection.query(query_embeddings=list(np.asarray(some)), n_results=10)


def _collection_name(embedder: str) -> str:
    """A name that Chroma takes and that no other embedder has.

    Example: 'org/model' -> 'passages-org-model-3f1c…'
    """
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder)[-200:].strip("-")
    return f"passages-{readable}-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"
