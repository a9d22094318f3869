"""Pages, files and folders as sources, and addresses that are refused."""

import json
from pathlib import Path

import pytest
from documents import page, pdf
from fake_site import FakeWeb, Page, Site
from source_reads import HOME, articles, failures, read

from corpus.failures import Failure
from corpus.fetching import Fetched, Fetcher
from corpus.network import Network
from corpus.sources import is_address, read_sources
from corpus.types import Article, Origin


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


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


def test_read_sources_takes_a_page_that_names_a_feed_as_the_page(web: FakeWeb):
    web.put(f"{HOME}/a", page("Il robot", head='<link rel="alternate" type="application/rss+xml" href="/flusso">'))

    assert len(articles(read(web, "/a"))) == 1
    assert len(web.asked) == 1


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
