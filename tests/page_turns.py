"""Turns of a conversation for tests of the page, about an article that needs no model."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from corpus.types import Article, Audience, Kind
from page.texts import load
from rag.library import ExplainAgain, Learn, Library
from rag.study.study import NO_STUDY
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    Evidence,
    Question,
    Readability,
    ReadingLevel,
    Status,
    Timings,
)
from telling.turns import Turn, advance

TEXTS = load()
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
QUESTION = Question("Chi canta?", "it", ReadingLevel.CHILD)


def article_of(**changes: object) -> Article:
    values: dict[str, Any] = {
        "id": "cowboy",
        "title": "Il cowboy",
        "text": "Il cowboy non esiste.",
        "language": "it",
        "source": "cowboy.md",
        "published": date(2025, 11, 18),
        "outlet": "Il Chiarino",
        "url": "https://demo.example/cowboy",
        "audience": Audience.CHILD,
    }
    return Article(**(values | changes))


def evidence_of(number: int, text: str = "Il cowboy non esiste.", **changes: object) -> Evidence:
    return Evidence(number, text, 0, len(text), article_of(**changes), Kind.NEWS, 0.9)


def answer_of(
    *sentences: AnswerSentence, evidence: tuple[Evidence, ...] = (), status: Status = Status.ANSWERED, **more: Any
) -> Answer:
    text = " ".join(sentence.text for sentence in sentences)
    measured = Readability(len(sentences), 8.6, 10.0, 30.0)
    return Answer(QUESTION, status, text, sentences, evidence, Timings(0.1, 0.2, 0.3), measured, **more)


def turn_of(
    *sentences: AnswerSentence, evidence: tuple[Evidence, ...] = (), status: Status = Status.ANSWERED, **more: Any
) -> Turn:
    """A turn that is over; `more` are fields of its answer."""
    return advance(Turn(3, QUESTION), answer_of(*sentences, evidence=evidence, status=status, **more))


def library_of(
    explain: Callable[[Question, Sequence[Answer]], Iterator[Event]],
    learn: Learn = lambda answer: NO_STUDY,
    articles: Callable[[], list[Article]] = list,
    language: str = "fr",
    explain_again: ExplainAgain = lambda answer, found, level: iter(()),
) -> Library:
    """A library whose answers come from a function."""
    return Library(
        lambda question, filters, earlier: explain(question, earlier), explain_again, learn, articles, language
    )
