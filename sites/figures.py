"""What a site's readers asked, as its editors see it: counted, and put together where the same was asked.

Pure: knows neither the disk nor HTML. Nothing here tells who asked, or when on a day.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.types import ReadingLevel
from sites.types import Correction, Kept, Opinion, Tally

_MOST_UNANSWERED = 40
_AGES = ("week", "month", "year", "older", "undated")


@dataclass(frozen=True)
class AskedAlike:
    """The same question about the same article, however often it was asked; `kept` is its newest answer."""

    kept: Kept
    count: int
    newest: date
    opinions: Mapping[Opinion, int]
    correction: Correction | None = None


@dataclass(frozen=True)
class Figures:
    """How often each outcome, level, language and opinion was met, by its name, the most frequent first.

    `levels`: the easiest first. `ages`: how old the articles were that told something, the freshest first.
    """

    statuses: Sequence[tuple[str, int]]
    levels: Sequence[tuple[str, int]]
    languages: Sequence[tuple[str, int]]
    opinions: Sequence[tuple[str, int]]
    ages: Sequence[tuple[str, int]]


def figures(tallies: Sequence[Tally], others: Mapping[str, int]) -> Figures:
    """Counts of all answers, and of the `others` that nothing but their status is kept of."""
    ages = _counted(tallies, lambda each: each.age)
    levels = _counted(tallies, lambda each: each.level)
    return Figures(
        (_counted(tallies, lambda each: each.status) + Counter(others)).most_common(),
        [(level.value, levels[level.value]) for level in ReadingLevel if levels[level.value]],
        _counted(tallies, lambda each: each.language).most_common(),
        _counted(tallies, lambda each: each.opinion).most_common(),
        [(age, ages[age]) for age in _AGES if ages[age]],
    )


def _counted(tallies: Sequence[Tally], name: Callable[[Tally], str | None]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for tally in tallies:
        if value := name(tally):
            counted[value] += tally.questions
    return counted


def asked_alike(answers: Sequence[Kept]) -> list[AskedAlike]:
    """The questions, the most frequent first, then the newest, then by their letters."""
    groups: dict[tuple[str, str, str], list[Kept]] = {}
    for kept in answers:
        question = kept.answer.question
        said = " ".join(question.text.casefold().split()).rstrip(" ?!.\u00a0")
        groups.setdefault((kept.article_id, question.language, said), []).append(kept)
    alike = [_alike(group) for group in groups.values()]
    return sorted(alike, key=lambda each: (-each.count, -each.newest.toordinal(), each.kept.answer.question.text))


def unanswered(alike: Sequence[AskedAlike]) -> list[AskedAlike]:
    """What the articles could not tell."""
    return [each for each in alike if not each.kept.answer.tells][:_MOST_UNANSWERED]


def _alike(group: Sequence[Kept]) -> AskedAlike:
    newest = max(group, key=lambda kept: (kept.day, kept.id))
    opinions = Counter(kept.opinion for kept in group if kept.opinion)
    return AskedAlike(newest, len(group), newest.day, opinions)
