"""The vector index: the nearest first, nothing of what was removed, and failures that are told."""

from pathlib import Path

import numpy as np
import pytest

from rag.errors import StorageFailed
from rag.index.vector_index import Index


def test_index_finds_the_nearest_first_and_overwrites_known_ids(tmp_path: Path):
    index = Index(tmp_path, "modèle")
    index.add(["é", "b"], np.eye(2, 3, dtype=np.float32))

    index.add(["b"], np.array([[0.6, 0.8, 0]], np.float32))

    assert index.count() == 2
    assert [id_ for id_, _ in index.search(np.array([[0, 1, 0]], np.float32), 9)[0]] == ["b", "é"]
    assert index.search(np.array([[0, 1, 0]], np.float32), 1)[0][0][1] == pytest.approx(0.8, abs=1e-4)


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
