"""Ask every question of a set with the real models, judge the answers, print the table next to the baseline.

`python -m evals.run --help`. asking.py asks, scoring.py judges, report.py draws the table.
"""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.edge import MISUSE, command, complain, console, read_batch
from evals.report import read_baselines, render, write_baseline
from evals.scoring import EvalQuestion

BASELINE = Path(__file__).parent / "baseline.json"


@command
def main(
    questions: Annotated[Path, typer.Option(help="The set: one question a line.")] = Path("evals/seed_questions.jsonl"),
    articles: Annotated[Path, typer.Option(help="The folder of the articles.")] = Path("../shared/seeds"),
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first ones.")] = None,
    language: Annotated[str | None, typer.Option(help="Ask, or show, only those in one language.")] = None,
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
    out: Annotated[Path, typer.Option(help="Where the answers and the table are written.")] = Path("var/evals"),
    show: Annotated[
        int | None, typer.Option(min=1, help="Ask nothing; print N answers a language of the last run.")
    ] = None,
) -> None:
    """Ask the questions of a set and judge the answers."""
    answers = out / f"{questions.stem}.jsonl"
    if show is not None:
        _show(answers, show, language)
    elif write and (limit is not None or language is not None):
        complain("A baseline is made of all questions: leave out --limit and --language, or --write-baseline.")
        raise typer.Exit(MISUSE)
    elif not articles.is_dir():
        typer.echo(f"Skipped: there is no folder '{articles}' with the articles. Name one with --articles.")
    else:
        _run(_choose(questions, language, limit), articles, answers, write)


def _choose(path: Path, language: str | None, limit: int | None) -> list[EvalQuestion]:
    from evals.asking import read_questions  # its models' libraries take seconds to load

    chosen = [question for question in read_questions(path) if language in (None, question.language)][:limit]
    if not chosen:
        complain(f"'{path}' has no question" + (f" in the language '{language}'." if language else "."))
        raise typer.Exit(MISUSE)
    return chosen


def _run(questions: list[EvalQuestion], articles: Path, answers: Path, write: bool) -> None:
    from evals.asking import run  # as above

    baseline = read_baselines(BASELINE).get(answers.stem)
    figures = run(questions, articles, answers)
    table = answers.with_suffix(".md")
    table.write_text(render(answers.stem, figures, baseline), encoding="utf-8")
    typer.echo(table.read_text(encoding="utf-8"))
    if write:
        write_baseline(BASELINE, answers.stem, figures)
    written = [answers, table, *([BASELINE] if write else [])]
    console.print(f"Written: {', '.join(map(str, written))}", soft_wrap=True)


def _show(answers: Path, count: int, language: str | None) -> None:
    if not answers.exists():
        complain(f"There are no answers in '{answers}' yet. Run `python -m evals.run` without --show first.")
        raise typer.Exit(MISUSE)
    by_language: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for answer in read_batch(answers):
        if language in (None, answer["language"]):
            by_language[answer["language"]].append(answer)
    for shown in by_language.values():
        for answer in shown[:count]:
            typer.echo(describe(answer) + "\n")


def describe(answer: Mapping[str, Any]) -> str:
    """An answer of the file for reading: the question, what held of it, the text, and what it cites."""
    held = [measure for measure, held in answer["verdict"].items() if held]
    head = f"{answer['id']} ({answer['level']}, {'answerable' if answer['answerable'] else 'not answerable'})"
    lines = [
        f"{head}: {answer['question']}",
        f"  {answer['status']} in {answer['timings']['total_s']:.1f} s; {', '.join(held) or 'nothing right'}",
        f"  {answer['text']}",
        *(f"  [{cited['number']}] {cited['article_id']}: {cited['quote']}" for cited in answer["citations"]),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
