"""The widget's file, open to all pages, and the page for frames, which only the site's own pages may show."""

import gzip
from pathlib import Path

import pytest
from site_visits import COWBOY, NEWS, OTHER, Server, serving
from starlette.testclient import TestClient

from sites.embed import embed_routes
from sites.gate import Gate

EMBED = f"/embed?site=PUBLIC-KEY&article={COWBOY}&level=child&language=it&parent={NEWS}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("embed")) as running:
        yield running


def test_the_page_is_for_frames_of_the_site_and_runs_nothing_but_the_widget(server: Server):
    told = TestClient(server.app).get(EMBED)

    policy = told.headers["content-security-policy"]
    assert told.status_code == 200
    assert policy.endswith(f"frame-ancestors {NEWS}")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert f'article="{COWBOY}"' in told.text and 'language="it"' in told.text
    assert "<script>" not in told.text and "set-cookie" not in told.headers


@pytest.mark.parametrize(
    "path",
    [
        f"/embed?site=PUBLIC-KEY&article={COWBOY}",
        f"/embed?site=PUBLIC-KEY&parent={OTHER}",
        "/embed?site=PUBLIC-KEY&parent=*",
        f"/embed?site=UNKNOWN&parent={NEWS}",
        f"/embed?parent={NEWS}",
    ],
)
def test_the_page_is_shown_to_nobody_else(server: Server, path: str):
    told = TestClient(server.app, headers={"accept-language": "de"}).get(path)

    assert told.status_code == 403
    assert "<p>Fragen zum Artikel sind hier nicht verfügbar.</p>" in told.text and "<script" not in told.text
    assert told.text == TestClient(server.app).get("/embed?language=de").text  # so it gives no hint why
    assert "default-src 'none'" in told.headers["content-security-policy"]


@pytest.mark.parametrize(("place", "status"), [("iframe", 200), ("document", 403), ("empty", 403)])
def test_the_page_is_for_frames_only_so_nobody_is_led_to_it_elsewhere(server: Server, place: str, status: int):
    assert TestClient(server.app).get(EMBED, headers={"sec-fetch-dest": place}).status_code == status


def test_what_is_in_the_address_cannot_become_markup(server: Server):
    hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"

    told = TestClient(server.app).get(f"/embed?site=PUBLIC-KEY&parent={NEWS}&article={hostile}&level={hostile}")

    assert "<script>alert" not in told.text
    assert 'level="child"' in told.text


def test_the_widget_is_one_file_for_all_pages_and_is_sent_once(tmp_path: Path, server: Server):
    (tmp_path / "widget.js").write_text("export const été = 1;", encoding="utf-8")
    from starlette.applications import Starlette

    page = TestClient(Starlette(routes=[*embed_routes(Gate(server.kiosk.sites), tmp_path)]))
    first = page.get("/widget.js")

    assert first.text == "export const été = 1;"
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert first.headers["content-encoding"] == "gzip"
    assert page.get("/widget.js", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    (tmp_path / "widget.js").write_text("export const a = 2;", encoding="utf-8")
    assert page.get("/widget.js").headers["etag"] != first.headers["etag"]
    assert len(gzip.compress(first.content)) < 30_000


def test_all_other_paths_stay_closed_to_other_web_sites(server: Server):
    for path in ("/", "/sites", "/embedded", "/widget.json", "/apis"):
        assert TestClient(server.app, headers={"origin": NEWS}).get(path).status_code == 403, path
