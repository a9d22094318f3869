"""A call for help beside a question about something else is heard."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.guard import Guard
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question, ReadingLevel, Status
from safety import load_classifier, parts

EMBEDDER = "multilingual-e5-small"
HINT = "Sui gradini conto i suoi passi."


class HintEmbedder:
    """The default embedder's name; the vector of a crisis for the hint alone, of nothing in particular for others."""

    name = EMBEDDER

    def __init__(self) -> None:
        classifier = load_classifier(EMBEDDER)
        assert classifier is not None
        self._crisis = max(classifier.vectors, key=lambda vector: classifier.scores(vector)[0])
        self._other = -classifier.vectors.mean(axis=0)
        self.asked: list[str] = []

    def embed_query(self, text: str) -> np.ndarray:
        self.asked.append(text)
        return self._crisis if text == HINT else self._other

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("asked for passages")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wer hat gewonnen? Papa schreit jede Nacht.", ("Wer hat gewonnen?", "Papa schreit jede Nacht.")),
        ("¿Quién ganó? Lloro cada noche", ("¿Quién ganó?", "Lloro cada noche")),
        ("Qui a gagné le match\nje pleure le soir", ("Qui a gagné le match", "je pleure le soir")),
        ("Hi! Who is Messi?", ()),
        ("Combien font 3.5 millions ?", ()),
    ],
)
def test_parts_are_the_sentences_of_a_text_that_has_several(text: str, found: tuple[str, ...]):
    assert parts(text) == found


@given(st.text(max_size=500))
def test_parts_are_never_one_never_more_than_four_and_stand_in_the_text(text: str):
    found = parts(text)

    assert len(found) in (0, 2, 3, 4)
    assert all(part in text for part in found)


@pytest.mark.parametrize("text", [f"Chi ha vinto la partita? {HINT}", f"{HINT} Chi ha vinto la partita?"])
def test_guard_hears_a_hint_beside_a_question_about_the_news(text: str):
    guard = Guard(SentenceVectors(HintEmbedder()), EMBEDDER, "IT")

    looked = guard.look(Question(text, "it", ReadingLevel.CHILD))

    assert looked.status is Status.CRISIS
    assert "19696" in looked.text
    assert looked.question.text == text


def test_guard_asks_for_the_vector_that_the_search_needs_last():
    embedder = HintEmbedder()
    text = "Chi ha vinto? Dove hanno giocato la finale?"

    Guard(SentenceVectors(embedder), EMBEDDER, "IT").look(Question(text, "it", ReadingLevel.CHILD))

    assert embedder.asked[-1] == text
    assert len(embedder.asked) == 3
