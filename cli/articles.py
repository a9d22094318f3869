"""The command `ingest`."""

from typing import Annotated

import typer

from cli.edge import FAILURE, command, complain, console, load_settings, progress_bar
from cli.output import ingest_json, print_json
from cli.searching import Json
from cli.web import open_web
from rag.assembly import open_workspace
from rag.index import ingest as ingesting


@command
def ingest(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files or folders (Markdown, text, HTML, PDF, JSON Lines), web pages, RSS or Atom feeds, sitemaps.",
            metavar="SOURCE...",
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, help="How many entries of a feed or sitemap, the newest first.")] = 100,
    json: Json = False,
) -> None:
    """Read articles and index them. Articles that have not changed are left as they are.

    Examples: `actuclair ingest corpus/articles`, `actuclair ingest news.jsonl notes.txt --json`,
    `actuclair ingest https://example.org/feed.xml --limit 20`
    """
    from corpus.sources import read_sources  # brings libraries in that other commands need not wait for

    found = read_sources(sources, open_web(context), limit)
    with open_workspace(load_settings()) as workspace, progress_bar("passages") as progress:
        task = progress.add_task("Indexing", total=None)
        report = ingesting.ingest(found, workspace, lambda count: progress.advance(task, count))
        progress.update(task, total=report.passages)
    if json:
        print_json(ingest_json(report))
    else:
        console.print(
            f"{report.articles} articles indexed ({report.passages} passages), {report.unchanged} unchanged, "
            f"{report.copies} copies of others, {len(report.failed)} failed."
        )
    for failure in report.failed:
        complain(f"{failure.source}: {failure.reason}")
    if report.failed:
        raise typer.Exit(FAILURE)
