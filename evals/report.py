"""Figures -> the Markdown table and the baseline file. Knows no models and no questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import ActuclairError
from evals.scoring import Summary

_MEASURES = {  # the fields of a Verdict
    "retrieved_first": "right article retrieved first",
    "cited_first": "right article first",
    "right": "answer right",
    "right_own": "right in its own words",
    "refused_wrongly": "wrongly refused",
    "unsure_wrongly": "not sure, though answerable",
    "refused_rightly": "rightly refused",
    "answered_wrongly": "answered, though unanswerable",
}
_SECONDS = {"first_sentence_s": "seconds to first sentence", "total_s": "seconds in total"}
_NOTHING = "–"


@dataclass(frozen=True)
class Machine:
    """What the figures were measured with."""

    cores: int
    embedder: str
    writer: str
    date: str


@dataclass(frozen=True)
class Figures:
    """What a run found: a summary by language and one of `all`."""

    machine: Machine
    languages: Mapping[str, Summary]


class BaselineInvalid(ActuclairError):
    """The baseline file cannot be read."""

    def __init__(self, path: Path, reason: str):
        super().__init__(
            f"The baseline '{path}' cannot be read: {reason}. Restore it, or delete it and write a new one."
        )


_BASELINES = TypeAdapter(dict[str, Figures])


def read_baselines(path: Path) -> dict[str, Figures]:
    """Earlier figures by the stem of their file of questions; none without a file. Raises BaselineInvalid."""
    if not path.exists():
        return {}
    try:
        return _BASELINES.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise BaselineInvalid(path, f"{first['msg']} at {'.'.join(map(str, first['loc'])) or 'its start'}") from error


def write_baseline(path: Path, stem: str, figures: Figures) -> None:
    """Replace one set's figures; those of other sets stay. Raises BaselineInvalid."""
    baselines = read_baselines(path) | {stem: figures}
    path.write_text(json.dumps(_BASELINES.dump_python(baselines, mode="json"), indent=1) + "\n", encoding="utf-8")


def render(stem: str, figures: Figures, baseline: Figures | None) -> str:
    """The report: what was measured with what, and the table, with differences where the baseline compares."""
    lines = [f"# {stem}", "", f"Measured with {_describe(figures.machine)}."]
    if baseline is not None:
        lines.append(
            f"Baseline: {_describe(baseline.machine)}. The signed number in a cell is the difference from it, in "
            "points or seconds; a column that has other questions than the baseline shows none."
        )
    return "\n".join([*lines, "", *_align(_rows(figures, baseline)), ""])


def _describe(machine: Machine) -> str:
    return f"{machine.writer} and {machine.embedder} on {machine.cores} cores, {machine.date}"


def _rows(figures: Figures, baseline: Figures | None) -> list[list[str]]:
    columns = figures.languages
    earlier = {language: _comparable(summary, language, baseline) for language, summary in columns.items()}
    rows = [["", *columns], ["n (answerable + not)", *(f"{s.answerable} + {s.unanswerable}" for s in columns.values())]]
    for measure, label in _MEASURES.items():
        rows.append([label, *(_share_cell(measure, s, earlier[language]) for language, s in columns.items())])
    for field, label in _SECONDS.items():
        rows.append([label, *(_seconds_cell(field, s, earlier[language]) for language, s in columns.items())])
    return rows


def _comparable(summary: Summary, language: str, baseline: Figures | None) -> Summary | None:
    """The baseline of a column, when it was made of as many questions."""
    earlier = baseline.languages.get(language) if baseline else None
    if earlier is None:
        return None
    same = (earlier.answerable, earlier.unanswerable) == (summary.answerable, summary.unanswerable)
    return earlier if same else None


def _share_cell(measure: str, summary: Summary, earlier: Summary | None) -> str:
    """Example: 9 of 10, 8 of 10 before -> '90 % (60–98) +10'"""
    share = summary.shares[measure]
    if not share.of:
        return _NOTHING
    low, high = share.interval
    cell = f"{share.percent:.0f} % ({low:.0f}–{high:.0f})"
    before = earlier.shares.get(measure) if earlier else None
    return cell + (f" {share.percent - before.percent:+.0f}" if before else "")


def _seconds_cell(field: str, summary: Summary, earlier: Summary | None) -> str:
    seconds: float = getattr(summary, field)
    return f"{seconds:.1f}" + (f" {seconds - getattr(earlier, field):+.1f}" if earlier else "")


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as a Markdown table that reads well unrendered too; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)) + " |" for row in rows]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]
