"""Sitemaps as sources, and what robots.txt allows."""

import gzip
from datetime import date

import pytest
from documents import page
from fake_site import FakeWeb, Page, Site
from source_reads import HOME, SITEMAP, articles, failures, read, url

from corpus.errors import FetchCode, FetchFailed
from corpus.sources import read_sources


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


def test_read_sources_reads_a_sitemap_with_what_its_news_say(web: FakeWeb):
    news = (
        "<n:news><n:publication><n:name>El Diario</n:name><n:language>es</n:language></n:publication>"
        "<n:publication_date>"
        "2025-11-21T08:00:00+01:00</n:publication_date><n:title>El robot del mapa</n:title></n:news>"
    )
    web.put(
        f"{HOME}/mapa", f"{SITEMAP}{url('/a')}{url('/b', news)}{url('/c', '<lastmod>2025-11-22</lastmod>')}</urlset>"
    )
    for path in "abc":
        web.put(
            f"{HOME}/{path}",
            page(f"El robot {path}", "El robot canta en la ciudad. Los niños bailan toda la noche.", "es"),
        )

    found = articles(read(web, "/mapa", limit=2))

    assert [article.url for article in found] == [f"{HOME}/c", f"{HOME}/b"]
    assert (found[1].title, found[1].outlet, found[1].published) == (
        "El robot del mapa",
        "El Diario",
        date(2025, 11, 21),
    )
    assert found[0].published is None


def test_read_sources_reads_the_sitemaps_of_an_index_and_those_in_gzip():
    with Site() as site:
        site.pages["/index"] = Page(
            f"<sitemapindex><sitemap><loc>{site.url}/weg</loc></sitemap>"
            f"<sitemap><loc>{site.url}/karte</loc></sitemap></sitemapindex>".encode(), "text/xml",
        )  # fmt: skip
        packed = gzip.compress(f"<urlset><url><loc>{site.url}/größe</loc></url></urlset>".encode())
        site.pages["/karte"] = Page(packed, "application/gzip")
        site.pages["/gr%C3%B6%C3%9Fe"] = Page(page("Der Roboter").encode())

        found = list(read_sources([site.url + "/index"], site.fetcher.fetch))

    assert [failure.source for failure in failures(found)] == [site.url + "/weg"]
    assert [article.title for article in articles(found)] == ["Der Roboter"]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /privé", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Actuclair\nDisallow: /a", False),
        ("User-agent: Other\nDisallow: /", True),
        ("", True),
        (None, True),
        (FetchFailed(f"{HOME}/robots.txt", FetchCode.TOO_SLOW, "langsam", passing=True), False),
        (FetchFailed(f"{HOME}/robots.txt", FetchCode.STATUS, "503", passing=True), False),
    ],
)
def test_read_sources_asks_robots_txt_before_the_pages_of_a_sitemap(
    web: FakeWeb, robots: str | FetchFailed | None, allowed: bool
):
    web.put(f"{HOME}/karte", f"{SITEMAP}{url('/a')}{url('/b')}</urlset>", "text/xml")
    web.put(f"{HOME}/a", page("Il robot"))
    if isinstance(robots, str):
        web.put(f"{HOME}/robots.txt", robots, "text/plain")
    elif robots:
        web.pages[f"{HOME}/robots.txt"] = robots

    found = read(web, "/karte")

    assert bool(articles(found)) is allowed
    assert [address for address, _ in web.asked].count(f"{HOME}/robots.txt") == 1
    assert len(articles(read(web, "/a"))) == 1
