"""Sentences that may be shown -> the whole answer. Knows no model and no search."""

from collections.abc import Sequence

from rag.course import Course
from rag.evidence import best_first
from rag.guard import Looked
from rag.phrases import phrase
from rag.reading_level import measure
from rag.types import Answer, AnswerSentence, Evidence, Question, Status


def finish(
    question: Question, sentences: Sequence[AnswerSentence], evidence: Sequence[Evidence], course: Course
) -> Answer:
    """The answer that these sentences make, with the evidence they cite."""
    cited = {number for sentence in sentences for number in sentence.citations}
    text = _text(sentences, question.language, "nearest" if course.unsure else "quoted")
    return Answer(
        question=question,
        status=_status(sentences),
        text=text,
        sentences=tuple(sentences),
        citations=tuple(item for item in best_first(evidence) if item.number in cited),
        timings=course.timings(),
        readability=measure(_own_words(sentences) or text, question.language),
        is_unsure=course.unsure,
        steps=tuple(course.steps),
    )


def fixed_answer(looked: Looked, course: Course) -> Answer:
    """An answer of which no model wrote a word."""
    return Answer(
        question=looked.question,
        status=looked.status,
        text=looked.text,
        sentences=(),
        citations=(),
        timings=course.timings(),
        readability=measure(looked.text, looked.question.language),
        notice=looked.notice,
    )


def _text(sentences: Sequence[AnswerSentence], language: str, introduction: str) -> str:
    """What is written, then the quotes under a line that introduces them; or that the articles do not tell."""
    if not sentences:
        return phrase(language, "no_evidence")
    quotes = [sentence.text for sentence in sentences if sentence.is_quote]
    return " ".join(filter(None, [_own_words(sentences), phrase(language, introduction) if quotes else "", *quotes]))


def _own_words(sentences: Sequence[AnswerSentence]) -> str:
    return " ".join(sentence.text for sentence in sentences if not sentence.is_quote)


def _status(sentences: Sequence[AnswerSentence]) -> Status:
    if not sentences:
        return Status.NO_EVIDENCE
    return Status.QUOTED if all(sentence.is_quote for sentence in sentences) else Status.ANSWERED
