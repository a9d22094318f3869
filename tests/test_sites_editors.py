"""The pages of a site's editors: what was asked, corrections that stay with answers, and no reader in sight."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from site_visits import CRISIS, NEAR, NEWS, OTHER, SITE, UNKNOWN, Server, serving
from starlette.testclient import TestClient

from sites.keys import kept
from sites.texts import load
from telling.texts import LANGUAGES

SECRET = "EDITORS-SECRET"


@pytest.fixture
def server(tmp_path: Path):
    with serving(tmp_path) as running:
        running.answers.may_write.set()
        yield running


def editor_of(server: Server, secret: str = SECRET) -> TestClient:
    editor = TestClient(server.app, headers={"accept-language": "it"})
    assert editor.post("/sites/sign-in", json={"secret": secret}).status_code == 200
    return editor


def row_of(page: str, label: str) -> int:
    """The count of a bar."""
    found = re.search(rf'<th scope="row">{re.escape(label)}</th>.*?class="count">(\d+)<', page)
    assert found, label
    return int(found[1])


def correct(editor: TestClient, answer: str, text: str = "Il concerto è il 3 maggio.") -> httpx.Response:
    return editor.post("/sites/correct", content=json.dumps({"answer": answer, "text": text}))


def test_nobody_sees_anything_without_the_secret(server: Server):
    server.ask()
    stranger = TestClient(server.app, headers={"accept-language": "it"})

    assert "Chi canta?" not in stranger.get("/sites").text
    assert stranger.post("/sites/sign-in", json={"secret": "guess"}).status_code == 403
    assert stranger.post("/sites/correct", json={"answer": "x", "text": "y"}).status_code == 401
    assert stranger.post("/sites/withdraw", json={"correction": "x"}).status_code == 401


def test_a_secret_may_be_guessed_a_few_times_only(server: Server):
    stranger = TestClient(server.app)
    tried = [stranger.post("/sites/sign-in", json={"secret": f"{n}"}).status_code for n in range(6)]

    assert tried == [403] * 5 + [429]
    assert stranger.post("/sites/sign-in", json={"secret": SECRET}).status_code == 429


def test_the_cookie_is_for_this_server_and_these_pages_only(server: Server):
    cookie = TestClient(server.app).post("/sites/sign-in", json={"secret": SECRET}).headers["set-cookie"]

    assert {"HttpOnly", "Path=/sites", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert SECRET not in cookie


def test_another_web_site_cannot_use_an_editors_sign_in(server: Server):
    editor = editor_of(server)

    assert editor.post("/sites/sign-out", json={}, headers={"origin": NEWS}).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_editors_see_what_was_asked_and_what_the_articles_could_not_tell(server: Server, language: str):
    for text in ("Chi canta?", "chi canta", UNKNOWN, CRISIS):
        server.ask(text)

    page = editor_of(server).get(f"/sites?language={language}").text

    assert "Il Chiarino" in page and UNKNOWN in page
    assert CRISIS not in page
    assert load()[language]["status.crisis"] in page
    assert load()[language]["answers.times"].format(count=2) in page
    assert load()[language]["editor.about"] in page
    assert "Il robot" in page  # among the site's articles
    assert "La pizza<" not in page  # an article of others


def test_figures_count_every_answer_and_how_old_its_articles_were(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sites.editor_view._MOST_ANSWERS", 1)
    for as_of in ("2026-11-20", "2026-11-15", "2026-11-01", "2025-12-01", "2020-01-01", None):
        server.answers.as_of = date.fromisoformat(as_of) if as_of else None
        server.ask()
    server.ask(UNKNOWN)

    page, texts = editor_of(server).get("/sites?language=it").text, load()["it"]

    counts = {name: row_of(page, texts[f"age.{name}"]) for name in ("week", "month", "year", "older", "undated")}
    assert counts == {"week": 2, "month": 1, "year": 1, "older": 1, "undated": 1}
    assert row_of(page, texts["status.answered"]) == 6


def test_what_was_only_near_the_question_counts_as_not_told(server: Server):
    for text in (NEAR, NEAR, "Chi canta?"):
        server.ask(text)

    page, texts = editor_of(server).get("/sites?language=it").text, load()["it"]

    untold = page[page.index(texts["unanswered.title"]) : page.index(texts["answers.title"])]
    assert NEAR in untold and "Chi canta?" not in untold
    assert row_of(page, texts["status.nearest"]) == 2
    assert row_of(page, texts["status.answered"]) == 1


def test_levels_stand_in_their_order_and_numbers_are_written_as_the_language_does(server: Server):
    for level in ("teen", "teen", "child"):
        server.ask(level=level)

    page, texts = editor_of(server).get("/sites?language=it").text, load()["it"]

    chart = page[page.index(texts["figures.level"]) :]
    assert chart.index(texts["level.child"]) < chart.index(texts["level.teen"])
    assert texts["editor.month"].format(asked=3, most="50.000") in page


def test_nothing_tells_in_which_order_or_when_questions_came(server: Server):
    for text in ("Zebra, chi canta?", "Alba, chi canta?", "Mare, chi canta?"):
        server.ask(text)

    page = editor_of(server).get("/sites").text

    places = [page.index(name) for name in ("Alba", "Mare", "Zebra")]
    assert places == sorted(places)
    assert not re.search(r"\d\d:\d\d", page)


def test_a_correction_comes_with_the_same_answer_at_every_level_until_it_is_withdrawn(server: Server):
    editor, answer = editor_of(server), server.ask().json()["id"]

    assert correct(editor, answer).status_code == 200

    assert server.ask("chi canta").json()["correction"] == {"text": "Il concerto è il 3 maggio.", "on": "2026-11-22"}
    assert server.ask(level="teen").json()["correction"]["text"] == "Il concerto è il 3 maggio."
    assert "correction" not in server.ask("Chi balla?", language="it").json()
    assert "correction" not in server.ask(UNKNOWN).json()
    found = re.search(r'name="correction" value="([^"]+)"', editor.get("/sites").text)
    assert found
    assert editor.post("/sites/withdraw", json={"correction": found[1]}).status_code == 200
    assert "correction" not in server.ask().json()


def test_a_correction_of_what_the_articles_do_not_tell_is_for_that_question_only(server: Server):
    editor, answer = editor_of(server), server.ask(UNKNOWN).json()["id"]

    correct(editor, answer)

    assert "correction" in server.ask(UNKNOWN).json()
    assert "correction" not in server.ask().json()


def test_a_correction_stays_when_what_readers_left_is_deleted(server: Server):
    correct(editor_of(server), server.ask().json()["id"])

    server.kiosk.kept.forget(None)

    assert server.kiosk.kept.latest(SITE.id, 10) == []
    assert "correction" in server.ask().json()


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 422), ("   ", 422), ("x" * 601, 422), ("<b>\u2066", 200), ("è\ud800", 200), ("x" * 600, 200)],
)
def test_a_correction_has_a_length(server: Server, text: str, status: int):
    assert correct(editor_of(server), server.ask().json()["id"], text).status_code == status


def test_an_editor_reaches_no_other_site(server: Server):
    other = replace(SITE, id="s2", name="Altro", key="OTHER-KEY", origins=(OTHER,), editor_hash=kept("OTHER-SECRET"))
    server.kiosk.sites.add(other)
    answer = server.ask().json()["id"]
    correct(editor_of(server), answer)
    stranger = editor_of(server, "OTHER-SECRET")

    page = stranger.get("/sites").text

    assert "Chi canta?" not in page and "3 maggio" not in page
    assert correct(stranger, answer).status_code == 404
    correction = server.kiosk.kept.corrections(SITE.id)[0].id
    assert stranger.post("/sites/withdraw", json={"correction": correction}).status_code == 404


def test_hostile_questions_and_corrections_are_texts_on_the_page(server: Server):
    hostile = '"><img src=x onerror=alert(1)>'
    answer = server.ask(f"Chi canta {hostile}?").json()["id"]
    editor = editor_of(server)
    correct(editor, answer, hostile)

    page = editor.get("/sites").text

    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_who_has_signed_out_or_was_revoked_sees_nothing_any_more(server: Server):
    first, second = editor_of(server), editor_of(server)
    server.ask()

    first.post("/sites/sign-out", json={})
    assert "Chi canta?" not in first.get("/sites").text
    assert "Chi canta?" in second.get("/sites").text
    server.kiosk.sites.revoke("Il Chiarino")
    assert "Chi canta?" not in second.get("/sites").text


def test_a_sign_in_ends_with_the_working_day(server: Server):
    editor = editor_of(server)
    server.ask()

    server.clock.on(hours=11)

    assert "Chi canta?" not in editor.get("/sites").text
