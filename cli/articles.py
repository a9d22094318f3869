"""The command `ingest`."""

import re
from typing import Annotated

import typer

from cli.edge import FAILURE, command, complain, console, load_settings, progress_bar
from cli.output import ingest_json, print_json
from cli.searching import Json
from cli.web import open_web
from rag.assembly import open_ingest
from rag.index import ingest as ingesting

_MOST_WORKERS = 256


def _workers(value: str) -> str:
    """A number of processes, or the address of a Ray cluster; anything else is misuse."""
    if re.fullmatch(r"[0-9]{1,3}", value) and 1 <= int(value) <= _MOST_WORKERS:
        return str(int(value))
    if re.fullmatch(r"ray://(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?", value):
        return value
    raise typer.BadParameter(
        f"'{value}' is neither a number from 1 to {_MOST_WORKERS} nor the address of a Ray cluster. "
        f"Try --workers 4, --workers ray://head.internal:10001 or --workers ray://local."
    )


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
    workers: Annotated[
        str,
        typer.Option(
            callback=_workers,
            metavar="N|ray://HOST:PORT",
            help="Who embeds: 1 is this process, N so many others, or the machines of a Ray cluster.",
        ),
    ] = "1",
    json: Json = False,
) -> None:
    """Read articles and index them. Articles that have not changed are left as they are.

    Examples: `actuclair ingest corpus/articles`, `actuclair ingest news.jsonl notes.txt --json`,
    `actuclair ingest https://example.org/feed.xml --limit 20`, `actuclair ingest archive/ --workers 8`,
    `actuclair ingest archive/ --workers ray://head.internal:10001`

    An ingest that was broken off goes on where it stopped when the same command is run again.
    """
    from corpus.sources import read_sources  # brings libraries in that other commands need not wait for

    found = read_sources(sources, open_web(context), limit)
    with open_ingest(load_settings(), workers) as (workspace, embedding), progress_bar("passages") as progress:
        task = progress.add_task("Indexing", total=None)
        report = ingesting.ingest(found, workspace, lambda count: progress.advance(task, count), workers=embedding)
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
