"""The times and the money that a sentence names: months, weekdays, how long, how often, currencies. No numbers."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.types import Evidence, Question
from rag.words.quantities import months, numbers
from rag.words.wording import mentions, read_as, words

_SIGNS = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CURRENCIES = ("euro", "dollar", "pound", "yen", "franc")
UNITS = ("day", "week", "month", "year", "hour", "minute", "second")


def other_times(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Months, days and currencies that are not in the evidence, and durations where it has others: "time 'week'"."""
    told = [(f"{item.text} \n{item.article.title}", language) for item in evidence for language in read_as(item)]
    if claimed := months(text, question.language):
        claimed -= {month for said, language in told for month in months(said, language) | numbers(said, language)}
        yield from (f"month '{month}'" for month in sorted(claimed))
    for name in (*WEEKDAYS, *CURRENCIES):
        if _names(text, question.language, name) and not any(_names(*said, name) for said in told):
            yield f"{'day' if name in WEEKDAYS else 'currency'} '{name}'"
    if named := durations(text, question.language):
        known = {unit for unit in UNITS if any(mentions(*said, unit) for said in told)}
        yield from (f"time '{unit}'" for unit in UNITS if known and unit in named - known)


def _names(text: str, language: str, name: str) -> bool:
    """Whether a text names a weekday or a currency, in words or by its sign. Example: '3 €', 'fr', 'euro' -> True"""
    return bool(mentions(text, language, name)) or any(_SIGNS.get(sign) == name for sign in text)


def durations(text: str, language: str) -> set[str]:
    """The times that stand for how long or how often. Example: 'Le jour de ses trois semaines', 'fr' -> {'week'}"""
    named = set()
    for before, word in pairwise(("", *words(text))):
        if not (mentions(word, language, "singular") and mentions(before, language, "the")):
            named |= {unit for unit in UNITS if mentions(word, language, unit)}
    return named
