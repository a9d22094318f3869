"""Questions that the program asks itself at its start."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from fakes import article_of

from corpus.types import Article
from rag.errors import StorageFailed
from rag.filters import Filters
from rag.library import Library
from rag.rehearsal import rehearse
from rag.study.study import NO_STUDY
from rag.types import Answer, Event, Question

_ARTICLES = [  # the newest first, as a record tells them
    article_of("Léa chante.", id="a", language="fr", title="Léa chante en ville"),
    article_of("Ugo canta.", id="b", language="it", title="Ugo canta"),
    article_of("Ugo cantava.", id="c", language="it", title="Ugo cantava"),
    article_of("Ana canta.", id="d", language="pt", title="Ana canta"),
]


def _rehearsed(articles: Sequence[Article], failure: Exception | None = None) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []

    def _explain(question: Question, filters: Filters, earlier: Sequence[Answer]) -> Iterator[Event]:
        asked.append((question.language, question.text))
        if failure:
            raise failure
        return iter(())

    list(rehearse(Library(_explain, lambda *_: iter(()), lambda _: NO_STUDY, lambda: list(articles), "it")))
    return asked


def test_rehearsal_asks_for_the_newest_article_of_each_language_of_readers_that_of_most_of_them_first():
    assert _rehearsed(_ARTICLES) == [("it", "Ugo canta"), ("fr", "Léa chante en ville")]


def test_rehearsal_over_no_articles_asks_nothing():
    assert _rehearsed([]) == []


def test_rehearsal_that_fails_keeps_nobody_from_being_served():
    assert _rehearsed(_ARTICLES, StorageFailed(Path("var"), "piena")) == [("it", "Ugo canta")]
