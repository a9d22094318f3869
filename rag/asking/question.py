"""What a reader typed -> a Question. Knows limits, not answers."""

import re

from corpus.cleaning import clean
from corpus.language import READER_LANGUAGES, detect_reader_language
from rag.errors import InvalidQuestion
from rag.types import Question, ReadingLevel

LONGEST_QUESTION = 500  # characters


def make_question(text: str, language: str | None, level: str, default_language: str) -> Question:
    """A question that can be answered; its language is detected when none is given.

    Example: ('Chi canta?', None, 'child', 'fr') -> Question('Chi canta?', 'it', ReadingLevel.CHILD)
    Raises InvalidQuestion.
    """
    text = " ".join(clean(text).split())
    if not any(character.isalnum() for character in text):
        raise InvalidQuestion(
            f"The question '{text}' has no words. Ask something, such as 'Who is Breaking Rust?'.", "question_empty"
        )
    if len(text) > LONGEST_QUESTION:
        raise InvalidQuestion(
            f"The question has {len(text):,} characters ('{text[:40]}…'), more than {LONGEST_QUESTION}. "
            f"Ask a shorter one.",
            "question_too_long",
        )
    if level not in set(ReadingLevel):
        raise InvalidQuestion(f"The level '{level}' is not one of {', '.join(ReadingLevel)}.", "level_unknown")
    if language is not None and language not in READER_LANGUAGES:
        raise InvalidQuestion(
            f"The language '{language}' is not one of {', '.join(READER_LANGUAGES)}.", "language_unknown"
        )
    return Question(text, language or detect_reader_language(text, default_language), ReadingLevel(level))


def in_small_letters(text: str) -> str:
    """Several words that are all in capitals, as a sentence: vectors of capitals are far from those of small letters.

    Example: 'WER IST ADA?' -> 'Wer ist ada?'; 'Wer ist ADA?' -> the same; 'ADA?' -> the same
    """
    return text.capitalize() if text.isupper() and len(re.findall(r"\w+", text)) > 1 else text
