"""Sentences that may be shown -> the whole answer and what has to be said beside them. Knows no model, no search."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from rag.answering.age import age_note, as_of
from rag.answering.choosing import asked_for
from rag.answering.disagreement import conflicts, told
from rag.asking.asked_amount import asked_amount, asks_for_amount
from rag.asking.guard import Looked
from rag.asking.suggestions import suggest, told_about
from rag.course import Course
from rag.finding.evidence import best_first
from rag.phrases import phrase
from rag.reading_level import measure
from rag.types import Answer, AnswerSentence, Conflict, Evidence, Question, Status, Step
from rag.words.counted import counts
from rag.words.wording import repeats

_NEAR = 20  # sentences from which questions are suggested
_PROOFS = "citations"  # in the details of a step


class Finisher:
    """Makes answers whole. Holds nothing of any reader."""

    def __init__(self, vectors: Callable[[Sequence[str]], np.ndarray], today: Callable[[], date] = date.today):
        """`vectors` gives unit vectors of sentences, shape (sentences, dimensions)."""
        self._vectors = vectors
        self._today = today

    def conflicts(
        self, question: Question, sentences: Sequence[AnswerSentence], known: Sequence[Evidence]
    ) -> tuple[Conflict, ...]:
        """Where the articles that these sentences cite contradict others that are known, if that matters here.

        It does when such an amount is asked for, or when what is written gives one that is disputed.
        """
        cited, asked = _cited(sentences, known), asked_amount(question)
        if asks_for_amount(question) and asked is None:
            return ()
        others = [item for item in known if item not in cited]
        if asked:
            return conflicts(cited, others, self._vectors, asked_for(question, asked, known))
        found = conflicts(cited, others, self._vectors)
        written = " ".join(sentence.text for sentence in sentences if sentence.is_written)
        given = {count.amount for count in counts(written, question.language)}
        return tuple(conflict for conflict in found if given & {value.amount for value in conflict.values})

    def finish(
        self,
        question: Question,
        sentences: Sequence[AnswerSentence],
        known: Sequence[Evidence],
        course: Course,
        is_unsure: bool = False,
    ) -> Answer:
        """The answer that these sentences make, with what they cite of the evidence that is known."""
        sentences = _without_repetition(sentences, known)
        citations = _cited(sentences, known)
        newest = as_of(citations)
        note = age_note(question, newest, self._today()) if citations else ""
        suggestions = suggest(question, best_first(known)[:_NEAR]) if is_unsure or not sentences else None
        text = _text(sentences, question.language, is_unsure)
        beside = told_about(suggestions, question.language) if suggestions and not sentences else ""
        return Answer(
            question=question,
            status=_status(sentences),
            text=" ".join(filter(None, [text, beside, note])),
            sentences=reading_order(sentences),
            citations=citations,
            timings=course.timings(),
            readability=measure(_read(sentences, citations) or text, question.language),
            is_unsure=is_unsure,
            as_of=newest,
            age_note=note,
            suggestions=suggestions.questions if suggestions else (),
            steps=tuple(course.steps),
        )


def reading_order(sentences: Iterable[AnswerSentence]) -> tuple[AnswerSentence, ...]:
    """What is written or in easier words, then where articles disagree, then the quotes: there first, but read last."""
    return tuple(sorted(sentences, key=lambda each: (each.is_quote, each.is_fixed, each.is_eased)))


def numbered(answer: Answer) -> Answer:
    """The answer with its citations numbered from 1 on: who reads [99] after [1] looks for ninety-seven others.

    Example: citations 1, 4 and 99 -> 1, 2 and 3
    """
    places = {item.number: place for place, item in enumerate(answer.citations, start=1)}
    return replace(
        answer,
        citations=tuple(replace(item, number=places[item.number]) for item in answer.citations),
        sentences=tuple(
            replace(each, citations=tuple(places[number] for number in each.citations)) for each in answer.sentences
        ),
        conflicts=tuple(_numbered(conflict, places) for conflict in answer.conflicts),
        steps=tuple(_step(step, places) for step in answer.steps),
    )


def _numbered(conflict: Conflict, places: Mapping[int, int]) -> Conflict:
    values = (
        replace(each, evidence=replace(each.evidence, number=places[each.evidence.number])) for each in conflict.values
    )
    return replace(conflict, values=tuple(values))


def _step(step: Step, places: Mapping[int, int]) -> Step:
    """A step names what proved a sentence; a sentence that was left out since may have had other proofs."""
    if _PROOFS not in step.details:
        return step
    known = [places[number] for number in step.details[_PROOFS] if number in places]
    return replace(step, details={**step.details, _PROOFS: known})


def _without_repetition(sentences: Sequence[AnswerSentence], known: Sequence[Evidence]) -> list[AnswerSentence]:
    """The sentences but for quotes, in easier words too, of what has been written since, in about the same words."""
    texts = {item.number: item.text for item in known}
    written = [sentence.text for sentence in sentences if sentence.is_written]
    return [
        sentence
        for sentence in sentences
        if not (sentence.is_quote or sentence.is_eased)
        or not any(repeats(texts[sentence.citations[0]], told) for told in written)
    ]


def disagreement(conflict: Conflict, language: str) -> AnswerSentence:
    """The sentence that names each value, with its evidence."""
    numbers = tuple(value.evidence.number for value in conflict.values)
    return AnswerSentence(told(conflict, language), numbers, is_fixed=True)


def fixed_answer(looked: Looked, course: Course) -> Answer:
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


def _cited(sentences: Sequence[AnswerSentence], known: Sequence[Evidence]) -> tuple[Evidence, ...]:
    numbers = {number for sentence in sentences for number in sentence.citations}
    return tuple(item for item in best_first(known) if item.number in numbers)


def _text(sentences: Sequence[AnswerSentence], language: str, is_unsure: bool) -> str:
    """What is written, the quotes in easier words, where articles disagree, the quotes; each under its introduction."""
    if not sentences:
        return phrase(language, "no_evidence")
    written = [sentence.text for sentence in sentences if sentence.is_written]
    eased = [sentence.text for sentence in sentences if sentence.is_eased]
    fixed = [sentence.text for sentence in sentences if sentence.is_fixed]
    quotes = [sentence.text for sentence in sentences if sentence.is_quote]
    in_easier_words = [phrase(language, "eased"), *eased] if eased else []
    introduced = [phrase(language, "nearest" if is_unsure else "quoted"), *quotes] if quotes else []
    return " ".join([*written, *in_easier_words, *fixed, *introduced])


def _read(sentences: Sequence[AnswerSentence], citations: Sequence[Evidence]) -> str:
    """What a reader reads as the answer: what is written and in easier words, or else what is quoted.

    Each on a line: a quote that ends in a colon does not go on in the next.
    """
    own = [sentence.text for sentence in sentences if sentence.is_written or sentence.is_eased]
    quoted = {sentence.citations[0] for sentence in sentences if sentence.is_quote}
    return "\n".join(own or [item.text for item in citations if item.number in quoted])


def _status(sentences: Sequence[AnswerSentence]) -> Status:
    if not sentences:
        return Status.NO_EVIDENCE
    return Status.ANSWERED if any(sentence.is_written for sentence in sentences) else Status.QUOTED
