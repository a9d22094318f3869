"""The command `ask`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.articles import Batch, Json
from cli.edge import MISUSE, command, complain, load_settings, read_batch
from cli.output import answer_json, print_json, source_line
from corpus.errors import ActuclairError
from rag.assembly import open_explainer, open_workspace, open_writer
from rag.errors import InvalidQuestion
from rag.explainer import Explainer
from rag.question import make_question
from rag.settings import Settings
from rag.types import Answer, AnswerSentence, Question, ReadingLevel

Level = Annotated[str, typer.Option(help="For whom: child (8-10), tween (11-13), teen (14-17), adult.")]
AnswerLanguage = Annotated[
    str | None, typer.Option(help="The answer's language: fr, en, it, es, de. Else the question's.")
]


@command
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    level: Level = ReadingLevel.ADULT.value,
    language: AnswerLanguage = None,
    batch: Batch = None,
    json: Json = False,
) -> None:
    """Answer a question from the articles, each sentence with its proof.

    Examples: `actuclair ask "Qui est Breaking Rust ?" --level child`, `actuclair ask --batch questions.jsonl`
    """
    if (question is None) == (batch is None):
        complain("Give a question or --batch FILE, one of the two.")
        raise typer.Exit(MISUSE)
    settings = load_settings()
    asked = None if question is None else make_question(question, language, level, settings.default_language)
    with open_workspace(settings) as workspace:
        workspace.check_ready()
        explainer = open_explainer(workspace, open_writer(settings))
        if batch is not None:
            _ask_batch(settings, explainer, batch)
        elif asked is not None:
            print_json(answer_json(explainer.answer(asked))) if json else _stream(explainer, asked)


def _ask_batch(settings: Settings, explainer: Explainer, batch: Path) -> None:
    """Answer line by line; a line that cannot be answered gives an object with its error, and the next one is asked."""
    failures = 0
    for entry in read_batch(batch):
        try:
            values = answer_json(explainer.answer(_question(settings, entry)))
        except InvalidQuestion as error:
            values, failures = {"question": entry["question"], "status": "error", "error": str(error)}, failures + 1
        print_json({"id": entry.get("id")} | values)
    if failures:
        raise BatchIncomplete(batch, failures)


def _question(settings: Settings, entry: Mapping[str, Any]) -> Question:
    level = str(entry.get("level") or ReadingLevel.ADULT.value)
    return make_question(entry["question"], entry.get("language"), level, settings.default_language)


def _stream(explainer: Explainer, question: Question) -> None:
    """Print each sentence as it comes, then the sources."""
    for event in explainer.explain(question):
        match event:
            case AnswerSentence():
                marks = "".join(f"[{number}]" for number in event.citations)
                typer.echo(f"{event.text} {marks}")
            case Answer():
                if not event.sentences:
                    typer.echo(event.text)
                for evidence in event.citations:
                    typer.echo(("\n" if evidence is event.citations[0] else "") + source_line(evidence))


class BatchIncomplete(ActuclairError):
    """Some lines of a batch could not be answered."""

    def __init__(self, batch: Path, failures: int):
        super().__init__(f"{failures} lines of '{batch}' could not be answered: see their \"error\".")
