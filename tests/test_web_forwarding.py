"""A request that one server hands on to another: as it came, and nobody can say so in vain."""

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from engines import free_port
from forwarding_servers import LONG_S, RULES, SECRET, There, handing_on
from servers import running
from starlette.applications import Starlette
from starlette.routing import Route

from web import Guard
from web.errors import BrokenOff, Unreached
from web.forwarding import Forwarder
from web.forwards import HEADER, PROOF, header


@pytest.fixture
def there() -> There:
    return There()


@pytest.fixture
def client(there: There) -> Iterator[httpx.Client]:
    with handing_on(there) as (client, _):
        yield client


def asked(address: str, headers: dict[str, str] | list[tuple[str, str]]) -> httpx.Response:
    return httpx.get(f"{address}/class/x", headers=headers, timeout=LONG_S)


def test_a_request_arrives_as_it_was_asked(client: httpx.Client):
    asked = client.post(
        "/class/l%C3%BBne-4827/ask?a=%C3%A9&b=", content='{"question": "Où est la lune ?"}',
        headers={"cookie": "actuclair_pupil=1; other=2", "accept-language": "fr", "te": "trailers"},
    )  # fmt: skip

    seen = asked.json()
    names = [name for name, _ in seen["headers"]]
    assert asked.status_code == 201
    assert (seen["path"], seen["query"]) == ("/class/l%C3%BBne-4827/ask", "a=%C3%A9&b=")
    assert seen["body"] == '{"question": "Où est la lune ?"}'
    assert ["host", "page.example"] in seen["headers"] and ["accept-language", "fr"] in seen["headers"]
    assert ["cookie", "actuclair_pupil=1; other=2"] in seen["headers"]
    assert not {"te", HEADER} & {*names} and names.count("content-length") == names.count("host") == 1


def test_an_answer_comes_back_as_it_was_given(client: httpx.Client):
    answer = client.get("/class/x")

    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2 and cookies[0].startswith("pupil=") and "Path=/class" in cookies[0]
    assert answer.headers["x-kept"] == "1" and "x-only-here" not in answer.headers and PROOF not in answer.headers
    assert len(answer.headers.get_list("date")) == 1
    assert answer.headers.get_list("content-security-policy") == [answer.headers["content-security-policy"]]


def test_who_asks_is_the_reader_whom_the_first_server_has_seen(client: httpx.Client):
    told = {"x-forwarded-for": "203.0.113.9, 192.0.2.7", "x-forwarded-proto": "https"}

    seen = client.get("/class/x", headers=told).json()

    assert (seen["client"], seen["scheme"]) == ("192.0.2.7", "https")
    assert not [name for name, _ in seen["headers"] if name.startswith("x-forwarded")]


def test_events_come_one_by_one(client: httpx.Client, there: There):
    with client.stream("GET", "/events") as answer:
        parts = answer.iter_text()
        first = next(parts)
        there.may_go_on.set()
        rest = "".join(parts)

    assert first == "data: uno\n\n"
    assert rest == "data: perché\n\n"
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_a_page_that_is_closed_is_missed_there_too(client: httpx.Client, there: There):
    with client.stream("GET", "/events") as answer:
        next(answer.iter_text())

    assert there.has_left.wait(LONG_S)
    assert not there.may_go_on.is_set()


def test_a_redirection_is_the_readers_to_follow(client: httpx.Client):
    answer = client.get("/away")

    assert (answer.status_code, answer.headers["location"]) == (303, "/class/tigre%20luna?a=1")


def test_a_large_answer_arrives_whole(client: httpx.Client):
    assert client.get("/large").text == "é" * 2_000_000


def test_too_large_a_request_goes_no_further(client: httpx.Client, there: There):
    answer = client.post("/class/x", content=b"x" * (RULES.longest_body + 1))

    assert answer.status_code == 413
    assert there.calls == []


def test_an_answer_that_breaks_off_is_none(there: There):
    with handing_on(there) as (client, here):
        status = client.post("/breaks").status_code

    assert status == 503
    assert isinstance(here.errors[0], BrokenOff)
    assert there.calls == ["POST"]


def test_where_nobody_listens_nothing_was_done(there: There):
    with handing_on(there) as (client, here):
        here.address = f"http://127.0.0.1:{free_port()}"
        status = client.post("/class/x").status_code

    assert status == 503
    assert isinstance(here.errors[0], Unreached) and "ACTUCLAIR_OWN_ADDRESS" in str(here.errors[0])


def test_another_program_at_the_address_is_not_believed(there: There):
    there.secret = "ein anderes"
    plain = Guard(Starlette(routes=[Route("/class/x", there.echo)]), RULES)
    with running(plain) as other, handing_on(there) as (client, here):
        refused = client.get("/class/x").status_code
        here.address = other
        unproved = client.get("/class/x").status_code

    assert (refused, unproved) == (503, 503)
    assert [type(error) for error in here.errors] == [Unreached, Unreached]


@pytest.mark.parametrize(
    "told",
    [
        "",
        "https 192.0.2.7",
        header("falsch", "https", "192.0.2.7"),
        header(SECRET, "https", "192.0.2.7").replace("192.0.2.7", "192.0.2.8"),
        header(SECRET, "http", "192.0.2.7").replace(" http ", " https "),
        header(SECRET, "ws", "192.0.2.7"),
        header("", "https", "192.0.2.7"),
    ],
)
def test_who_says_in_vain_to_be_a_server_is_refused(there: There, told: str):
    with running(there.app()) as address:
        forged = asked(address, {HEADER: told, "accept-language": "it"})
        real = asked(address, {HEADER: header(SECRET, "https", "192.0.2.7")})
        there.secret = ""
        unasked = asked(address, {HEADER: header("", "https", "192.0.2.7")})

    assert (forged.status_code, real.status_code, unasked.status_code) == (403, 201, 403)
    assert PROOF not in forged.headers and real.json()["client"] == "192.0.2.7"
    assert there.calls == ["GET"]


def test_a_header_that_is_told_twice_is_refused(there: There):
    true = header(SECRET, "https", "192.0.2.7")
    with running(there.app()) as address:
        twice = asked(address, [(HEADER, true), (HEADER, true)])

    assert twice.status_code == 403


def test_headers_that_no_server_should_be_sent_are_the_readers_fault(there: There):
    scope = {
        "type": "http", "method": "GET", "path": "/class/x", "raw_path": b"/class/x", "query_string": b"",
        "scheme": "http", "client": ("192.0.2.7", 1), "headers": [(b"host", b"page.example"), (b"x y", b"1")],
    }  # fmt: skip
    with running(there.app()) as address:
        answer = asyncio.run(Forwarder().forward(scope, b"", address, SECRET))

    assert answer.status_code == 400
    assert there.calls == []


def test_a_connection_that_the_other_server_has_closed_meanwhile_is_not_used_again(client: httpx.Client, there: There):
    first = client.post("/class/x").status_code
    time.sleep(5.5)  # uvicorn closes it after five
    second = client.post("/class/x").status_code

    assert (first, second) == (201, 201)
    assert there.calls == ["POST", "POST"]
