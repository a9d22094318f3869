"""What is read only when somebody asks: queue, articles, feeds, index, disk. Knows no readers and no SQL."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from corpus.errors import ActuclairError
from corpus.feed_state import FeedState
from desk import Load
from rag.index.record import Figures

_log = logging.getLogger(__name__)
Gauge = tuple[str, str, float]


@dataclass(frozen=True)
class Sources:
    """Where the figures come from. `feeds` gives those that are followed now."""

    load: Callable[[], Load]
    under_way: Callable[[], int]
    figures: Callable[[], Figures]
    feeds: Callable[[], Sequence[FeedState]]
    index_is_sound: Callable[[], bool]
    embedder_answers: Callable[[], bool]
    free_bytes: Callable[[], int]
    is_ready: Callable[[], bool]


class Readings(Collector):
    """Gauges made from the sources; one that cannot be read is left out, and the others are told."""

    def __init__(self, sources: Sources):
        self._sources = sources

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing, so that registering reads nothing."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for read in (self._queue, self._articles, self._feeds, self._machine):
            try:
                for name, help_, value in read():
                    yield GaugeMetricFamily(f"actuclair_{name}", help_, value)
            except (ActuclairError, OSError) as error:  # a full disk must not hide the queue
                _log.warning("Some figures cannot be read: %s", error)

    def _queue(self) -> Iterator[Gauge]:
        load = self._sources.load()
        yield "answers_under_way", "Answers that are being made.", self._sources.under_way()
        yield "queue_under_way", "Answers of classes and sites that are on their way.", load.under_way
        yield "queue_waiting", "Those of them that wait for the language model.", load.waiting
        yield "queue_longest_wait_seconds", "How long the last of them will wait, by guess.", load.longest_wait_s

    def _articles(self) -> Iterator[Gauge]:
        figures = self._sources.figures()
        yield "articles", "Articles in the record.", figures.articles
        yield "passages", "Passages in the record.", figures.passages
        if figures.newest:
            newest = "When the newest article appeared, by the day, in seconds since 1970."
            yield "newest_article_timestamp_seconds", newest, _midnight(figures.newest).timestamp()

    def _feeds(self) -> Iterator[Gauge]:
        feeds = self._sources.feeds()
        read = [state.last_read for state in feeds if state.last_read]
        yield "feeds", "Feeds that are followed.", len(feeds)
        yield "feeds_failing", "Feeds whose last reading failed.", sum(state.failures > 0 for state in feeds)
        yield "feeds_never_read", "Feeds that never answered well.", len(feeds) - len(read)
        if read:
            oldest = "When the feed answered well whose last good answer is the oldest, in seconds since 1970."
            yield "oldest_feed_timestamp_seconds", oldest, min(read).timestamp()

    def _machine(self) -> Iterator[Gauge]:
        sound = "Whether searches use the vector index; else they compare every vector."
        yield "index_sound", sound, self._sources.index_is_sound()
        answers = "Whether the embedder answers; one in this process always does."
        yield "embedder_answers", answers, self._sources.embedder_answers()
        yield "disk_free_bytes", "Free space of the data folder's disk.", self._sources.free_bytes()
        yield "ready", "Whether /readyz says so.", self._sources.is_ready()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
