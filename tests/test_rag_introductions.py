"""What a reader told of itself is not searched for; what it asked is."""

import pytest

from rag.asking.introductions import without_introduction
from rag.types import Question
from safety import mask


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Je m'appelle Léa Martin, j'habite 12 rue du Port. Qui est Breaking Rust ?", "fr", "Qui est Breaking Rust ?"),
        ("mi chiamo Luca, il mio numero è 333 1234567. chi è Breaking Rust", "it", "chi è Breaking Rust"),
        ("mi correo es ana@x.es. quien canta? es un robot?", "es", "quien canta? es un robot?"),
        ("Mi chiamo Luca Rossi. Ho dieci anni. Cos'è l'IA?", "it", "Ho dieci anni. Cos'è l'IA?"),
    ],
)
def test_question_is_left_when_what_a_reader_told_of_itself_is_hidden(text: str, language: str, left: str):
    assert without_introduction(Question(mask(text).text, language)).text == left


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui est Breaking Rust ? Il chante ?", "fr"),
        ("Mi chiamo *** e abito in ***", "it"),
        ("Bonjour Monsieur ! Je m'appelle ***, qui est Breaking Rust ?", "fr"),
        ("Hello teacher! My name is *** and what is Suno?", "en"),
        ("Who is Breaking Rust, write me at ***, thanks a lot for helping", "en"),
        ("Ist meine Freundin *** wie Breaking Rust? Ist das ein Mensch?", "de"),
        ("J'aime ***Walk My Walk***. Qui chante ?", "fr"),
        ("Me llamo ***. Gracias.", "es"),
    ],
)
def test_question_that_would_lose_what_it_asks_stays_whole(text: str, language: str):
    assert without_introduction(Question(text, language)).text == text
