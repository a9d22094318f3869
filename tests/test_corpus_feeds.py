from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from documents import item, page, rss
from fake_site import FakeWeb
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchCode, FetchFailed, FetchRefused
from corpus.failures import Failure
from corpus.feeds import FeedState, Pace, read_feed
from corpus.fetching import Fetched
from corpus.types import Article

FEED = "https://journal.example/flux"
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
PACE = Pace(timedelta(minutes=15), spread=lambda: 0.0)
NEW = FeedState(FEED)


@pytest.fixture
def web() -> FakeWeb:
    fake = FakeWeb()
    for name in "abc":
        fake.put(
            f"https://journal.example/{name}", page(f"L'été {name}", "Le robot chante dans la ville ce soir.", "fr")
        )
    fake.put(FEED, rss(item("https://journal.example/a"), item("https://journal.example/b")), etag='"é1"')
    return fake


def titles(found: list[Article | Failure]) -> list[str]:
    return [one.url[-1] for one in found if isinstance(one, Article)]


def not_modified(web: FakeWeb) -> None:
    web.pages[FEED] = Fetched(FEED, 304, {}, b"")


def failing(web: FakeWeb, **values: object) -> None:
    web.pages[FEED] = FetchFailed(FEED, FetchCode.STATUS, "the server answered 503", **values)  # type: ignore[arg-type]


def test_read_feed_reads_all_the_first_time_and_notes_what_to_ask_with(web: FakeWeb):
    found, state = read_feed(NEW, web.fetch, NOW, PACE)

    assert titles(found) == ["a", "b"]
    assert (state.etag, state.last_read, state.next_read) == ('"é1"', NOW, NOW + timedelta(minutes=15))
    assert web.asked[0] == (FEED, {})


def test_read_feed_asks_with_conditions_and_is_content_with_no_change(web: FakeWeb):
    known = replace(NEW, etag='"é1"', last_modified="Sat, 31 Jan 2026 07:00:00 GMT", failures=3, last_error="lent")
    not_modified(web)

    found, state = read_feed(known, web.fetch, NOW, PACE)

    assert found == []
    assert web.asked == [(FEED, {"If-None-Match": '"é1"', "If-Modified-Since": "Sat, 31 Jan 2026 07:00:00 GMT"})]
    assert (state.etag, state.failures, state.last_error, state.last_read) == ('"é1"', 0, "", NOW)


def test_read_feed_reads_only_entries_that_are_new_or_changed(web: FakeWeb):
    _, state = read_feed(NEW, web.fetch, NOW, PACE)
    items = [
        item(f"https://journal.example/{name}", title)
        for name, title in (("a", "Il robot"), ("b", "Corrigé"), ("c", "Neuf"))
    ]
    web.put(FEED, rss(*items))

    found, _ = read_feed(state, web.fetch, NOW, PACE)

    assert titles(found) == ["b", "c"]


def test_read_feed_tries_an_entry_again_that_failed_for_a_passing_reason(web: FakeWeb):
    later = web.pages["https://journal.example/b"]
    web.pages["https://journal.example/b"] = FetchFailed("x", FetchCode.TOO_SLOW, "trop lent", passing=True)

    first, state = read_feed(NEW, web.fetch, NOW, PACE)
    web.pages["https://journal.example/b"] = later
    second, again = read_feed(state, web.fetch, NOW, PACE)

    assert (titles(first), titles(second)) == (["a"], ["b"])
    assert (state.etag, again.etag) == ("", '"é1"')


def test_read_feed_does_not_try_again_what_will_not_pass(web: FakeWeb):
    del web.pages["https://journal.example/b"]

    first, state = read_feed(NEW, web.fetch, NOW, PACE)
    second, _ = read_feed(state, web.fetch, NOW, PACE)

    assert [type(one) for one in first] == [Article, Failure]
    assert second == []


def test_read_feed_keeps_what_it_knew_when_the_feed_fails(web: FakeWeb):
    _, known = read_feed(NEW, web.fetch, NOW, PACE)
    failing(web)

    (failure,), state = read_feed(known, web.fetch, NOW + timedelta(hours=1), PACE)

    assert isinstance(failure, Failure)
    assert (failure.source, state.last_error) == (FEED, failure.reason)
    assert (state.failures, state.last_read, state.seen, state.etag) == (1, NOW, known.seen, known.etag)


def test_read_feed_waits_twice_as_long_after_each_failure_and_a_day_at_most(web: FakeWeb):
    failing(web, passing=True)
    state, waits = NEW, []

    for _ in range(40):
        _, state = read_feed(state, web.fetch, NOW, PACE)
        assert state.next_read
        waits.append(state.next_read - NOW)

    assert waits[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert waits[-1] == timedelta(days=1)


@given(st.floats(0, 1), st.integers(0, 1000), st.one_of(st.none(), st.floats(0, 1e12)))
def test_read_feed_never_waits_longer_than_a_day_nor_less_than_asked(
    spread: float, failures: int, retry_after: float | None
):
    def refuse(address: str, conditions: Mapping[str, str] | None = None) -> Fetched:
        raise FetchFailed(address, FetchCode.STATUS, "429", passing=True, retry_after=retry_after)

    pace = Pace(timedelta(minutes=15), spread=lambda: spread)

    _, state = read_feed(replace(NEW, failures=failures), refuse, NOW, pace)

    assert state.next_read
    wait = state.next_read - NOW
    assert timedelta(minutes=20) <= wait <= timedelta(days=1)
    assert wait >= timedelta(seconds=min(retry_after or 0, 86_400))


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (
            page("Accueil", head='<link rel="alternate" type="application/rss+xml" href="/le-flux">'),
            "text/html",
            "/le-flux",
        ),
        ("<urlset/>", "text/xml", "not a feed"),
        ("<rss/>", "text/xml", ""),
        ("{}", "application/feed+json", ""),
    ],
)
def test_read_feed_says_that_an_address_is_no_feed(web: FakeWeb, body: str, content_type: str, reason: str):
    web.put(FEED, body, content_type)

    found, state = read_feed(NEW, web.fetch, NOW, PACE)

    assert reason in (state.last_error if reason else "")
    assert len(found) == (1 if state.failures else 0)


def test_read_feed_does_not_follow_an_entry_to_where_we_do_not_go(web: FakeWeb):
    web.put(FEED, rss(item("http://10.0.0.1/")))
    web.pages["http://10.0.0.1/"] = FetchRefused("http://10.0.0.1/", FetchCode.NOT_PUBLIC, "privé")

    (failure,), state = read_feed(NEW, web.fetch, NOW, PACE)

    assert isinstance(failure, Failure)
    assert failure.reason.endswith("[not_public]")
    assert state.failures == 0
