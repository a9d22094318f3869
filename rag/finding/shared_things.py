"""How much of what a question speaks of does a sentence speak of, in whatever language? Knows no vectors."""

import re
from functools import lru_cache

from rag.asking.asked_kind import empty_words
from rag.types import Question
from rag.words.same_things import is_listed, spoken_of, weight
from rag.words.wording import words

_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*")
_Asked = tuple[tuple[frozenset[str], float], ...]


def shared_things(question: Question, sentence: str, around: str, language: str) -> float:
    """The share of what a question speaks of that a sentence does, each word counted by how rare it is; 0 to 1.

    A name counts wherever it stands `around` the sentence, in its passage or in the title: who goes on about Ana Ruiz
    calls her 'she'. So the names do not hide what is asked about them.

    Example: 'Was Ana afraid of robots?', 'Elle a peur des robots.', 'Ana rit. Elle a peur des robots.' -> 1.0
    """
    asked = _asked(question.text, question.language)
    told = _told(sentence, language) | _named(around, language)
    return sum(weight for meant, weight in asked if meant & told) / (sum(weight for _, weight in asked) or 1.0)


@lru_cache(256)
def _asked(text: str, language: str) -> _Asked:
    """What each word of a question may stand for, but for those of asking, and how much it tells."""
    spoken = spoken_of(text, language)
    return tuple((spoken[word], weight(word, language)) for word in sorted(spoken.keys() - empty_words(language)))


@lru_cache(10_000)
def _told(sentence: str, language: str) -> frozenset[str]:
    return frozenset[str]().union(*spoken_of(sentence, language).values())


@lru_cache(2_000)
def _named(text: str, language: str) -> frozenset[str]:
    """What has a capital and is no thing that is known in all languages, as many German nouns are."""
    capital = {word for name in _CAPITAL.findall(text) for word in words(name)}
    told = spoken_of(text, language)
    return frozenset[str]().union(*(told[word] for word in capital & told.keys() if not is_listed(told[word])))
