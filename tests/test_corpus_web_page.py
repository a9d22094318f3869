import random
import time
from datetime import date
from pathlib import Path

import pytest
from documents import SENTENCES, page

from corpus.errors import SourceUnreadable
from corpus.failures import Failure
from corpus.fields import complete
from corpus.reading import read_source
from corpus.types import Article, Kind, Origin
from corpus.web_page import feed_of_page, read_page

HEAD = (
    '<meta property="og:site_name" content="Il Giornale"><meta name="author" content="Anna Bianchi">'
    '<meta property="article:published_time" content="2025-11-20T08:00:00Z">'
    '<meta property="article:modified_time" content="2025-11-22T08:00:00Z">'
    '<link rel="canonical" href="https://giornale.example/robot?utm_source=x">'
)
COMMENTS = (
    '<div class="comments-list" id="comments"><div class="comment"><p>Che bello, io ci sono stato!</p></div>'
    '<div class="comment"><p>Non mi piace.</p></div></div>'
)
LICENCE = '<footer><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></footer>'
LONG_FRENCH = (
    "Le chanteur n'existe pas. Une machine compose ses chansons à sa place depuis le printemps, et plus de quatre "
    "millions de personnes les ont écoutées. Les musiciens de la ville ne savent pas encore s'ils doivent en rire."
)


def test_read_source_makes_an_article_of_an_html_file_with_all_that_it_says(tmp_path: Path):
    path = tmp_path / "robot.html"
    path.write_text(page("Il robot canta", head=HEAD, below=COMMENTS + LICENCE), "utf-8")

    (article,) = read_source(tmp_path)

    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.author) == ("Il robot canta", "Il Giornale", "Anna Bianchi")
    assert (article.published, article.updated) == (date(2025, 11, 20), date(2025, 11, 22))
    assert (article.language, article.licence) == ("it", "CC BY 4.0")
    assert article.addresses == ("https://giornale.example/robot",)
    assert article.text[: article.comments_start].strip() == SENTENCES
    assert article.text[article.comments_start :] == "Che bello, io ci sono stato!\n\nNon mi piace."
    assert set(article.origins.values()) == {Origin.READ}
    assert set(article.origins) == {
        "title", "outlet", "author", "published", "updated", "language", "licence", "url", "comments_start",
    }  # fmt: skip


def test_read_page_keeps_paragraphs_apart():
    body = "Erster Satz hier.</p><p>Zweiter Satz dort.</p><ul><li>Punkt</li></ul>"

    extract = read_page("a", page("Titel", body).encode())

    assert extract.text.split("\n\n")[:2] == ["Erster Satz hier.", "Zweiter Satz dort."]


@pytest.mark.parametrize(
    ("claimed", "url", "believed"),
    [
        ("https://www.a.example/x", "http://a.example/x?id=1", "https://www.a.example/x"),
        ("https://b.example/x", "https://a.example/y", "https://a.example/y"),
        ("https://a.example/", "https://a.example/y", "https://a.example/y"),
        ("javascript:alert(1)", "https://a.example/y", "https://a.example/y"),
    ],
)
def test_read_page_believes_an_address_only_of_its_own_site(claimed: str, url: str, believed: str):
    head = f'<link rel="canonical" href="{claimed}">'

    assert read_page(url, page("Título", head=head).encode(), url).read["url"] == believed


@pytest.mark.parametrize(
    ("declared", "found"),
    [("fr-FR", Origin.READ), ("en", Origin.GUESSED), ("", Origin.GUESSED), ("klingon", Origin.GUESSED)],
)
def test_read_page_believes_a_language_that_the_text_may_be_in(declared: str, found: Origin):
    article = complete("a", "a", read_page("a", page("Le chanteur", LONG_FRENCH, declared).encode()))

    assert (article.language, article.origins["language"]) == ("fr", found)


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-16", "utf-8", "rot13", "gibt's-nicht", ""])
def test_read_page_gets_accents_right_whatever_is_declared(charset: str):
    encoding = {"iso-8859-1": "cp1252", "windows-1252": "cp1252", "utf-16": "utf-16"}.get(charset, "utf-8")
    data = page("Café", "Où est l'été ? Il est là-bas, à Noël.", "fr").encode(encoding)

    assert "Où est l'été" in read_page("a", data, charset=charset).text
    assert "Où est l'été" in read_page("a", data.replace(b"<head>", f"<head><meta charset='{charset}'>".encode())).text


def test_read_page_knows_an_opinion_by_its_markup():
    head = '<script type="application/ld+json">{"@type": ["OpinionNewsArticle"], "headline": "Meinung"}</script>'

    article = complete("a", "a", read_page("a", page("Meinung", "Der Roboter singt schlecht.", "de", head).encode()))

    assert (article.kind, article.origins["kind"]) == (Kind.OPINION, Origin.READ)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<div>" * 100_000, "no article"),
        (b"<html><body>" + b"<div>" * 100_000 + b"Il canta.", "no article"),
        (b"<html></html>", "no article"),
        (random.Random(1).randbytes(50_000), "binary|encoding"),
        (b"<p>x</p>" * 40_000, "elements"),
        (b"x" * 20_000_001, "bytes"),
    ],
    ids=["nested", "nested with text", "empty", "binary", "many", "large"],
)
def test_read_page_soon_refuses_what_is_no_article(data: bytes, reason: str):
    started = time.thread_time()

    with pytest.raises(SourceUnreadable, match=reason):
        read_page("böse.html", data)

    assert time.thread_time() - started < 10  # 0.2 s on an idle machine


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<b>x", "<a href=x>à</a> ", "<!--", "<p", "&#0;", "<svg><math>", "2025-01-01 "]
)
def test_read_page_survives_pieces_repeated(piece: str):
    try:
        read_page("a", f"<html><body><p>Ein Satz steht hier.</p>{piece * 5000}".encode())
    except SourceUnreadable as error:
        assert error.reason


def test_read_source_strips_nul_from_a_page(tmp_path: Path):
    (tmp_path / "nul.html").write_bytes(
        page("Le robot\x00", "Il ch\x00ante dans la ville depuis hier soir.", "fr").encode()
    )

    (article,) = read_source(tmp_path / "nul.html")

    assert isinstance(article, Article)
    assert article.text == "Il chante dans la ville depuis hier soir."


def test_read_source_says_why_an_html_file_holds_nothing(tmp_path: Path):
    (tmp_path / "vide.htm").write_bytes(b"<html><body></body></html>")

    assert list(read_source(tmp_path)) == [Failure(str(tmp_path / "vide.htm"), "there is no article on the page")]


def test_feed_of_page_finds_what_the_head_names():
    data = b"<head><link rel=alternate type='application/atom+xml' href='/flux?a=1'></head>"

    assert feed_of_page(data, "https://a.example/x") == "https://a.example/flux?a=1"
    assert feed_of_page(b"<link rel=stylesheet href=/a>", "https://a.example/") == ""
