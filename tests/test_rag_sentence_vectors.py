"""The memory of sentence vectors."""

import numpy as np
from fakes import FakeEmbedder

from rag.models.sentence_vectors import SentenceVectors


class CountingEmbedder(FakeEmbedder):
    """Counts the questions it embeds."""

    questions = 0

    def embed_query(self, text: str) -> np.ndarray:
        self.questions += 1
        return super().embed_query(text)


def test_question_is_embedded_once_for_guard_and_search():
    embedder = CountingEmbedder()
    vectors = SentenceVectors(embedder)

    first, again = vectors.query("¿Quién canta?"), vectors.query("¿Quién canta?")

    assert first is again
    assert embedder.questions == 1


def test_only_the_last_question_is_remembered():
    embedder = CountingEmbedder()
    vectors = SentenceVectors(embedder)

    for text in ("Wer singt?", "Qui chante ?", "Wer singt?"):
        vectors.query(text)

    assert embedder.questions == 3
