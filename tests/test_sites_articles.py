"""Articles that a site sends or lets be fetched, and that none brings in what is another's."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_site import Page
from fake_site import Site as FakeSite
from hypothesis import given
from hypothesis import strategies as st
from site_visits import NEWS, OTHER, SITE, Server, serving
from waiting import wait_until

from corpus.errors import FetchRefused
from corpus.types import Article
from sites.arrivals import MOST_WAITING
from sites.errors import Refused
from sites.intake import is_own, own_id
from sites.types import State
from sites.ways import IndexWays

SEND, LOOK = "/api/v1/articles?site=PUBLIC-KEY", "/api/v1/articles?site=PUBLIC-KEY&article="
ARTICLE = {"url": f"{NEWS}/nuovo", "title": "Nuovo", "text": "Il nuovo robot canta a Roma ogni sera.", "language": "it"}
FETCHES = replace(SITE, fetches=True)


def state(server: Server, name: str) -> str:
    told: str = server.page().get(LOOK + name).json()["state"]
    return told


def wait_until_known(server: Server, name: str, known: State) -> None:
    """Without asking the server, where a reader may look so often a minute."""
    (site,) = server.kiosk.sites.all()
    wait_until(lambda: server.kiosk.articles.state(site, name)[0] is known)
    assert state(server, name) == known


def wait_until_indexed(server: Server, name: str) -> None:
    wait_until_known(server, name, State.INDEXED)


def test_an_article_that_the_site_sends_is_coming_and_then_there(tmp_path: Path):
    with serving(tmp_path) as server:
        server.ways.may_store.clear()
        assert state(server, ARTICLE["url"]) == "unknown"

        assert server.signed(SEND, ARTICLE).json()["state"] == "coming"

        assert state(server, ARTICLE["url"]) == "coming"
        assert server.ask(article=ARTICLE["url"]).json()["type"] == "urn:actuclair:problem:article_coming"
        server.ways.may_store.set()
        wait_until_indexed(server, ARTICLE["url"])
        server.answers.may_write.set()
        assert server.ask(article=ARTICLE["url"]).status_code == 200


def test_a_page_is_told_whether_other_articles_of_the_site_may_answer(tmp_path: Path):
    with serving(tmp_path / "own") as own, serving(tmp_path / "rest", replace(SITE, rest=True)) as rest:
        assert [each.page().get(f"{LOOK}{NEWS}/mare").json()["rest"] for each in (own, rest)] == [False, True]
        assert rest.page().get(f"{LOOK}cowboy").json()["rest"]


def test_an_article_without_an_address_is_found_by_the_sites_own_id(tmp_path: Path):
    sent = {"id": "été-1", "title": "L’été", "text": "Le soleil brille sur la plage de Nice.", "language": "fr"}
    with serving(tmp_path) as server:
        id_ = server.signed(SEND, sent).json()["id"]

        wait_until_indexed(server, "été-1")

        assert id_.startswith("ete-1-")
        assert state(server, id_) == "indexed"


def test_what_waited_when_the_server_stopped_is_brought_in_after_it(tmp_path: Path):
    with serving(tmp_path) as before:
        before.kiosk._intake._stopped = True  # it goes down before it gets to it
        before.signed(SEND, ARTICLE)
    with serving(tmp_path) as after:
        wait_until_indexed(after, ARTICLE["url"])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"url": f"{OTHER}/pizza"}, "none of the site's origins"),
        ({"url": "https://news.example.evil.example/a"}, "none of the site's origins"),
        ({"url": "https://news.example@evil.example/a"}, "none of the site's origins"),
        ({"url": "javascript:alert(1)"}, "none of the site's origins"),
        ({"url": ""}, "neither a url nor an id"),
        ({"text": "   "}, "no text"),
        ({"published": "when it snowed"}, "published"),
        ({"language": "klingon"}, "language"),
    ],
)
def test_an_article_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, changed: dict[str, str], reason: str
):
    with serving(tmp_path) as server:
        told = server.signed(SEND, ARTICLE | changed)

        assert told.status_code == 422
        assert reason in told.json()["reason"]


def test_a_site_cannot_take_the_id_of_an_article_of_others(tmp_path: Path):
    with serving(tmp_path) as server:
        id_ = server.signed(SEND, {"id": "foreign", "text": "La pizza è gratis a Roma per tutti."}).json()["id"]

        assert id_ != "foreign"
        assert own_id(SITE, "foreign") != own_id(replace(SITE, id="s2"), "foreign")


def test_an_article_in_view_is_fetched_once_where_the_site_allows_it(tmp_path: Path):
    page = Article("mare", "Il mare", "Il mare è calmo a Genova stasera.", "it", "", url=f"{NEWS}/mare")
    with serving(tmp_path, FETCHES) as server:
        server.ways.pages[f"{NEWS}/mare"] = page

        assert state(server, f"{NEWS}/mare") == "coming"

        wait_until_indexed(server, f"{NEWS}/mare")
        assert state(server, f"{NEWS}/none") == "coming"
        wait_until_known(server, f"{NEWS}/none", State.UNKNOWN)
        assert server.ways.fetched.count(f"{NEWS}/none") == 1


def test_an_article_that_found_no_room_is_fetched_when_there_is(tmp_path: Path):
    page = Article("mare", "Il mare", "Il mare è calmo a Genova stasera.", "it", "", url=f"{NEWS}/mare")
    with serving(tmp_path, FETCHES) as server:
        server.ways.pages[f"{NEWS}/mare"] = page
        server.ways.may_store.clear()
        for number in range(MOST_WAITING):
            server.kiosk._intake.take(SITE, ARTICLE | {"url": f"{NEWS}/{number}"})

        assert server.page().get(f"{LOOK}{NEWS}/mare").status_code == 503

        for arrival in server.kiosk._intake._arrivals.all():
            server.kiosk._intake._arrivals.done(arrival)
        assert state(server, f"{NEWS}/mare") == "coming"


@pytest.mark.parametrize(
    "address", [f"{OTHER}/a", "http://news.example/a", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_nothing_is_fetched_that_is_not_the_sites_own(tmp_path: Path, address: str):
    with serving(tmp_path, FETCHES) as server:
        assert state(server, address) == "unknown"
        server.kiosk._intake.close()
        assert server.ways.fetched == []


def test_a_page_that_says_it_is_at_another_site_is_left_out(tmp_path: Path):
    lying = Article("x", "X", "Il testo di un altro sito, preso qui.", "it", "", url=f"{OTHER}/x")
    with serving(tmp_path, FETCHES) as server:
        server.ways.pages[f"{NEWS}/x"] = lying
        state(server, f"{NEWS}/x")

        wait_until_known(server, f"{NEWS}/x", State.UNKNOWN)
        assert server.ways.fetched == [f"{NEWS}/x"]


def test_an_article_that_a_fault_keeps_out_does_not_keep_out_the_next(tmp_path: Path):
    with serving(tmp_path) as server:
        server.ways.faulty = "questo guasta tutto"
        server.signed(SEND, ARTICLE | {"url": f"{NEWS}/guasto", "text": "Ecco, questo guasta tutto, dice il robot."})

        server.signed(SEND, ARTICLE)

        wait_until_indexed(server, ARTICLE["url"])
        assert state(server, f"{NEWS}/guasto") == "unknown"


def test_too_many_that_wait_are_refused(tmp_path: Path):
    with serving(tmp_path) as server:
        server.ways.may_store.clear()
        for number in range(MOST_WAITING):
            server.kiosk._intake.take(SITE, ARTICLE | {"url": f"{NEWS}/{number}"})

        with pytest.raises(Refused) as refused:
            server.kiosk._intake.take(SITE, ARTICLE)

        assert (refused.value.status, refused.value.phrase) == (503, "busy")


def test_a_fetch_does_not_follow_the_site_elsewhere():
    text = "<html><body><article>" + "<p>Il robot canta a Roma ogni sera con la banda.</p>" * 5
    with FakeSite() as site, FakeSite() as elsewhere:
        elsewhere.pages["/a"] = Page(text.encode())
        site.pages["/moved"] = Page(status=302, headers={"Location": f"{elsewhere.url}/a"})
        site.pages["/a"] = Page(text.encode())
        both = replace(site.network, ports=frozenset({site.port, elsewhere.port}))
        ways = IndexWays(lambda found: None, lambda: None, both)  # type: ignore[arg-type,return-value]

        assert "robot" in ways.fetch(f"{site.url}/a", (site.url,)).text
        with pytest.raises(FetchRefused):
            ways.fetch(f"{site.url}/moved", (site.url,))
        assert elsewhere.requests == []


@given(st.text(max_size=40))
def test_only_addresses_at_an_origin_are_its_own(text: str):
    assert not is_own(SITE, f"https://{text}news.example.evil/{text}")
    assert not is_own(SITE, f"https://news.example@{text}evil.example/")
