"""Question -> passages, best first. Knows index, words and record, not prompts."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from corpus.statements import statements, titled
from corpus.types import Article, Audience, Kind, Passage
from rag.filters import Filters
from rag.finding.limits import limits
from rag.finding.sections import section_of
from rag.finding.shared_things import shared_things
from rag.index.candidates import Candidate, Candidates
from rag.index.keeper import IndexKeeper
from rag.index.record import Record
from rag.index.word_index import Words
from rag.models.reranker import Reranker
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Found, Question, ReadingLevel, RetrievedPassage, ScoredSentence
from rag.words.tokens import tokens

_NEAREST = 30  # passages nearest in meaning that are looked at
_WORDED = 20  # passages with the question's rarest words that are looked at
COMMENT_PENALTY = 0.03  # a voice has to fit clearly better than a fact to come before it
_OTHER_LANGUAGE = 0.03
"""Added to the cosine of a text in another language than the question's. With the default embedder the cosine of a
question with the sentence that answers it is .05 lower when the languages differ, for all pairs of en, es, de and it
(XQuAD); .03 lifts MRR@10 from .762 to .925 where only another language has the answer, and costs .002 elsewhere."""
_WORDS = 0.1  # for all the question's words: PIAF .868 -> .910, XQuAD .973 -> .979; from .06 to .2 it hardly matters
_CHILDREN = 0.02
"""Added for children's articles when a child asks. On 88 questions over 25 articles a children's article comes first
for 21 instead of 15, the right event for 76 instead of 77, and the answer is in the evidence for 67 instead of 68; .03
loses four events; .1 brings a children's article first for 60 and loses five events and three answers."""
_YOUNG = frozenset({ReadingLevel.CHILD, ReadingLevel.TWEEN})
_NEWS = 0.01  # for an article of today, half of it for one of a month ago: it decides among equals only
_NEWS_DAYS = 30
_CLEARLY = 0.1  # passages outside the time or outlet that the question names have to fit better by this
_RERANKED = 20  # passages at least: a reranker takes its time for each
_THINGS = 0.35  # of what is shared: where the languages agree, the rest are words
_THINGS_ABROAD = 0.52
_BESIDE = 0.5
"""Of the cosine by which a sentence beside is nearer: one that goes on about something names it no more. Of the
sentences of five paragraphs, the best three hold the answer for 94.5 instead of 93.2 % where the languages differ
(XQuAD), 97.0 for 96.7 where they agree, 91.3 for 91.6 (PIAF)."""
_Ranked = tuple[Candidate, float]


@dataclass(frozen=True)
class Sources:
    """What there is to search."""

    index: IndexKeeper
    record: Record
    candidates: Candidates
    words: Words


class Retriever:
    """Finds the passages nearest in meaning, whatever their language, and in words where the language is the same.

    A passage's score is its cosine with the question, plus that of its best statement, plus what it has of the
    question's words, each counted by how rare it is, plus a little when it is new.
    """

    def __init__(
        self,
        sources: Sources,
        sentence_vectors: SentenceVectors,
        reranker: Reranker | None = None,
        today: Callable[[], date] = date.today,
    ):
        self._sources = sources
        self._sentence_vectors = sentence_vectors
        self._reranker = reranker
        self._today = today

    def retrieve(self, question: Question, top: int, filters: Filters | None = None) -> list[RetrievedPassage]:
        """The `top` passages for a question that pass the filters.

        A question that names a time or an outlet means articles of then or of theirs, where they tell about it.
        """
        return self._retrieve(question, self._sentence_vectors.query(question.text), top, filters or Filters())

    def find(self, question: Question, top: int, filters: Filters | None = None) -> Found:
        """The `top` passages and the section of the best of them, all of whose sentences are scored too."""
        embedding = self._sentence_vectors.query(question.text)
        passages = self._retrieve(question, embedding, top, filters or Filters())
        if not passages:
            return Found((), ())
        best = max(passages, key=_worth_reading).passage
        section = section_of(best.id, self._sources.record.passages_of(best.article_id))
        scored = self._read(question, embedding, self._rank(question, embedding, [passage.id for passage in section]))
        return Found(tuple(passages), tuple(sorted(scored, key=lambda passage: passage.passage.start)))

    def _retrieve(
        self, question: Question, embedding: np.ndarray, top: int, filters: Filters
    ) -> list[RetrievedPassage]:
        ranked = self._search(question, embedding, filters, top)
        narrowed = filters.narrowed(limits(question, self._sources.record.outlets(), self._today()))
        if ranked and narrowed != filters:
            meant = self._search(question, embedding, narrowed, top)
            if meant and meant[0][1] >= ranked[0][1] - _CLEARLY:
                ranked = meant
        if self._reranker is None:
            return self._read(question, embedding, ranked[:top])
        return _reranked(self._reranker, question, self._read(question, embedding, ranked[: max(top, _RERANKED)]))[:top]

    def _search(self, question: Question, embedding: np.ndarray, filters: Filters, top: int) -> list[_Ranked]:
        nearest = [id_ for id_, _ in self._sources.index.search(embedding, max(top, _NEAREST), filters)]
        worded = self._sources.words.search(question.text, question.language, _WORDED)
        passing = self._sources.record.passing(worded, filters) if filters else worded
        return self._rank(question, embedding, list(dict.fromkeys([*nearest, *passing])))

    def _rank(self, question: Question, embedding: np.ndarray, passage_ids: Sequence[str]) -> list[_Ranked]:
        """The passages with their scores, best first."""
        weights = self._sources.words.weights(question.text, question.language)
        candidates = self._sources.candidates.of(passage_ids)
        scored = [(entry, self._score(question, embedding, weights, entry)) for entry in candidates]
        return sorted(scored, key=lambda ranked: -ranked[1])

    def _score(
        self, question: Question, embedding: np.ndarray, weights: Mapping[str, float], candidate: Candidate
    ) -> float:
        best = max(candidate.vectors.statements @ embedding, default=0.0)
        worded = _shared(candidate.tokens, weights)
        near = float(candidate.vectors.passage @ embedding) + float(best) + 2 * _fair(candidate.language, question)
        return near + _WORDS * worded + self._newness(candidate.published) + _for_children(candidate.audience, question)

    def _newness(self, published: date | None) -> float:
        if published is None:
            return 0.0
        days = max(0, (self._today() - published).days)
        return _NEWS * float(2 ** (-days / _NEWS_DAYS))

    def _read(self, question: Question, embedding: np.ndarray, ranked: Sequence[_Ranked]) -> list[RetrievedPassage]:
        """The passages' texts, with the score of each statement."""
        rare = self._sources.words.weights(question.text, question.language)
        weights = {token: weight**2 for token, weight in rare.items()}  # in few words 'is' and 'a' would weigh too much
        known = self._sources.record.passages([candidate.id for candidate, _ in ranked])
        return [
            RetrievedPassage(
                *known[candidate.id],
                self._statements(question, embedding, weights, candidate, *known[candidate.id]),
                score,
            )
            for candidate, score in ranked
            if candidate.id in known
        ]

    def _statements(
        self,
        question: Question,
        embedding: np.ndarray,
        weights: Mapping[str, float],
        candidate: Candidate,
        passage: Passage,
        article: Article,
    ) -> tuple[ScoredSentence, ...]:
        stated = statements(passage, article)
        texts = [sentence.text for sentence in stated]
        if len(texts) == len(candidate.vectors.statements):
            self._sentence_vectors.keep(texts, candidate.vectors.statements)
        scores = self._sentence_vectors.of(texts) @ embedding if texts else ()
        fair, around = _fair(article.language, question), titled(passage, article)
        return tuple(
            ScoredSentence(
                sentence.text, sentence.start, sentence.end, float(score) + fair,
                _told(question, weights, sentence.text, around, article.language), lift,
            )
            for sentence, score, lift in zip(stated, scores, _lifts(scores), strict=True)
        )  # fmt: skip


def _told(question: Question, weights: Mapping[str, float], sentence: str, around: str, language: str) -> float:
    """What a sentence has of the question's words, where the languages agree, and speaks of its things; 0 to 1."""
    things = shared_things(question, sentence, around, language)
    if language != question.language:
        return _THINGS_ABROAD * things
    return (1 - _THINGS) * _shared(_tokens(sentence, language), weights) + _THINGS * things


def _lifts(scores: Sequence[float]) -> list[float]:
    """What the sentences before and behind add to the nearness of each. Example: [.8, .9] -> [.05, 0]"""
    padded = [-math.inf, *map(float, scores), -math.inf]
    beside = map(max, padded, padded[2:])
    return [max(0.0, _BESIDE * (near - own)) for near, own in zip(beside, padded[1:-1], strict=True)]


def _shared(tokens: AbstractSet[str], weights: Mapping[str, float]) -> float:
    """What a text has of the question's words, each counted by its weight, 0 to 1."""
    return sum(weights[token] for token in tokens & weights.keys()) / (sum(weights.values()) or 1.0)


@lru_cache(10_000)
def _tokens(sentence: str, language: str) -> frozenset[str]:
    return frozenset(tokens(sentence, language))


def _for_children(audience: Audience, question: Question) -> float:
    return _CHILDREN if question.level in _YOUNG and audience is Audience.CHILD else 0.0


def _fair(language: str, question: Question) -> float:
    return 0.0 if language == question.language else _OTHER_LANGUAGE


def _reranked(reranker: Reranker, question: Question, found: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
    """The passages in the order of a model that reads question and passage together; its scores become theirs."""
    scores = reranker.scores(question.text, [passage.passage.text for passage in found])
    judged = [replace(passage, score=score) for passage, score in zip(found, scores, strict=True)]
    return sorted(judged, key=lambda passage: -passage.score)


def _worth_reading(found: RetrievedPassage) -> float:
    return found.score - (COMMENT_PENALTY if found.passage.kind is Kind.COMMENTS else 0.0)
