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


def test_questions_that_are_answered_at_the_same_time_are_embedded_once_each():
    embedder = CountingEmbedder()
    vectors = SentenceVectors(embedder)

    for text in ("Wer singt?", "Qui chante ?", "Wer singt?", "Qui chante ?"):
        vectors.query(text)

    assert embedder.questions == 2


def test_question_is_forgotten_after_some_seconds():
    embedder, now = CountingEmbedder(), [0.0]
    vectors = SentenceVectors(embedder, clock=lambda: now[0])

    vectors.query("Chi canta?")
    now[0] = 11.0
    vectors.query("Chi canta?")

    assert embedder.questions == 2
