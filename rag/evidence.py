"""Passages -> the few sentences an answer may cite. Knows no prompts and no language model."""

from collections.abc import Sequence

from corpus.types import Kind
from rag.types import Evidence, RetrievedPassage, ScoredSentence

EVIDENCE_SENTENCES = 6
EVIDENCE_CHARACTERS = 900  # about 270 tokens, which a model on two cores reads in 4 s before its first word
_PASSAGE_WEIGHT = 0.5
_COMMENT_PENALTY = 0.03  # cosine: a voice has to fit clearly better than a fact to be quoted before it
_SAME_WORDS = 0.8  # share of common words from which two sentences say the same


def select_evidence(passages: Sequence[RetrievedPassage], limit: int = EVIDENCE_SENTENCES) -> tuple[Evidence, ...]:
    """The best sentences of the passages, numbered from 1, none twice; the best one even when it is long."""
    ranked = sorted(
        ((_fit(passage, sentence), passage, sentence) for passage in passages for sentence in passage.sentences),
        key=lambda entry: -entry[0],
    )
    chosen: list[tuple[RetrievedPassage, ScoredSentence]] = []
    room = EVIDENCE_CHARACTERS
    for _, passage, sentence in ranked:
        fits = not chosen or (len(chosen) < limit and len(sentence.text) <= room)
        if fits and not any(_repeats(sentence.text, other.text) for _, other in chosen):
            chosen.append((passage, sentence))
            room -= len(sentence.text)
    return tuple(_evidence(number, *pair) for number, pair in enumerate(chosen, start=1))


def _evidence(number: int, passage: RetrievedPassage, sentence: ScoredSentence) -> Evidence:
    return Evidence(
        number=number,
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        article=passage.article,
        kind=passage.passage.kind,
        score=sentence.score,
    )


def _fit(passage: RetrievedPassage, sentence: ScoredSentence) -> float:
    penalty = _COMMENT_PENALTY if passage.passage.kind is Kind.COMMENTS else 0.0
    return sentence.score + _PASSAGE_WEIGHT * passage.score - penalty


def _repeats(text: str, other: str) -> bool:
    words, others = set(text.lower().split()), set(other.lower().split())
    return len(words & others) >= _SAME_WORDS * min(len(words), len(others))
