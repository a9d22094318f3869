"""Feeds -> articles in the index, as often as each wants to be read. Knows neither SQL nor the web."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from corpus.errors import ActuclairError
from corpus.failures import Failure
from corpus.feed_state import FeedState
from corpus.types import Article
from rag.index.ingest import IngestReport

if TYPE_CHECKING:  # brings libraries in that a server without feeds need not wait for
    from corpus.feeds import Pace
    from corpus.fetching import Fetch

_AFTER_A_FAILURE_S = 60.0
_log = logging.getLogger(__name__)


class FeedRecord(Protocol):
    """Where the state of each feed is kept."""

    def feed_states(self) -> dict[str, FeedState]: ...
    def note_feed(self, state: FeedState) -> None: ...


@dataclass(frozen=True)
class FeedReading:
    """A feed after its turn, and what came of its articles; without a report it was not its turn."""

    state: FeedState
    report: IngestReport | None


@dataclass(frozen=True)
class Follower:
    """What it takes to read feeds: where their states and their articles go, how to fetch, and how often."""

    record: FeedRecord
    ingest: Callable[[Iterable[Article | Failure]], IngestReport]
    fetch: "Fetch"
    pace: "Pace"

    def read(self, feeds: Iterable[str], eager: bool) -> Iterator[FeedReading]:
        """Read each feed whose turn it is; an eager reading waits only for those that failed.

        What is known of a feed is noted after its articles are in, so none is lost between the two.
        """
        from corpus.feeds import read_feed

        known = self.record.feed_states()
        for address in dict.fromkeys(feeds):
            state, now = known.get(address, FeedState(address)), datetime.now(UTC)
            if state.next_read and state.next_read > now and (state.failures or not eager):
                yield FeedReading(state, None)
                continue
            found, state = read_feed(state, self.fetch, now, self.pace)
            report = self.ingest(found)
            self.record.note_feed(state)
            yield FeedReading(state, report)


def follow(follower: Follower, feeds: Sequence[str], stopped: threading.Event) -> None:
    """Read feeds whenever it is the turn of one, until stopped; what goes wrong is logged and tried again."""
    wait_s = 0.0
    while not stopped.wait(wait_s):
        try:
            readings = list(follower.read(feeds, eager=False))
            wait_s = seconds_until([reading.state for reading in readings])
            for reading in readings:
                for failure in reading.report.failed if reading.report else ():
                    _log.warning("%s: %s", failure.source, failure.reason)
        except ActuclairError as error:  # a full disk, say: the next round tries again
            _log.warning("The feeds could not be read: %s", error)
            wait_s = _AFTER_A_FAILURE_S


def seconds_until(states: Iterable[FeedState]) -> float:
    """How long nobody's turn it is; at least a second."""
    next_read = min(state.next_read or datetime.now(UTC) for state in states)
    return max(1.0, (next_read - datetime.now(UTC)).total_seconds())
