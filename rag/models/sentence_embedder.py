"""Texts -> vectors, with any sentence-transformers model. Knows no articles and no index."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from rag.errors import EmbedderUnusable

_BATCH = 32


class SentenceTransformerEmbedder:
    """A sentence-transformers model, with the prompts it was trained with."""

    def __init__(self, name: str, source: Path | str, offline: bool = True):
        """`source` is a folder or, when `offline` is false, a hub id. Raises EmbedderUnusable."""
        self.name = name
        self._turn = threading.Lock()  # tokenizers are not safe to share between threads
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading takes a second
        try:
            self._model = SentenceTransformer(
                str(source), device="cpu", local_files_only=offline, model_kwargs={"dtype": _dtype()}
            )
        except (OSError, ValueError) as error:
            raise EmbedderUnusable(str(source), str(error)) from error

    def embed_query(self, text: str) -> np.ndarray:
        """On one core: so short a text gains nothing from a second one, and beside a language model that has all of
        them it waits for it at every step (0.03 s instead of 0.07 s, measured)."""
        with self._turn:
            torch.set_num_threads(1)
            return self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Batches of texts of like length, so that little is padded; between two of them a question may come in."""
        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        embedded: list[np.ndarray] = []
        for start in range(0, len(texts), _BATCH):
            with self._turn:
                torch.set_num_threads(os.cpu_count() or 1)
                batch = [texts[place] for place in by_length[start : start + _BATCH]]
                embedded.append(self._model.encode_document(batch, normalize_embeddings=True, show_progress_bar=False))
        if not embedded:
            return np.zeros((0, self._model.get_sentence_embedding_dimension() or 0), np.float32)
        return np.concatenate(embedded)[np.argsort(by_length)]


def _dtype() -> torch.dtype:
    """bfloat16 where the processor computes in it (twice as fast there, measured), else float32."""
    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
