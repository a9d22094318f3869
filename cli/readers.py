"""The commands `forget` and `export`: what readers have left behind. Knows no articles."""

from datetime import timedelta
from itertools import chain
from typing import Annotated

import typer

from classroom.keeping.forgetting import ClassData
from cli.edge import command, console, load_settings
from cli.output import print_json
from rag.index.reader_data import ReaderData, now
from rag.settings import Settings
from sites.forgetting import SiteData

_IN_MEMORY = (
    "A running server remembers answers and the conversations of open pages in its memory only: stop it, and they are "
    "gone."
)


@command
def forget(
    days: Annotated[
        int | None, typer.Option("--older-than", min=0, help="Only what is older than so many days.")
    ] = None,
    expired: Annotated[
        bool, typer.Option("--expired", help="Only what is older than ACTUCLAIR_RETENTION_DAYS.")
    ] = False,
) -> None:
    """Delete what readers have left on the disk, and say what that was.

    Example: `actuclair forget`

    Example: `actuclair forget --older-than 7`
    """
    settings = load_settings()
    limit = settings.retention_days if expired and days is None else days
    before = None if limit is None else now() - timedelta(days=limit)
    gone = {name: count for data in _kept(settings) for name, count in data.forget(before).items()}
    for name, count in gone.items():
        typer.echo(f"{name}: {count} deleted")
    if not gone:
        typer.echo(f"Nothing of readers is kept in '{settings.home}': there was nothing to delete.")
    console.print(_IN_MEMORY, soft_wrap=True)


@command
def export() -> None:
    """Print what readers have left on the disk, one JSON object a line.

    Example: `actuclair export > readers.jsonl`
    """
    settings = load_settings()
    count = 0
    for table, row in chain.from_iterable(data.export() for data in _kept(settings)):
        print_json({"table": table, **{name: _plain(value) for name, value in row.items()}})
        count += 1
    found = f"{count} entries." if count else f"Nothing of readers is kept in '{settings.home}'."
    console.print(f"{found} {_IN_MEMORY}", soft_wrap=True)


def _kept(settings: Settings) -> tuple[ReaderData, ClassData, SiteData]:
    where = (settings.home, settings.database)
    return ReaderData(*where), ClassData(*where), SiteData(*where)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | dict | None) else str(value)
