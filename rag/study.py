"""An answer -> what helps to understand it: its difficult words explained, and questions to test oneself.

Knows no page and no language model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.difficult_words import DifficultWord, difficult_words
from rag.explaining_sentences import ExplainingSentences
from rag.quiz import QuizQuestion, make_quiz
from rag.types import Answer


@dataclass(frozen=True)
class Study:
    """The difficult words of an answer, by the text they stand in, and a few questions about its evidence."""

    words: Mapping[str, tuple[DifficultWord, ...]] = field(default_factory=dict)
    quiz: tuple[QuizQuestion, ...] = ()


NO_STUDY = Study()


def study(answer: Answer, sentences: ExplainingSentences) -> Study:
    """Words of what is written and of the quotes, explained in the reader's language, and up to three questions."""
    reader, level = answer.question.language, answer.question.level
    texts = {sentence.text: reader for sentence in answer.sentences if not sentence.is_quote}
    texts |= {evidence.text: evidence.article.language for evidence in answer.citations}
    words = {text: difficult_words(text, language, level, reader, sentences) for text, language in texts.items()}
    return Study(words, make_quiz(answer.citations, reader, level))
