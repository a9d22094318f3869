"""The sentence-transformers embedder: unit vectors, and questions that are asked at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fakes import save_static_embedder
from waiting import wait_until

from rag.models.sentence_embedder import SentenceTransformerEmbedder

_QUESTIONS = ["Qui chante ?", "Chi canta?", "¿Quién canta?", "Wer singt?", "Who sings?"]


@pytest.fixture
def embedder(tmp_path: Path) -> SentenceTransformerEmbedder:
    save_static_embedder(tmp_path / "modèle", _QUESTIONS)
    return SentenceTransformerEmbedder("mots", tmp_path / "modèle")


class _Counting:
    """Stands in front of a model; lets nothing through before all have come, and fails where it is told to."""

    def __init__(self, model: object, waits_for: threading.Barrier | None = None, fails: bool = False):
        self._model = model
        self.batches: list[int] = []
        self.fails = fails
        self.waits_for = waits_for

    def encode_query(self, texts: list[str], **options: object) -> np.ndarray:
        self.batches.append(len(texts))
        if self.waits_for is not None and len(self.batches) == 1:
            self.waits_for.wait(60)
        if self.fails:
            raise MemoryError
        return self._model.encode_query(texts, **options)  # type: ignore[attr-defined,no-any-return]


def test_questions_asked_at_the_same_time_are_embedded_together(embedder: SentenceTransformerEmbedder):
    alone = [embedder.embed_query(text) for text in _QUESTIONS]
    others_wait = threading.Barrier(2)
    counting = embedder._model = _Counting(embedder._model, others_wait)  # type: ignore[assignment]

    with ThreadPoolExecutor(len(_QUESTIONS)) as pool:
        asked = [pool.submit(embedder.embed_query, _QUESTIONS[0])]
        wait_until(lambda: counting.batches == [1])
        asked += [pool.submit(embedder.embed_query, text) for text in _QUESTIONS[1:]]
        wait_until(lambda: len(embedder._asked) == len(_QUESTIONS) - 1)
        others_wait.wait(60)
        together = [each.result(60) for each in asked]

    assert counting.batches == [1, len(_QUESTIONS) - 1]
    assert np.allclose(together, alone, atol=1e-5)


def test_failure_of_the_model_reaches_who_asked_and_leaves_nothing_behind(embedder: SentenceTransformerEmbedder):
    counting = embedder._model = _Counting(embedder._model, fails=True)  # type: ignore[assignment]

    with pytest.raises(MemoryError):
        embedder.embed_query("¿Quién canta?")
    counting.fails = False

    assert np.isclose(np.linalg.norm(embedder.embed_query("Wer singt?")), 1.0)
    assert counting.batches == [1, 1]


def test_vectors_have_length_one_whatever_the_model_gives(embedder: SentenceTransformerEmbedder):
    vectors = [*embedder.embed_passages(_QUESTIONS), embedder.embed_query("Chi canta?")]

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
