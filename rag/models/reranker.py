"""A model that reads question and passage together and tells how well they fit. Off by default.

Knows texts, not articles.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rag.errors import ModelUnusable


class Reranker(Protocol):
    """Whatever judges passages for a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text fits, higher is better."""


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder."""

    def __init__(self, name: str):
        """`name` is a folder or a hub id. Raises ModelUnusable."""
        from sentence_transformers import CrossEncoder  # brings torch in

        try:
            self._model = CrossEncoder(name, device="cpu", local_files_only=Path(name).is_dir())
        except (OSError, ValueError) as error:
            raise ModelUnusable("reranker", name, str(error)) from error

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        return [float(score) for score in self._model.predict([(question, text) for text in texts])]
