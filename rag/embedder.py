"""What an embedder is. Knows no library that is one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np


class Embedder(Protocol):
    """Whatever turns questions and passages into vectors that compare by cosine. `name` tells one from another."""

    name: str

    def embed_query(self, text: str) -> np.ndarray:
        """A unit vector, shape (dimensions,)."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions)."""
