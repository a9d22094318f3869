"""Which articles tell of the same event, in any language, for children or adults. Knows vectors and names, not pages.

A false pair sends a child to another story, so it weighs more than a missed one: the beginnings of two articles must be
near in meaning *and* share names, and the articles must be of the same weeks. Opinions and comments are never paired.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.types import Article, Audience, Kind
from rag.words.names import is_frequent_as_abroad
from rag.words.rare_words import familiarity, is_known
from rag.words.wording import words

_SAME_LANGUAGE, _OTHER_LANGUAGE = 0.90, 0.87
"""The least cosine of two beginnings under their titles, with the default embedder. On 16 news articles about three
events in five languages, pairs of one event have .92 or more in one language and .87 or more across two, those of
different events .88 at most: all 40 pairs are found and none of 80 others. On `evals/onestop.jsonl`, where none of this
was chosen, 139 of 150 pairs are found and none of 11,025 others."""
_SHARED_NAMES = 2  # words: 'Breaking Rust'; one alone may be a site or a country that many stories name
_DAYS = 45  # between two articles about the same event; one without a day may be of any
_LEAD = 600  # characters behind the title in which the names of what happened stand
_LEAST_LETTERS = 4
_COMMON = 4.3  # Zipf: a word that begins a sentence and is as frequent is no name
_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s[A-ZÀ-ÖØ-Þ][\w’'-]*)*")
_BEGINS = re.compile(r"(?:^|[.!?:;–—…«“„\"(\[]\s?|\n)$")
_AGES = {Audience.CHILD: 0, Audience.TEEN: 1, Audience.ADULT: 2}
Leads = Mapping[str, np.ndarray]  # the vector of each article's first passage, by the article's id


@dataclass(frozen=True)
class Counterpart:
    """Another article about the same event, and the cosine of the two beginnings."""

    article: Article
    nearness: float


class Counterparts:
    """The pairs among the articles, read anew only when they have changed; safe for several readers at once."""

    def __init__(
        self, articles: Callable[[], Sequence[Article]], leads: Callable[[], Leads], version: Callable[[], int]
    ):
        self._articles = articles
        self._leads = leads
        self._version = version
        self._read_at: int | None = None
        self._known = _Known((), np.zeros((0, 0), np.float32))
        self._lock = threading.Lock()

    def of(self, article: Article) -> tuple[Counterpart, ...]:
        """The other articles about the same event: those in its language first, then the nearest."""
        with self._lock:
            if (version := self._version()) != self._read_at:
                self._known, self._read_at = _Known.of(self._articles(), self._leads()), version
            known = self._known
        found = known.paired_with(article)
        return tuple(sorted(found, key=lambda each: (each.article.language != article.language, -each.nearness)))

    def deeper(self, article: Article) -> tuple[Counterpart, ...]:
        """Those for older readers. Example: an article for children -> the one for adults about the same event"""
        return tuple(each for each in self.of(article) if _age(each.article) > _age(article))

    def simpler(self, article: Article) -> tuple[Counterpart, ...]:
        """Those for younger readers."""
        return tuple(each for each in self.of(article) if _age(each.article) < _age(article))


@dataclass(frozen=True)
class _Known:
    """News articles and the vectors of their beginnings, shape (articles, dimensions)."""

    articles: tuple[Article, ...]
    leads: np.ndarray

    @staticmethod
    def of(articles: Sequence[Article], leads: Leads) -> "_Known":
        news = tuple(article for article in articles if article.kind is Kind.NEWS and article.id in leads)
        return _Known(news, np.stack([leads[article.id] for article in news]) if news else np.zeros((0, 0), np.float32))

    def paired_with(self, article: Article) -> list[Counterpart]:
        place = next((place for place, each in enumerate(self.articles) if each.id == article.id), None)
        if place is None:
            return []
        cosines = self.leads @ self.leads[place]
        near = (each for each in np.flatnonzero(cosines >= min(_SAME_LANGUAGE, _OTHER_LANGUAGE)) if each != place)
        return [
            Counterpart(self.articles[each], float(cosines[each]))
            for each in near
            if is_same_event(article, self.articles[each], float(cosines[each]))
        ]


def is_same_event(first: Article, second: Article, nearness: float) -> bool:
    """Whether two news articles tell of one event: near, of the same weeks, and with a name in both beginnings."""
    least = _SAME_LANGUAGE if first.language == second.language else _OTHER_LANGUAGE
    if nearness < least or _days_between(first, second) > _DAYS:
        return False
    return len(_names(first) & _names(second)) >= _SHARED_NAMES


def _days_between(first: Article, second: Article) -> int:
    """How far apart two articles appeared; 0 when that is not known of one."""
    return abs((first.published - second.published).days) if first.published and second.published else 0


def _age(article: Article) -> int:
    return _AGES[article.audience]


@lru_cache(2000)
def _names(article: Article) -> frozenset[str]:
    """The words of the names in the title and the beginning, in small letters; those of countries and the like, too."""
    text, language = f"{article.title}.\n{article.text[: article.comments_start][:_LEAD]}", article.language
    found: set[str] = set()
    for match in _RUN.finditer(text):
        parts = match.group().split()
        begins = _BEGINS.search(text[max(0, match.start() - 2) : match.start()])
        if begins and familiarity(parts[0], language) >= _COMMON:
            parts = parts[1:]
        if (
            language == "de"
            and len(parts) == 1
            and is_known(parts[0], "de")
            and not is_frequent_as_abroad(parts[0], "de")
        ):
            continue
        found |= {word for part in parts for word in words(part) if len(word) >= _LEAST_LETTERS}
    return frozenset(found)
