"""Feeds made to do harm, or damaged, give a reason soon and raise nothing."""

import json
import random
from pathlib import Path

import pytest
from documents import SENTENCES, item, page, rss
from fake_site import FakeWeb
from source_reads import FULL, HOME, SITEMAP, read, url

from corpus.failures import Failure
from corpus.types import Article


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


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
