"""What an embedder is. Knows no library that is one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from rag.errors import ModelUnusable


class Embedder(Protocol):
    """Whatever turns questions and passages into vectors that compare by cosine. `name` tells one from another."""

    name: str

    def embed_query(self, text: str) -> np.ndarray:
        """A unit vector, shape (dimensions,)."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions)."""


class ChangeableEmbedder:
    """Marks an embedder whose model others may change behind its name: its vectors are compared with those kept."""


class NamedEmbedder:
    """The name of an embedder whose model is not loaded: for what only has to know which vectors are meant."""

    def __init__(self, name: str):
        self.name = name

    def embed_query(self, text: str) -> np.ndarray:
        """Raises ModelUnusable."""
        raise ModelUnusable("embedder", self.name, "this command does not need it")

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Raises ModelUnusable."""
        raise ModelUnusable("embedder", self.name, "this command does not need it")
