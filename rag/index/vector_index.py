"""The vector index: passage ids and embeddings in Chroma. The only file that imports chromadb.

Knows no texts, no language model and no reading level. Chroma loses vectors without a word when one of its files is
damaged: rag/index/keeper.py looks after it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import IndexFailed

_LARGEST_BATCH = 5000  # Chroma refuses more than 5,461 rows in one call


class Index:
    """The vectors of one embedder in a folder; cosine."""

    def __init__(self, folder: Path, embedder: str):
        """Raises IndexFailed, as everything here does."""
        self.folder = folder
        self._name = _collection_name(embedder)
        with self._storage():
            folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    def add(self, passage_ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Put vectors, shape (passages, dimensions), under the passages' ids; known ids are overwritten."""
        with self._storage():
            for start in range(0, len(passage_ids), _LARGEST_BATCH):
                batch = slice(start, start + _LARGEST_BATCH)
                self._collection.upsert(ids=list(passage_ids[batch]), embeddings=embeddings[batch])

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

    def close(self) -> None:
        """Give the folder back, so that it can be deleted or opened anew."""
        with self._storage():
            self._client.close()  # type: ignore[attr-defined]  # ClientAPI does not name it

    @contextmanager
    def _storage(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError, ValueError, AttributeError) as error:  # the last: Chroma's own, on a full disk
            raise IndexFailed(self.folder, str(error)) from error


def read_all(folder: str) -> None:
    """Read what there is of an index, as a process that may crash. Raises whatever Chroma does."""
    client = chromadb.PersistentClient(folder, ChromaSettings(anonymized_telemetry=False))
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
