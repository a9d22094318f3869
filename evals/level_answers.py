"""Does an answer fit its level, and does its difficulty rise with the level? Pure functions; knows no files.

An answer is 'eased' when it says something in easier words (or was written), 'quoted' when it only quotes: those are
counted apart. What is measured is what is read as the answer: easier words, or else the quotes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evals.scoring import EVERY_LANGUAGE, Share
from rag.reading_level import band
from rag.types import Answer, ReadingLevel, Status

Figures = dict[str, dict[str, Share]]
_ROUNDED = 1e-9


@dataclass(frozen=True)
class LevelAnswer:
    """An answer at a level: whether it says anything by itself, how hard it is, and whether that is inside the band."""

    id: str
    language: str
    level: ReadingLevel
    kind: str
    difficulty: float
    is_inside: bool
    is_in_language: bool
    row: Mapping[str, Any]


def judge(id_: str, answer: Answer) -> LevelAnswer:
    """What an answer is worth at its level; one in other languages than the reader's cannot be measured."""
    question, measured = answer.question, answer.readability
    own = [sentence.text for sentence in answer.sentences if sentence.is_written or sentence.is_eased]
    says_nothing = answer.status not in (Status.ANSWERED, Status.QUOTED)
    kind = "none" if says_nothing else "eased" if own else "quoted"
    quoted = {sentence.citations[0] for sentence in answer.sentences if sentence.is_quote}
    readable = bool(own) or all(e.article.language == question.language for e in answer.citations if e.number in quoted)
    row = {
        "id": id_, "language": question.language, "level": question.level.value, "kind": kind,
        "difficulty": round(measured.difficulty, 1), "own": own,
        "quotes": [e.text for e in answer.citations if e.number in quoted],
    }  # fmt: skip
    inside = band(question.level, question.language).holds(measured.difficulty)
    return LevelAnswer(id_, question.language, question.level, kind, measured.difficulty, inside, readable, row)


def shares(answers: Sequence[LevelAnswer]) -> Figures:
    """Row by row, by language and for all: the shares inside the band, and of questions that get harder by level."""
    hits, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    rows = dict.fromkeys(row for answer in answers for row, _ in _counted(answer))
    for answer in answers:
        for row, hit in _counted(answer):
            _count(hits, of, row, answer.language, hit)
    questions = defaultdict[str, list[LevelAnswer]](list)
    for answer in answers:
        questions[answer.id].append(answer)
    for told in questions.values():
        for row, hit in _rising(told):
            rows[row] = None
            _count(hits, of, row, told[0].language, hit)
    columns = [EVERY_LANGUAGE, *dict.fromkeys(answer.language for answer in answers)]
    order = sorted(rows, key=lambda row: (row.startswith("harder"), row.split(":")[0]))
    return {row: {column: Share(hits[row, column], of[row, column]) for column in columns} for row in order}


def _count(hits: Counter[tuple[str, str]], of: Counter[tuple[str, str]], row: str, language: str, hit: bool) -> None:
    for column in (language, EVERY_LANGUAGE):
        of[row, column] += 1
        hits[row, column] += hit


def _counted(answer: LevelAnswer) -> Iterator[tuple[str, bool]]:
    """The rows that an answer counts in, and whether it is a hit there."""
    if answer.kind == "none" or not answer.is_in_language:
        return
    yield f"said in easier words: {answer.level.value}", answer.kind == "eased"
    yield f"inside, {answer.kind}: {answer.level.value}", answer.is_inside
    yield f"inside, all: {answer.level.value}", answer.is_inside
    if answer.kind == "eased":
        yield "inside, eased: all levels", answer.is_inside


def _rising(told: Sequence[LevelAnswer]) -> Iterator[tuple[str, bool]]:
    """Whether one question's answers get harder from level to level; those that cannot be measured do not count."""
    if any(answer.kind == "none" or not answer.is_in_language for answer in told):
        return
    steps = [later.difficulty - sooner.difficulty for sooner, later in pairwise(told)]
    yield "harder from level to level: strictly", all(step > _ROUNDED for step in steps)
    yield "harder from level to level: never easier", all(step > -_ROUNDED for step in steps)
    yield "harder from level to level: child < adult", told[-1].difficulty - told[0].difficulty > _ROUNDED


def render(figures: Figures, baseline: Mapping[str, Mapping[str, Sequence[int]]]) -> str:
    """The table. Example of a cell: '9/10 90 % (60–98) +2', the last number against the baseline in points."""
    columns = list(next(iter(figures.values()), {}))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for row, cells in figures.items():
        told = [_cell(share, baseline.get(row, {}).get(column)) for column, share in cells.items()]
        lines.append(f"| {row} | " + " | ".join(told) + " |")
    return "\n".join(lines)


def _cell(share: Share, before: Sequence[int] | None) -> str:
    if not share.of:
        return "–"
    low, high = share.interval
    cell = f"{share.hits}/{share.of} {share.percent:.0f} % ({low:.0f}–{high:.0f})"
    return cell + (f" {share.percent - Share(*before).percent:+.0f}" if before and before[1] else "")
