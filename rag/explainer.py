"""The story of an answer. Read this file first.

Question -> found passages -> evidence sentences -> draft sentences -> proved sentences -> answer.
Every way in (page, class, widget, command line) reads the same stream of events.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag.answering.choosing import with_amount
from rag.answering.finishing import Finisher, disagreement, fixed_answer, numbered
from rag.answering.proving import Prover, Proving
from rag.asking.answer_cache import AnswerCache
from rag.asking.bare_words import asks_something
from rag.asking.conversation import REMEMBERED, exchange, standalone
from rag.asking.guard import Guard, Looked
from rag.asking.introductions import without_introduction
from rag.asking.question import in_small_letters
from rag.course import Course
from rag.filters import Filters
from rag.finding.evidence import best_first, rest_of, select_evidence
from rag.finding.retriever import Retriever
from rag.levels.easing import eased_written, in_easier_words
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, ReadingLevel, Status, WriterNext

_PASSAGES = 20


class Explainer:
    """Answers questions from the articles. Holds nothing of any reader."""

    def __init__(
        self,
        retriever: Retriever,
        prover: Prover,
        finisher: Finisher,
        guard: Guard | None = None,
        cache: AnswerCache | None = None,
    ):
        """Without a guard, questions go to the articles unseen: for evaluations of what comes after it only.

        Without a cache, every question is answered anew.
        """
        self._guard = guard
        self._retriever = retriever
        self._prover = prover
        self._finisher = finisher
        self._cache = cache

    def explain(
        self, question: Question, filters: Filters | None = None, earlier: Sequence[Answer] = ()
    ) -> Iterator[Event]:
        """Yield the evidence, then each checked sentence, then the whole answer.

        Before the language model is asked, WriterNext says so: only who goes on from there makes it work.

        Only articles that pass the filters are looked at. A question that cannot be understood without the `earlier`
        answers of its conversation is made whole first.

        A reader in need, and what is not for children here, gets a fixed answer at once and no other event.
        """
        course = Course()
        looked = self._look(question)
        asked = without_introduction(replace(looked.question, text=in_small_letters(looked.question.text)))
        whole = standalone(asked, [exchange(answer) for answer in earlier[-REMEMBERED:]])
        course.note("understood", question=whole.text)
        if whole != asked and _may_be_about_others(looked):  # 'How?', 'Is he human?': of whom was it asked?
            looked = replace(self._look(whole), question=looked.question, notice=looked.notice)
        if looked.text:
            yield fixed_answer(looked, course)
            return
        chosen = filters or Filters()
        for event in self._events(whole, chosen, lambda: self._explain(whole, chosen)):
            yield _told_to(looked, whole, course, event)

    def at_once(self, question: Question) -> Answer | None:
        """The fixed answer to a reader in need, or to what is not for children here; None for all other questions."""
        looked = self._look(question)
        return fixed_answer(looked, Course()) if looked.text else None

    def explain_again(self, answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
        """Yield the events of the same answer at another level, from what was found for it: nothing is searched again.

        What tells nothing of any article stays. What is for adults only gets the fixed answer at any other level.
        """
        if answer.status not in (Status.ANSWERED, Status.QUOTED):
            yield answer
            return
        asked = replace(answer.question, level=level)
        whole = replace(asked, text=answer.understood or asked.text)
        looked = self._look(whole)
        if looked.text:
            yield fixed_answer(replace(looked, question=asked, notice=answer.notice), Course())
            return
        for event in self._events(whole, Filters(), lambda: self._explain_from(whole, found), found.evidence):
            match event:
                case EvidenceFound():
                    yield replace(event, understood=answer.understood)
                case Answer():
                    yield replace(event, question=asked, understood=answer.understood, notice=answer.notice)
                case _:
                    yield event

    def answer(self, question: Question, filters: Filters | None = None, earlier: Sequence[Answer] = ()) -> Answer:
        """The whole answer at once."""
        return next(event for event in self.explain(question, filters, earlier) if isinstance(event, Answer))

    def evidence_for(self, question: Question, filters: Filters | None = None) -> tuple[Evidence, ...]:
        """The evidence for a question, in the order in which a model reads it."""
        return select_evidence(self._retriever.find(question, _PASSAGES, filters), question.language)

    def _look(self, question: Question) -> Looked:
        return self._guard.look(question) if self._guard else Looked(question, Status.ANSWERED, "", "")

    def _events(
        self, question: Question, filters: Filters, make: Callable[[], Iterator[Event]], of: Sequence[Evidence] = ()
    ) -> Iterator[Event]:
        """The events of an answer, made only once for all who ask the same, `of` the same evidence if any is given."""
        return self._cache.events(question, filters, make, of) if self._cache else make()

    def _explain(self, question: Question, filters: Filters) -> Iterator[Event]:
        course = Course()
        found = self._retriever.find(question, _PASSAGES, filters)
        course.note("searched", passages=[passage.passage.id for passage in found.passages])
        chosen = select_evidence(found, question.language)
        evidence, rest = with_amount(question, chosen, rest_of(found, chosen))
        course.note("chose", evidence=[item.text for item in best_first(evidence)])
        course.retrieved()
        yield EvidenceFound(best_first(evidence), rest=rest)
        asks = asks_something(question.text, question.language, found)
        yield from self._tell(question, evidence if asks else (), [*evidence, *rest], course)

    def _explain_from(self, question: Question, found: EvidenceFound) -> Iterator[Event]:
        course = Course()
        course.note("explained again", evidence=len(found.evidence))
        yield found
        yield from self._tell(question, found.evidence, [*found.evidence, *found.rest], course)

    def _tell(
        self, question: Question, evidence: Sequence[Evidence], known: Sequence[Evidence], course: Course
    ) -> Iterator[Event]:
        """What the evidence says: in quotes, in easier words where they are too hard, and in what is written."""
        proving = self._prover.begin(question, evidence, course)
        sentences: list[AnswerSentence] = []
        for event in _sentences(proving, question, evidence, course):
            if isinstance(event, AnswerSentence):
                course.shown()
                sentences.append(event)
            yield event

        conflicts = self._finisher.conflicts(question, sentences, known)
        for conflict in conflicts:
            sentences.append(disagreement(conflict, question.language))
            yield sentences[-1]
        course.note("compared", conflicts=len(conflicts))
        answer = self._finisher.finish(question, sentences, known, course, proving.is_unsure)
        yield numbered(replace(answer, conflicts=conflicts))


def _may_be_about_others(looked: Looked) -> bool:
    """Whether a question that leans on an earlier one has to be looked at whole. A call for help stays one."""
    return not looked.text or looked.status is Status.ABOUT_ME


def _sentences(
    proving: Proving, question: Question, evidence: Sequence[Evidence], course: Course
) -> Iterator[AnswerSentence | WriterNext]:
    """The quotes at once, then the same in easier words where they are too hard, then what is written."""
    quotes = []
    for quote in proving.quotes():
        quotes.append(quote)
        yield quote
    eased = in_easier_words(question, quotes, evidence)
    if eased:
        course.note("eased", sentences=len(eased))
    yield from eased
    for event in proving.written():
        yield from eased_written(question, event, evidence) if isinstance(event, AnswerSentence) else (event,)


def _told_to(looked: Looked, whole: Question, course: Course, event: Event) -> Event:
    """An event of an answer, for the reader who asked in other words or at another time."""
    understood = "" if whole.text.casefold() == looked.question.text.casefold() else whole.text
    match event:
        case EvidenceFound():
            return replace(event, understood=understood)
        case Answer():
            steps = (*course.steps, *event.steps)
            return replace(event, question=looked.question, understood=understood, notice=looked.notice, steps=steps)
    return event
