"""The vectors of sentences, embedded when first needed and then kept for a while. Knows no questions."""

import threading
from collections.abc import Sequence

import numpy as np
from cachetools import LRUCache

from rag.models.embedder import Embedder

_KEPT = 10_000  # vectors of 384 numbers take 15 MB


class SentenceVectors:
    """A bounded memory of sentence vectors; safe for several readers at once."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder
        self._kept: LRUCache[str, np.ndarray] = LRUCache(_KEPT)
        self._lock = threading.Lock()
        self._last: tuple[str, np.ndarray] | None = None

    def query(self, text: str) -> np.ndarray:
        """The unit vector of a question, shape (dimensions,); kept until the next one, for guard and search need it."""
        last = self._last  # read once: another reader may ask meanwhile
        if last is None or last[0] != text:
            last = self._last = (text, self._embedder.embed_query(text))
        return last[1]

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
