"""The demo site: articles of ours on an origin of its own, the widget as a button, inside and in a frame."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from widget.demo.__main__ import answers, key_for
from widget.demo.site import PAGES, create_site

SERVER = "http://127.0.0.1:7860"


@pytest.fixture
def site() -> TestClient:
    return TestClient(create_site(f"{SERVER}/", 'key"><script>'), base_url="http://127.0.0.1:8790")


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.mode)
def test_page_shows_its_article_and_how_to_ask_about_it(site: TestClient, shown):
    page = site.get(shown.path).text

    assert f'<html lang="{shown.path[1:3]}">' in page
    assert len(re.findall("<p>", page)) >= 3 and len(re.findall("<h2>", page)) >= 2
    assert ("<iframe" in page) == (shown.mode == "frame") != (f'mode="{shown.mode}"' in page)


def test_frame_is_asked_for_with_the_origin_of_the_site(site: TestClient):
    page = site.get("/fr/cadre").text

    address = urlsplit(unescape(re.findall(r'<iframe[^>]* src="([^"]+)"', page)[0]))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{SERVER}/embed"
    assert query["parent"] == "http://127.0.0.1:8790" and query["language"] == "fr"
    assert query["article"] == "https://demo.actuclair.example/fr/cow-boy-ia-enfants"


def test_page_writes_a_key_as_text(site: TestClient):
    assert '"><script>' not in site.get("/en/video").text


def test_front_page_leads_to_every_article(site: TestClient):
    front = site.get("/").text

    assert all(f'href="{shown.path}"' in front for shown in PAGES)
    assert site.get("/files/frame.js").status_code == 200
    assert site.get("/files/../site.py").status_code == 404


class Commands:
    """`actuclair sites`, made up: what it knows, and what was added."""

    def __init__(self, **revoked: bool):
        origin = "(http://été.example)"
        names = (f"The Demo Gazette {origin}", f"The Demo Gazette {origin} 2")
        self.known = [
            {"name": name, "key": key, "revoked": gone}
            for name, (key, gone) in zip(names, revoked.items(), strict=False)
        ]
        self.added: list[str] = []

    def __call__(self, what: str, *arguments: str) -> str:
        if what == "list":
            return "\n".join(json.dumps(site) for site in self.known)
        self.added.append(arguments[0])
        return json.dumps({"key": "new"})


@pytest.mark.parametrize(
    ("known", "key", "added"),
    [
        ({}, "new", ["The Demo Gazette (http://été.example)"]),
        ({"first": False}, "first", []),
        ({"first": True}, "new", ["The Demo Gazette (http://été.example) 2"]),
        ({"first": True, "second": False}, "second", []),
    ],
)
def test_demo_takes_the_key_that_is_there_and_adds_one_where_it_was_revoked(known, key: str, added: list[str]):
    commands = Commands(**known)

    assert key_for("http://été.example", commands) == key
    assert commands.added == added


def test_demo_finds_out_that_nothing_answers():
    assert not answers("http://127.0.0.1:9")
    assert not answers("nowhere")
