"""Compressed pages -> their bytes, and a stop at bombs, endless bodies and data that never becomes any."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest
from fake_site import FakeBackend, Page, Site
from fetches import Clock, failure, public_fetcher
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchCode, FetchFailed
from corpus.fetching import MOST_BYTES
from corpus.inflating import TooLong, inflate


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


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
