"""The vector index: passage ids and embeddings in Chroma. The only file that imports chromadb.

Knows no texts, no language model and no reading level.
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

from rag.errors import StorageFailed

_LARGEST_BATCH = 5000  # Chroma refuses more than 5,461 rows in one call


class Index:
    """The vectors of one embedder in the data folder; cosine."""

    def __init__(self, home: Path, embedder: str):
        self._home = home
        self._name = _collection_name(embedder)
        with self._storage():
            self._client = chromadb.PersistentClient(str(home / "vectors"), ChromaSettings(anonymized_telemetry=False))
            self._collection = self._open()

    def _open(self) -> chromadb.Collection:
        return self._client.get_or_create_collection(
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

    def search(self, embedding: np.ndarray, top: int) -> list[tuple[str, float]]:
        """The ids of the nearest passages and their cosine with the query, the nearest first."""
        with self._storage():
            found = self._collection.query(query_embeddings=[embedding], n_results=top, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def cosines(self, embedding: np.ndarray, passage_ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each passage that is here with the query."""
        with self._storage():
            found = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        vectors = np.asarray(found["embeddings"]).reshape(len(found["ids"]), len(embedding))
        return dict(zip(found["ids"], (vectors @ embedding).tolist(), strict=True))

    def clear(self) -> None:
        """Forget every vector of this embedder."""
        with self._storage():
            self._client.delete_collection(self._name)
            self._collection = self._open()

    def count(self) -> int:
        with self._storage():
            return self._collection.count()

    @contextmanager
    def _storage(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError, ValueError) as error:
            raise StorageFailed(self._home, str(error)) from error


def _collection_name(embedder: str) -> str:
    """A name that Chroma takes and that no other embedder has.

    Example: 'org/model' -> 'passages-org-model-3f1c…'
    """
    readable = re.sub(r"[^a-zA-Z0-9]+", "-", embedder)[-200:].strip("-")
    return f"passages-{readable}-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"
