"""What a question itself says about where to look: a time, an outlet, readers' comments. Knows no articles."""

import re
import tomllib
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from babel import Locale

from corpus.types import Kind
from rag.filters import Filters
from rag.types import Question

_TIME_WORDS = Path(__file__).with_name("time_words.toml")
_LEAST_OUTLET = 4  # letters; a shorter name is too often a word
_YEAR = r"((?:19|20)\d\d)"
_DAY = timedelta(days=1)
Period = tuple[date, date]


def limits(question: Question, outlets: Iterable[str], today: date) -> Filters:
    """The time of publication and the outlet that a question names, and whether it asks for readers' comments.

    Example: ('Que dit Le Monde cette semaine ?', ['Le Monde'], 2025-11-21) -> outlet 'Le Monde', since 2025-11-15
    """
    since, until = period(question.text, question.language, today) or (None, None)
    named = (
        name
        for name in outlets
        if len(name) >= _LEAST_OUTLET and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question.text)
    )
    kind = Kind.COMMENTS if asks_for_readers(question) else None
    return Filters(kind=kind, outlet=max(named, key=len, default=None), since=since, until=until)


def asks_for_readers(question: Question) -> bool:
    """Whether a question asks what readers say. Example: 'Che cosa pensano i lettori?' -> True"""
    return _says(_fold(question.text), _time_words()[question.language]["readers"])


def period(text: str, language: str, today: date) -> Period | None:
    """The first and the last day of the time that a text names, in one of the readers' languages."""
    words, folded = _time_words().get(language), _fold(text)
    if words is None:
        return None
    for name, days in _RELATIVE.items():
        if _says(folded, words[name]):
            return days(today)
    if since := _named(folded, words["from"], language, today):
        return since[0], max(since[1], today)
    return _named(folded, words["before"], language, today)


def _says(folded: str, phrases: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(_fold(phrase))}(?!\w)", folded) for phrase in phrases)


def _named(folded: str, before: list[str], language: str, today: date) -> Period | None:
    """A year, or a month with or without its year: the last such month when it has none."""
    months = _months(language)
    preposition = f"(?:{'|'.join(map(_fold, before))})"
    found = re.search(rf"\b{preposition} (?:({'|'.join(months)})\b(?: (?:de |del )?{_YEAR}\b)?|{_YEAR}\b)", folded)
    if found is None:
        return None
    month, its_year, year = found.groups()
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    number = months[month]
    return _month(int(its_year) if its_year else today.year - (number > today.month), number)


def _month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _last_month(today: date) -> Period:
    end = today.replace(day=1) - _DAY
    return end.replace(day=1), end


def _last_week(today: date) -> Period:
    monday = today - today.weekday() * _DAY
    return monday - 7 * _DAY, monday - _DAY


_RELATIVE: dict[str, Callable[[date], Period]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (today - _DAY, today - _DAY),
    "this_week": lambda today: (today - 6 * _DAY, today),
    "last_week": _last_week,
    "this_month": lambda today: (today.replace(day=1), today),
    "last_month": _last_month,
    "this_year": lambda today: (date(today.year, 1, 1), today),
    "last_year": lambda today: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}


@cache
def _time_words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_TIME_WORDS.read_text(encoding="utf-8"))


@cache
def _months(language: str) -> dict[str, int]:
    """Example: 'fr' -> {'janvier': 1, …}"""
    return {_fold(name): number for number, name in Locale(language).months["format"]["wide"].items()}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
