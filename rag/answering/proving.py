"""Question and evidence -> sentences that may be shown: quoted, or written and proved. Knows no retrieval.

What the articles say word for word comes first: it needs no model. Nothing that a model writes passes unchecked. What
is refused is written again once; the evidence that it leaned on is quoted, word for word.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from corpus.types import Kind
from rag.answering.choosing import telling_amount, tells_surely, to_quote
from rag.answering.gate import Gate, may_answer
from rag.answering.to_the_point import is_about_something_else, says_something, told
from rag.asking.asked_amount import asks_for_amount
from rag.asking.asked_topic import tells_of
from rag.checking.attribution import Attribution, Checked
from rag.checking.harmless import gives_orders, harms
from rag.course import Course
from rag.errors import WriterFailed
from rag.finding.evidence import FARTHER, quotable
from rag.levels.level_choice import fitting
from rag.phrases import phrase
from rag.types import AnswerSentence, Evidence, Question, Voice, WriterNext
from rag.words.quotation_marks import within
from rag.words.voices import Said, attributed
from rag.words.wording import repeats
from rag.writing.writer import Writer

_log = logging.getLogger(__name__)
_LEANS = 0.87  # cosine of a sentence with the evidence that it leans on
_READ = 4  # quotes: from the whole section of 1,700 characters no more answers are right, and they take twice as long
_SENTENCES = 6  # of one answer that are looked at; one or two are asked for
_REWRITTEN = 2  # sentences at most; each costs a reader some seconds


def nobody_waits() -> bool:
    """That a reader has the model for itself, as on the command line."""
    return False


@dataclass(frozen=True)
class Prover:
    """Lets a writer write, if there is one, and only what the evidence supports through.

    Nothing is written a second time while `others_wait` for the same model.
    """

    attribution: Attribution
    writer: Writer | None
    gate: Gate
    others_wait: Callable[[], bool] = nobody_waits

    def begin(self, question: Question, evidence: Sequence[Evidence], course: Course) -> "Proving":
        """The sentences of one answer, one after the other."""
        return Proving(self, question, evidence, course)


class Proving:
    """One answer on its way, and what became of what a model wrote for it."""

    def __init__(self, prover: Prover, question: Question, evidence: Sequence[Evidence], course: Course):
        self._prover = prover
        self._question = question
        self._evidence = evidence
        self._readable = _readable(prover.attribution, question, evidence)
        self._course = course
        self._named = tells_of(question, evidence)  # what tells about the one thing that is asked for by its name
        near = [item for item in to_quote(question, evidence) if item not in self._named]
        self._best = [*self._named, *near]
        self._quoted: list[Evidence] = []
        self._told: list[str] = []
        self._refused: list[tuple[str, Checked]] = []
        self._leaned_on: list[Evidence] = []
        self._proof: list[Evidence] = []  # of what was written

    @property
    def is_unsure(self) -> bool:
        """Whether quotes are shown that are only near the question, and nothing was written that could be proved.

        An amount that is asked for has to be told: what else is written is no answer, though it be proved.
        """
        if self._named or not self._quoted:
            return False
        shown = [*self._quoted, *self._proof]
        surely = tells_surely(self._question, shown, self._evidence)
        if surely is not None:
            return not surely
        if asks_for_amount(self._question) and not telling_amount(self._question, shown, self._evidence):
            return True
        if self._proof:
            return False
        return not self._prover.gate.answers(self._evidence, told(self._question, self._quoted))

    def quotes(self) -> Iterator[AnswerSentence]:
        """What the articles say word for word, if it is near enough to the question or names what it asks for."""
        if not self._named and self._is_too_far():
            self._course.note("too far")
            return
        near = quotable(self._evidence, self._question.language, FARTHER)
        farther = [item for item in near if item not in self._best and says_something(self._question, item)]
        yield from self._quotes(fitting(self._best, self._question, farther))

    def _is_too_far(self) -> bool:
        """Whether nothing is near the question, or what is near has nothing to do with what it speaks of."""
        is_near = self._prover.gate.may_show(self._evidence)
        return not is_near or is_about_something_else(self._question, self._best, self._evidence)

    def written(self) -> Iterator[AnswerSentence | WriterNext]:
        """What is written and proved, after the quotes, and what it leaned on; a model that fails is logged.

        WriterNext comes before it, if a model is asked.
        """
        if not self._quoted:
            return
        try:
            yield from self._written()
        except WriterFailed as error:
            _log.warning("%s", error)
            self._course.note("failed", reason=str(error))
        yield from self._quotes(self._leaned_on)

    def _written(self) -> Iterator[AnswerSentence | WriterNext]:
        """What the model writes, if it has something to read, as far as it can be proved. Raises WriterFailed."""
        writer, question = self._prover.writer, self._question
        # asked for an essay instead of an answer, the default model wrote one, and not all of it was found out
        read = [item for item in self._best[:_READ] if item in self._readable]
        if writer is None or not read or gives_orders(question.text):
            self._course.note("not asked", readable=len(read))
            return
        yield WriterNext()
        self._course.note("waited")  # for the turn of this answer: no work of the model
        begun = writer.write(question, read)
        may = may_answer(begun.willing, begun.log_odds, question.language)
        self._course.note("asked", willing=begun.willing, log_odds=begun.log_odds, may_answer=may)
        with closing(begun.sentences) as texts:  # a local model waits until nobody listens any more
            for text in islice(texts, _SENTENCES if may else 0):
                yield from self._proved(text)
        if may:
            yield from self._written_again(writer, read)

    def _written_again(self, writer: Writer, read: Sequence[Evidence]) -> Iterator[AnswerSentence]:
        """The sentences that were refused, each in other words, as far as they can be proved now.

        It takes a third of the model's time for an answer, and thirty pupils wait for it.
        """
        for text, checked in self._refused[:_REWRITTEN]:
            if checked.nearest is None or checked.nearness < _LEANS:
                continue
            self._leaned_on.append(checked.nearest)
            if self._prover.others_wait():
                self._course.note("not written again")
                continue
            again = writer.write_again(self._question, read, text, checked.nearest)
            if again and again != text:
                yield from self._proved(again)

    def _proved(self, text: str) -> Iterator[AnswerSentence]:
        """The sentence with its proof, else the evidence that it repeats in the wrong language, else nothing.

        Readers' comments are voices and prove no fact: what only they say is quoted. What no model may say is not even
        kept in the steps.
        """
        self._course.note("wrote")
        if found := harms(text):
            self._course.note("refused", text="", reasons=list(found))
            return
        question, evidence, course = self._question, self._readable, self._course
        checked = self._prover.attribution.check(text, question, evidence)
        if checked.numbers:
            proof = [item for item in evidence if item.number in checked.numbers]
            self._proof += proof
            course.note("proved", text=text, citations=list(checked.numbers))
            yield from self._told_once(text, proof)
        elif repeated := self._prover.attribution.repeated(text, question, evidence):
            self._proof.append(repeated)
            course.note("quoted instead", text=text, quote=repeated.text, language=repeated.article.language)
            yield from self._quotes([repeated])
        else:
            course.note("refused", text=text, reasons=list(checked.reasons))
            self._refused.append((text, checked))

    def _told_once(self, text: str, proof: Sequence[Evidence]) -> Iterator[AnswerSentence]:
        """A proved sentence, unless the same stands there already, in about the same words."""
        if comments := [item for item in proof if item.kind is Kind.COMMENTS]:
            yield from self._quotes(comments[:1])
        elif not any(repeats(text, told) for told in self._told):
            self._told.append(text)
            whose, numbers = said(proof), tuple(item.number for item in proof)
            yield AnswerSentence(attributed(text, whose, self._question.language), numbers, voice=whose.voice)

    def _quotes(self, items: Sequence[Evidence]) -> Iterator[AnswerSentence]:
        for item in items:
            shown = (*(quoted.text for quoted in self._quoted), *self._told)
            if not any(repeats(item.text, text) for text in shown):
                self._quoted.append(item)
                yield quote(item, self._question.language)


def _readable(attribution: Attribution, question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """What a model may read: all of it where what it writes can be checked across languages, else the reader's own.

    Of 34 sentences that the default model wrote from another language, and that the rules let through, a reader found
    17 to be wrong; of 23 from its own, 6 (evals/verdicts.jsonl).
    """
    if attribution.crosses_languages:
        return evidence
    return tuple(item for item in evidence if item.article.language == question.language)


def said(proof: Sequence[Evidence]) -> Said:
    """Whose words a sentence repeats: those of an opinion if any of its proof is one, else of whom all of it quotes."""
    if any(item.kind is not Kind.NEWS for item in proof):
        return Said(Voice.OPINION)
    if all(item.voice is Voice.SPEECH for item in proof):
        speakers = {item.speaker for item in proof}
        return Said(Voice.SPEECH, speakers.pop() if len(speakers) == 1 else "", proof[0].article.language)
    return Said(Voice.NEWS)


def quote(evidence: Evidence, language: str) -> AnswerSentence:
    """The evidence itself as a sentence of the answer, in the reader's quotation marks; an opinion is called one."""
    name = "quotation" if evidence.kind is Kind.NEWS else f"quotation_{evidence.kind.value}"
    text = phrase(language, name).format(quote=within(evidence.text, language))
    return AnswerSentence(text, (evidence.number,), is_quote=True, voice=evidence.voice)
