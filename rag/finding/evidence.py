"""Found passages -> the sentences an answer may cite. Knows no prompts and no language model."""

import threading
from collections.abc import Hashable, Iterable, Iterator, Sequence

from cachetools import LRUCache, cached

from corpus.types import Article, Kind
from rag.checking.harmless import is_harmless
from rag.finding.retriever import COMMENT_PENALTY
from rag.types import Evidence, Found, RetrievedPassage, ScoredSentence
from rag.words.voices import Said, who_says
from rag.words.wording import repeats

_OTHERS = 4  # sentences from outside the section; a model reads the best four of all
_OTHERS_CHARACTERS = 1000
_PASSAGE_WEIGHT = 0.5
_WORDS = 0.23
"""For all the question's words and things. With them and the lift of the sentences beside it, the sentence with the
answer comes first of those of five paragraphs for 83.9 % in the question's language, 77.7 in another (XQuAD), 69.1 in
French (PIAF); with words alone for 83.0, 76.1 and 67.7."""
_AS_NEAR = 0.04  # cosine: what the retriever adds to texts in other languages, and a little
NEAR, FARTHER = 0.06, 0.08  # cosine, with what is added, by which a quote may be less near than the nearest
_ENOUGH = 3  # quotes in the reader's language; two cost one right answer of 67, and two of 63 over 25 articles

_Entry = tuple[RetrievedPassage, ScoredSentence]


def select_evidence(found: Found, language: str) -> tuple[Evidence, ...]:
    """The section of the best passage, in its order, then the best sentences from elsewhere; numbered by their fit.

    Before all others come facts that the reader can read, if they are about as near to the question as the best.
    """
    section = list({sentence.text: (passage, sentence) for passage, sentence in _sentences(found.section)}.values())
    chosen = [*section, *_others(found, section)]
    near = max((sentence.score for _, sentence in chosen), default=0.0) - _AS_NEAR
    places = sorted(
        range(len(chosen)),
        key=lambda place: (not _is_readable(*chosen[place], language, near), -_fit(*chosen[place])),
    )
    numbers = {place: number for number, place in enumerate(places, start=1)}
    return tuple(_evidence(numbers[place], *entry) for place, entry in enumerate(chosen))


def quotable(evidence: Sequence[Evidence], language: str, within: float = NEAR) -> list[Evidence]:
    """The evidence to quote, best first: what is near the question.

    In another language than the reader's only where there are not three in it.
    """
    told = nearest(evidence, within)
    readable = [item for item in told if item.article.language == language]
    return readable if len(readable) >= _ENOUGH else told


def nearest(evidence: Sequence[Evidence], within: float = NEAR) -> list[Evidence]:
    """The evidence not much farther from the question than the best, in whatever language, best first, none twice."""
    near = max((item.score + item.extra for item in evidence), default=0.0) - within
    told: list[Evidence] = []
    for item in best_first(evidence):
        if item.score + item.extra >= near and not any(repeats(item.text, other.text) for other in told):
            told.append(item)
    return told


def rest_of(found: Found, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences of what was found that are no evidence, numbered on from it: they may say otherwise."""
    known = {(item.article.id, item.start) for item in evidence}
    rest = [entry for entry in _sentences(found.passages) if (entry[0].article.id, entry[1].start) not in known]
    return tuple(_evidence(number, *entry) for number, entry in enumerate(rest, start=len(evidence) + 1))


def best_first(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence by number."""
    return tuple(sorted(evidence, key=lambda item: item.number))


def _others(found: Found, section: Sequence[_Entry]) -> list[_Entry]:
    inside = {passage.passage.id for passage in found.section}
    outside = _sentences(passage for passage in found.passages if passage.passage.id not in inside)
    chosen: list[_Entry] = []
    room = _OTHERS_CHARACTERS
    for passage, sentence in sorted(outside, key=lambda entry: -_fit(*entry)):
        fits = len(chosen) < _OTHERS and len(sentence.text) <= room
        if fits and not any(repeats(sentence.text, other.text) for _, other in [*section, *chosen]):
            chosen.append((passage, sentence))
            room -= len(sentence.text)
    return chosen


def _sentences(passages: Iterable[RetrievedPassage]) -> Iterator[_Entry]:
    """The sentences that may be shown: what an article tells a machine to do is neither read to a model nor quoted."""
    return ((passage, sentence) for passage in passages for sentence in passage.sentences if is_harmless(sentence.text))


def _evidence(number: int, passage: RetrievedPassage, sentence: ScoredSentence) -> Evidence:
    article, kind = passage.article, passage.passage.kind
    said = _said(article, kind, sentence)
    return Evidence(
        number=number,
        text=sentence.text,
        start=sentence.start,
        end=sentence.end,
        article=article,
        kind=kind,
        score=sentence.score,
        voice=said.voice,
        speaker=said.speaker,
        extra=_extra(sentence),
    )


def _place(article: Article, kind: Kind, sentence: ScoredSentence) -> Hashable:
    return article.id, hash(article.text), kind, sentence.start, sentence.end


@cached(LRUCache(10_000), key=_place, lock=threading.Lock())
def _said(article: Article, kind: Kind, sentence: ScoredSentence) -> Said:
    """Who says it: half of the time that evidence took, before it was remembered for the next questions."""
    return who_says(sentence.text, article.text[: sentence.start], kind, article.language)


def _is_readable(passage: RetrievedPassage, sentence: ScoredSentence, language: str, near: float) -> bool:
    """Whether a sentence tells facts in a reader's language, and is near the question, or has its words instead."""
    is_fact = passage.article.language == language and passage.passage.kind is not Kind.COMMENTS
    return is_fact and sentence.score + _extra(sentence) >= near


def _fit(passage: RetrievedPassage, sentence: ScoredSentence) -> float:
    penalty = COMMENT_PENALTY if passage.passage.kind is Kind.COMMENTS else 0.0
    return sentence.score + _extra(sentence) + _PASSAGE_WEIGHT * passage.score - penalty


def _extra(sentence: ScoredSentence) -> float:
    """What the question's words and things in a sentence, and the sentences beside it, add to its cosine."""
    return sentence.lift + _WORDS * sentence.shared
