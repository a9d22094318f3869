"""What Prometheus is told: how the server is, and nothing of any reader."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from metric_reads import read
from page_turns import answer_of

from corpus.feed_state import FeedState
from desk import Load
from monitor.metrics import Metrics
from monitor.readings import Readings, Sources
from rag.errors import StorageFailed
from rag.index.record import Figures
from rag.types import Question, ReadingLevel, Status, Step, Timings

SECRET = "Xylofonmuziek"
SOURCES = Sources(
    load=lambda: Load(7, 5, 40.0),
    under_way=lambda: 9,
    figures=lambda: Figures(20, 97, date(2026, 1, 31)),
    feeds=lambda: (),
    index_is_sound=lambda: True,
    embedder_answers=lambda: True,
    free_bytes=lambda: 10**9,
    is_ready=lambda: True,
)


def reading(**changes: object) -> dict[tuple[str, ...], float]:
    metrics = Metrics()
    metrics.registry.register(Readings(replace(SOURCES, **changes)))  # type: ignore[arg-type]
    return read(metrics)


def test_an_answer_is_counted_by_its_status_its_stages_and_its_sentences():
    metrics = Metrics()
    steps = (
        Step("searched", 0.2),
        Step("waited", 20.0),
        Step("proved", 0.1),
        Step("refused", 0.1),
        Step("failed", 1.0),
    )

    metrics.note_answer(replace(answer_of(status=Status.QUOTED, steps=steps), timings=Timings(0.2, 0.3, 21.4)))

    samples = read(metrics)
    assert samples["actuclair_answers_total", "anew", "quoted"] == 1
    assert samples["actuclair_stage_seconds_sum", "wait"] == 20.0
    assert samples["actuclair_answer_seconds_sum",] == 21.4
    assert samples["actuclair_sentences_total", "dropped"] == samples["actuclair_sentences_total", "proved"] == 1
    assert samples["actuclair_model_errors_total",] == 1


def test_an_answer_told_again_is_a_hit_and_drops_no_sentence_twice():
    metrics = Metrics()

    metrics.note_answer(answer_of(steps=(Step("told again", 0.1), Step("refused", 0.0), Step("failed", 0.0))))

    samples = read(metrics)
    assert samples["actuclair_answers_total", "again", "answered"] == 1
    assert samples["actuclair_sentences_total", "dropped"] == samples["actuclair_model_errors_total",] == 0


def test_nothing_of_a_reader_is_told_and_readers_make_no_new_series():
    metrics = Metrics()
    for area, status in [("class", 200), ("class", 404), ("page", 503)]:
        metrics.note_request(area, status)
    before = set(read(metrics))

    for level in ReadingLevel:
        for status in Status:
            steps = (Step("understood", 0.1, {"question": SECRET}), Step("refused", 0.1, {"text": SECRET}))
            asked = Question(f"Wat is {SECRET}?", "it", level)
            metrics.note_answer(replace(answer_of(status=status, steps=steps), question=asked))

    assert set(read(metrics)) == before
    assert SECRET.encode() not in metrics.text() and b"crisis" not in metrics.text()


def test_queue_articles_and_machine_are_read_when_somebody_asks():
    samples = reading()

    assert samples["actuclair_queue_waiting",] == 5
    assert samples["actuclair_answers_under_way",] == 9
    assert samples["actuclair_articles",] == 20
    assert samples["actuclair_index_sound",] == samples["actuclair_ready",] == 1
    assert samples["actuclair_newest_article_timestamp_seconds",] == datetime(2026, 1, 31, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(("ages", "oldest"), [((100, 300), 300), ((100, None), 100), ((None,), None)])
def test_feeds_are_told_by_the_one_that_was_read_longest_ago(ages: Sequence[int | None], oldest: int | None):
    now = 1_800_000_000
    states = [
        FeedState(f"https://giornale.example/{age}", failures=age is None,
                  last_read=None if age is None else datetime.fromtimestamp(now - age, UTC))
        for age in ages
    ]  # fmt: skip

    samples = reading(feeds=lambda: states)

    assert samples.get(("actuclair_oldest_feed_timestamp_seconds",)) == (now - oldest if oldest else None)
    assert samples["actuclair_feeds_failing",] == samples["actuclair_feeds_never_read",] == ages.count(None)
    assert not any("giornale" in str(name) for name in samples)


def test_figures_that_cannot_be_read_hide_no_others():
    def fails() -> Figures:
        raise StorageFailed(Path("casa"), "disk I/O error")

    samples = reading(figures=fails)

    assert ("actuclair_articles",) not in samples
    assert samples["actuclair_queue_waiting",] == 5
