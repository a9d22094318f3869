import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpcore
import pytest
from fake_site import FakeBackend, Page, Site
from hypothesis import given
from hypothesis import strategies as st

from corpus.deadline import Deadline, timed_backend
from corpus.errors import FetchCode, FetchFailed, FetchRefused, NotFetched
from corpus.fetching import MOST_BYTES, Fetcher, seconds_to_wait
from corpus.inflating import TooLong, inflate
from corpus.network import Network

PUBLIC = "93.184.216.34"


class Clock:
    """Goes on only when somebody sleeps or reads."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


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


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def failure(site: Site, path: str) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        site.fetcher.fetch(site.url + path)
    return caught.value


def public_fetcher(backend: httpcore.NetworkBackend, clock: Clock) -> Fetcher:
    return Fetcher(Network(resolve=lambda *_: [PUBLIC], backend=backend), clock.sleep, clock)


def test_fetch_gives_the_page_and_says_who_asks(site: Site):
    site.pages["/été"] = Page()
    site.pages["/%C3%A9t%C3%A9"] = Page("Il canta in città.".encode(), "text/html; charset=UTF-8")

    fetched = site.fetcher.fetch(site.url + "/été")

    assert (fetched.body.decode(), fetched.content_type, fetched.charset) == (
        "Il canta in città.",
        "text/html",
        "utf-8",
    )
    (_, headers) = site.requests[0]
    assert headers["user-agent"].startswith("Actuclair/")
    assert "cookie" not in headers


def test_fetch_ignores_proxies_of_the_environment(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.pages["/a"] = Page(b"ok")

    assert site.fetcher.fetch(site.url + "/a").body == b"ok"


def test_fetch_sends_no_cookie_back(site: Site):
    site.pages["/a"] = Page(status=302, headers={"Location": "/b", "Set-Cookie": "qui=moi"})
    site.pages["/b"] = Page(b"ok")

    site.fetcher.fetch(site.url + "/a")

    assert [("cookie" in headers) for _, headers in site.requests] == [False, False]


@pytest.mark.parametrize(("redirects", "arrives"), [(3, True), (4, False)])
def test_fetch_follows_three_redirects_at_most(site: Site, redirects: int, arrives: bool):
    for number in range(redirects):
        site.pages[f"/{number}"] = Page(status=301, headers={"Location": f"{number + 1}?q=é"})
        site.pages[f"/{number + 1}?q=%C3%A9"] = site.pages[f"/{number}"]
    for path in (f"/{redirects}?q=%C3%A9", f"/{redirects}?q=é"):
        site.pages[path] = Page(b"fin")
    for number in range(redirects):
        site.pages[f"/{number}?q=%C3%A9"] = site.pages[f"/{number}"]

    if arrives:
        assert site.fetcher.fetch(site.url + "/0").url.endswith(f"/{redirects}?q=%C3%A9")
    else:
        assert failure(site, "/0").code is FetchCode.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", FetchCode.SCHEME),
        ("http://10.0.0.1/", FetchCode.PORT),
        ("http://ich:geheim@example.org/", FetchCode.CREDENTIALS),
        ("http://[::1", FetchCode.MALFORMED),
        ("", FetchCode.STATUS),
    ],
)
def test_fetch_does_not_follow_a_redirect_to_where_it_would_not_go(site: Site, location: str, code: FetchCode):
    site.pages["/a"] = Page(status=302, headers={"Location": location})

    assert failure(site, "/a").code is code
    assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress("größer".encode())),
        ("x-gzip", gzip.compress("grö".encode()) + gzip.compress("ßer".encode())),
        ("deflate", zlib.compress("größer".encode())),
        ("deflate", zlib.compress("größer".encode())[2:-4]),
        ("identity", "größer".encode()),
    ],
)
def test_fetch_decompresses_what_it_asked_for(site: Site, encoding: str, data: bytes):
    site.pages["/a"] = Page(data, headers={"Content-Encoding": encoding})

    assert site.fetcher.fetch(site.url + "/a").body.decode() == "größer"


@pytest.mark.parametrize(
    ("encoding", "data"), [("br", b"x"), ("gzip", b"kein gzip"), ("gzip", gzip.compress(b"cut off")[:-6])]
)
def test_fetch_says_that_compression_cannot_be_undone(site: Site, encoding: str, data: bytes):
    site.pages["/a"] = Page(data, headers={"Content-Encoding": encoding})

    assert failure(site, "/a").code is FetchCode.ENCODING


def test_fetch_stops_a_bomb_at_the_cap_without_filling_the_memory(site: Site):
    chunk = gzip.compress(b"\0" * 10_000_000)
    site.pages["/bombe"] = Page(chunk * 50, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()

    error = failure(site, "/bombe")

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code is FetchCode.TOO_LARGE
    assert peak < 4 * MOST_BYTES


def test_fetch_stops_an_endless_body_at_the_cap(site: Site):
    def endless(file: Any) -> None:
        while True:
            file.write(b"x" * 65_536)

    site.pages["/sinfin"] = Page(write=endless)

    assert failure(site, "/sinfin").code is FetchCode.TOO_LARGE


def test_fetch_stops_compressed_data_that_never_becomes_any():
    padding = zlib.compressobj(wbits=-15)
    empty_blocks = padding.compress(b"") + padding.flush(zlib.Z_FULL_FLUSH) * 2_000_000
    backend = FakeBackend((b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n",))
    backend.connect_tcp = (
        lambda *_, **__: httpcore.MockStream(  # type: ignore[method-assign]
            [
                backend.answers[0],
                *(empty_blocks[start : start + 65_536] for start in range(0, len(empty_blocks), 65_536)),
            ]
        )
    )

    with pytest.raises(FetchFailed) as caught:
        public_fetcher(backend, Clock()).fetch("http://lent.example/")

    assert caught.value.code is FetchCode.TOO_LARGE


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


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (403, False), (429, True), (503, True)])
def test_fetch_tells_whether_an_error_page_may_pass(site: Site, status: int, passing: bool):
    site.pages["/a"] = Page(b"Fehler", status=status, headers={"Retry-After": "120"})

    error = failure(site, "/a")

    assert isinstance(error, FetchFailed)
    assert (error.code, error.passing, error.retry_after) == (FetchCode.STATUS, passing, 120.0)
    assert str(status) in error.reason


def test_fetch_takes_no_304_that_was_not_asked_for(site: Site):
    site.pages["/a"] = Page(status=304)

    assert failure(site, "/a").code is FetchCode.STATUS
    assert site.fetcher.fetch(site.url + "/a", {"If-None-Match": '"é"'}).status == 304


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"])
def test_fetch_says_that_a_server_did_not_answer_as_it_should(answer: bytes):
    with pytest.raises(FetchFailed) as caught:
        public_fetcher(FakeBackend((answer,)), Clock()).fetch("http://kaputt.example/")

    assert caught.value.code is FetchCode.UNREACHABLE


def test_fetch_says_that_nobody_listens():
    with Site() as site:
        fetcher, url = site.fetcher, site.url

    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)

    assert caught.value.code is FetchCode.UNREACHABLE


def test_default_network_refuses_a_site_on_this_machine(site: Site):
    with pytest.raises(FetchRefused) as caught:
        Fetcher(Network(ports=frozenset({site.port}))).fetch(site.url)

    assert caught.value.code is FetchCode.NOT_PUBLIC
    assert site.requests == []


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


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from([31, 15, -15]))
def test_inflate_gives_back_what_was_compressed_however_it_is_cut(data: bytes, step: int, window: int):
    compressor = zlib.compressobj(wbits=window)
    compressed = compressor.compress(data) + compressor.flush()

    chunks = [compressed[start : start + step] for start in range(0, len(compressed), step)]

    if window != -15 or step > 1:  # one byte does not tell bare deflate from zlib
        assert inflate(chunks, 1000) == data


def test_inflate_counts_members():
    with pytest.raises(TooLong, match="members"):
        inflate([gzip.compress(b"") * 2000], 1000)
