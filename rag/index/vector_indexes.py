"""What every engine of vectors promises. Knows none of them.

An engine may lose vectors, or be away: rag/index/keeper.py looks after that.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from rag.errors import IndexFailed

FIRST = "vectors"  # the name of the first index; others have a number


class VectorIndex(Protocol):
    """Passage ids and unit vectors, found by their cosine. Everything raises IndexFailed."""

    @property
    def name(self) -> str: ...

    def add(self, passage_ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Put vectors, shape (passages, dimensions), under the passages' ids; known ids are overwritten."""

    def remove(self, passage_ids: Sequence[str]) -> None: ...

    def search(self, embeddings: np.ndarray, top: int) -> list[list[tuple[str, float]]]:
        """For each query, shape (queries, dimensions), the ids of the nearest passages and their cosine, best first."""
        ...

    def ids(self) -> set[str]: ...

    def count(self) -> int: ...

    def complete(self) -> None:
        """All is in that a new index is to begin with."""

    def close(self) -> None: ...


class VectorPlace(Protocol):
    """Where the indexes of one installation lie, by name."""

    def open(self, name: str) -> VectorIndex:
        """An index as it is, or an empty one. Raises IndexFailed for what is damaged, or of another embedder."""
        ...

    def make(self, name: str) -> VectorIndex:
        """An empty index, whatever was there under this name. Raises IndexFailed."""
        ...

    def discard(self, name: str) -> None:
        """Delete an index, as far as that is possible."""

    def keep_only(self, names: Collection[str]) -> None:
        """Delete all others, as far as that is possible."""

    def note_closed(self, name: str) -> None:
        """An index was closed as it should be."""


class NoPlace:
    """Where the indexes are another process's, which makes them from the record."""

    def __init__(self, home: Path):
        self._home = home

    def open(self, name: str) -> VectorIndex:
        """Raises IndexFailed."""
        raise IndexFailed(self._home, f"'{name}' belongs to the process that has the data folder")

    def make(self, name: str) -> VectorIndex:
        """Raises IndexFailed."""
        return self.open(name)

    def discard(self, name: str) -> None:
        """Nothing is here."""

    def keep_only(self, names: Collection[str]) -> None:
        """Nothing is here."""

    def note_closed(self, name: str) -> None:
        """Nothing is here."""
