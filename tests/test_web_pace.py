"""How much, how often and how slowly one may ask; whose address counts."""

import json
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.testclient import TestClient
from starlette.types import Scope
from web_calls import answered, app, guarded

from web import Guard, Rules
from web.errors import Refused
from web.pace import Caller, Pace, page_of
from web.replies import sentences

JOIN = "/gradio_api/queue/join"
FILES_OF_THE_PAGE = 59  # seen in Chromium at its first visit
FEW = Rules(hosts=("page.example",), calls_per_minute=3, readers_per_address=2)
NOW = 1_800_000_020.0  # in the middle of a minute


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock by which requests are counted stands still: no minute begins anew between two of them."""
    monkeypatch.setattr(time, "time", lambda: NOW)


def call(page: str) -> dict[str, object]:
    return {"json": {"data": ["Chi canta?"], "session_hash": page}}


@pytest.mark.usefixtures("one_moment")
def test_a_page_that_asks_too_often_is_asked_to_wait_and_told_how_long():
    client = guarded(FEW)

    answers = [client.post(JOIN, **call("a"), headers={"accept-language": "it"}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["detail"] == sentences("it")["too_many"]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


@pytest.mark.usefixtures("one_moment")
def test_a_page_that_asks_too_often_takes_nothing_from_its_class():
    client = guarded(FEW)
    for _ in range(20):
        client.post(JOIN, **call("noisy"))

    assert [client.post(JOIN, **call("quiet")).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.usefixtures("one_moment")
def test_an_address_may_ask_for_as_much_as_its_readers():
    client = guarded(FEW)

    statuses = [client.post(JOIN, **call(f"page {number}")).status_code for number in range(7)]

    assert statuses == [200] * 6 + [429]


def test_a_class_of_thirty_behind_one_address_is_not_locked_out():
    pace, school = Pace(Rules()), Caller("192.0.2.1")

    with ExitStack() as stack:
        for _ in range(30 * 6):
            stack.enter_context(pace.one_more(school))
        for _ in range(30 * FILES_OF_THE_PAGE):
            pace.count_file(school)
        for number in range(30 * 20):
            pace.count_call(school, f"pupil {number % 30}")  # no Refused: ten questions of each in one minute


def seat_of(scope: Scope) -> str:
    """Known are those whose seat begins with a k."""
    seat = cookie_parser(Headers(scope=scope).get("cookie", "")).get("seat", "")
    return seat if seat.startswith("k") else ""


@pytest.mark.usefixtures("one_moment")
def test_who_is_known_is_counted_alone_and_takes_nothing_from_others_at_the_address():
    client = TestClient(Guard(app(), replace(FEW, readers_per_address=10), seat_of), base_url="http://page.example")

    def asked(seat: str, times: int) -> list[int]:
        return [client.post("/echo", json={}, headers={"cookie": f"seat={seat}"}).status_code for _ in range(times)]

    flooding, made_up = asked("k3j", 40), [asked(f"x{number}", 1)[0] for number in range(31)]

    assert flooding == [200] * 3 + [429] * 37
    assert made_up == [200] * 30 + [429]  # a cookie that nobody gave out is none
    assert asked("kp7", 3) == [200] * 3  # who is known is let through though the address has asked too much


def test_who_is_known_has_as_many_connections_as_a_browser_opens():
    pace, pupil = Pace(Rules()), Caller("kp7", is_one=True)

    with ExitStack() as stack, pytest.raises(Refused):
        for _ in range(7):
            stack.enter_context(pace.one_more(pupil))


@pytest.mark.usefixtures("one_moment")
def test_another_address_is_counted_for_itself_and_an_ipv6_network_as_one():
    guard = Guard(app(), Rules(calls_per_minute=3, readers_per_address=1))
    headers = [(b"host", b"localhost")]

    def status(address: str) -> int:
        request = {"type": "http.request", "body": b"{}"}
        return int(answered(guard, [request], path=JOIN, client=(address, 1), headers=headers)[0]["status"])

    assert [status(f"2001:db8::{number}") for number in range(1, 5)] == [200, 200, 200, 429]
    assert status("2001:db8:1::1") == 200
    assert status("192.0.2.1") == 200


def test_a_body_that_is_too_long_is_refused_whether_it_says_so_or_not():
    client = guarded(Rules(hosts=("page.example",), longest_body=100))

    def pieces():
        yield b"a" * 60
        yield b"a" * 60

    assert client.post("/echo", content=b"a" * 101).status_code == 413
    assert client.post("/echo", content=pieces()).status_code == 413
    assert client.post("/echo", content=b"a" * 100).json()["body"] == 100


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"x", "²".encode("latin-1")])
def test_a_body_of_a_strange_length_is_refused(length: bytes):
    headers = [(b"host", b"localhost"), (b"content-length", length)]

    assert answered(Guard(app()), [{"type": "http.request"}], headers=headers)[0]["status"] == 413


def test_a_body_that_comes_too_slowly_is_not_waited_for():
    guard = Guard(app(), Rules(slowest_body_s=0.1))
    slow = [{"type": "http.request", "body": b"{", "more_body": True}, 0.5, {"type": "http.request", "body": b"}"}]

    assert answered(guard, slow)[0]["status"] == 408


def test_a_reader_who_leaves_in_the_middle_of_a_body_reaches_nothing():
    gone = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]

    assert answered(Guard(app()), gone)[0]["status"] == 400


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "seen"),
    [
        ((), "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (("10.0.0.0/8",), "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (("10.0.0.0/8",), "10.0.0.1", "127.0.0.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (("10.0.0.0/8",), "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (("10.0.0.0/8",), "10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_forwarded_addresses_are_believed_from_proxies_only(
    proxies: tuple[str, ...], peer: str, forwarded: str, seen: str
):
    client = guarded(Rules(hosts=("page.example",), proxies=proxies), client=peer)

    told = client.get("/echo", headers={"x-forwarded-for": forwarded, "x-forwarded-proto": "https"}).json()

    assert told["client"] == seen
    assert told["scheme"] == ("https" if peer.startswith("10.") else "http")
    assert not [name for name in told["headers"] if name.startswith("x-forwarded")]


def test_a_forwarded_host_is_checked_like_any_other():
    client = guarded(Rules(hosts=("page.example",), proxies=("10.0.0.1",)), client="10.0.0.1")

    assert client.get("/echo", headers={"x-forwarded-host": "evil.example"}).status_code == 421
    assert client.get("/echo", headers={"x-forwarded-host": "page.example", "host": "inside"}).status_code == 200


@given(st.binary(max_size=60) | st.dictionaries(st.text(), st.text()).map(lambda value: json.dumps(value).encode()))
def test_page_of_any_body_is_a_short_name(body: bytes):
    assert len(page_of(body)) <= 40
