"""Do answers fit the level that is asked for? `python -m evals.levels --help`.

Asks every question at all four levels without a language model: what is too hard is put into easier words by rules.
level_answers.py counts. Knows no rules.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.progress import track

from cli.edge import command, console, load_settings, read_batch
from corpus.reading import read_source
from evals.level_answers import LevelAnswer, judge, render, shares
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_workspace
from rag.explainer import Explainer
from rag.index.ingest import ingest
from rag.types import ReadingLevel

BASELINE = Path(__file__).with_name("levels_baseline.json")


@command
def main(
    questions: Annotated[Path, typer.Option(help="The set: one question a line.")] = Path("evals/seed_questions.jsonl"),
    articles: Annotated[Path, typer.Option(help="The folder of the articles.")] = Path("../shared/seeds"),
    out: Annotated[Path, typer.Option(help="Where the answers are written.")] = Path("var/evals"),
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
) -> None:
    """Ask at four levels, and print how many answers are inside the band, by language and level."""
    if not articles.is_dir():
        typer.echo(f"Skipped: there is no folder '{articles}' with the articles. Name one with --articles.")
        return
    entries = [entry for entry in read_batch(questions) if entry.get("answerable", True)]
    answers = list(_answers(entries, articles))
    out.mkdir(parents=True, exist_ok=True)
    kept = out / f"levels-{questions.stem}.jsonl"
    kept.write_text("".join(json.dumps(answer.row, ensure_ascii=False) + "\n" for answer in answers), encoding="utf-8")
    baselines = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    figures = shares(answers)
    typer.echo(render(figures, baselines.get(questions.stem, {})))
    if write:
        _keep(questions.stem, figures, baselines)
    console.print(f"Written: {kept}", soft_wrap=True)


def _answers(entries: Sequence[Mapping[str, Any]], articles: Path) -> Iterator[LevelAnswer]:
    """Each question at each level, about the articles of a folder, from a data folder that is gone afterwards."""
    with TemporaryDirectory(prefix="actuclair-levels-") as home:
        settings = load_settings(home=Path(home))
        with open_workspace(settings) as workspace:
            ingest(read_source(articles), workspace)
            explainer = open_explainer(workspace, None, settings)
            for entry in track(entries, "Asking", console=console):
                yield from _at_all_levels(entry, explainer)


def _at_all_levels(entry: Mapping[str, Any], explainer: Explainer) -> Iterator[LevelAnswer]:
    for level in ReadingLevel:
        asked = make_question(entry["question"], entry["language"], level.value, entry["language"])
        yield judge(entry["id"], explainer.answer(asked))


def _keep(stem: str, figures: Mapping[str, Mapping[str, Any]], baselines: dict[str, Any]) -> None:
    row = {name: {column: [share.hits, share.of] for column, share in row.items()} for name, row in figures.items()}
    BASELINE.write_text(json.dumps(baselines | {stem: row}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
