"""An answer for a reader of a site, from the first look to what is kept of it. Knows no requests and no threads.

It comes from the article in view; when that tells nothing, from the next place to look, if there is one.
"""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import ActuclairError
from rag.answering.finishing import reading_order
from rag.errors import InvalidQuestion, StorageFailed
from rag.filters import Filters
from rag.study.study import Study
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question, Status, WriterNext
from sites.kept_answers import FROM_ARTICLES, KeptAnswers
from sites.keys import new_id
from sites.types import Finished, Kept, Site
from telling.asking import learnt

Explain = Callable[[Question, Filters, Sequence[Answer]], Generator[Event] | Iterator[Event]]
Learn = Callable[[Answer], Study]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A question of a reader: where to look, one place after the other, and the answers that it may lean on.

    `wished`: the answer that is wanted at another level, whose words the question shall keep.
    """

    site: Site
    question: Question
    places: tuple[Filters, ...]
    earlier: tuple[Answer, ...] = ()
    article_id: str = ""
    wished: Answer | None = None


@dataclass(frozen=True)
class Frame:
    """One step of an answer; `problem` names the sentence that ends it instead. `place` is that of a sentence."""

    event: EvidenceFound | AnswerSentence | Finished | None = None
    place: int = 0
    writer_next: WriterNext | None = None
    problem: str = ""

    @property
    def finished(self) -> bool:
        return isinstance(self.event, Finished) or bool(self.problem)


@dataclass(frozen=True)
class Teller:
    """What it takes to tell an answer: how it is made, what helps to learn from it, where it is kept, and the day."""

    explain: Explain
    learn: Learn
    kept: KeptAnswers
    today: Callable[[], date]

    def tell(self, asked: Asked) -> Generator[Frame]:
        """The steps of an answer. A failure ends it with a sentence for readers; what happened goes to the log only."""
        try:
            yield from self._steps(asked)
        except InvalidQuestion as error:
            yield Frame(problem=error.phrase)
        except ActuclairError as error:  # without what lies behind it: an endpoint may say again what it was asked
            log.error("A question of a site could not be answered: %s", error)
            yield Frame(problem="cannot_answer_now")
        except Exception:  # the edge: a reader must not wait for ever because of a fault of ours
            log.exception("A fault in the program ended an answer of a site.")
            yield Frame(problem="cannot_answer_now")

    def _steps(self, asked: Asked) -> Iterator[Frame]:
        sentences: tuple[AnswerSentence, ...] = ()
        for event, place in self._events(asked):
            match event:
                case WriterNext():
                    yield Frame(writer_next=event)
                case EvidenceFound():
                    sentences = ()
                    yield Frame(event)
                case AnswerSentence():
                    sentences = reading_order((*sentences, event))
                    yield Frame(event, place=sentences.index(event))
                case Answer():
                    from_article = bool(asked.article_id) and place == 0
                    yield Frame(self.finish(asked, as_wished(event, asked), from_article))
                    return
        raise AssertionError("An answer ended before it was whole.")

    def _events(self, asked: Asked) -> Iterator[tuple[Event, int]]:
        """The events from the first place that tells something, and which place that is."""
        for place, filters in enumerate(asked.places):
            is_last = place == len(asked.places) - 1
            with closing(_begun(self.explain(asked.question, filters, asked.earlier))) as events:
                for event in events:
                    if isinstance(event, Answer) and event.status is Status.NO_EVIDENCE and not is_last:
                        break
                    yield event, place
                    if isinstance(event, Answer):
                        return

    def finish(self, asked: Asked, answer: Answer, from_article: bool) -> Finished:
        """An answer with what belongs to it, kept for the site; of a question of a reader in need only the count."""
        day = self.today()
        if answer.status not in FROM_ARTICLES:
            self._count(asked.site, day, answer.status)
            return Finished("", answer, from_article=False)
        kept = Kept(new_id(), day, answer, asked.article_id, from_article)
        correction = self.kept.keep(asked.site.id, kept)
        return Finished(kept.id, answer, from_article, learnt(answer, self.learn), correction)

    def _count(self, site: Site, day: date, status: Status) -> None:
        """One more; where the disk fails, a reader in need gets its answer all the same."""
        try:
            self.kept.count(site.id, day, status)
        except StorageFailed as error:
            log.error("A question of a site could not be counted: %s", error)


def as_wished(answer: Answer, asked: Asked) -> Answer:
    """An answer to a question made whole, under the words in which it was asked first."""
    if asked.wished is None or answer.status not in FROM_ARTICLES:
        return answer
    question = replace(answer.question, text=asked.wished.question.text)
    return replace(answer, question=question, understood=asked.wished.understood)


def _begun(events: Iterator[Event]) -> Generator[Event]:
    """The same, so that it can be closed."""
    yield from events
