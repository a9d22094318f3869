"""One page at a time from a site: where redirects may lead, what is sent, and each failure with its code."""

from collections.abc import Iterator

import pytest
from fake_site import FakeBackend, Page, Site
from fetches import Clock, failure, public_fetcher

from corpus.errors import FetchCode, FetchFailed, FetchRefused
from corpus.fetching import Fetcher
from corpus.network import Network


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


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
