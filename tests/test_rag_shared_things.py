"""What sentences share with questions in other words and languages."""

import pytest

from rag.finding.shared_things import shared_things
from rag.types import Question


@pytest.mark.parametrize(
    ("question", "language", "telling", "other", "told_in"),
    [
        ("¿De qué color es el vídeo?", "es", "Ce clip est en noir et blanc.", "Ce clip est long.", "fr"),
        ("Paul voleva un video realistico?", "it", "He wanted a video that looks real.", "He made a video.", "en"),
        (
            "Welche Firma hat das Programm gemacht?",
            "de",
            "La société a créé ce logiciel.",
            "Il utilise ce logiciel.",
            "fr",
        ),
    ],
)
def test_sentence_that_speaks_of_more_of_what_is_asked_shares_more(
    question: str, language: str, telling: str, other: str, told_in: str
):
    asked = Question(question, language)

    assert shared_things(asked, telling, telling, told_in) > shared_things(asked, other, other, told_in)


def test_name_counts_where_it_stands_around_a_sentence():
    asked, sentence = Question("Hat Zorrilla Angst vor Robotern?", "de"), "Elle a peur des robots."

    assert shared_things(asked, sentence, f"Zorrilla rit. {sentence}", "fr") == 1
    assert 0 < shared_things(asked, sentence, sentence, "fr") < 1


def test_question_that_speaks_of_nothing_shares_nothing():
    assert shared_things(Question("Wer ist das?", "de"), "Elle chante.", "Elle chante.", "fr") == 0
