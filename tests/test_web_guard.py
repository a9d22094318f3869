"""Who is let in, with what, and what browsers are told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_calls import PAGE, answered, app, guarded

from web import Guard, Rules
from web.callers import host_name
from web.policy import guarded_cookie, hash_of
from web.replies import FOLDER, LANGUAGES, sentences


def test_policy_runs_only_the_scripts_of_the_page_as_it_was_served():
    policy = guarded().get("/").headers["content-security-policy"]

    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts and "unsafe-inline" not in scripts[1]
    assert f"'{hash_of(b'start()')}'" in scripts[1]
    assert "script-src-attr 'none'" in policy
    assert "object-src 'none'" in policy


def test_policy_names_no_other_host_but_those_that_may_frame_the_page():
    policy = guarded().get("/").headers["content-security-policy"]

    assert "frame-ancestors 'self' https://school.example" in policy
    assert "http" not in policy.replace("https://school.example", "")


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/echo", 200), ("/gradio_api/upload", 403), ("/none", 404)])
def test_every_response_tells_browsers_to_be_careful(path: str, status: int):
    response = guarded().get(path)

    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "camera=()" in response.headers["permissions-policy"]
    assert response.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_page_passes_unchanged():
    assert guarded().get("/").text == PAGE


@pytest.mark.parametrize(("base", "secure"), [("https://page.example", True), ("http://page.example", False)])
def test_a_cookie_is_read_by_no_script_and_stays_on_https(base: str, secure: bool):
    cookie = guarded(base=base).get("/").headers["set-cookie"]

    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert ("; Secure" in cookie) is secure


def test_guarded_cookie_keeps_what_a_cookie_says_itself():
    assert guarded_cookie("a=1; SameSite=Strict; HttpOnly", secure=False) == "a=1; SameSite=Strict; HttpOnly"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://page.example", 200),
        ("https://school.example", 200),
        ("https://evil.example", 403),
        ("https://page.example.evil.example", 403),
        ("http://page.example:81", 403),
        ("http://[", 403),
        ("null", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/gradio_api/queue/join"])
def test_callers_from_other_web_sites_are_refused_on_every_route(origin: str, status: int, path: str):
    assert guarded().get(path, headers={"origin": origin}).status_code == status


def test_a_websocket_from_another_web_site_is_refused_before_it_opens():
    scope = {"type": "websocket", "headers": [(b"host", b"localhost"), (b"origin", b"https://evil.example")]}
    extensions = {"websocket.http.response": {}}

    sent = answered(Guard(app()), [{"type": "websocket.connect"}], **scope, extensions=extensions)

    assert sent[0]["type"] == "websocket.http.response.start"
    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("page.example", 200),
        ("PAGE.example:7860", 200),
        ("localhost:7860", 200),
        ("127.0.0.1:7860", 200),
        ("[::1]:7860", 200),
        ("192.168.1.20", 200),
        ("evil.example", 421),
        ("page.example.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("page.example@evil.example", 421),
        ("page.example/evil", 421),
        ("page.example:x", 421),
        ("", 421),
    ],
)
def test_a_foreign_name_for_this_machine_is_refused(host: str, status: int):
    assert guarded().get("/echo", headers={"host": host}).status_code == status


def test_a_request_with_two_hosts_is_refused():
    headers = [(b"host", b"localhost"), (b"host", b"evil.example")]

    sent = answered(Guard(app()), [{"type": "http.request"}], headers=headers)

    assert sent[0]["status"] == 421


@given(st.text(max_size=30))
def test_host_name_is_never_found_in_what_names_an_account_or_a_path(text: str):
    assert not set(host_name(text)) & set("@/?#")


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://localhost",
        "/gradio_api/stream/1",
        "/gradio_api/run/predict",
        "/gradio_api/queue/join/../upload",
        "//gradio_api/upload",
        "/gradio_api//upload",
        "/gradio_api/component_server",
        "/login",
        "/monitoring/summary",
        "/openapi.json",
    ],
)
def test_what_the_page_does_not_need_is_closed(path: str):
    sent = answered(Guard(app()), [{"type": "http.request"}], path=path)

    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    ("given_language", "language"),
    [("it-IT, en;q=0.5", "it"), ("pt, es;q=0.8", "es"), ("ja", "en"), ("", "en"), ("de", "de")],
)
def test_who_is_refused_is_told_so_in_the_language_of_the_browser(given_language: str, language: str):
    response = guarded().get("/gradio_api/upload", headers={"accept-language": given_language})

    assert response.json() == {"detail": sentences(language)["not_allowed"]}
    assert response.headers["content-language"] == language


def test_who_is_refused_on_a_page_in_german_is_told_so_in_german():
    headers = {"accept-language": "fr", "referer": "http://page.example/?language=de"}

    assert guarded().get("/login", headers=headers).text == sentences("de")["not_allowed"]


def test_sentences_are_there_in_every_language():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LANGUAGES)
    assert {frozenset(sentences(language)) for language in LANGUAGES} == {
        frozenset({"too_many", "too_large", "too_slow", "not_allowed", "unknown_host"})
    }


def test_rules_of_nothing_at_all_still_guard():
    assert answered(Guard(app()), [{"type": "http.request"}], headers=[(b"host", b"evil")])[0]["status"] == 421
    assert Rules().hosts == ()
