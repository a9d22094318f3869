"""Counts the answers that pass through a library, and keeps new ones from a server that stops. Knows no metrics' names.

Page, classes and sites read the same stream of events: what is watched here is watched for all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from desk import Busy
from monitor.metrics import Metrics
from monitor.underway import Underway
from rag.errors import InvalidQuestion
from rag.filters import Filters
from rag.library import Library
from rag.types import Answer, Event, EvidenceFound, Question, ReadingLevel

Make = Callable[[], Iterator[Event]]
Heard = Callable[[Answer], None]


def unheard(answer: Answer) -> None:
    """For servers that send no traces."""


@dataclass(frozen=True)
class Watch:
    """What is told of each answer: the metrics, the count of those on their way, and whoever else wants to hear."""

    metrics: Metrics
    underway: Underway
    hear: Heard = unheard

    def over(self, library: Library) -> Library:
        """The same library, watched."""
        return _around(library, self._watched)

    def _watched(self, make: Make) -> Iterator[Event]:
        with self.underway.one_more():
            try:
                for event in make():
                    if isinstance(event, Answer):
                        self.metrics.note_answer(event)
                        self.hear(event)
                    yield event
            except InvalidQuestion:  # what a reader typed in vain is no fault
                raise
            except Exception:
                self.metrics.note_failure()
                raise


def until_stopped(library: Library, underway: Underway) -> Library:
    """The same library, which begins no answer once the server stops: it raises Busy.

    For the page, whose readers wait nowhere. Classes and sites are turned away by the desk before they begin, or their
    turns would be lost.
    """

    def unless_stopping(make: Make) -> Iterator[Event]:
        if underway.is_stopping:
            raise Busy(underway.count)
        yield from make()

    return _around(library, unless_stopping)


def _around(library: Library, tell: Callable[[Make], Iterator[Event]]) -> Library:
    def explain(question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        return tell(lambda: library.explain(question, filters, earlier))

    def explain_again(answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
        return tell(lambda: library.explain_again(answer, found, level))

    return replace(library, explain=explain, explain_again=explain_again)
