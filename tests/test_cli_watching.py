import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from documents import item, page, rss
from fake_site import FakeWeb
from rich.console import Console

from cli.watching import feed_table, parse_duration, reading_json
from corpus.errors import FetchCode, FetchFailed
from corpus.failures import Failure
from corpus.feed_state import FeedState
from corpus.feeds import Pace
from corpus.types import Article
from rag.errors import StorageFailed
from rag.index.following import FeedReading, Follower
from rag.index.following import follow as follow_until_stopped
from rag.index.ingest import IngestReport

FEED, OTHER = "https://journal.example/flux", "https://zeitung.example/feed"


@dataclass
class FakeRecord:
    """Keeps states and the titles of articles in memory."""

    states: dict[str, FeedState] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)

    def feed_states(self) -> dict[str, FeedState]:
        return dict(self.states)

    def note_feed(self, state: FeedState) -> None:
        self.states[state.address] = state
        self.events.append("noted")

    def ingest(self, found: Iterable[Article | Failure]) -> IngestReport:
        found = list(found)
        self.events += [one.title for one in found if isinstance(one, Article)]
        failed = tuple(one for one in found if isinstance(one, Failure))
        return IngestReport(articles=len(found) - len(failed), passages=0, unchanged=0, copies=0, failed=failed)


class Rounds(threading.Event):
    """Stops after some rounds, without waiting."""

    def __init__(self, rounds: int):
        super().__init__()
        self.rounds = rounds
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return len(self.waits) > self.rounds


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def web() -> FakeWeb:
    fake = FakeWeb()
    fake.put(FEED, rss(item("https://journal.example/a", "L'été du robot")))
    fake.put("https://journal.example/a", page("L'été du robot", "Le robot chante dans la ville ce soir.", "fr"))
    return fake


def follow(record: FakeRecord, web: FakeWeb, *feeds: str, eager: bool = False) -> list[FeedReading]:
    return list(Follower(record, record.ingest, web.fetch, Pace()).read(feeds, eager))


def test_follower_notes_a_feed_after_its_articles_are_in(record: FakeRecord, web: FakeWeb):
    (reading,) = follow(record, web, FEED, FEED)

    assert record.events == ["L'été du robot", "noted"]
    assert reading.report
    assert (reading.report.articles, record.states[FEED].failures) == (1, 0)


def test_follower_goes_on_after_a_feed_that_fails(record: FakeRecord, web: FakeWeb):
    failed, read = follow(record, web, OTHER, FEED)

    assert (failed.state.failures, read.state.failures) == (1, 0)
    assert failed.report
    assert [failure.source for failure in failed.report.failed] == [OTHER]


def test_follower_leaves_a_feed_whose_turn_it_is_not(record: FakeRecord, web: FakeWeb):
    follow(record, web, FEED)

    (reading,) = follow(record, web, FEED)

    assert reading.report is None
    assert len(web.asked) == 2


@pytest.mark.parametrize(("failures", "asked"), [(0, True), (2, False)])
def test_follower_that_is_eager_waits_only_for_feeds_that_failed(
    record: FakeRecord, web: FakeWeb, failures: int, asked: bool
):
    later = datetime.now(UTC) + timedelta(hours=1)
    record.states[FEED] = FeedState(FEED, next_read=later, failures=failures)

    (reading,) = follow(record, web, FEED, eager=True)

    assert (reading.report is not None) is asked


def test_follower_honours_what_a_server_asks_for(record: FakeRecord, web: FakeWeb):
    web.pages[FEED] = FetchFailed(FEED, FetchCode.STATUS, "429", passing=True, retry_after=7200)

    (reading,) = follow(record, web, FEED)

    assert reading.state.next_read
    assert reading.state.next_read - datetime.now(UTC) > timedelta(minutes=119)


def test_server_follows_its_feeds_until_it_is_stopped_whatever_goes_wrong(record: FakeRecord, web: FakeWeb):
    stopped = Rounds(3)
    full = StorageFailed(Path("données"), "le disque est plein")

    def ingest(found: Iterable[Article | Failure]) -> IngestReport:
        if not stopped.waits[1:]:
            raise full
        return record.ingest(found)

    follow_until_stopped(Follower(record, ingest, web.fetch, Pace()), [FEED], stopped)

    assert stopped.waits[:2] == [0.0, 60.0]
    assert record.events == ["L'été du robot", "noted"]
    assert stopped.waits[2] > 60.0


def test_reading_json_has_times_counts_and_the_last_error():
    moment = datetime(2026, 1, 31, 8, tzinfo=UTC)
    state = FeedState(FEED, last_read=moment, next_read=moment, failures=1, last_error="zu langsam")

    printed = reading_json(FeedReading(state, None))

    assert (printed["feed"], printed["last_read"]) == (FEED, "2026-01-31T08:00:00+00:00")
    assert (printed["failures"], printed["last_error"], printed["articles"]) == (1, "zu langsam", 0)


def test_feed_table_tells_when_each_was_last_read():
    state = FeedState(FEED, failures=2, last_error="[bold]trop lent[/bold] [status]")
    console = Console(width=300, record=True, file=io.StringIO())

    console.print(feed_table([FeedReading(state, None)]))

    shown = console.export_text()
    assert "never" in shown
    assert "failed 2 times: [bold]trop lent[/bold] [status]" in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15m", timedelta(minutes=15)),
        (" 90 s", timedelta(seconds=90)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
    ],
)
def test_parse_duration_understands_units(text: str, expected: timedelta):
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "15", "m", "1s", "2d", "-5m", "quinze minutes", "٣m" * 3, "9999999m"])
def test_parse_duration_refuses_what_is_no_time_between_a_minute_and_a_day(text: str):
    with pytest.raises(typer.BadParameter, match="15m"):
        parse_duration(text)
