"""Who is let in for a site: its own pages, ours, and its server; and that all others are told the same."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_visits import COWBOY, NEWS, OTHER, Server, serving
from starlette.testclient import TestClient

from sites.errors import OriginInvalid
from sites.keys import new_keys
from sites.origins import origin
from sites.signing import Call, canonical, is_now, is_signed, sign

ARTICLE = {"url": f"{NEWS}/nuovo", "title": "Nuovo", "text": "Il nuovo robot canta a Roma ogni sera.", "language": "it"}
SEND, ASK = "/api/v1/articles?site=PUBLIC-KEY", "/api/v1/ask?site=PUBLIC-KEY"
QUESTION = {"question": "Chi canta?", "language": "it", "article": COWBOY}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("gate")) as running:
        running.answers.may_write.set()
        yield running


def refusal(response: httpx.Response, status: int = 403) -> dict[str, object]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in response.headers
    told: dict[str, object] = response.json()
    return told


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/v1/ask", {"origin": NEWS}),
        ("/api/v1/ask?site=", {"origin": NEWS}),
        ("/api/v1/ask?site=UNKNOWN", {"origin": NEWS}),
        ("/api/v1/ask?site=public-key", {"origin": NEWS}),
        ("/api/v1/ask?site=PUBLIC-KEY&site=PUBLIC-KEY", {"origin": NEWS}),
        (ASK, {"origin": OTHER}),
        (ASK, {"origin": "null"}),
        (ASK, {"origin": ""}),
        (ASK, {"origin": "http://["}),
        (ASK, {"origin": "http://news.example"}),
        (ASK, {"origin": "https://news.example.evil.example"}),
        (ASK, {"origin": "https://news.example:444"}),
        (ASK, {}),
        (ASK, {"sec-fetch-site": "same-origin"}),
        ("/api/v1/nothing?site=UNKNOWN", {"origin": NEWS}),
    ],
)
def test_whatever_is_wrong_the_same_is_told(server: Server, path: str, headers: dict[str, str]):
    browser = TestClient(server.app, headers={"accept-language": "it", **headers})

    told = refusal(browser.post(path, json=QUESTION))

    assert told == refusal(browser.post("/api/v1/ask?site=UNKNOWN", json=QUESTION))
    assert set(told) == {"type", "title", "status", "detail"}


def test_our_own_page_may_ask_with_the_sites_key(server: Server):
    own = TestClient(server.app, headers={"origin": "http://testserver"})
    reads = TestClient(server.app, headers={"sec-fetch-site": "same-origin"})

    assert own.post(ASK, json=QUESTION).status_code == 200
    assert reads.get(f"{SEND}&article={COWBOY}").status_code == 200
    over_http = TestClient(server.app, headers={"referer": "http://testserver/"})
    assert over_http.get(f"{SEND}&article={COWBOY}").status_code == 200
    for elsewhere in ({}, {"referer": f"{NEWS}/testserver"}, {"sec-fetch-site": "same-site"}, {"referer": "//["}):
        assert TestClient(server.app, headers=elsewhere).get(f"{SEND}&article={COWBOY}").status_code == 403


def test_a_preflight_names_the_one_origin_and_no_more_than_is_needed(server: Server):
    wanted = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}

    told = server.page().options(ASK, headers=wanted)

    assert told.status_code == 204
    assert told.headers["access-control-allow-origin"] == NEWS
    assert told.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in told.headers


@pytest.mark.parametrize(
    ("origin_", "wanted"),
    [
        (OTHER, {"access-control-request-method": "POST"}),
        ("null", {"access-control-request-method": "POST"}),
        (NEWS, {"access-control-request-method": "DELETE"}),
        (NEWS, {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}),
        (NEWS, {}),
    ],
)
def test_a_preflight_for_anything_else_is_refused(server: Server, origin_: str, wanted: dict[str, str]):
    refusal(server.page(origin_).options(ASK, headers=wanted))


def test_keys_that_were_changed_or_revoked_open_nothing_any_more(tmp_path: Path):
    with serving(tmp_path) as server:
        server.answers.may_write.set()
        site, new = server.kiosk.sites.named("il chiarino"), new_keys()
        server.kiosk.sites.save(replace(site, key=new.key, secret=new.secret))

        refusal(server.ask())
        refusal(server.signed(SEND, ARTICLE), 401)
        assert server.page().post(f"/api/v1/ask?site={new.key}", json=QUESTION).status_code == 200
        server.kiosk.sites.revoke("Il Chiarino")
        refusal(server.page().post(f"/api/v1/ask?site={new.key}", json=QUESTION))


def test_a_signed_article_is_taken_once(tmp_path: Path):
    with serving(tmp_path) as server:
        date = server.clock().isoformat()
        first = server.signed(SEND, ARTICLE, date=date)

        assert first.status_code == 202 and first.json()["state"] == "coming"
        refusal(server.signed(SEND, ARTICLE, date=date), 401)
        upper = first.request.headers["actuclair-signature"].upper()
        refusal(server.signed(SEND, ARTICLE, date=date, signature=upper), 401)
    with serving(tmp_path) as server:  # after a restart
        refusal(server.signed(SEND, ARTICLE, date=date), 401)


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "another"},
        {"signature": ""},
        {"signature": "0" * 64},
        {"date": "2026-11-22T09:54:59+00:00"},
        {"date": "2026-11-22T10:05:01+00:00"},
        {"date": "2026-11-22T10:00:00"},
        {"date": "today"},
        {"method": "PUT"},
        {"target": "/api/v1/articles?site=PUBLIC-KEY&more=1"},
        {"target": "/api/v1/ask?site=PUBLIC-KEY"},
        {"body": '{"url": "https://news.example/nuovo", "text": "Altro."}'},
    ],
)
def test_a_call_that_is_not_as_it_was_signed_is_refused(server: Server, changed: dict[str, str]):
    assert refusal(server.signed(SEND, ARTICLE, **changed), 401)["type"] == "urn:actuclair:problem:not_allowed"


@pytest.mark.parametrize("sent", [ARTICLE, {"titolo": "è di un altro"}, "nessun oggetto"])
def test_a_reader_cannot_send_articles_nor_learn_what_one_is_made_of(server: Server, sent: object):
    assert refusal(server.page().post(SEND, json=sent), 401)["type"] == "urn:actuclair:problem:not_allowed"


def test_the_sites_server_may_ask_as_well(server: Server):
    assert server.signed(ASK, QUESTION).status_code == 200


@given(TEXT, TEXT, TEXT, st.binary(max_size=40), st.integers(0, 3), st.text(min_size=1, max_size=3))
def test_a_signature_fits_no_other_call(method: str, target: str, date: str, body: bytes, which: int, more: str):
    call = Call(method, target, date, body)
    parts = [method, target, date, body]
    parts[which] = body + more.encode("utf-8", "replace") if which == 3 else f"{parts[which]}{more}".replace("\n", " ")
    other = Call(*parts)  # type: ignore[arg-type]

    assert is_signed(call, "secret", sign(call, "secret"))
    assert not is_signed(other, "secret", sign(call, "secret"))
    assert canonical(other) != canonical(call)


@pytest.mark.parametrize(("seconds", "fits"), [(0, True), (299, True), (301, False)])
def test_a_date_counts_for_five_minutes(seconds: int, fits: bool):
    now = datetime(2026, 11, 22, 10, minute=seconds // 60, second=seconds % 60, tzinfo=UTC)

    assert is_now("2026-11-22T11:00:00+01:00", now) is fits
    assert not is_now("9999-12-31T23:59:59-01:00", now)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HTTPS://News.Example:443/", "https://news.example"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("https://été.example", "https://xn--t-9fab.example"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(text: str, found: str):
    assert origin(text) == found


@pytest.mark.parametrize(
    "text", ["null", "*", "news.example", "ftp://a.b", "https://a.b/c", "https://u@a.b", "https://"]
)
def test_what_is_no_origin_is_refused(text: str):
    with pytest.raises(OriginInvalid):
        origin(text)
