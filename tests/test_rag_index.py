"""The vector index: the nearest first, nothing of what was removed, and failures that are told."""

from pathlib import Path

import numpy as np
import pytest

from rag.errors import StorageFailed
from rag.index.vector_index import ChromaIndex, Index


class Forgetful:
    """A collection that no search finds a vector in when it is put for the first time, as in Chroma now and then."""

    def __init__(self) -> None:
        self.put: dict[str, list[np.ndarray]] = {}

    def upsert(self, ids: list[str], embeddings: np.ndarray) -> None:
        for id_, vector in zip(ids, embeddings, strict=True):
            self.put.setdefault(id_, []).append(vector)

    def query(self, query_embeddings: list[np.ndarray], n_results: int, include: list[str]) -> dict[str, list[list]]:
        known = {id_: vectors[-1] for id_, vectors in self.put.items() if id_.isascii() or len(vectors) > 1}
        rows = [
            sorted((1.0 - float(query @ vector), id_) for id_, vector in known.items())[:n_results]
            for query in query_embeddings
        ]
        return {
            "ids": [[id_ for _, id_ in row] for row in rows],
            "distances": [[far for far, _ in row] for row in rows],
        }


def test_index_finds_the_nearest_first_and_overwrites_known_ids(tmp_path: Path):
    index = Index(tmp_path, "modèle")
    index.add(["é", "b"], np.eye(2, 3, dtype=np.float32))

    index.add(["b"], np.array([[0.6, 0.8, 0]], np.float32))

    assert index.count() == 2
    assert [id_ for id_, _ in index.search(np.array([[0, 1, 0]], np.float32), 9)[0]] == ["b", "é"]
    assert index.search(np.array([[0, 1, 0]], np.float32), 1)[0][0][1] == pytest.approx(0.8, abs=1e-4)


def test_index_puts_once_more_what_a_search_does_not_find():
    collection = Forgetful()
    index = ChromaIndex("vecteurs", collection)  # type: ignore[arg-type]

    index.add(["a", "é", "b", "ü"], np.eye(4, dtype=np.float32))

    assert {id_: len(vectors) for id_, vectors in collection.put.items()} == {"a": 1, "é": 2, "b": 1, "ü": 2}
    assert [row[0][0] for row in index.search(np.eye(4, dtype=np.float32), 1)] == ["a", "é", "b", "ü"]


def test_index_forgets_what_is_removed(tmp_path: Path):
    index = Index(tmp_path, "模型")
    index.add(["é", "b"], np.eye(2, dtype=np.float32))

    index.remove(["é", "jamais vu"])

    assert [id_ for id_, _ in index.search(np.array([[1, 0]], np.float32), 5)[0]] == ["b"]
    assert index.ids() == {"b"}


def test_index_keeps_the_vectors_of_embedders_apart(tmp_path: Path):
    first, second = Index(tmp_path, "petit"), Index(tmp_path, "größer")

    first.add(["é"], np.ones((1, 2), np.float32))

    assert second.count() == 0


def test_index_takes_more_vectors_than_one_call_of_chroma(tmp_path: Path):
    index = Index(tmp_path, "beaucoup")
    ids = [f"é{n}" for n in range(5001)]

    index.add(ids, np.random.default_rng(1).standard_normal((5001, 2)).astype(np.float32))
    full = index.count()
    index.remove(ids)

    assert (full, index.count()) == (5001, 0)


def test_index_reports_vectors_of_another_length_and_a_damaged_file_as_storage_failures(tmp_path: Path):
    index = Index(tmp_path, "modèle")
    index.add(["é"], np.ones((1, 2), np.float32))

    with pytest.raises(StorageFailed, match="dimension"):
        index.search(np.ones((1, 3), np.float32), 1)
    (tmp_path / "chroma.sqlite3").write_bytes(b"abime" * 10000)

    for use in (index.count, index.ids, lambda: index.remove(["é"]), lambda: index.add(["b"], np.ones((1, 2)))):
        with pytest.raises(StorageFailed):
            use()
