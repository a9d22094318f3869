"""What children tell of themselves, and how much of it is masked: `python -m evals.masking`. Needs no model.

The sentences of `masking.jsonl` were written for this: one half is tuned on, the other only tested on. Each is measured
in small letters too. `masking_small_letters.jsonl` has others, typed as children type, and look-alikes that tell
nothing: what is masked of these, and in questions about the news, which tell of nobody who asks, is masked falsely.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.scoring import EVERY_LANGUAGE, Share
from safety import mask

SENTENCES = Path(__file__).with_name("masking.jsonl")
CHILDREN = Path(__file__).with_name("masking_small_letters.jsonl")
BASELINE = Path(__file__).with_name("masking_baseline.json")
_NEWS = ("dev_questions.jsonl", "gate_questions.jsonl", "seed_questions.jsonl")
_OUTSIDE = ("piaf_questions.jsonl", "xquad_questions.jsonl")


def left_over(line: dict[str, Any]) -> list[str]:
    """What of a sentence should be masked and is not."""
    masked = mask(line["text"]).text
    return [piece for piece in line["hide"] if piece in masked]


def in_small_letters(line: dict[str, Any]) -> dict[str, Any]:
    """Example: {'text': "C'est Jade", 'hide': ['Jade']} -> {'text': "c'est jade", 'hide': ['jade']}"""
    return {**line, "text": line["text"].lower(), "hide": [piece.lower() for piece in line["hide"]]}


def taken_away(line: dict[str, Any]) -> list[str]:
    """What of a sentence tells nothing of the reader, and is masked all the same."""
    masked = mask(line["text"]).text
    return [piece for piece in line["keep"] if piece not in masked]


def measure(lines: list[dict[str, Any]]) -> dict[str, dict[str, Share]]:
    """How many sentences tell nothing any more, by half, kind and language."""
    hits, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for line in lines:
        for row in (line["split"], f"{line['split']}: {line['kinds'][0]}"):
            for column in (line["language"], EVERY_LANGUAGE):
                of[row, column] += 1
                hits[row, column] += not left_over(line)
    return _shares(hits, of)


def measure_kept(lines: list[dict[str, Any]]) -> dict[str, dict[str, Share]]:
    """How many sentences keep what tells nothing of the reader, by half and language."""
    hits, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for line in lines:
        for column in (line["language"], EVERY_LANGUAGE) if line["keep"] else ():
            of[line["split"], column] += 1
            hits[line["split"], column] += not taken_away(line)
    return _shares(hits, of)


def _shares(hits: Counter[tuple[str, str]], of: Counter[tuple[str, str]]) -> dict[str, dict[str, Share]]:
    rows = dict.fromkeys(row for row, _ in of)
    return {row: {column: Share(hits[row, column], of[row, column]) for r, column in of if r == row} for row in rows}


def every_figure(lines: list[dict[str, Any]], children: list[dict[str, Any]]) -> dict[str, dict[str, Share]]:
    """The rows of both sets: as typed, in small letters, as children type, and what is left alone."""
    small, told = [in_small_letters(line) for line in lines], [line for line in children if line["hide"]]
    return {
        **measure(lines),
        **{f"{row}, in small letters": shares for row, shares in measure(small).items()},
        **{f"{row}, as children type": shares for row, shares in measure(told).items()},
        **{f"{row}, the question kept": shares for row, shares in measure_kept(told).items()},
        **{
            f"{row}, look-alikes left alone": shares
            for row, shares in measure_kept([line for line in children if not line["hide"]]).items()
        },
    }


def falsely_masked(questions: list[str]) -> list[str]:
    """Questions about the news of which something is masked."""
    return [question for question in questions if mask(question).kinds]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def main(
    data: Annotated[Path, typer.Option(help="The folder of the sets outside the project.")] = Path("../shared/evals"),
    show: Annotated[bool, typer.Option("--show", help="Print what is left over of sentences to tune on.")] = False,
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
) -> None:
    """Mask every sentence of the set, and questions about the news."""
    lines, children = read(SENTENCES), read(CHILDREN)
    figures = every_figure(lines, children)
    files = [*(SENTENCES.with_name(name) for name in _NEWS), *(data / name for name in _OUTSIDE)]
    news = [line["question"] for path in files for line in read(path) if "question" in line]
    falsely, falsely_small = falsely_masked(news), falsely_masked([question.lower() for question in news])
    figures["news questions masked falsely"] = {EVERY_LANGUAGE: Share(len(falsely), len(news))}
    figures["news questions in small letters masked falsely"] = {EVERY_LANGUAGE: Share(len(falsely_small), len(news))}
    for name, row in figures.items():
        cells = ", ".join(f"{column} {share.hits}/{share.of}" for column, share in row.items())
        low, high = row[EVERY_LANGUAGE].interval
        typer.echo(f"{name}: {row[EVERY_LANGUAGE].percent:.1f} % ({low:.1f}–{high:.1f}); {cells}")
    if show:
        _show([*lines, *map(in_small_letters, lines), *children], [*falsely, *falsely_small])
    if write:
        kept = {name: {c: [share.hits, share.of] for c, share in row.items()} for name, row in figures.items()}
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _show(lines: list[dict[str, Any]], falsely: list[str]) -> None:
    for line in lines:
        if line["split"] != "tune":
            continue
        if left := left_over(line):
            typer.echo(f"  {left} in {mask(line['text']).text!r}")
        if lost := taken_away({"keep": [], **line}):
            typer.echo(f"  lost {lost} in {mask(line['text']).text!r}")
    for question in falsely[:20]:
        typer.echo(f"  falsely: {mask(question).text!r}")


if __name__ == "__main__":
    typer.run(main)
