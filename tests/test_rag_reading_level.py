"""How hard a text is, against counts made by hand."""

import pytest

from rag.reading_level import measure
from rag.types import Readability


@pytest.mark.parametrize(
    ("text", "language", "sentences", "words", "long_words"),
    [
        # Le-chat-dort-sur-l-ordinateur(11) | Il-rêve
        ("Le chat dort sur l'ordinateur. Il rêve !", "fr", 2, 8, 1),
        # Die-Nachrichtenagentur(19)-meldet | Niemand(7)-singt
        ("Die Nachrichtenagentur meldet. Niemand singt?", "de", 2, 5, 2),
        # La-città-è-piccola(7)-e-tranquilla(10)
        ("La città è piccola e tranquilla.", "it", 1, 6, 2),
        # Le-cow-boy(6 letters)-a-deux-ans: a compound is one word, digits are none
        ("Le cow-boy a deux ans en 2025.", "fr", 1, 6, 0),
        ("M. Li rit. ¡Sí!", "es", 2, 4, 0),
    ],
)
def test_measure_agrees_with_counts_by_hand(text: str, language: str, sentences: int, words: int, long_words: int):
    measured = measure(text, language)

    assert measured.sentences == sentences
    assert measured.words_per_sentence == pytest.approx(words / sentences)
    assert measured.long_words == pytest.approx(long_words / words)
    assert measured.lix == pytest.approx(words / sentences + 100 * long_words / words)


@pytest.mark.parametrize("text", ["", " \n", "… !", "2025"])
def test_measure_of_a_text_without_words_is_zero(text: str):
    assert measure(text, "it") == Readability(0, 0.0, 0.0, 0.0)


def test_measure_finds_an_article_for_adults_harder_than_one_for_children():
    child = measure("Il robot canta. Non è una persona. I bambini ballano.", "it")
    adult = measure(
        "L'intelligenza artificiale generativa compone autonomamente repertori musicali commercializzabili.",
        "it",
    )

    assert adult.lix > child.lix + 30
