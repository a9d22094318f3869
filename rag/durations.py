"""The times that a sentence names: months, and how long or how often. Knows no numbers and no years."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.quantities import months, numbers
from rag.types import Evidence, Question
from rag.wording import mentions, read_as, words

UNITS = ("day", "week", "month", "year", "hour", "minute", "second")


def other_times(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Months that are not in the evidence, and durations where it has others: "month '3'", "time 'week'"."""
    told = [(f"{item.text} \n{item.article.title}", language) for item in evidence for language in read_as(item)]
    if claimed := months(text, question.language):
        claimed -= {month for said, language in told for month in months(said, language) | numbers(said, language)}
        yield from (f"month '{month}'" for month in sorted(claimed))
    if named := durations(text, question.language):
        known = {unit for unit in UNITS if any(mentions(*said, unit) for said in told)}
        yield from (f"time '{unit}'" for unit in UNITS if known and unit in named - known)


def durations(text: str, language: str) -> set[str]:
    """The times that stand for how long or how often. Example: 'Le jour de ses trois semaines', 'fr' -> {'week'}"""
    named = set()
    for before, word in pairwise(("", *words(text))):
        if not (mentions(word, language, "singular") and mentions(before, language, "the")):
            named |= {unit for unit in UNITS if mentions(word, language, unit)}
    return named
