"""What becomes of a question before anything is searched or any model sees it. Knows no articles.

`safety/` decides; this puts its decision into the terms of an answer.
"""

import threading
from dataclasses import dataclass, replace

from cachetools import LRUCache

import safety
from rag.asking.question import in_small_letters
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Question, Status
from safety.helplines import country as check_country

_REMEMBERED = 500  # questions
_LOOKING = 64  # locks: so few questions wait for another one
_PATIENCE_S = 1.0  # an embedder elsewhere may keep another question for longer than a child should wait
_STATUS = {
    safety.Outcome.CRISIS: Status.CRISIS,
    safety.Outcome.DECLINED: Status.DECLINED,
    safety.Outcome.IDENTITY: Status.ABOUT_ME,
}


@dataclass(frozen=True)
class Looked:
    """A question as it may be kept, and the fixed answer to it with its status, '' when the articles shall answer.

    `notice` is a kind word for a reader who told who it is, or who may be in need.
    """

    question: Question
    status: Status
    text: str
    notice: str


class Guard:
    """Looks at every question first; works without any model, and finds more with the default embedder."""

    def __init__(self, sentence_vectors: SentenceVectors, embedder: str, country: str):
        """`country` is whose helplines are named, unless a question names another. Raises CountryUnknown."""
        check_country(country)
        self._sentence_vectors = sentence_vectors
        self._classifier = safety.load_classifier(embedder)
        self._country = country
        self._harmless: LRUCache[Question, Looked] = LRUCache(_REMEMBERED)
        self._changing = threading.Lock()
        self._looking = [threading.Lock() for _ in range(_LOOKING)]
        safety.warm_up()

    def look(self, question: Question) -> Looked:
        """Rules first: a child in need is answered even when the embedder fails.

        What is harmless and tells of nobody is looked at once for all who ask it: that takes 14 ms, and fifty readers
        of a site may ask the same at the same moment.
        """
        looking = self._looking[hash(question) % _LOOKING]
        is_alone = looking.acquire(timeout=_PATIENCE_S)
        try:
            with self._changing:
                known = self._harmless.get(question)
            if known is None:
                known = self._look(question)
                if known.question == question and not known.text and not known.notice:
                    with self._changing:
                        self._harmless[question] = known
            return known
        finally:
            if is_alone:
                looking.release()

    def _look(self, question: Question) -> Looked:
        level = question.level.value
        verdict = safety.check(question.text, level)
        notice = safety.reminder(verdict, question.language, level)
        kept = replace(question, text=verdict.question)
        if verdict.outcome is not safety.Outcome.CRISIS and self._classifier is not None:
            verdict = self._check_again(in_small_letters(kept.text), level, self._classifier)
        country = question.country or self._country
        text = safety.reply(verdict, question.language, level, country)
        words = filter(None, [notice, safety.care(verdict, question.language, level, country)])
        return Looked(kept, _STATUS.get(verdict.outcome, Status.ANSWERED), text, " ".join(words))

    def _check_again(self, text: str, level: str, classifier: safety.Classifier) -> safety.Verdict:
        """Each sentence of several, then the whole, whose vector the search needs next: a call for help beside a
        question about the news is lost in the vector of both."""
        may_need_help = False
        for part in safety.parts(text):
            verdict = safety.check(part, level, self._sentence_vectors.query(part), classifier)
            if verdict.outcome is safety.Outcome.CRISIS:
                return verdict
            may_need_help |= verdict.may_need_help
        verdict = safety.check(text, level, self._sentence_vectors.query(text), classifier)
        is_answered = verdict.outcome is safety.Outcome.ANSWER
        return replace(verdict, may_need_help=is_answered and (verdict.may_need_help or may_need_help))
