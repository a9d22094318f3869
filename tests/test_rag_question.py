"""What a reader types -> a question, or why not."""

import pytest

from rag.asking.question import LONGEST_QUESTION, in_small_letters, make_question
from rag.errors import InvalidQuestion
from rag.types import Question, ReadingLevel


def refusal_of(text: str, language: str | None = None, level: str = "adult") -> InvalidQuestion:
    with pytest.raises(InvalidQuestion) as caught:
        make_question(text, language, level, "fr")
    return caught.value


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!…", "¿ ?", "\u200b\u200b", "\u200d", "🤖", "-" * 600])
def test_question_without_words_is_refused(text: str):
    error = refusal_of(text)

    assert error.phrase == "question_empty"
    assert "Ask something" in str(error)


def test_question_of_10_000_characters_is_refused_with_its_length_but_not_its_text():
    error = refusal_of("é" * 10_000)

    assert error.phrase == "question_too_long"
    assert "10,000" in str(error) and str(LONGEST_QUESTION) in str(error)
    assert len(str(error)) < 200


def test_question_as_long_as_allowed_is_taken():
    question = make_question("ñ" * LONGEST_QUESTION, "es", "child", "fr")

    assert len(question.text) == LONGEST_QUESTION


@pytest.mark.parametrize("level", ["", "Child", "bébé", "9"])
def test_question_of_an_unknown_level_is_refused_with_the_known_ones(level: str):
    error = refusal_of("Qui chante ?", level=level)

    assert error.phrase == "level_unknown"
    assert f"'{level}'" in str(error) and "child, tween, teen, adult" in str(error)


@pytest.mark.parametrize("language", ["", "FR", "français", "nl"])
def test_question_in_an_unknown_language_is_refused_with_the_known_ones(language: str):
    error = refusal_of("Qui chante ?", language)

    assert error.phrase == "language_unknown"
    assert f"'{language}'" in str(error) and "fr, en, it, es, de" in str(error)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Chi canta la canzone più ascoltata?", "it"),
        ("¿Quién canta la canción más escuchada?", "es"),
        ("Wer singt das meistgehörte Lied?", "de"),
        ("Who sings the song that people listen to?", "en"),
        ("Qui chante la chanson la plus écoutée ?", "fr"),
        ("2025", "de"),
    ],
)
def test_question_without_a_language_gets_its_own_or_the_default(text: str, language: str):
    question = make_question(text, None, "tween", "de")

    assert question == Question(text, language, ReadingLevel.TWEEN)


def test_question_keeps_the_language_that_is_asked_for():
    question = make_question("Who is Breaking Rust?", "it", "adult", "fr")

    assert question.language == "it"


def test_question_loses_what_cannot_be_seen_and_spare_spaces():
    question = make_question(" Où\u200b  va\u00ad-t-\r\n elle\ud800 ?\x00 ", "fr", "adult", "fr")

    assert question.text == "Où va-t- elle ?"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ÉCOUTE-T-ON L'IA ?", "Écoute-t-on l'ia ?"),
        ("WER IST ADA?", "Wer ist ada?"),
        ("Wer ist ADA?", "Wer ist ADA?"),
        ("SUNO ?", "SUNO ?"),
        ("2025 ?", "2025 ?"),
    ],
)
def test_in_small_letters_changes_only_words_that_are_all_in_capitals(typed: str, read: str):
    assert in_small_letters(typed) == read
