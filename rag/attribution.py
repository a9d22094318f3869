"""A sentence -> the evidence that proves it. Knows texts and vectors, not who wrote the sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rag.grounding import faults, in_language, unsupported
from rag.sentence_vectors import SentenceVectors
from rag.types import Evidence, Question

_LEAST_NEARNESS = 0.865
_LEAST_NEARNESS_ABROAD = 0.8
"""The cosine from which evidence can be about what a sentence says, when both are in one language and when not. The
sentence is embedded alone and behind its question, so that "35.000." is about something: the latter tells right from
wrong answers with an AUC of .80 in one language and .67 across (evals/dev_questions.jsonl). All right ones pass."""
_FARTHER_ABROAD = 0.05  # what the same thing said in another language loses in cosine (XQuAD)
_LEAST_COPY = 0.87  # cosine of a sentence in the wrong language with the evidence it repeats
_LEAST_BESIDE = 0.75  # cosine of the second of two sentences of one article that prove something together
_TOO_FAR = "too far from all evidence"
_IN_PAIRS = 4  # the nearest sentences that may prove something together


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

    def __init__(self, sentence_vectors: SentenceVectors):
        self._sentence_vectors = sentence_vectors

    def check(self, text: str, question: Question, evidence: Sequence[Evidence]) -> Checked:
        """The numbers of the evidence that supports a sentence, one or two together, or why none does."""
        if not evidence:
            return Checked((), (*faults(text, question), _TOO_FAR), None, 0.0)
        ranked = self._nearest([text, f"{question.text} {text}"], evidence)
        numbers, reasons = _prove(text, question, ranked)
        nearness, nearest = ranked[0]
        return Checked(numbers, reasons, nearest, nearness)

    def repeated(self, text: str, question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
        """The evidence that a sentence in the wrong language only repeats, so that it can be quoted instead."""
        if not in_language(text, question):
            for cosine, item in self._nearest([text], evidence)[:_IN_PAIRS]:
                in_its_language = replace(question, language=item.article.language)
                if cosine >= _LEAST_COPY and not unsupported(text, in_its_language, [item]):
                    return item
        return None

    def _nearest(self, texts: Sequence[str], evidence: Sequence[Evidence]) -> list[tuple[float, Evidence]]:
        """The evidence with its cosine with the nearest of the texts, the nearest first."""
        vectors = self._sentence_vectors.of([item.text for item in evidence])
        cosines = (vectors @ self._sentence_vectors.once(texts).T).max(axis=1)
        return sorted(zip(map(float, cosines), evidence, strict=True), key=lambda pair: -pair[0])


def _prove(
    text: str, question: Question, ranked: Sequence[tuple[float, Evidence]]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The numbers of what proves a sentence, or what it says that the nearest does not."""
    if found := faults(text, question):
        return (), tuple(found)
    near = [item for cosine, item in ranked if cosine >= _least_nearness(ranked, item, question)]
    reasons: tuple[str, ...] = ()
    for items in _candidates(near, [item for cosine, item in ranked if cosine >= _LEAST_BESIDE]):
        missing = unsupported(text, question, items)
        if not missing:
            return tuple(sorted(item.number for item in items)), ()
        reasons = reasons or tuple(missing)
    return (), reasons or (_TOO_FAR,)


def _candidates(nearest: Sequence[Evidence], beside: Sequence[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """One that is near; two of one article of which one is near, for 'the director' has a name in another sentence; two
    near ones of one language."""
    yield from ((item,) for item in nearest)
    for first in nearest[:_IN_PAIRS]:
        yield from ((first, other) for other in beside if other != first and other.article.id == first.article.id)
    for first, second in combinations(nearest[:_IN_PAIRS], 2):
        if first.article.language == second.article.language:
            yield first, second


def _least_nearness(ranked: Sequence[tuple[float, Evidence]], item: Evidence, question: Question) -> float:
    """Foreign evidence, which is checked less, proves nothing where some in the reader's language is clearly nearer."""
    if item.article.language == question.language:
        return _LEAST_NEARNESS
    own = [cosine for cosine, other in ranked if other.article.language == question.language]
    return max(_LEAST_NEARNESS_ABROAD, max(own, default=0.0) - _FARTHER_ABROAD)
