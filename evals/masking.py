"""What children tell of themselves, and how much of it is masked: `python -m evals.masking`. Needs no model.

The sentences of `masking.jsonl` were written for this: one half is tuned on, the other only tested on. What is masked
in questions about the news, which tell of nobody who asks, is masked falsely.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.scoring import EVERY_LANGUAGE, Share
from safety import mask

SENTENCES = Path(__file__).with_name("masking.jsonl")
BASELINE = Path(__file__).with_name("masking_baseline.json")
_NEWS = ("dev_questions.jsonl", "gate_questions.jsonl", "seed_questions.jsonl")
_OUTSIDE = ("piaf_questions.jsonl", "xquad_questions.jsonl")


def left_over(line: dict[str, Any]) -> list[str]:
    """What of a sentence should be masked and is not."""
    masked = mask(line["text"]).text
    return [piece for piece in line["hide"] if piece in masked]


def measure(lines: list[dict[str, Any]]) -> dict[str, dict[str, Share]]:
    """How many sentences tell nothing any more, by half, kind and language."""
    hits, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for line in lines:
        for row in (line["split"], f"{line['split']}: {line['kinds'][0]}"):
            for column in (line["language"], EVERY_LANGUAGE):
                of[row, column] += 1
                hits[row, column] += not left_over(line)
    rows = dict.fromkeys(row for row, _ in of)
    return {row: {column: Share(hits[row, column], of[row, column]) for r, column in of if r == row} for row in rows}


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
    lines = read(SENTENCES)
    figures = measure(lines)
    files = [*(SENTENCES.with_name(name) for name in _NEWS), *(data / name for name in _OUTSIDE)]
    news = [line["question"] for path in files for line in read(path) if "question" in line]
    falsely = falsely_masked(news)
    figures["news questions masked falsely"] = {EVERY_LANGUAGE: Share(len(falsely), len(news))}
    for name, row in figures.items():
        cells = ", ".join(f"{column} {share.hits}/{share.of}" for column, share in row.items())
        low, high = row[EVERY_LANGUAGE].interval
        typer.echo(f"{name}: {row[EVERY_LANGUAGE].percent:.1f} % ({low:.1f}–{high:.1f}); {cells}")
    for line in lines if show else ():
        if line["split"] == "tune" and (left := left_over(line)):
            typer.echo(f"  {left} in {mask(line['text']).text!r}")
    for question in falsely[:20] if show else ():
        typer.echo(f"  falsely: {mask(question).text!r}")
    if write:
        kept = {name: {c: [share.hits, share.of] for c, share in row.items()} for name, row in figures.items()}
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
