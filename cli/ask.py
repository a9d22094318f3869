"""The command `ask`."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.edge import MISUSE, answer_batch, command, complain, load_settings, read_batch
from cli.filtering import filtered
from cli.output import print_json, source_line
from cli.searching import Batch, Json, mend_index
from rag.answering.answer_json import answer_json
from rag.asking.conversation import REMEMBERED
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_workspace, open_writer
from rag.explainer import Explainer
from rag.filters import Filters
from rag.phrases import phrase
from rag.settings import Settings
from rag.types import Answer, AnswerSentence, Question, ReadingLevel

Level = Annotated[str, typer.Option(help="For whom: child (8-10), tween (11-13), teen (14-17), adult.")]
AnswerLanguage = Annotated[
    str | None, typer.Option(help="The answer's language: fr, en, it, es, de. Else the question's.")
]


@command
@filtered
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    level: Level = ReadingLevel.ADULT.value,
    language: AnswerLanguage = None,
    batch: Batch = None,
    json: Json = False,
    *,
    filters: Filters,
) -> None:
    """Answer a question from the articles, each sentence with its proof.

    Lines of a batch that have the same `conversation` follow one another: '"et lui, il gagne combien ?"'.

    Examples: `actuclair ask "Qui est Breaking Rust ?" --level child`, `actuclair ask --batch questions.jsonl`,
    `actuclair ask "Che cosa è successo?" --audience child --since 2025-11-01`
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
            conversations: dict[str, list[Answer]] = defaultdict(list)

            def answer(entry: Mapping[str, Any]) -> Mapping[str, Any]:
                earlier = conversations[str(entry["conversation"])] if entry.get("conversation") else []
                earlier.append(explainer.answer(_question(settings, level, language, entry), filters, earlier))
                del earlier[:-REMEMBERED]
                return answer_json(earlier[-1])

            answer_batch(batch, entries, answer)
        elif asked is not None and json:
            print_json(answer_json(explainer.answer(asked, filters)))
        elif asked is not None:
            _stream(explainer, asked, filters)


def _question(settings: Settings, level: str, language: str | None, entry: Mapping[str, Any]) -> Question:
    """The question of a line; what the line does not say is as the options say."""
    level, language = str(entry.get("level") or level), entry.get("language") or language
    return make_question(entry["question"], language, level, settings.default_language)


def _stream(explainer: Explainer, question: Question, filters: Filters) -> None:
    """Print each written sentence as it comes, then the quotes and the sources."""
    for event in explainer.explain(question, filters):
        match event:
            case AnswerSentence(is_quote=False, is_eased=False):
                typer.echo(_marked(event))
            case Answer():
                _print_rest(event)


def _print_rest(answer: Answer) -> None:
    quotes = [sentence for sentence in answer.sentences if sentence.is_quote]
    eased = [sentence for sentence in answer.sentences if sentence.is_eased]
    if not answer.sentences:
        typer.echo(answer.text)
    if eased:
        typer.echo(phrase(answer.question.language, "eased"))
    for sentence in eased:
        typer.echo(f"  {_marked(sentence)}")
    if quotes:
        typer.echo(phrase(answer.question.language, "nearest" if answer.is_unsure else "quoted"))
    for sentence in quotes:
        typer.echo(f"  {_marked(sentence)}")
    for note in filter(None, [answer.age_note if answer.sentences else "", answer.notice]):
        typer.echo(f"\n{note}")
    if answer.suggestions:
        typer.echo("\n" + phrase(answer.question.language, "suggested"))
    for suggestion in answer.suggestions:
        typer.echo(f"  {suggestion}")
    for evidence in answer.citations:
        typer.echo(("\n" if evidence is answer.citations[0] else "") + source_line(evidence))


def _marked(sentence: AnswerSentence) -> str:
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"
