"""Whether a vector index finds what it must know. Knows vectors and ids, not who looks after the index."""

from collections.abc import Sequence

import numpy as np

from rag.index.vector_indexes import VectorIndex

_FOUND_AGAIN = 0.98  # of the probes: HNSW is approximate and misses some of ten thousand
_SAME = 0.9995  # cosine of a vector with itself, or with that of a passage of the same words


def finds(index: VectorIndex, ids: Sequence[str], vectors: np.ndarray) -> bool:
    """Whether nearly all of the vectors, shape (ids, dimensions), are found, or others that are the same.

    Raises IndexFailed.
    """
    return len(missed(index, ids, vectors)) <= (1 - _FOUND_AGAIN) * len(ids)


def missed(index: VectorIndex, ids: Sequence[str], vectors: np.ndarray) -> list[int]:
    """The places of the vectors, shape (ids, dimensions), that are not found, nor others that are the same.

    Raises IndexFailed.
    """
    found = index.search(vectors, 1) if len(ids) else []
    hits = [bool(row) and (row[0][0] == id_ or row[0][1] >= _SAME) for id_, row in zip(ids, found, strict=True)]
    return [place for place, hit in enumerate(hits) if not hit]
