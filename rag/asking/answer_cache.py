"""Answers that may serve again, and those that several readers wait for. Knows events, not how they are made.

Everything is in memory: nothing of what readers ask is on the disk.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date

from cachetools import LRUCache

from rag.asking.same_question import Wording, may_mean_the_same, wording
from rag.filters import Filters
from rag.types import (
    Answer,
    AnswerSentence,
    Event,
    Evidence,
    EvidenceFound,
    Question,
    ReadingLevel,
    Status,
    Step,
    Timings,
    WriterNext,
)

_FAILED = "failed"  # the step that tells that nothing came of the model (`rag/answering/proving.py`)
_FROM_ARTICLES = (Status.ANSWERED, Status.QUOTED, Status.NO_EVIDENCE)


def is_for_everybody(answer: Answer) -> bool:
    """Whether an answer may serve other readers, and later: no word for one of them, no model that failed just then."""
    failed = any(step.name == _FAILED for step in answer.steps)
    return answer.status in _FROM_ARTICLES and not answer.notice and not failed


@dataclass(frozen=True)
class _Circumstances:
    """What else than its words decides the answer to a question; `version` is that of the articles.

    `places` of sentences are told where an answer is made of them alone, whatever a search would find.
    """

    version: int
    day: date
    level: ReadingLevel
    filters: Filters
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Key:
    wording: Wording
    circumstances: _Circumstances


@dataclass(eq=False)
class _Story:
    """An answer as far as it is told. Who needs the next event goes and gets it, one reader at a time.

    So nobody depends on another reader, and no thread has to be kept for it.
    """

    key: _Key
    coming: Generator[Event]
    told: list[Event] = field(default_factory=list)
    failure: BaseException | None = None
    ended: bool = False
    readers: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)


class AnswerCache:
    """Tells an answer again to who asks the same, as long as the articles are the same; safe for several threads."""

    def __init__(
        self,
        version: Callable[[], int],
        today: Callable[[], date] = date.today,
        kept: int = 500,
        may_keep: Callable[[Answer], bool] = is_for_everybody,
    ):
        """`version` is that of the articles (`Record.version`). It keeps the last `kept` answers that `may_keep`."""
        self._version = version
        self._today = today
        self._may_keep = may_keep
        self._kept: LRUCache[_Key, _Story] = LRUCache(kept)
        self._coming: dict[_Key, _Story] = {}
        self._latest: tuple[int, date] | None = None
        self._changing = threading.RLock()  # a forgotten reader may be thrown away, and leave, while this is held

    def events(
        self,
        question: Question,
        filters: Filters,
        make: Callable[[], Iterator[Event]],
        evidence: Sequence[Evidence] = (),
    ) -> Iterator[Event]:
        """The events of an answer: replayed when the same was asked before, shared while it is made, else made.

        An answer that is made of given `evidence` serves only who has the same. The Answer is the last event; its
        timings are those of who asks. Raises what making it raises, to everybody who waits for it; who asks next
        tries again.
        """
        started = time.perf_counter()
        now = self._version(), self._today()
        circumstances = _Circumstances(*now, question.level, filters, _places(evidence))
        story, is_maker = self._join(_Key(wording(question.text, question.language), circumstances), make)
        try:
            seen, reached = 0, dict[type, float]()
            while (event := self._event(story, seen)) is not None:
                seen += 1
                if story.ended and isinstance(event, WriterNext):
                    continue  # nobody has to write any more
                reached.setdefault(type(event), round(time.perf_counter() - started, 3))
                yield _told_again(event, question, reached) if isinstance(event, Answer) and not is_maker else event
        finally:
            self._leave(story)

    def _join(self, asked: _Key, make: Callable[[], Iterator[Event]]) -> tuple[_Story, bool]:
        """The story of the same question, or a new one, and whether it is new. Whoever joins must leave."""
        self._forget_others(asked.circumstances)
        same = self._same(asked)
        with self._changing:
            story = self._find(same) or self._find(asked)
            if story is not None:
                story.readers += 1
                return story, False
            story = self._coming[asked] = _Story(asked, _begun(make), readers=1)
            return story, True

    def _forget_others(self, now: _Circumstances) -> None:
        """Drop what was answered from other articles, or on another day."""
        with self._changing:
            if self._latest != (now.version, now.day):
                self._latest = (now.version, now.day)
                self._kept.clear()

    def _find(self, key: _Key) -> _Story | None:
        return self._kept.get(key) or self._coming.get(key) or self._searched(key)

    def _searched(self, key: _Key) -> _Story | None:
        """What was kept of a search that found just the evidence that is given."""
        places = key.circumstances.places
        story = self._kept.get(_Key(key.wording, replace(key.circumstances, places=()))) if places else None
        found = story.told[0] if story else None
        return story if isinstance(found, EvidenceFound) and _places(found.evidence) == places else None

    def _same(self, asked: _Key) -> _Key:
        """The key of the one question that asks the same, else its own; its own too when it may be either of two."""
        with self._changing:
            if self._find(asked):
                return asked
            others = [key for key in (*self._kept, *self._coming) if key.circumstances == asked.circumstances]
        alike = [key for key in others if may_mean_the_same(key.wording, asked.wording)]
        return alike[0] if len(alike) == 1 else asked

    def _event(self, story: _Story, seen: int) -> Event | None:
        """The event after those that were seen; None after the last one."""
        with story.turn if seen >= len(story.told) else nullcontext():
            if seen < len(story.told):
                return story.told[seen]
            if story.failure is not None:
                raise story.failure
            if story.ended:
                return None
            try:
                event = next(story.coming, None)
            except BaseException as error:
                story.failure = error
                self._end(story)
                raise
            if event is not None:
                story.told.append(event)
            if event is None or isinstance(event, Answer):
                self._end(story)
            return event

    def _end(self, story: _Story) -> None:
        """Let nobody join any more; keep the answer if it may serve again."""
        story.ended = True
        keeps = False
        try:
            keeps = self._may_serve_again(story)
        finally:
            with self._changing:
                self._coming.pop(story.key, None)
                if keeps:
                    self._kept[story.key] = story
            story.coming.close()

    def _may_serve_again(self, story: _Story) -> bool:
        """Not when the articles or the day have changed while it was made: nobody knows which of them it tells."""
        answer, made_of = story.told[-1] if story.told else None, story.key.circumstances
        if not isinstance(answer, Answer) or not self._may_keep(answer):
            return False
        return (self._version(), self._today()) == (made_of.version, made_of.day)

    def _leave(self, story: _Story) -> None:
        """Stop making an answer when nobody waits for it any more."""
        with self._changing:
            story.readers -= 1
            abandoned = story.readers == 0 and not story.ended
            if abandoned:
                del self._coming[story.key]
        if abandoned:
            story.coming.close()


def _places(evidence: Sequence[Evidence]) -> tuple[tuple[str, int], ...]:
    return tuple((item.article.id, item.start) for item in evidence)


def _begun(make: Callable[[], Iterator[Event]]) -> Generator[Event]:
    yield from make()


def _told_again(answer: Answer, question: Question, reached: Mapping[type, float]) -> Answer:
    """An answer as if it had been made for this question; a word for another reader is left out."""
    total = reached[Answer]
    timings = Timings(reached.get(EvidenceFound, total), reached.get(AnswerSentence, total), total)
    steps = (Step("told again", total), *(replace(step, seconds=0.0) for step in answer.steps))
    return replace(answer, question=question, timings=timings, notice="", steps=steps)
