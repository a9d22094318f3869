"""Which questions are asked. Knows no model."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.types import Question, ReadingLevel


@dataclass(frozen=True)
class Asked:
    """A question of the file, under its id."""

    id: str
    question: Question


def load_answerable(path: Path) -> list[Asked]:
    """The questions that the articles answer, in the file's order."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Asked(entry["id"], Question(entry["question"], entry["language"], ReadingLevel(entry["level"])))
        for entry in entries
        if entry["answerable"]
    ]


def spread(asked: Sequence[Asked], count: int) -> list[Asked]:
    """`count` of them at even distances. Example: (a, b, c, d), 2 -> [a, c]"""
    count = min(count, len(asked))
    return [asked[place * len(asked) // count] for place in range(count)]


def warm_ups(asked: Sequence[Asked], chosen: Sequence[Asked]) -> list[Asked]:
    """For each language that was chosen, the first question that was not."""
    spare = {entry.question.language: entry for entry in reversed(asked) if entry not in chosen}
    languages = dict.fromkeys(entry.question.language for entry in chosen)
    return [spare[language] for language in languages if language in spare]
