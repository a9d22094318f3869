"""Answers in the making, for tests of the answer cache."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fakes import evidence_of

from rag.asking.answer_cache import AnswerCache
from rag.filters import Filters
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    EvidenceFound,
    Question,
    Readability,
    Status,
    Timings,
)

QUESTION = Question("Qui est Lolita Cercel ?", "fr")
READ = Readability(sentences=1, words_per_sentence=4.0, long_words=0.0, lix=4.0)
SLOW = Timings(3.0, 8.0, 9.0)


def story_of(question: Question, told: str = "Elle n’existe pas.", **changes: Any) -> list[Event]:
    evidence, sentence = evidence_of("Lolita Cercel n'existe pas."), AnswerSentence(told, (1,))
    answer = Answer(question, Status.ANSWERED, told, (sentence,), evidence, SLOW, READ)
    return [EvidenceFound(evidence), sentence, replace(answer, **changes)]


@dataclass
class Maker:
    """Makes the answer to one question, and notes how often and how far."""

    events: list[Event] = field(default_factory=lambda: story_of(QUESTION))
    fails: Exception | None = None
    begun: int = 0
    told: int = 0
    closed: int = 0

    def __call__(self) -> Iterator[Event]:
        self.begun += 1
        try:
            for event in self.events:
                self.told += 1
                yield event
            if self.fails:
                raise self.fails
        except GeneratorExit:
            self.closed += 1
            raise


@dataclass
class Asker:
    """Asks a cache whose articles and day can be changed."""

    version: int = 1
    day: date = date(2026, 11, 21)
    kept: int = 500

    def __post_init__(self) -> None:
        self.cache = AnswerCache(lambda: self.version, lambda: self.day, self.kept)

    def ask(self, make: Maker, question: Question = QUESTION, filters: Filters | None = None) -> Iterator[Event]:
        return self.cache.events(question, filters or Filters(), make)

    def is_kept(self, question: Question = QUESTION, filters: Filters | None = None) -> bool:
        maker = Maker(story_of(question))
        list(self.ask(maker, question, filters))
        return not maker.begun


def plain(events: list[Event]) -> list[Event]:
    """Events without what is each asker's own."""
    return [
        replace(event, timings=SLOW, question=QUESTION, steps=()) if isinstance(event, Answer) else event
        for event in events
    ]


def answer_in(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Answer)
    return events[-1]
