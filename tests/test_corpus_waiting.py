"""How long a server is waited for, how long it asks to be left alone, and the pause between two requests."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpcore
import pytest
from fake_site import FakeBackend
from fetches import PUBLIC, Clock, public_fetcher

from corpus.deadline import Deadline, timed_backend
from corpus.errors import FetchCode, FetchFailed, NotFetched
from corpus.fetching import seconds_to_wait


class DrippingBackend(httpcore.NetworkBackend):
    """A server that sends one byte each five seconds, without end."""

    def __init__(self, clock: Clock, start: bytes = b"HTTP/1.1 200 OK\r\n\r\n"):
        self._clock, self._start = clock, start

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        clock, start = self._clock, self._start

        class Stream(httpcore.MockStream):
            def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
                if buffered := super().read(max_bytes):
                    return buffered
                if timeout is not None and timeout < 5:
                    clock.sleep(timeout)
                    raise httpcore.ReadTimeout
                clock.sleep(5)
                return b"x"

        return Stream([start])


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: ", b""])
def test_fetch_gives_up_in_time_on_one_byte_each_five_seconds(start: bytes):
    clock = Clock()

    with pytest.raises(FetchFailed) as caught:
        public_fetcher(DrippingBackend(clock, start), clock).fetch("http://lento.example/")

    assert (caught.value.code, caught.value.passing) == (FetchCode.TOO_SLOW, True)
    assert clock.now <= 10


def test_fetch_gives_up_in_time_when_redirects_drip():
    clock = Clock()
    backend = DrippingBackend(clock, b"HTTP/1.1 302 Found\r\nLocation: /x\r\nX: ")

    with pytest.raises(FetchFailed) as caught:
        public_fetcher(backend, clock).fetch("http://langsam.example/")

    assert caught.value.code is FetchCode.TOO_SLOW
    assert clock.now <= 10


def test_fetch_pauses_between_requests_to_a_host_and_not_between_hosts():
    clock = Clock()
    fetcher = public_fetcher(FakeBackend(), clock)

    times = []
    for address in ("http://a.example/1", "http://b.example/1", "http://a.example/2", "https://b.example:80/2"):
        with suppress(NotFetched):
            fetcher.fetch(address)
        times.append(clock.now)

    assert times == [0, 0, 0.5, 0.5]


def test_timed_backend_tries_the_next_address_when_one_does_not_answer():
    class HalfDead(FakeBackend):
        def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.NetworkStream:
            stream = super().connect_tcp(host, port)
            if host == "2606:4700::1":
                raise httpcore.ConnectTimeout
            return stream

    backend = HalfDead()

    timed_backend(backend, ["2606:4700::1", PUBLIC], Deadline(10, Clock())).connect_tcp("beliebig.example", 80)

    assert backend.connected == ["2606:4700::1", PUBLIC]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), (" 5 ", 5.0), ("", None), ("bientôt", None), ("-3", None), ("٣", None), ("9" * 99, 999_999_999)],
)
def test_seconds_to_wait_understands_numbers(header: str, seconds: float | None):
    assert seconds_to_wait(header, time.time()) == seconds


def test_seconds_to_wait_understands_dates():
    now = datetime(2026, 1, 31, tzinfo=UTC).timestamp()

    assert seconds_to_wait(format_datetime(datetime(2026, 1, 31, 0, 2, tzinfo=UTC)), now) == 120
    assert seconds_to_wait(format_datetime(datetime(2025, 1, 31, tzinfo=UTC)), now) == 0
