"""The vectors of passages' sentences, embedded when first needed and then kept for a while. Knows no questions."""

import threading
from collections.abc import Mapping, Sequence

import numpy as np
from cachetools import LRUCache

from rag.embedder import Embedder

_KEPT_PASSAGES = 2000  # their sentences' vectors take about 15 MB


class SentenceVectors:
    """A bounded memory of sentence vectors by passage; safe for several readers at once."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder
        self._kept: LRUCache[str, np.ndarray] = LRUCache(_KEPT_PASSAGES)
        self._lock = threading.Lock()

    def of(self, sentences: Mapping[str, Sequence[str]]) -> dict[str, np.ndarray]:
        """Unit vectors, shape (sentences, dimensions), for each passage id and its sentences."""
        with self._lock:
            known = {passage_id: self._kept[passage_id] for passage_id in sentences if passage_id in self._kept}
        new = {passage_id: texts for passage_id, texts in sentences.items() if texts and passage_id not in known}
        if new:
            vectors = self._embedder.embed_passages([text for texts in new.values() for text in texts])
            ends = np.cumsum([len(texts) for texts in new.values()])[:-1]
            known |= dict(zip(new, np.split(vectors, ends), strict=True))
            with self._lock:
                self._kept.update({passage_id: known[passage_id] for passage_id in new})
        return known
