"""The command `watch`: follow feeds. Knows when each is read, not how."""

import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.edge import FAILURE, command, complain, load_settings
from cli.output import ingest_json, print_json
from cli.web import open_web
from rag.assembly import open_workspace
from rag.errors import HomeInUse
from rag.index import ingest as ingesting
from rag.index.following import FeedReading, Follower, seconds_until
from rag.index.ingest import IngestReport

if TYPE_CHECKING:  # brings libraries in that other commands need not wait for
    from corpus.feeds import Pace
    from corpus.fetching import Fetch

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=1)


def parse_duration(text: str) -> timedelta:
    """Example: '15m' -> 15 minutes. Raises typer.BadParameter when it is none between a minute and a day."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", text)
    duration = timedelta(seconds=int(found.group(1)) * _UNITS[found.group(2)]) if found else timedelta()
    if not _SHORTEST <= duration <= _LONGEST:
        raise typer.BadParameter(f"'{text}' is no time between 1m and 1d, such as 15m or 2h.")
    return duration


@command
def watch(
    context: typer.Context,
    feeds: Annotated[list[str], typer.Argument(help="Addresses of RSS or Atom feeds.", metavar="FEED...")],
    every: Annotated[
        timedelta,
        typer.Option(parser=parse_duration, metavar="TIME", help="How often to read them, such as 15m or 2h."),
    ] = "15m",  # type: ignore[assignment]  # the parser makes a timedelta of it
    once: Annotated[bool, typer.Option("--once", help="Read each feed once, and end.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a feed and reading, nothing else.")] = False,
) -> None:
    """Follow feeds: read what is new in each, until Ctrl-C. A feed that fails is asked less and less often.

    Examples: `actuclair watch https://example.org/feed.xml`, `actuclair watch FEED1 FEED2 --every 1h --once --json`
    """
    from corpus.feeds import Pace

    fetch, pace = open_web(context), Pace(every)
    readings = _read_round(feeds, fetch, pace, eager=True)
    _print(readings, json)
    while not once:
        time.sleep(seconds_until([reading.state for reading in readings]))
        try:
            readings = _read_round(feeds, fetch, pace, eager=False)
            _print(readings, json)
        except HomeInUse as error:
            complain(str(error))
            time.sleep(_SHORTEST.total_seconds())
    if any(reading.state.failures or (reading.report and reading.report.failed) for reading in readings):
        raise typer.Exit(FAILURE)


def _read_round(feeds: Sequence[str], fetch: "Fetch", pace: "Pace", eager: bool) -> list[FeedReading]:
    """The data folder is held only while feeds are read: between readings other commands may use it."""
    with open_workspace(load_settings()) as workspace:
        follower = Follower(workspace.feeds, lambda found: ingesting.ingest(found, workspace), fetch, pace)
        return list(follower.read(feeds, eager))


def _print(readings: Sequence[FeedReading], json: bool) -> None:
    if json:
        for reading in readings:
            print_json(reading_json(reading))
        return
    Console().print(feed_table(readings))
    for reading in readings:
        for failure in reading.report.failed if reading.report else ():
            complain(f"{failure.source}: {failure.reason}")


def reading_json(reading: FeedReading) -> dict[str, Any]:
    state = reading.state
    report = reading.report or IngestReport(articles=0, passages=0, unchanged=0, copies=0, failed=())
    return {
        "feed": state.address,
        "last_read": state.last_read.isoformat(timespec="seconds") if state.last_read else None,
        "next_read": state.next_read.isoformat(timespec="seconds") if state.next_read else None,
        "failures": state.failures,
        "last_error": state.last_error,
        **ingest_json(report),
    }


def feed_table(readings: Sequence[FeedReading]) -> Table:
    """When each feed was last read, when it is next, and what came of it."""
    table = Table("Feed", "Last read", "Next", "New", "Unchanged", "Failed", "State")
    for reading in readings:
        state, report = reading.state, reading.report
        counts = (report.articles, report.unchanged + report.copies, len(report.failed)) if report else ("", "", "")
        error = f"failed {state.failures} times: {state.last_error}" if state.failures else "well"
        times = (_local(state.last_read), _local(state.next_read))
        table.add_row(_plain(state.address), *times, *map(str, counts), _plain(error))
    return table


def _local(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "never"


def _plain(text: str) -> str:
    """Text in which the table sees no markup."""
    return text.replace("[", "\\[")
