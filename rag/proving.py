"""Question and evidence -> sentences that may be shown: written and proved, or quoted. Knows no retrieval.

Nothing that a model writes passes unchecked. What is refused is written again once; what is refused again is replaced
by the evidence it leaned on, word for word.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.types import Kind
from rag.attribution import Attribution, Checked
from rag.course import Course
from rag.errors import WriterFailed
from rag.evidence import best_first, repeats
from rag.gate import LEAST_FOR_UNPROVED, may_answer, may_quote
from rag.phrases import phrase
from rag.types import AnswerSentence, Evidence, Question, Voice
from rag.voices import Said, attributed
from rag.writer import Writer

_log = logging.getLogger(__name__)
_QUOTES = 3  # when nothing is written
_QUOTES_BESIDE = 2  # of what is written, or in place of what could not be proved
_AS_NEAR = 0.03  # cosine: what the retriever adds to texts in other languages
_LEANS = 0.87  # cosine of a sentence with the evidence that it leans on
_SENTENCES = 6  # of one answer that are looked at; one or two are asked for
_REWRITTEN = 2  # sentences at most; each costs a reader some seconds


@dataclass
class _Draft:
    """What became of what a model wrote for a question: whose sentences were refused and on what they leaned."""

    question: Question
    evidence: Sequence[Evidence]
    course: Course
    shown: set[str] = field(default_factory=set)
    refused: list[tuple[str, Checked]] = field(default_factory=list)
    leaned_on: list[Evidence] = field(default_factory=list)


class Prover:
    """Lets a writer write, and only what the evidence supports through."""

    def __init__(
        self, attribution: Attribution, writer: Writer | None, quote_similarity: float, least_to_ask: float = -1.0
    ):
        """Without a writer, answers are quotes if the best has the cosine `quote_similarity` with the question.

        The writer is asked only if the best has the cosine `least_to_ask`.
        """
        self._attribution = attribution
        self._writer = writer
        self._quote_similarity = quote_similarity
        self._least_to_ask = least_to_ask

    def sentences(self, question: Question, evidence: Sequence[Evidence], course: Course) -> Iterator[AnswerSentence]:
        """The sentences that may be shown: what is written and proved, then what the articles say word for word.

        Beside a written answer the best quotes let readers see for themselves; where nothing could be proved, or nobody
        writes, they stand for it when they are near enough to the question. Raises WriterFailed when not even that.
        """
        draft = _Draft(question, evidence, course)
        failure: WriterFailed | None = None
        try:
            for sentence in self._written(draft):
                if sentence.text not in draft.shown:
                    draft.shown.add(sentence.text)
                    yield sentence
        except WriterFailed as error:
            _log.warning("%s", error)
            course.note("failed", reason=str(error))
            failure = error
        judged = self._writer is not None and failure is None
        if draft.shown or may_quote(evidence, LEAST_FOR_UNPROVED if judged else self._quote_similarity):
            course.unsure = judged and not draft.shown
            yield from self._quotes(draft, _QUOTES_BESIDE if judged else _QUOTES)
        elif failure:
            raise failure

    def _written(self, draft: _Draft) -> Iterator[AnswerSentence]:
        """What the model writes, if there is one, as far as it can be proved. Raises WriterFailed."""
        if self._writer is None:
            return
        if not draft.evidence or not may_quote(draft.evidence, self._least_to_ask):
            draft.course.note("not asked")
            return
        begun = self._writer.write(draft.question, draft.evidence)
        may = may_answer(begun.willing, begun.log_odds, draft.question.language)
        draft.course.note("asked", willing=begun.willing, log_odds=begun.log_odds, may_answer=may)
        if not may:
            return
        for text in islice(begun.sentences, _SENTENCES):
            if sentence := self._check(text, draft):
                yield sentence
        yield from self._written_again(self._writer, draft)

    def _written_again(self, writer: Writer, draft: _Draft) -> Iterator[AnswerSentence]:
        """The sentences that were refused, each in other words, as far as they can be proved now."""
        for text, checked in draft.refused[:_REWRITTEN]:
            if checked.nearest is None or checked.nearness < _LEANS:
                continue
            draft.leaned_on.append(checked.nearest)
            again = writer.write_again(draft.question, draft.evidence, text, checked.nearest)
            if again and again != text and (sentence := self._check(again, draft)):
                yield sentence

    def _check(self, text: str, draft: _Draft) -> AnswerSentence | None:
        """The sentence with its proof, else the evidence that it repeats in the wrong language, else nothing.

        Readers' comments are voices and prove no fact: what only they say is quoted.
        """
        question, evidence = draft.question, draft.evidence
        checked = self._attribution.check(text, question, evidence)
        if checked.numbers:
            draft.course.note("proved", text=text, citations=list(checked.numbers))
            return _proved(text, [item for item in evidence if item.number in checked.numbers], question.language)
        if repeated := self._attribution.repeated(text, question, evidence):
            language = repeated.article.language
            draft.course.note("quoted instead", text=text, quote=repeated.text, language=language)
            return quote(repeated, question.language)
        draft.course.note("refused", text=text, reasons=list(checked.reasons))
        draft.refused.append((text, checked))
        return None

    def _quotes(self, draft: _Draft, count: int) -> Iterator[AnswerSentence]:
        """What refused sentences leaned on, then what is nearest to the question, unless it stands there already."""
        nearest = quotable(draft.evidence, draft.question.language)
        for item in list(dict.fromkeys([*draft.leaned_on, *nearest[:count]]))[:count]:
            quoted = quote(item, draft.question.language)
            if quoted.text not in draft.shown and not any(repeats(item.text, shown) for shown in draft.shown):
                draft.shown.add(quoted.text)
                yield quoted


def _proved(text: str, proof: Sequence[Evidence], language: str) -> AnswerSentence:
    if comments := [item for item in proof if item.kind is Kind.COMMENTS]:
        return quote(comments[0], language)
    whose = said(proof)
    return AnswerSentence(attributed(text, whose, language), tuple(item.number for item in proof), voice=whose.voice)


def said(proof: Sequence[Evidence]) -> Said:
    """Whose words a sentence repeats: those of an opinion if any of its proof is one, else of whom all of it quotes."""
    if any(item.kind is not Kind.NEWS for item in proof):
        return Said(Voice.OPINION)
    if all(item.voice is Voice.SPEECH for item in proof):
        speakers = {item.speaker for item in proof}
        return Said(Voice.SPEECH, speakers.pop() if len(speakers) == 1 else "", proof[0].article.language)
    return Said(Voice.NEWS)


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
    return AnswerSentence(text, (evidence.number,), is_quote=True, voice=evidence.voice)
