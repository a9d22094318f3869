"""Feeds as sources: which entries are read, and whether the feed or the page is believed."""

import gzip
from datetime import date

import pytest
from documents import SENTENCES, item, page, rss
from fake_site import FakeWeb, Page, Site
from source_reads import FULL, HOME, articles, failures, read

from corpus.failures import Failure
from corpus.sources import read_sources
from corpus.types import Origin


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


def test_read_sources_reads_a_feed_and_goes_on_after_a_failed_page(web: FakeWeb):
    web.put(
        f"{HOME}/flusso", rss(item(f"{HOME}/vecchio", day="19"), item(f"{HOME}/weg"), item(f"{HOME}/nuovo", day="21"))
    )
    web.put(f"{HOME}/vecchio", page("Un vecchio robot"))
    web.put(f"{HOME}/nuovo", page("Un nuovo robot"))

    found = read(web)

    assert [article.url for article in articles(found)] == [f"{HOME}/nuovo", f"{HOME}/vecchio"]
    assert failures(found) == [Failure(f"{HOME}/weg", "the server answered 404 [status]")]


def test_read_sources_lets_what_a_feed_says_win_over_what_a_page_says(web: FakeWeb):
    creator = "<dc:creator>Élodie</dc:creator>"
    web.put(f"{HOME}/flusso", rss(item(f"{HOME}/a", "Il titolo del flusso", more=creator)))
    head = '<meta name="author" content="Altro Autore"><meta property="article:published_time" content="2024-01-01">'
    web.put(f"{HOME}/a", page("Il titolo della pagina", head=head))

    (article,) = articles(read(web))

    assert (article.title, article.author, article.published) == ("Il titolo del flusso", "Élodie", date(2025, 11, 20))
    assert {article.origins[name] for name in ("title", "author", "published")} == {Origin.GIVEN}
    assert (article.outlet, article.origins["outlet"]) == ("Il Giornale", Origin.READ)
    assert article.text == SENTENCES


def test_read_sources_takes_the_feed_where_the_page_cannot_be_had_or_shows_little(web: FakeWeb):
    long = FULL.replace("Poi", "Poi " + "ha cantato ancora per tutta la città, " * 20)
    web.put(f"{HOME}/flusso", rss(item(f"{HOME}/weg", more=FULL), item(f"{HOME}/muro", day="19", more=long)))
    web.put(f"{HOME}/muro", page("Il robot", "Abbonati per leggere il seguito di questo articolo."))

    first, second = articles(read(web))

    assert first.text == "Una città intera ha sentito il robot.\n\nPoi è tornato."
    assert second.text.startswith("Una città intera")


def test_read_sources_reads_the_newest_entries_up_to_the_limit_and_each_once(web: FakeWeb):
    links = [item(f"{HOME}/{day}", day=str(day)) for day in range(10, 20)]
    web.put(
        f"{HOME}/flusso", rss(*links, item(f"{HOME}/19?utm_source=x", day="19"), item(f"{HOME}/ohne-datum", day=""))
    )
    for day in range(10, 20):
        web.put(f"{HOME}/{day}", page(f"Il robot del giorno {day}"))

    found = read(web, limit=3)

    assert [article.url for article in articles(found)] == [f"{HOME}/19", f"{HOME}/18", f"{HOME}/17"]
    assert len(web.asked) == 4


def test_read_sources_reads_atom_with_relative_links(web: FakeWeb):
    entry = (
        "<entry><title>Der Roboter</title><link href='../robo?a=1&b=2'/>"
        "<updated>2025-11-20T23:30:00+02:00</updated></entry>"
    )
    web.put(
        f"{HOME}/x/flusso",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Zeitung</title>{entry}</feed>",
        "text/plain",
    )
    web.put(
        f"{HOME}/robo?a=1&b=2", page("Der Roboter", "Der Roboter singt in der Stadt. Die Kinder tanzen mit ihm.", "de")
    )

    (article,) = articles(read(web, "/x/flusso"))

    assert (article.published, article.outlet, article.language) == (date(2025, 11, 20), "Zeitung", "de")


@pytest.mark.parametrize(
    "body",
    [
        rss(item(f"{HOME}/a", "Caffè & tè &eacute; &nbsp;")).replace("</channel></rss>", ""),
        "\n\n" + rss(item(f"{HOME}/a")).replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        rss(item(f"{HOME}/a", "Caffè")).replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        rss(item(f"{HOME}/a", "Caffè")).replace("UTF-8", "UTF-16").encode("utf-16"),
        gzip.compress(rss(item(f"{HOME}/a")).encode()),
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
        + rss(item(f"{HOME}/a")).partition("?>")[2],
        rss(item(f"{HOME}/a"), item("/b", title="\x00\x1b")),
    ],
    ids=["unclosed", "undeclared prefix", "latin-1", "utf-16", "gzip", "old doctype", "controls"],
)
def test_read_sources_reads_feeds_that_are_broken_in_the_usual_ways(body: str | bytes):
    data = body.encode() if isinstance(body, str) else body
    with Site() as site:
        site.pages["/f"] = Page(data.replace(HOME.encode(), site.url.encode()), "text/xml; charset=")
        site.pages["/a"] = Page(page("Il robot").encode())
        if data.startswith(b"\xff\xfe"):
            site.pages["/f"].body = data.decode("utf-16").replace(HOME, site.url).encode("utf-16")
        if data.startswith(b"\x1f\x8b"):
            site.pages["/f"].body = gzip.compress(gzip.decompress(data).replace(HOME.encode(), site.url.encode()))

        found = list(read_sources([site.url + "/f"], site.fetcher.fetch))

    assert [article.url for article in articles(found)] == [site.url + "/a"]


def test_read_sources_says_that_a_feed_names_nothing(web: FakeWeb):
    web.put(f"{HOME}/flusso", rss(item("javascript:alert(1)"), "<item><title>Sin enlace</title></item>"))

    assert read(web) == [Failure(f"{HOME}/flusso", "it names no articles")]


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("Un &lt;i&gt;grand&lt;/i&gt; succès", "redac@journal.example (Zoé)", ("Un grand succès", "Zoé")),
        ("<![CDATA[Ein <b>großer</b> Erfolg]]>", "info@zeitung.example", ("Ein großer Erfolg", "")),
        ("2 &lt; 3, dit-il", "Zoé et Li", ("2 < 3, dit-il", "Zoé et Li")),
    ],
)
def test_read_sources_takes_words_not_markup_or_addresses_from_a_feed(
    web: FakeWeb, title: str, author: str, expected: tuple[str, str]
):
    web.put(f"{HOME}/flusso", rss(item(f"{HOME}/a", title, more=f"<author>{author}</author>")))
    web.put(f"{HOME}/a", page("Il robot"))

    (article,) = articles(read(web))

    assert (article.title, article.author) == expected
