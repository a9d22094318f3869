"""What a site's readers asked, as its editors see it: counted, and put together where the same was asked.

Pure: knows neither the disk nor HTML. Nothing here tells who asked, or when on a day.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.types import Status
from sites.types import Correction, Kept, Opinion

_MOST_UNANSWERED = 40


@dataclass(frozen=True)
class AskedAlike:
    """The same question about the same article, however often it was asked; `kept` is its newest answer."""

    kept: Kept
    count: int
    newest: date
    opinions: Mapping[Opinion, int]
    correction: Correction | None


@dataclass(frozen=True)
class Figures:
    """How often each status, level, language and opinion was met, by its name, the most frequent first."""

    questions: int
    statuses: Sequence[tuple[str, int]]
    levels: Sequence[tuple[str, int]]
    languages: Sequence[tuple[str, int]]
    opinions: Sequence[tuple[str, int]]


def figures(answers: Sequence[Kept], others: Mapping[str, int]) -> Figures:
    """Counts of answers, and of the `others` that nothing but their status is kept of."""
    statuses = Counter(kept.answer.status.value for kept in answers) + Counter(others)
    return Figures(
        sum(statuses.values()),
        statuses.most_common(),
        Counter(kept.answer.question.level.value for kept in answers).most_common(),
        Counter(kept.answer.question.language for kept in answers).most_common(),
        Counter(kept.opinion.value for kept in answers if kept.opinion).most_common(),
    )


def asked_alike(answers: Sequence[Kept], correction: Callable[[Kept], Correction | None]) -> list[AskedAlike]:
    """The questions, the most frequent first, then the newest, then by their letters."""
    groups: dict[tuple[str, str, str], list[Kept]] = {}
    for kept in answers:
        question = kept.answer.question
        said = " ".join(question.text.casefold().split()).rstrip(" ?!.\u00a0")
        groups.setdefault((kept.article_id, question.language, said), []).append(kept)
    alike = [_alike(group, correction) for group in groups.values()]
    return sorted(alike, key=lambda each: (-each.count, -each.newest.toordinal(), each.kept.answer.question.text))


def unanswered(alike: Sequence[AskedAlike]) -> list[AskedAlike]:
    """What the articles could not tell."""
    return [each for each in alike if each.kept.answer.status is Status.NO_EVIDENCE][:_MOST_UNANSWERED]


def _alike(group: Sequence[Kept], correction: Callable[[Kept], Correction | None]) -> AskedAlike:
    newest = max(group, key=lambda kept: (kept.day, kept.id))
    opinions = Counter(kept.opinion for kept in group if kept.opinion)
    return AskedAlike(newest, len(group), newest.day, opinions, correction(newest))
