"""The story of an answer. Read this file first.

Question -> found passages -> evidence sentences -> draft sentences -> proved sentences -> answer.
Every way in (page, command line, later class and widget) reads the same stream of events.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.types import Article, Kind
from rag.attribution import Attribution
from rag.errors import WriterFailed
from rag.evidence import best_first, select_evidence
from rag.filters import Filters
from rag.gate import LEAST_FOR_UNPROVED, may_answer, may_quote
from rag.guard import Guard, Looked
from rag.phrases import phrase
from rag.reading_level import measure
from rag.retriever import Retriever
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Found, Question, Status, Timings
from rag.writer import Writer

_log = logging.getLogger(__name__)
_PASSAGES = 20
_QUOTES = 3  # when nothing is written
_QUOTES_BESIDE = 2  # of what is written, or in place of what could not be proved
_AS_NEAR = 0.03  # cosine: what the retriever adds to texts in other languages


@dataclass
class _Course:
    """What has happened since the question, and when, in seconds."""

    started: float = field(default_factory=time.perf_counter)
    retrieved: float = 0.0
    first_sentence: float = 0.0
    unsure: bool = False

    def now(self) -> float:
        return time.perf_counter() - self.started

    def timings(self) -> Timings:
        total = self.now()
        return Timings(round(self.retrieved, 3), round(self.first_sentence or total, 3), round(total, 3))


class Explainer:
    """Answers questions from the articles. Holds nothing of any reader."""

    def __init__(
        self,
        retriever: Retriever,
        attribution: Attribution,
        writer: Writer | None,
        quote_similarity: float,
        guard: Guard | None = None,
    ):
        """Without a writer, answers are quotes if the best has this cosine with the question.

        Without a guard, questions go to the articles unseen: for evaluations of what comes after it only.
        """
        self._guard = guard
        self._retriever = retriever
        self._attribution = attribution
        self._writer = writer
        self._quote_similarity = quote_similarity

    def explain(self, question: Question, filters: Filters | None = None) -> Iterator[Event]:
        """Yield the evidence, then each checked sentence, then the whole answer. Raises WriterFailed.

        Only articles that pass the filters are looked at.

        A reader in need, and what is not for children here, gets a fixed answer at once and no other event.
        """
        course = _Course()
        looked = self._guard.look(question) if self._guard else None
        if looked and looked.text:
            yield _fixed(looked, course)
            return
        question = looked.question if looked else question
        evidence = self.evidence_for(question, filters)
        course.retrieved = course.now()
        yield EvidenceFound(best_first(evidence))

        sentences: list[AnswerSentence] = []
        for sentence in self._sentences(question, evidence, course):
            course.first_sentence = course.first_sentence or course.now()
            sentences.append(sentence)
            yield sentence

        answer = _finish(question, sentences, evidence, course)
        yield replace(answer, notice=looked.notice) if looked else answer

    def answer(self, question: Question, filters: Filters | None = None) -> Answer:
        """The whole answer at once."""
        return next(event for event in self.explain(question, filters) if isinstance(event, Answer))

    def evidence_for(self, question: Question, filters: Filters | None = None) -> tuple[Evidence, ...]:
        """The evidence for a question, in the order in which a model reads it."""
        return select_evidence(self._retriever.find(question, _PASSAGES, filters))

    def evidence_of(self, article: Article) -> Iterator[tuple[Evidence, ...]]:
        """What a model would read of each section of an article, so that it can be read before anybody asks."""
        return (select_evidence(Found((), section)) for section in self._retriever.sections(article))

    def _sentences(self, question: Question, evidence: Sequence[Evidence], course: _Course) -> Iterator[AnswerSentence]:
        """The sentences that may be shown: what is written and proved, then what the articles say word for word.

        Beside a written answer the best quotes let readers see for themselves; where nothing could be proved, or nobody
        writes, they stand for it when they are near enough to the question. Raises WriterFailed when not even that.
        """
        shown: set[str] = set()
        failure: WriterFailed | None = None
        try:
            for sentence in self._written(question, evidence):
                if sentence.text not in shown:
                    shown.add(sentence.text)
                    yield sentence
        except WriterFailed as error:
            _log.warning("%s", error)
            failure = error
        judged = self._writer is not None and failure is None
        if shown or may_quote(evidence, LEAST_FOR_UNPROVED if judged else self._quote_similarity):
            best = quotable(evidence, question.language)[: _QUOTES_BESIDE if judged else _QUOTES]
            quotes = [quote(item, question.language) for item in best]
            course.unsure = judged and not shown
            yield from (sentence for sentence in quotes if sentence.text not in shown)
        elif failure:
            raise failure

    def _written(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[AnswerSentence]:
        """What the model writes, if there is one, as far as it can be proved. Raises WriterFailed."""
        if self._writer is None or not evidence:
            return
        draft = self._writer.write(question, evidence)
        if may_answer(draft.willing, draft.log_odds, question.language):
            for text in draft.sentences:
                if sentence := self._check(text, question, evidence):
                    yield sentence

    def _check(self, text: str, question: Question, evidence: Sequence[Evidence]) -> AnswerSentence | None:
        """The sentence with its proof, else the evidence that it repeats in the wrong language, else nothing.

        Readers' comments are voices and prove no fact: what only they say is quoted.
        """
        if numbers := self._attribution.check(text, question, evidence).numbers:
            proof = [item for item in evidence if item.number in numbers]
            if all(item.kind is Kind.COMMENTS for item in proof):
                return quote(proof[0], question.language)
            opinion = any(item.kind is not Kind.NEWS for item in proof)
            return AnswerSentence(text, numbers, voice=Kind.OPINION if opinion else Kind.NEWS)
        repeated = self._attribution.repeated(text, question, evidence)
        return quote(repeated, question.language) if repeated else None


def _fixed(looked: Looked, course: _Course) -> Answer:
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


def quotable(evidence: Sequence[Evidence], language: str) -> list[Evidence]:
    """The evidence, best first, but before all others what the reader can read, tells facts and is about as near."""
    ranked = best_first(evidence)
    readable = [
        item
        for item in ranked
        if item.article.language == language
        and item.kind is not Kind.COMMENTS
        and item.score >= ranked[0].score - _AS_NEAR
    ]
    return [*readable, *(item for item in ranked if item not in readable)]


def quote(evidence: Evidence, language: str) -> AnswerSentence:
    """The evidence itself as a sentence of the answer, in the reader's quotation marks; an opinion is called one."""
    name = "quotation" if evidence.kind is Kind.NEWS else f"quotation_{evidence.kind.value}"
    text = phrase(language, name).format(quote=evidence.text)
    return AnswerSentence(text, (evidence.number,), is_quote=True, voice=evidence.kind)


def _finish(
    question: Question, sentences: list[AnswerSentence], evidence: Sequence[Evidence], course: _Course
) -> Answer:
    status = _status(sentences)
    cited = {number for sentence in sentences for number in sentence.citations}
    text = _text(sentences, question.language, "nearest" if course.unsure else "quoted")
    return Answer(
        question=question,
        status=status,
        text=text,
        sentences=tuple(sentences),
        citations=tuple(item for item in best_first(evidence) if item.number in cited),
        timings=course.timings(),
        readability=measure(_own_words(sentences) or text, question.language),
        is_unsure=course.unsure,
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
