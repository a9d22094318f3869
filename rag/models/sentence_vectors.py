"""The vectors of sentences, embedded when first needed and then kept for a while. Knows no questions."""

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np
from cachetools import LRUCache, TTLCache

from rag.models.embedder import Embedder

_KEPT = 10_000  # vectors of 384 numbers take 15 MB
_ASKED = 64  # questions that may be answered at the same time
_ASKED_S = 10.0  # guard and search need a question's vector; afterwards nobody does


class SentenceVectors:
    """A bounded memory of sentence vectors; safe for several readers at once."""

    def __init__(self, embedder: Embedder, clock: Callable[[], float] = time.monotonic):
        self._embedder = embedder
        self._kept: LRUCache[str, np.ndarray] = LRUCache(_KEPT)
        self._lock = threading.Lock()
        self._questions: TTLCache[str, np.ndarray] = TTLCache(_ASKED, _ASKED_S, clock)

    def query(self, text: str) -> np.ndarray:
        """The unit vector of a question, shape (dimensions,); kept for some seconds."""
        with self._lock:
            vector = self._questions.get(text)
        if vector is None:
            vector = self._embedder.embed_query(text)
            with self._lock:
                self._questions[text] = vector
        return vector

    def once(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions), of what is not kept: readers' questions and what models write."""
        return self._embedder.embed_passages(texts)

    def keep(self, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Remember vectors, shape (texts, dimensions), that are known from elsewhere."""
        with self._lock:
            self._kept.update(zip(texts, vectors, strict=True))

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions); (0, 0) for no texts."""
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            known = {text: self._kept[text] for text in wanted if text in self._kept}
        new = [text for text in wanted if text not in known]
        if new:
            known |= zip(new, self._embedder.embed_passages(new), strict=True)
            with self._lock:
                self._kept.update({text: known[text] for text in new})
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, 0), np.float32)
