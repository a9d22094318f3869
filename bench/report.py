"""What was measured -> medians, ratios and tables. Knows no clock and no model."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Side(StrEnum):
    """Who answered."""

    TUTORIAL = "tutorial"
    ACTUCLAIR = "actuclair"


class Work(StrEnum):
    """What was done with the passages: indexed, or only embedded."""

    INGEST = "ingest"
    EMBED = "embed"


@dataclass(frozen=True)
class Turn:
    """One question answered by one side; seconds from the question on.

    `place`: 1 for who went first. `in_own_language`: whether the best evidence is in the question's language, so that
    Actuclair's model writes. `written_s`: its first sentence of its own. `repeated_s`: the whole answer, asked again.
    """

    question_id: str
    language: str
    side: Side
    place: int
    in_own_language: bool
    first_text_s: float
    first_sentence_s: float
    total_s: float
    evidence_s: float | None
    status: str
    text: str
    repeated_s: float | None = None
    written_s: float | None = None


@dataclass(frozen=True)
class IngestRound:
    """The same passages gone through once; `characters` are those that the embedder read."""

    work: Work
    passages: int
    characters: int
    seconds: float


@dataclass(frozen=True)
class Machine:
    """Where and when, and with which models."""

    cpu: str
    cores: int
    system: str
    python: str
    date: str
    embedder: str
    writer: str


@dataclass(frozen=True)
class Results:
    """All that a run measured; memory in MiB. `whole_run_mib` is the peak of the process that held both sides."""

    machine: Machine
    turns: tuple[Turn, ...]
    ingest: tuple[IngestRound, ...]
    alone_mib: dict[Side, float]
    whole_run_mib: float


@dataclass(frozen=True)
class Row:
    """One line of a table; a side that was not measured has None."""

    name: str
    tutorial: float | None
    actuclair: float

    @property
    def ratio(self) -> float | None:
        """How many times the tutorial's figure is Actuclair's. Example: 9 s, 3 s -> 3.0"""
        return None if self.tutorial is None or self.actuclair == 0 else self.tutorial / self.actuclair


_TIMES: dict[str, Callable[[Turn], float | None]] = {
    "first shown text (s)": lambda turn: turn.first_text_s,
    "first shown sentence (s)": lambda turn: turn.first_sentence_s,
    "first sentence in own words (s)": lambda turn: turn.written_s or _if_tutorial(turn),
    "evidence shown (s)": lambda turn: turn.evidence_s,
    "whole answer (s)": lambda turn: turn.total_s,
    "- from the question's language (s)": lambda turn: turn.total_s if turn.in_own_language else None,
    "- from another language (s)": lambda turn: None if turn.in_own_language else turn.total_s,
    "whole answer, asked again (s)": lambda turn: turn.repeated_s,
}


def _if_tutorial(turn: Turn) -> float | None:
    """The tutorial has no words but its model's."""
    return turn.first_sentence_s if turn.side is Side.TUTORIAL else None


def answer_rows(results: Results) -> list[Row]:
    """Medians over the questions, then the peak memory of a process that holds one side only."""
    rows = []
    for name, read in _TIMES.items():
        tutorial, actuclair = (_median(_of(results.turns, side, read)) for side in Side)
        if actuclair is not None:
            rows.append(Row(name, tutorial, actuclair))
    memory = results.alone_mib
    return [*rows, Row("peak memory, alone (MiB)", memory[Side.TUTORIAL], memory[Side.ACTUCLAIR])]


def speed(rounds: Iterable[IngestRound], work: Work) -> tuple[float, float]:
    """Median passages and characters a second."""
    chosen = [entry for entry in rounds if entry.work is work]
    return (
        median(entry.passages / entry.seconds for entry in chosen),
        median(entry.characters / entry.seconds for entry in chosen),
    )


def to_markdown(results: Results) -> str:
    """The tables for people."""
    count = len(results.turns) // len(Side)
    return "\n".join([
        "# Actuclair beside the tutorial pipeline",
        "",
        _where(results.machine),
        "",
        f"## Answers: medians over {count} questions",
        "",
        *_table(("", "tutorial", "Actuclair", "tutorial / Actuclair"), map(_row_cells, answer_rows(results))),
        "",
        f"Peak memory of the whole run, both sides on one set of models: {results.whole_run_mib:.0f} MiB.",
        "",
        "## Ingest: medians",
        "",
        *_table(("", "passages/s", "characters/s"), _speed_cells(results.ingest)),
        "",
        "## Every question",
        "",
        *_table(
            ("question", "side", "turn", "own language", "first sentence (s)", "whole answer (s)", "status"),
            map(_turn_cells, results.turns),
        ),
        "",
        f"Actuclair's answers: {_statuses(results.turns)}.",
        "",
    ])  # fmt: skip


def _where(machine: Machine) -> str:
    return (
        f"{machine.date}, {machine.cpu}, {machine.cores} cores, {machine.system}, Python {machine.python}; "
        f"embedder {machine.embedder}, language model {machine.writer}."
    )


def _of(turns: Sequence[Turn], side: Side, read: Callable[[Turn], float | None]) -> list[float]:
    values = (read(turn) for turn in turns if turn.side is side)
    return [value for value in values if value is not None]


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _row_cells(row: Row) -> list[str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return [row.name, "" if row.tutorial is None else _figure(row.tutorial), _figure(row.actuclair), ratio]


def _figure(value: float) -> str:
    """Example: 1234.5 -> '1234'; 1.234 -> '1.23'; 0.0123 -> '0.0123'"""
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def _speed_cells(rounds: Sequence[IngestRound]) -> list[list[str]]:
    ingest, embed = speed(rounds, Work.INGEST), speed(rounds, Work.EMBED)
    shares = [f"{100 * a / b:.0f} %" for a, b in zip(ingest, embed, strict=True)]
    return [
        ["ingest", *map(_figure, ingest)],
        ["the embedder alone", *map(_figure, embed)],
        ["ingest / embedder", *shares],
    ]


def _turn_cells(turn: Turn) -> list[str]:
    times = (turn.first_sentence_s, turn.total_s)
    own = "yes" if turn.in_own_language else "no"
    return [turn.question_id, turn.side.value, str(turn.place), own, *map(_figure, times), turn.status]


def _statuses(turns: Iterable[Turn]) -> str:
    counts = Counter(turn.status for turn in turns if turn.side is Side.ACTUCLAIR)
    return ", ".join(f"{count} {status}" for status, count in counts.most_common())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
