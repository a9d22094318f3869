"""An answer as the file of the classes keeps it, with its quiz, under the number of its format. Knows no tables.

The quiz is kept, for it could not be made again: it needs the texts of the articles, which may have changed since.
"""

import json
from collections.abc import Mapping
from typing import Any

from corpus.errors import ActuclairError
from rag.answering.answer_json import answer_json, citation_json, read_answer, read_citation
from rag.study.quiz import Form, QuizQuestion
from rag.study.quiz_targets import Kind
from rag.types import Answer

FORMAT = 1
Quiz = tuple[QuizQuestion, ...]


class AnswerUnreadable(ActuclairError):
    """A stored answer was written by another version, or is damaged; what it tells is not told."""

    def __init__(self, cause: Exception | str):
        reason = cause if isinstance(cause, str) else type(cause).__name__
        super().__init__(f"A stored answer of a class cannot be read ({reason}).")


def stored(answer: Answer, quiz: Quiz | None) -> dict[str, Any]:
    """Plain values. Example: Answer(…), () -> {'format': 1, 'answer': {…}, 'quiz': []}"""
    asked = None if quiz is None else [_question_json(question) for question in quiz]
    return {"format": FORMAT, "answer": answer_json(answer), "quiz": asked}


def read(text: str) -> tuple[Answer, Quiz | None]:
    """The answer and its quiz, None where an earlier version kept none. Raises AnswerUnreadable."""
    try:
        values = json.loads(text)
        if "format" not in values:  # of the first version: the answer alone
            return read_answer(values), None
        if values["format"] != FORMAT:
            raise AnswerUnreadable(f"format {values['format']:d}")
        quiz = values["quiz"]
        return read_answer(values["answer"]), None if quiz is None else tuple(map(_question, quiz))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise AnswerUnreadable(error) from error


def _question_json(question: QuizQuestion) -> dict[str, Any]:
    return {
        "form": question.form.value, "kind": question.kind.value, "text": question.text,
        "options": list(question.options), "answer": question.answer, "proof": citation_json(question.proof),
    }  # fmt: skip


def _question(values: Mapping[str, Any]) -> QuizQuestion:
    return QuizQuestion(
        Form(values["form"]), Kind(values["kind"]), values["text"], tuple(values["options"]), values["answer"],
        read_citation(values["proof"]),
    )  # fmt: skip
