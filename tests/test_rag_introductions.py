"""What a reader told of itself is not searched for."""

import pytest

from rag.asking.introductions import without_introduction
from rag.types import Question
from safety import mask


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Je m'appelle Léa Martin, j'habite 12 rue du Port. Qui est Breaking Rust ?", "Qui est Breaking Rust ?"),
        ("mi chiamo Luca, il mio numero è 333 1234567. chi è Breaking Rust?", "chi è Breaking Rust?"),
        ("hi im chloe from year 5 at Oakwood Academy, who is Breaking Rust?", "who is Breaking Rust?"),
        ("Mein Lehrer heißt Paul Weber, und wer singt?", "und wer singt?"),
    ],
)
def test_question_is_left_when_what_a_reader_told_of_itself_is_hidden(text: str, left: str):
    assert without_introduction(Question(mask(text).text, "fr")).text == left


@pytest.mark.parametrize(
    "text", ["Qui est Breaking Rust ? Il chante ?", "Mi chiamo *** e abito in ***", "chi è ***, lui?"]
)
def test_question_that_hides_nothing_or_all_stays(text: str):
    assert without_introduction(Question(text, "it")).text == text
