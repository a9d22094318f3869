"""Commands about the articles: ingest, reindex, search."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.edge import FAILURE, MISUSE, answer_batch, command, complain, console, load_settings, progress_bar, read_batch
from cli.output import ingest_json, print_json, search_json
from corpus.reading import Failure, read_source
from corpus.types import Article
from rag import ingest as ingesting
from rag.assembly import open_retriever, open_workspace
from rag.question import make_question
from rag.retriever import Retriever
from rag.settings import Settings
from rag.types import Question, ReadingLevel, RetrievedPassage

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Language = Annotated[str | None, typer.Option(help="The question's language: fr, en, it, es, de. Else it is detected.")]
Batch = Annotated[
    Path | None, typer.Option(help="A JSON Lines file of questions; prints one object a line, with each line's `id`.")
]


@command
def ingest(
    sources: Annotated[
        list[Path], typer.Argument(help="Files or folders: Markdown, text, JSON Lines.", metavar="SOURCE...")
    ],
    json: Json = False,
) -> None:
    """Read articles and index them. Articles that have not changed are left as they are.

    Examples: `actuclair ingest corpus/articles`, `actuclair ingest news.jsonl notes.txt --json`
    """
    with open_workspace(load_settings()) as workspace, progress_bar("passages") as progress:
        task = progress.add_task("Indexing", total=None)
        report = ingesting.ingest(_read(sources), workspace, lambda count: progress.advance(task, count))
        progress.update(task, total=report.passages)
    if json:
        print_json(ingest_json(report))
    else:
        console.print(
            f"{report.articles} articles indexed ({report.passages} passages), {report.unchanged} unchanged, "
            f"{len(report.failed)} failed."
        )
    for failure in report.failed:
        complain(f"{failure.source}: {failure.reason}")
    if report.failed:
        raise typer.Exit(FAILURE)


def _read(sources: list[Path]) -> Iterator[Article | Failure]:
    for source in sources:
        yield from read_source(source)


@command
def reindex() -> None:
    """Embed all recorded articles again, for instance with another embedder.

    Example: `ACTUCLAIR_EMBEDDER=./my-model actuclair reindex`
    """
    with open_workspace(load_settings()) as workspace, progress_bar("passages") as progress:
        task = progress.add_task("Embedding", total=workspace.record.count_passages())
        count = ingesting.reindex(workspace, lambda done: progress.advance(task, done))
    console.print(f"{count} passages embedded with '{workspace.embedder.name}'.")


@command
def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    top: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 5,
    language: Language = None,
    batch: Batch = None,
    json: Json = False,
) -> None:
    """Find the passages that fit a question best, in any language.

    Examples: `actuclair search "Who is Breaking Rust?" --top 3`, `actuclair search --batch questions.jsonl`
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
        retriever = open_retriever(workspace)
        if batch is not None:
            answer_batch(batch, entries, lambda entry: _search(settings, retriever, top, language, entry))
        elif question is not None:
            results = retriever.retrieve(_check(settings, question, language), top)
            print_json(search_json(question, results)) if json else _print(results)


def _check(settings: Settings, question: str, language: str | None) -> Question:
    return make_question(question, language, ReadingLevel.ADULT, settings.default_language)


def _search(
    settings: Settings, retriever: Retriever, top: int, language: str | None, entry: Mapping[str, Any]
) -> dict[str, Any]:
    question = _check(settings, entry["question"], entry.get("language") or language)
    return search_json(entry["question"], retriever.retrieve(question, top))


def _print(results: list[RetrievedPassage]) -> None:
    for number, result in enumerate(results, start=1):
        typer.echo(f"{number}. {result.article.title} ({result.article.language}, {result.score:.3f})")
        typer.echo(f"   {' '.join(result.passage.text.split())}\n")
