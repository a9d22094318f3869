"""What a session may be about: names that several articles tell of, for who would rather choose these than titles.

Knows articles and the names in them (`rag/words/topics.py`), not sessions.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from corpus.types import Article
from rag.types import Evidence
from rag.words.topics import Form, topics

MOST_OFFERED = 24
_LEAST_ARTICLES = 2
_LONGEST_S = 1.0  # a page is not kept waiting longer; what was not read by then is read for the next


@dataclass(frozen=True)
class Subject:
    """A name, and the ids of the articles that tell of it."""

    name: str
    articles: tuple[str, ...]


class Subjects:
    """The names of a library's articles, each read once. Any thread may ask."""

    def __init__(self, passed: Callable[[], float] = time.monotonic):
        self._passed = passed
        self._names: dict[tuple[str, int], tuple[str, ...]] = {}

    def of(self, articles: Iterable[Article]) -> list[Subject]:
        """Those that most articles tell of come first."""
        known = {(article.id, hash(article.text)): article for article in articles}
        until = self._passed() + _LONGEST_S
        for key, article in known.items():
            if key not in self._names and self._passed() < until:
                self._names[key] = _names(article)
        self._names = {key: names for key, names in self._names.items() if key in known}
        return _offered({name for names in self._names.values() for name in names}, list(known.values()))


def articles_about(chosen: Iterable[str], offered: Iterable[Subject]) -> set[str] | None:
    """The ids of the articles about the chosen names; None if one of them is not offered."""
    known: Mapping[str, Subject] = {subject.name: subject for subject in offered}
    names = list(chosen)
    return {id_ for name in names for id_ in known[name].articles} if all(name in known for name in names) else None


def _names(article: Article) -> tuple[str, ...]:
    """Example: 'Ana Ruiz, chanteuse, rit. Et Ana Ruiz chante.' -> ('Ana Ruiz',)"""
    told = topics(Evidence(1, "", 0, 0, article, article.kind, 0.0))
    return tuple(topic.name for topic in told if topic.form is not Form.ARTICLE)


def _offered(names: set[str], articles: list[Article]) -> list[Subject]:
    """A name that says nothing more than a longer one is left out, as is one in other capitals."""
    texts = {article.id: f"{article.title}\n{article.text}".casefold() for article in articles}
    told = {name.casefold(): name for name in sorted(names, reverse=True)}
    found = {name: tuple(sorted(id_ for id_, text in texts.items() if folded in text)) for folded, name in told.items()}
    subjects = [Subject(name, ids) for name, ids in found.items() if len(ids) >= _LEAST_ARTICLES]
    whole = [each for each in subjects if not any(_is_part(each, other) for other in subjects)]
    return sorted(whole, key=lambda each: (-len(each.articles), each.name))[:MOST_OFFERED]


def _is_part(one: Subject, other: Subject) -> bool:
    return one.name != other.name and one.name in other.name and one.articles == other.articles
