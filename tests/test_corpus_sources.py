import gzip
import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from documents import SENTENCES, item, page, pdf, rss
from fake_site import FakeWeb, Page, Site

from corpus.contents import Form, form_of
from corpus.errors import FetchCode, FetchFailed, SourceUnreadable
from corpus.failures import Failure
from corpus.fetching import Fetched, Fetcher
from corpus.network import Network
from corpus.sources import is_address, read_sources
from corpus.types import Article, Origin
from corpus.xml_text import mended_tree

HOME = "https://giornale.example"
FULL = (
    "<content:encoded><![CDATA[<p>Una città intera ha sentito il robot.</p><p>Poi è tornato.</p>]]></content:encoded>"
)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


def read(web: FakeWeb, path: str = "/flusso", limit: int = 100) -> list[Article | Failure]:
    return list(read_sources([HOME + path], web.fetch, limit))


def articles(found: list[Article | Failure]) -> list[Article]:
    return [one for one in found if isinstance(one, Article)]


def failures(found: list[Article | Failure]) -> list[Failure]:
    return [one for one in found if isinstance(one, Failure)]


def url(path: str, more: str = "") -> str:
    return f"<url><loc>{HOME}{path}</loc>{more}</url>"


def test_read_sources_makes_an_article_of_a_page_under_an_id_of_its_address(web: FakeWeb):
    address = f"{HOME}/musica/il-robot?utm_source=x"
    web.put(address, page("Il robot canta"))
    web.put("http://www.giornale.example/musica/il-robot/#a", page("Il robot canta"))

    first, second = articles(list(read_sources([address, "http://www.giornale.example/musica/il-robot/#a"], web.fetch)))

    assert first.id == second.id
    assert first.id.startswith("il-robot-")
    assert (first.outlet, first.source, first.url) == ("giornale.example", address, address)
    assert first.addresses == second.addresses == (f"{HOME}/musica/il-robot",)
    assert first.origins["url"] is Origin.GIVEN


def test_read_sources_keeps_all_addresses_that_an_article_was_found_under(web: FakeWeb):
    head = f'<link rel="canonical" href="{HOME}/c">'
    web.pages[f"{HOME}/a"] = Fetched(
        f"{HOME}/b", 200, {"content-type": "text/html"}, page("Título", head=head).encode()
    )

    (article,) = articles(read(web, "/a"))

    assert article.addresses == (f"{HOME}/c", f"{HOME}/b", f"{HOME}/a")
    assert (article.url, article.origins["url"]) == (f"{HOME}/c", Origin.READ)


def test_read_sources_takes_files_folders_and_addresses_together(web: FakeWeb, tmp_path: Path):
    (tmp_path / "piano.txt").write_text("Un piano joue tout seul la nuit. Les voisins l'écoutent.", "utf-8")
    (tmp_path / "note: piano.txt").write_text("Un piano joue tout seul le jour.", "utf-8")
    web.put(f"{HOME}/a", page("Il robot"))

    found = list(read_sources([str(tmp_path), f"{HOME}/a", str(tmp_path / "nirgends")], web.fetch))

    assert [type(one) for one in found] == [Article, Article, Article, Failure]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.example/é", True),
        ("file:///etc/passwd", True),
        ("javascript:alert(1)", True),
        ("http:" + "x" * 9999, True),
        ("x:" * 5000, False),
        ("corpus/articles", False),
        ("C:\\news", False),
        ("été.md", False),
        ("", False),
    ],
)
def test_is_address_tells_addresses_from_paths(source: str, expected: bool):
    assert is_address(source) is expected


def test_read_sources_refuses_every_listed_address_with_its_code(evaluation_data: Path):
    lines = (evaluation_data / "ssrf_urls.jsonl").read_text("utf-8").splitlines()
    addresses = [json.loads(line)["url"] for line in lines]
    fetcher = Fetcher(Network(resolve=lambda *_: ["127.0.0.1"]), sleep=lambda seconds: None)

    found = list(read_sources(addresses, fetcher.fetch))

    assert [failure.source for failure in failures(found)] == addresses
    assert all(failure.reason.endswith("]") for failure in failures(found))


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


def test_read_sources_rejects_listed_feeds_that_define_entities(evaluation_data: Path, web: FakeWeb):
    lines = (evaluation_data / "bad_feeds.jsonl").read_text("utf-8").splitlines()
    bodies = [case["body"] for case in map(json.loads, lines) if case["body"].startswith("<")]
    assert bodies

    for body in bodies:
        web.put(f"{HOME}/flusso", body, "application/rss+xml")

        (failure,) = read(web)

        assert isinstance(failure, Failure)
        assert "entities" in failure.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("content_type", ["text/xml", "text/html", "text/plain", "application/octet-stream", ""])
@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!-- <rss> --> <?pi?> <!doctype r [ <!ENTITY % x SYSTEM "http://10.0.0.1/"> %x; ]>',
        '<!DOCTYPE r SYSTEM "x" [<!ENTITY x "é">]>',
    ],
)
def test_read_sources_refuses_entities_however_they_are_dressed(
    web: FakeWeb, prolog: str, content_type: str, encoding: str
):
    body = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}' + rss(item(f"{HOME}/a", "&x;")).partition("?>")[2]
    web.put(f"{HOME}/flusso", body.encode(encoding), content_type)

    (failure,) = read(web)

    assert isinstance(failure, Failure)
    assert "entities" in failure.reason


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><item>" + "<a>" * 300_000,
        "<urlset>" + "<a>" * 300_000,
        "<rss version='2.0'><channel>" + "<item/>" * 300_000,
        "<rss version='2.0'><channel><item>" + "<x/>" * 300_000,
        "<rss " + " ".join(f"a{number}=''" for number in range(100_000)) + "/>",
        "<rss><channel><title>" + "&" * 4_000_000,
        "<rss>" + "<![CDATA[" * 300_000,
        "<rss>" + "<!doctype" * 300_000,
        "<!-- -->" * 300_000,
        "<?" * 300_000,
    ],
    ids=["deep", "deep map", "items", "elements", "attributes", "ampersands", "cdata", "doctypes", "comments", "pis"],
)
def test_read_sources_soon_gives_a_reason_for_monstrous_feeds(web: FakeWeb, body: str):
    web.put(f"{HOME}/flusso", body, "text/xml")

    (failure,) = read(web)

    assert isinstance(failure, Failure)


def test_read_sources_says_that_a_feed_names_nothing(web: FakeWeb):
    web.put(f"{HOME}/flusso", rss(item("javascript:alert(1)"), "<item><title>Sin enlace</title></item>"))

    assert read(web) == [Failure(f"{HOME}/flusso", "it names no articles")]


def test_read_sources_takes_a_page_that_names_a_feed_as_the_page(web: FakeWeb):
    web.put(f"{HOME}/a", page("Il robot", head='<link rel="alternate" type="application/rss+xml" href="/flusso">'))

    assert len(articles(read(web, "/a"))) == 1
    assert len(web.asked) == 1


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


@pytest.mark.parametrize(
    ("body", "content_type", "form"),
    [
        ("<!doctype html><p>é", "text/plain", Form.PAGE),
        ("<?xml version='1.0'?><!-- é --><html xmlns='x'>", "application/xml", Form.PAGE),
        ("<rss>", "text/html", Form.FEED),
        ("<rdf:RDF>", "", Form.FEED),
        ("<a:feed>", "text/plain", Form.FEED),
        ("\ufeff <urlset>", "text/html", Form.SITEMAP),
        ("%PDF-1.7", "text/html", Form.PDF),
        ("# Título", "text/markdown", Form.MARKDOWN),
        ("---\ntitle: É\n---\n", "text/plain", Form.MARKDOWN),
        ("Ein Satz.", "text/plain", Form.TEXT),
        ("<p>Une phrase.", "application/octet-stream", Form.PAGE),
        ("Une phrase.", "", Form.TEXT),
        ("Une phrase.", "text/html", Form.PAGE),
    ],
)
def test_form_of_goes_by_content_and_type(body: str, content_type: str, form: Form):
    assert form_of(Fetched(HOME, 200, {"content-type": content_type}, body.encode())) is form


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"{}", "application/json"),
        (b"<svg/>", "image/svg+xml"),
        (b"<config/>", "text/xml"),
        (bytes(range(256)) * 40, "text/html"),
        (b"a{}", "text/css"),
    ],
)
def test_form_of_refuses_what_holds_no_article_and_names_its_type(body: bytes, content_type: str):
    with pytest.raises(SourceUnreadable, match=re.escape(content_type)):
        form_of(Fetched(f"{HOME}/größe.html", 200, {"content-type": content_type}, body))


def test_read_sources_reads_pdf_markdown_and_text_from_the_web(web: FakeWeb):
    web.put(
        f"{HOME}/a", pdf(["Il robot canta in ogni scuola", "I bambini lo ascoltano ogni mattina."]), "application/pdf"
    )
    web.put(
        f"{HOME}/b", "---\ntitle: Das Klavier\nid: x\nurl: https://b.example/\n---\nEs spielt allein.", "text/markdown"
    )
    web.put(f"{HOME}/c", "Un robot chante dans la ville\n\nPersonne ne dort.", "text/plain")

    found = articles([one for path in "abc" for one in read(web, f"/{path}")])

    assert [article.url for article in found] == [f"{HOME}/{path}" for path in "abc"]
    assert [article.id[:2] for article in found] == ["a-", "b-", "c-"]
    assert found[1].title == "Das Klavier"


def test_read_sources_tells_where_an_address_led_when_that_fails():
    with Site() as site:
        site.pages["/a"] = Page(status=302, headers={"Location": "file:///etc/passwd"})

        (failure,) = read_sources([site.url + "/a"], site.fetcher.fetch)

    assert isinstance(failure, Failure)
    assert failure.source == site.url + "/a"
    assert "it leads to 'file:/etc/passwd'" in failure.reason


def test_mended_tree_keeps_what_people_wrote_between_tags():
    tree = mended_tree("a", "<a><b>caf&eacute; &amp; th&eacute; & lait &inventé; &#233;</b><![CDATA[&eacute;]]></a>")

    assert tree[0].text == "café & thé & lait &inventé; é"
    assert tree[0].tail == "&eacute;"


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


def test_read_sources_raises_nothing_on_damaged_pages_feeds_and_sitemaps(web: FakeWeb):
    chance = random.Random(11)
    news = "<n:news><n:publication_date>2025-11-21</n:publication_date><n:title>é</n:title></n:news>"
    whole = [
        page("Il robot", SENTENCES * 3, head='<meta name="author" content="Élodie">').encode(),
        rss(item(f"{HOME}/x", more=FULL), item(f"{HOME}/y", "Été")).encode(),
        f"{SITEMAP}{url('/x', news)}</urlset>".encode(),
    ]
    junk = [b"<", b"&", b"\0", b"]]>", b"<!--", b'"', b"&#55296;", b"&#x110000;", b"\xff\xfe", b"9" * 20]

    for data in whole * 60:
        damaged = bytearray(data)
        for _ in range(chance.choice([1, 3, 20])):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.choice([0, 1, 30])] = chance.choice(junk)
        web.put(f"{HOME}/flusso", bytes(damaged))

        assert all(isinstance(one, Article | Failure) for one in read(web))


def test_mended_tree_drops_references_to_what_is_no_character():
    assert mended_tree("a", "<a>d&#55296;é&#x110000;j&#0;à&#xE9;</a>").text == "déjàé"
