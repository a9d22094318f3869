"""The story of an answer. Read this file first.

Question -> retrieved passages -> evidence sentences -> draft sentences -> checked sentences -> answer.
Every way in (page, command line, later class and widget) reads the same stream of events.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.types import Kind
from rag.drafts import DraftSentence
from rag.evidence import select_evidence
from rag.gate import may_answer, may_quote
from rag.grounding import problems
from rag.phrases import phrase
from rag.reading_level import measure
from rag.retriever import Retriever
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, Status, Timings
from rag.writer import Writer

_PASSAGES = 20
_QUOTES_WITHOUT_WRITER = 3
_AS_NEAR = 0.03  # cosine: what the retriever adds to texts in other languages


@dataclass
class _Clock:
    """When things happened, in seconds since the question."""

    started: float = field(default_factory=time.perf_counter)
    retrieved: float = 0.0
    first_sentence: float = 0.0

    def now(self) -> float:
        return time.perf_counter() - self.started

    def timings(self) -> Timings:
        total = self.now()
        return Timings(round(self.retrieved, 3), round(self.first_sentence or total, 3), round(total, 3))


class Explainer:
    """Answers questions from the articles. Holds nothing of any reader."""

    def __init__(self, retriever: Retriever, writer: Writer | None, quote_similarity: float):
        """Without a writer, answers are quotes if the best has this cosine with the question."""
        self._retriever = retriever
        self._writer = writer
        self._quote_similarity = quote_similarity

    def explain(self, question: Question) -> Iterator[Event]:
        """Yield the evidence, then each checked sentence, then the whole answer. Raises WriterFailed."""
        clock = _Clock()
        evidence = select_evidence(self._retriever.retrieve(question, _PASSAGES))
        clock.retrieved = clock.now()
        yield EvidenceFound(evidence)

        status, sentences = Status.NO_EVIDENCE, list[AnswerSentence]()
        for status_so_far, sentence in self._sentences(question, evidence):
            clock.first_sentence = clock.first_sentence or clock.now()
            status = status_so_far
            sentences.append(sentence)
            yield sentence

        yield _finish(question, status, sentences, evidence, clock)

    def answer(self, question: Question) -> Answer:
        """The whole answer at once."""
        return next(event for event in self.explain(question) if isinstance(event, Answer))

    def _sentences(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[tuple[Status, AnswerSentence]]:
        """The sentences that may be shown, with what the answer is when they are."""
        if self._writer is None:
            if may_quote(evidence, self._quote_similarity):
                yield from (
                    (Status.QUOTED, quote(item, question.language)) for item in evidence[:_QUOTES_WITHOUT_WRITER]
                )
            return
        if not evidence:
            return
        draft = self._writer.write(question, evidence)
        if not may_answer(draft.willing, draft.log_odds, question.language):
            return
        shown: set[str] = set()
        status = Status.QUOTED
        for drafted in draft.sentences:
            sentence = check(drafted, question, evidence)
            if sentence is None or sentence.text in shown:
                continue
            shown.add(sentence.text)
            status = Status.ANSWERED if not sentence.is_quote else status
            yield status, sentence
        if not shown:  # the model said yes but cited nothing: what it was given is still true
            yield status, quote(evidence[0], question.language)


def check(draft: DraftSentence, question: Question, evidence: Sequence[Evidence]) -> AnswerSentence | None:
    """The sentence with the evidence that supports it, else the quote it leaned on; None when it leaned on nothing.

    A small model often writes what is right under the number of a neighbour: then the right one takes its place.
    """
    cited = [item for item in evidence if item.number in draft.marks]
    if not cited:
        return None
    neighbours = [[item] for item in evidence if item not in cited]
    for support in (cited, *neighbours):
        if not problems(draft.text, question, support):
            return AnswerSentence(draft.text, tuple(item.number for item in support))
    return quote(_readable(cited[0], evidence, question.language), question.language)


def _readable(leaned_on: Evidence, evidence: Sequence[Evidence], language: str) -> Evidence:
    """Evidence in the reader's language that is about as near to the question, else what the sentence leaned on."""
    own = [item for item in evidence if item.article.language == language]
    facts = [item for item in own if item.kind is not Kind.COMMENTS]
    near = [item for item in facts if item.score >= leaned_on.score - _AS_NEAR]
    return leaned_on if leaned_on in own or not near else max(near, key=lambda item: item.score)


def quote(evidence: Evidence, language: str) -> AnswerSentence:
    """The evidence itself as a sentence of the answer, in the quotation marks of the reader's language."""
    text = phrase(language, "quotation").format(quote=evidence.text)
    return AnswerSentence(text, (evidence.number,), is_quote=True)


def _finish(
    question: Question, status: Status, sentences: list[AnswerSentence], evidence: Sequence[Evidence], clock: _Clock
) -> Answer:
    cited = {number for sentence in sentences for number in sentence.citations}
    lines = [sentence.text for sentence in sentences]
    if status is Status.NO_EVIDENCE:
        lines = [phrase(question.language, "no_evidence")]
    elif status is Status.QUOTED:
        lines.insert(0, phrase(question.language, "quoted"))
    text = " ".join(lines)
    return Answer(
        question=question,
        status=status,
        text=text,
        sentences=tuple(sentences),
        citations=tuple(item for item in evidence if item.number in cited),
        timings=clock.timings(),
        readability=measure(text, question.language),
    )
