"""Ask the tutorial pipeline of `bench/` the same questions, and judge its answers by the same words.

`python -m evals.peer --help`. It shows how hard a set is for these two models. Knows nothing of Actuclair's answers.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from cli.edge import command, console, load_settings
from evals.scoring import EVERY_LANGUAGE, EvalQuestion, Share, fold, says_what_is_right

_REFUSAL = re.compile(
    r"(don't|do not) know|ne (sais|sait) pas|non (lo )?so\b|no (lo )?se\b|wei(ss|ß) (es |das )?nicht|"
    r"(not|pas|non|no|nicht|kein\w*) (\w+ ){0,3}(mention\w*|provided|given|context\w*|kontext|contesto|menzionat\w*)"
)


@command
def main(
    questions: Annotated[Path, typer.Option(help="The set: one question a line.")] = Path("evals/seed_questions.jsonl"),
    articles: Annotated[Path, typer.Option(help="The folder of the articles.")] = Path("../shared/seeds"),
    language: Annotated[str | None, typer.Option(help="Ask only those in one language.")] = None,
    out: Annotated[Path, typer.Option(help="Where the answers are written.")] = Path("var/evals"),
) -> None:
    """Ask the tutorial pipeline and print which share it answers right, and refuses rightly."""
    from bench.sides import open_model, open_tutorial  # its models' libraries take seconds to load
    from evals.asking import read_questions
    from rag.assembly import open_embedder

    settings = load_settings()
    model = open_model(settings)  # it answers as long as somebody holds it
    answer = open_tutorial(articles, open_embedder(settings), model)
    chosen = [asked for asked in read_questions(questions) if language in (None, asked.language)]
    out.mkdir(parents=True, exist_ok=True)
    held: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    with (out / f"{questions.stem}.peer.txt").open("w", 1, encoding="utf-8") as file:
        for asked in track(chosen, "Asking", console=console):
            text = "".join(answer(asked.question))
            file.write(f"{asked.id}: {' '.join(text.split())}\n")
            for group in (asked.language, EVERY_LANGUAGE):
                held[group, asked.answerable].append(is_right(asked, text))
    for (group, answerable), verdicts in held.items():
        share = Share(sum(verdicts), len(verdicts))
        typer.echo(f"{group} {'right' if answerable else 'rightly refused'}: {share.percent:.0f} % of {share.of}")


def is_right(asked: EvalQuestion, text: str) -> bool:
    """Whether an answer says what is expected, or says that it does not know where nobody can."""
    if asked.answerable:
        return says_what_is_right(asked, text)
    return _REFUSAL.search(fold(text)) is not None


if __name__ == "__main__":
    typer.run(main)
