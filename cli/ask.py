"""The command `ask`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.edge import MISUSE, answer_batch, command, complain, load_settings, read_batch
from cli.output import answer_json, print_json, source_line
from cli.searching import Batch, Json, mend_index
from rag.assembly import open_explainer, open_workspace, open_writer
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
    entries = [] if batch is None else list(read_batch(batch))
    asked = None if question is None else make_question(question, language, level, settings.default_language)
    with open_workspace(settings) as workspace:
        workspace.check_ready()
        mend_index(workspace)
        explainer = open_explainer(workspace, open_writer(settings), settings)
        if batch is not None:
            answer_batch(
                batch, entries, lambda entry: answer_json(explainer.answer(_question(settings, level, language, entry)))
            )
        elif asked is not None:
            print_json(answer_json(explainer.answer(asked))) if json else _stream(explainer, asked)


def _question(settings: Settings, level: str, language: str | None, entry: Mapping[str, Any]) -> Question:
    """The question of a line; what the line does not say is as the options say."""
    level, language = str(entry.get("level") or level), entry.get("language") or language
    return make_question(entry["question"], language, level, settings.default_language)


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
                if event.notice:
                    typer.echo(f"\n{event.notice}")
                for evidence in event.citations:
                    typer.echo(("\n" if evidence is event.citations[0] else "") + source_line(evidence))
