"""A sentence -> the evidence that proves it. Knows texts and vectors, not who wrote the sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from corpus.types import Kind
from rag.checking.entailment import Checker
from rag.checking.grounding import RULES, Rule, faults, in_language, is_all_told, shares_words, unsupported
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Evidence, Question
from rag.words.wording import parts

_LEAST_NEARNESS = 0.865
_LEAST_NEARNESS_ABROAD = 0.8
"""The cosine from which evidence can be about what a sentence says, when both are in one language and when not. The
sentence is embedded alone and behind its question, so that "35.000." is about something: the latter tells right from
wrong answers with an AUC of .80 in one language and .67 across (evals/dev_questions.jsonl). All right ones pass."""
_FARTHER_ABROAD = 0.05  # what the same thing said in another language loses in cosine (XQuAD)
_LESS_NEAR = 0.06  # cosine by which what proves a sentence may be less near to it than the nearest in its language
_LESS_NEAR_ABROAD = 0.01  # with .02, 3 of 38 more wrong sentences of evals/claims.jsonl pass, and no right one
_LEAST_COPY = 0.87  # cosine of a sentence in the wrong language with the evidence it repeats
_LEAST_BESIDE = 0.75  # cosine of the second of two sentences of one article that prove something together
_LESS_NEAR_BESIDE = 0.12
_PARTS = 2  # one part is the sentence
_IN_PAIRS = 4  # the nearest sentences that may prove something together
_LEAST_ENTAILED = 0.5  # a probability
_LEAST_PART = 0.85
_LEAST_PART_ABROAD = 0.8
_NEARER_TOGETHER = 0.04  # to one of two that prove together, of which one is mostly near some part of anything
"""The cosine of a part of a sentence alone with the proof, for one that shares no word with it, and across languages.
Of 96 right sentences of the tuning half of evals/claims.jsonl with an invention behind, .8 finds 91 %, .77 60 %."""
_NOT_ALL = "not all of it stands in the evidence"
_OTHER_WORDS = "few of its words stand in the evidence"
_TOO_FAR = "too far from all evidence"
_Ranked = Sequence[tuple[float, Evidence]]


@dataclass(frozen=True)
class Checked:
    """What came of checking a sentence. Without `numbers` of evidence that supports it, it is refused.

    `reasons`: what speaks against it, or what it says that the nearest evidence that could prove it does not; none for
    a supported one. `nearest`: what it leans on most, with this cosine.
    """

    numbers: tuple[int, ...]
    reasons: tuple[str, ...]
    nearest: Evidence | None
    nearness: float


class Attribution:
    """Finds what proves a sentence; keeps the vectors of evidence it has seen, nothing of readers."""

    def __init__(
        self, sentence_vectors: SentenceVectors, checker: Checker | None = None, rules: Mapping[str, Rule] = RULES
    ):
        """A checker has the last word on what passes the rules."""
        self._sentence_vectors = sentence_vectors
        self._checker = checker
        self._rules = rules

    @property
    def crosses_languages(self) -> bool:
        """Whether a sentence can be trusted whose proof is in another language: only a model can tell."""
        return self._checker is not None

    def check(self, text: str, question: Question, evidence: Sequence[Evidence]) -> Checked:
        """The numbers of the evidence that supports a sentence, one or two together, or why none does."""
        if not evidence:
            return Checked((), (*faults(text, question), _TOO_FAR), None, 0.0)
        ranked = self._nearest([text, f"{question.text} {text}"], evidence)
        proof, reasons = self._prove(text, question, ranked)
        if proof and (doubts := self._doubts(text, question, proof)):
            proof, reasons = (), doubts
        nearness, nearest = ranked[0]
        return Checked(tuple(sorted(item.number for item in proof)), reasons, nearest, nearness)

    def _prove(self, text: str, question: Question, ranked: _Ranked) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
        """What proves a sentence, or what it says that the nearest that could does not."""
        if found := faults(text, question):
            return (), tuple(found)
        reasons: tuple[str, ...] = ()
        for items in _candidates(ranked, question):
            missing = unsupported(text, question, items, self._rules)
            first = next(missing, None)
            if first is None and self._tells_all(text, question, items):
                return items, ()
            reasons = reasons or (first or _NOT_ALL, *missing)
        return (), reasons or (_TOO_FAR,)

    def _tells_all(self, text: str, question: Question, items: Sequence[Evidence]) -> bool:
        """Whether each part of a sentence is proved, not most words only: what is invented stands behind 'and'."""
        same_language = all(item.article.language == question.language for item in items)
        told = parts(text)
        doubtful = [part for part in told if not same_language or not shares_words(part, question, items)]
        if len(told) < _PARTS or not doubtful:
            return True
        vectors = self._sentence_vectors.of([item.text for item in items])
        nearness = (vectors @ self._sentence_vectors.once(doubtful).T).max(axis=0)
        least = (_LEAST_PART if same_language else _LEAST_PART_ABROAD) + _NEARER_TOGETHER * (len(items) - 1)
        return bool(nearness.min() >= least)

    def _doubts(self, text: str, question: Question, proof: Sequence[Evidence]) -> tuple[str, ...]:
        """What the checker says against a sentence that the rules let through, or, without one, its own words.

        Of 14 sentences of the default model that the rules let through, a reader found 6 to be wrong. All but one used
        words that do not stand in their proof; so did 3 of the 8 right ones.
        """
        if self._checker is None:
            same_language = all(item.article.language == question.language for item in proof)
            return (_OTHER_WORDS,) if same_language and not is_all_told(text, question, proof) else ()
        (found,) = self._checker.judge(text, [" ".join(item.text for item in proof)])
        if found.contradicted > found.entailed:
            return ("the evidence says the contrary",)
        return () if found.entailed >= _LEAST_ENTAILED else ("does not follow from the evidence",)

    def repeated(self, text: str, question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
        """The evidence that a sentence in the wrong language only repeats, so that it can be quoted instead."""
        if not in_language(text, question):
            for cosine, item in self._nearest([text], evidence)[:_IN_PAIRS]:
                in_its_language = replace(question, language=item.article.language)
                if cosine >= _LEAST_COPY and not any(unsupported(text, in_its_language, [item], self._rules)):
                    return item
        return None

    def _nearest(self, texts: Sequence[str], evidence: Sequence[Evidence]) -> list[tuple[float, Evidence]]:
        """The evidence with its cosine with the nearest of the texts, the nearest first."""
        vectors = self._sentence_vectors.of([item.text for item in evidence])
        cosines = (vectors @ self._sentence_vectors.once(texts).T).max(axis=1)
        return sorted(zip(map(float, cosines), evidence, strict=True), key=lambda pair: -pair[0])


def _candidates(ranked: _Ranked, question: Question) -> Iterator[tuple[Evidence, ...]]:
    """One that is near; two of one article of which one is near, for 'the director' has a name in another sentence; two
    near ones of one language. Readers' comments prove no fact beside anything: alone they are quoted."""
    near = [item for cosine, item in ranked if cosine >= _least_nearness(ranked, item, question)]
    farthest = max(_LEAST_BESIDE, ranked[0][0] - _LESS_NEAR_BESIDE)
    beside = [item for cosine, item in ranked if cosine >= farthest and item.kind is not Kind.COMMENTS]
    yield from ((item,) for item in near)
    near = [item for item in near if item.kind is not Kind.COMMENTS]
    for first in near[:_IN_PAIRS]:
        yield from ((first, other) for other in beside if other != first and other.article.id == first.article.id)
    for first, second in combinations(near[:_IN_PAIRS], 2):
        if first.article.language == second.article.language:
            yield first, second


def _least_nearness(ranked: _Ranked, item: Evidence, question: Question) -> float:
    """Evidence in the language that is less near than the nearest is mostly about something else.

    Foreign evidence, which is checked less, proves nothing where some in the reader's language is clearly nearer.
    """
    best: dict[bool, float] = {}
    for cosine, other in ranked:
        best.setdefault(other.article.language == question.language, cosine)
    if item.article.language == question.language:
        return max(_LEAST_NEARNESS, best[True] - _LESS_NEAR)
    return max(_LEAST_NEARNESS_ABROAD, best[False] - _LESS_NEAR_ABROAD, best.get(True, 0.0) - _FARTHER_ABROAD)
