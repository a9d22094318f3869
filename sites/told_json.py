"""What a reader is told, in plain values: the objects of the public API. Knows no requests."""

from typing import Any

from rag.answering.answer_json import answer_json, citation_json, sentence_json
from rag.study.difficult_words import DifficultWord
from rag.study.quiz import QuizQuestion
from rag.types import AnswerSentence, EvidenceFound
from sites.readers import Waiting
from sites.telling import Frame
from sites.types import Finished

Json = dict[str, Any]


def frame_json(frame: Frame) -> tuple[str, Json]:
    """The name of an event, and its object; for frames that have one and did not fail."""
    match frame.event:
        case EvidenceFound(evidence, understood):
            return "evidence", {"evidence": [citation_json(item) for item in evidence], "understood": understood}
        case AnswerSentence():
            return "sentence", {"place": frame.place, **sentence_json(frame.event)}
        case Finished():
            return "finished", finished_json(frame.event)
    raise AssertionError("A frame without an event has no name.")


def waiting_json(waiting: Waiting) -> Json:
    return {"ahead": waiting.ahead, "seconds": waiting.seconds}


def finished_json(finished: Finished) -> Json:
    """The whole answer with what belongs to it."""
    study, correction = finished.study, finished.correction
    told = {
        "id": finished.id,
        "answer": answer_json(finished.answer),
        "words": {text: [_word_json(word) for word in words] for text, words in study.words.items() if words},
        "quiz": [_quiz_json(question) for question in study.quiz],
        "from_article": finished.from_article,
    }
    return told | ({"correction": {"text": correction.text, "on": correction.on.isoformat()}} if correction else {})


def _word_json(word: DifficultWord) -> Json:
    explanation = word.explanation
    source = explanation.article.title if explanation.article else ""
    return {
        "word": word.text,
        "explanation": explanation.text,
        "language": explanation.language,
        "source": source,
    }


def _quiz_json(question: QuizQuestion) -> Json:
    return {
        "kind": question.form.value,
        "question": question.text,
        "choices": list(question.options),
        "right": question.answer,
        "hint": question.hint,
        "proof": citation_json(question.proof),
    }
