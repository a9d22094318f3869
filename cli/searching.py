"""The command `search`, and the options that several commands share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.edge import MISUSE, answer_batch, command, complain, load_settings, progress_bar, read_batch
from cli.filtering import filtered
from cli.output import print_json, search_json
from rag.asking.question import make_question
from rag.assembly import open_reranker, open_retriever, open_workspace
from rag.errors import StorageFailed
from rag.filters import Filters
from rag.finding.retriever import Retriever
from rag.index.workspace import Workspace
from rag.settings import Settings
from rag.types import Question, ReadingLevel, RetrievedPassage

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Language = Annotated[str | None, typer.Option(help="The question's language: fr, en, it, es, de. Else it is detected.")]
Batch = Annotated[
    Path | None, typer.Option(help="A JSON Lines file of questions; prints one object a line, with each line's `id`.")
]


def mend_index(workspace: Workspace) -> None:
    """Make a damaged index again before anything is searched; where that fails, searches compare every vector."""
    try:
        if not workspace.index.probe():
            with progress_bar("passages") as progress:
                task = progress.add_task("Mending the index", total=workspace.record.count_passages())
                workspace.index.rebuild(lambda done: progress.advance(task, done))
    except StorageFailed as error:
        complain(str(error))


@command
@filtered
def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    top: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 5,
    language: Language = None,
    batch: Batch = None,
    json: Json = False,
    *,
    filters: Filters,
) -> None:
    """Find the passages that fit a question best, in any language.

    Examples: `actuclair search "Who is Breaking Rust?" --top 3`, `actuclair search --batch questions.jsonl`,
    `actuclair search "Que disent les lecteurs ?" --kind comments --since 2025-11-01`
    """
    if (question is None) == (batch is None):
        complain("Give a question or --batch FILE, one of the two.")
        raise typer.Exit(MISUSE)
    settings = load_settings()
    entries = [] if batch is None else list(read_batch(batch))
    if question is not None:
        _check(settings, question, language)
    with open_workspace(settings) as workspace:
        workspace.check_ready()
        mend_index(workspace)
        retriever = open_retriever(workspace, reranker=open_reranker(settings))
        if batch is not None:
            answer_batch(batch, entries, lambda entry: _search(settings, retriever, top, filters, language, entry))
        elif question is not None:
            results = retriever.retrieve(_check(settings, question, language), top, filters)
            print_json(search_json(question, results)) if json else _print(results)


def _check(settings: Settings, question: str, language: str | None) -> Question:
    return make_question(question, language, ReadingLevel.ADULT, settings.default_language)


def _search(
    settings: Settings,
    retriever: Retriever,
    top: int,
    filters: Filters,
    language: str | None,
    entry: Mapping[str, Any],
) -> dict[str, Any]:
    question = _check(settings, entry["question"], entry.get("language") or language)
    return search_json(entry["question"], retriever.retrieve(question, top, filters))


def _print(results: list[RetrievedPassage]) -> None:
    for number, result in enumerate(results, start=1):
        typer.echo(f"{number}. {result.article.title} ({result.article.language}, {result.score:.3f})")
        typer.echo(f"   {' '.join(result.passage.text.split())}\n")
    if not results:
        typer.echo("Nothing passes these filters.")
