import json
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from fake_site import FakeBackend
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchCode, FetchFailed, FetchRefused, NotFetched
from corpus.fetching import Fetcher
from corpus.network import Network, is_public, resolve

PUBLIC = "93.184.216.34"
REDIRECTS = {"to-file": b"file:///etc/passwd", "chain6": b"/chain6"}


class Names:
    """A resolver that knows a few names; `rebind.test` changes its mind after the first question."""

    def __init__(self, **names: Sequence[str]):
        self._names = {"localtest.me": ["127.0.0.1"], **names}
        self._asked = 0

    def __call__(self, host: str, port: int, timeout: float) -> Sequence[str]:
        if host == "rebind.test":
            self._asked += 1
            return [PUBLIC] if self._asked == 1 else ["127.0.0.1"]
        return self._names.get(host, [PUBLIC])


def moved_to(location: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"


def fetch_with(backend: FakeBackend, address: str, names: Names | None = None) -> NotFetched:
    fetcher = Fetcher(Network(resolve=names or Names(), backend=backend), sleep=lambda seconds: None)
    with pytest.raises(NotFetched) as caught:
        fetcher.fetch(address)
    return caught.value


def test_fetch_refuses_every_listed_address_before_a_byte_goes_to_a_private_one(evaluation_data: Path):
    cases = [json.loads(line) for line in (evaluation_data / "ssrf_urls.jsonl").read_text("utf-8").splitlines()]
    assert cases

    for case in cases:
        onward = REDIRECTS.get(case["url"].rpartition("/")[2], b"http://rebind.test/")
        backend = FakeBackend((moved_to(onward),))

        error = fetch_with(backend, case["url"])

        assert backend.private == [], case
        assert error.code in set(FetchCode), case
        assert str(error).endswith(f"[{error.code}]"), case


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1/", FetchCode.NOT_PUBLIC),
        ("http://127.1/", FetchCode.MALFORMED),
        ("http://2130706433/", FetchCode.MALFORMED),
        ("http://0x7f.1/", FetchCode.MALFORMED),
        ("http://127.0.0.1./", FetchCode.NOT_PUBLIC),
        ("http://[::1]/", FetchCode.NOT_PUBLIC),
        ("http://[::ffff:7f00:1]/", FetchCode.NOT_PUBLIC),
        ("http://[64:ff9b::7f00:1]/", FetchCode.NOT_PUBLIC),
        ("http://[2002:7f00:1::]/", FetchCode.NOT_PUBLIC),
        ("http://[fe80::1%25eth0]/", FetchCode.NOT_PUBLIC),
        ("http://169.254.169.254/latest/meta-data/", FetchCode.NOT_PUBLIC),
        ("http://168.63.129.16/", FetchCode.NOT_PUBLIC),
        ("http://100.100.100.200/", FetchCode.NOT_PUBLIC),
        ("http://１２７.０.０.１/", FetchCode.MALFORMED),
        ("http://%31%32%37.0.0.1/", FetchCode.MALFORMED),
        ("http://localhost%00.example/", FetchCode.MALFORMED),
        ("http://exa mple.org/", FetchCode.MALFORMED),
        ("http://example.org\\@127.0.0.1/", FetchCode.MALFORMED),
        ("http://example.org/\r\nHost: x", FetchCode.MALFORMED),
        ("http://moi:secret@example.org/", FetchCode.CREDENTIALS),
        ("http://example.org:0/", FetchCode.PORT),
        ("https://example.org:6379/", FetchCode.PORT),
        ("gopher://example.org/", FetchCode.SCHEME),
        ("FILE:///etc/passwd", FetchCode.SCHEME),
        ("//example.org/", FetchCode.SCHEME),
        ("", FetchCode.SCHEME),
    ],
)
def test_fetch_refuses_unusual_spellings_and_says_why(address: str, code: FetchCode):
    backend = FakeBackend()

    error = fetch_with(backend, address)

    assert (error.code, backend.connected) == (code, [])
    assert isinstance(error, FetchRefused)


def test_fetch_refuses_a_name_of_which_one_address_is_private():
    backend = FakeBackend()

    error = fetch_with(backend, "https://zeitung.example/", Names(**{"zeitung.example": [PUBLIC, "10.0.0.1"]}))

    assert (error.code, backend.connected) == (FetchCode.NOT_PUBLIC, [])
    assert "10.0.0.1" in error.reason


def test_fetch_connects_to_the_address_that_was_checked_not_to_the_name():
    backend = FakeBackend()
    fetcher = Fetcher(Network(resolve=Names(), backend=backend), sleep=lambda seconds: None)

    fetched = fetcher.fetch("http://rebind.test/")

    assert (fetched.body, backend.connected) == (b"ok", [PUBLIC])


def test_fetch_checks_the_name_again_at_every_redirect():
    backend = FakeBackend((moved_to(b"http://rebind.test/again"),))

    error = fetch_with(backend, "http://rebind.test/")

    assert (error.code, backend.connected) == (FetchCode.NOT_PUBLIC, [PUBLIC])


@given(
    st.lists(
        st.sampled_from([PUBLIC, "127.0.0.1", "10.1.2.3", "::1", "2606:4700::1", "::ffff:10.0.0.1", "fd00::1"]),
        max_size=4,
    ),
    st.sampled_from(
        [
            b"http://10.0.0.1/",
            b"//127.0.0.1/",
            b"http://[::1]:80/",
            b"file:///x",
            b"http://h.test/",
            b"http://0/",
            b"/x",
            b"\xff",
            b"",
        ]
    ),
    st.sampled_from(["http://h.test/", "http://127.0.0.1/", "http://[::1]/é", "https://017700000001/"]),
)
def test_fetch_never_connects_to_a_private_address(answers: list[str], onward: bytes, address: str):
    rest = iter(answers)
    backend = FakeBackend((moved_to(onward),))

    def one_after_the_other(host: str, port: int, timeout: float) -> Sequence[str]:
        return [next(rest, "192.168.0.1")]

    fetcher = Fetcher(Network(resolve=one_after_the_other, backend=backend), sleep=lambda seconds: None)
    with pytest.raises(NotFetched):
        fetcher.fetch(address)

    assert backend.private == []


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_is_public_is_never_wider_than_what_is_globally_routed(address: IPv4Address | IPv6Address):
    assert not is_public(address) or address.is_global


@given(st.ip_addresses(v=4))
def test_is_public_sees_through_addresses_that_stand_for_another(address: IPv4Address):
    number = int(address)
    spellings = [(0xFFFF << 32) + number, (0x64FF9B << 96) + number, (0x2002 << 112) + (number << 80)]

    assert {is_public(IPv6Address(spelling)) for spelling in spellings} == {is_public(address)}


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "127.255.0.1",
        "169.254.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.88.99.1",
        "192.0.0.9",
        "::",
        "::1",
        "::7f00:1",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff0e::1",
        "2001:db8::1",
        "2001:0:1::1",
        "3fff::1",
        "5f00::1",
        "64:ff9b:1::1",
        "100::1",
    ],
)
def test_is_public_says_no_to_addresses_for_special_use(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1", "2a00:1450:4001::200e"])
def test_is_public_says_yes_to_addresses_of_sites(address: str):
    assert is_public(ip_address(address))


def test_resolve_gives_the_addresses_of_a_name_and_an_error_for_none():
    assert set(resolve("localhost", 80, 60)) <= {"127.0.0.1", "::1"}
    with pytest.raises(OSError, match=r"."):
        resolve("a" * 70 + ".invalid", 80, 60)


def test_network_tells_that_a_name_was_not_found_and_that_it_may_pass():
    def no_such_name(host: str, port: int, timeout: float) -> Sequence[str]:
        raise OSError("aucune adresse")

    fetcher = Fetcher(Network(resolve=no_such_name, backend=FakeBackend()))
    with pytest.raises(FetchFailed, match=r"'journal\.example' was not found") as caught:
        fetcher.fetch("https://journal.example/")

    assert (caught.value.code, caught.value.passing) == (FetchCode.UNKNOWN_HOST, True)
