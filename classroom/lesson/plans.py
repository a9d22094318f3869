"""What a teacher filled in -> a plan, or how much longer it takes. Knows limits, not sessions."""

from collections.abc import Mapping, Sequence
from typing import Any

from classroom.errors import NotNow
from classroom.lesson.subjects import Subject, articles_about
from classroom.types import Plan
from corpus.cleaning import clean
from corpus.language import READER_LANGUAGES
from rag.types import ReadingLevel

LONGEST_TITLE = 80
MINUTES = (15, 30, 45, 60, 90, 120, 240)
MORE_MINUTES = (5, 15)
_MOST_ARTICLES = 50


def read_plan(values: Mapping[str, Any], known: Sequence[str], offered: Sequence[Subject] = ()) -> Plan:
    """The plan of a form; `known` are the ids of the articles, `offered` what they tell of.

    Raises NotNow with what is wrong.
    """
    title = one_line(values.get("title"))
    if not title:
        raise NotNow("title_empty", 400)
    if len(title) > LONGEST_TITLE:
        raise NotNow("title_long", 400)
    language, minutes = values.get("language"), values.get("minutes")
    if language not in READER_LANGUAGES:
        raise NotNow("language_unknown", 400)
    if not isinstance(minutes, int) or minutes not in MINUTES:
        raise NotNow("minutes_wrong", 400)
    return Plan(
        title,
        str(language),
        _levels(values),
        _articles(values, known, offered),
        minutes,
        shares=values.get("shares") is True,
    )


def read_more(value: str) -> int:
    """By how many minutes a session is prolonged. Raises NotNow for what is not offered. Example: '15' -> 15"""
    offered = {str(minutes): minutes for minutes in MORE_MINUTES}
    if value not in offered:
        raise NotNow("minutes_wrong", 400)
    return offered[value]


def one_line(value: object) -> str:
    """A text as typed, without what cannot be seen; '' for what is no text."""
    return " ".join(clean(value[:10_000]).split()) if isinstance(value, str) else ""


def _levels(values: Mapping[str, Any]) -> tuple[ReadingLevel, ...]:
    """All levels from the youngest to the oldest that were chosen."""
    order = list(ReadingLevel)
    ends = [values.get(name) for name in ("youngest", "oldest")]
    if not all(end in order for end in ends):
        raise NotNow("levels_wrong", 400)
    first, last = (order.index(ReadingLevel(str(end))) for end in ends)
    if first > last:
        raise NotNow("levels_wrong", 400)
    return tuple(order[first : last + 1])


def _articles(values: Mapping[str, Any], known: Sequence[str], offered: Sequence[Subject]) -> tuple[str, ...]:
    """The articles that were chosen, and those about what was chosen; none means all.

    Sorted, so that two sessions with the same share their answers.
    """
    chosen, about = _list(values, "articles"), articles_about(_list(values, "topics"), offered)
    if about is None or set(chosen) - set(known):
        raise NotNow("articles_unknown", 400)
    if len(chosen) > _MOST_ARTICLES:
        raise NotNow("articles_many", 400)
    return tuple(sorted({*chosen, *about}))


def _list(values: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a list of a form. Raises NotNow for what is none."""
    chosen = values.get(name) or []
    if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
        raise NotNow("articles_unknown", 400)
    return chosen
