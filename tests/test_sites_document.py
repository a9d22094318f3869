"""The OpenAPI document: what it says is what the API does, its examples too; problems are told as RFC 9457 has them."""

from pathlib import Path
from typing import Any

import pytest
from site_visits import COWBOY, NEWS, Server, serving
from starlette.testclient import TestClient

from sites.texts import load
from telling.texts import LANGUAGES


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("document")) as running:
        running.answers.may_write.set()
        yield running


@pytest.fixture(scope="module")
def document(server: Server) -> dict[str, Any]:
    told = TestClient(server.app).get("/api/v1/openapi.json", headers={"origin": "https://anybody.example"})
    assert told.headers["access-control-allow-origin"] == "*"
    found: dict[str, Any] = told.json()
    return found


def example(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]["examples"][0]
    return found


def test_the_document_names_every_call_and_where_it_is(document: dict[str, Any]):
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/api"}]
    assert set(document["paths"]) == {
        "/v1/ask",
        "/v1/answers/{answer_id}/level",
        "/v1/feedback",
        "/v1/articles",
    }
    assert set(document["paths"]["/v1/articles"]) == {"get", "post"}


def test_the_examples_of_the_document_are_taken_by_the_api(document: dict[str, Any], server: Server):
    page = server.page()
    asked = example(document, "Ask") | {"article": COWBOY}
    answered = page.post("/api/v1/ask?site=PUBLIC-KEY", json=asked)
    opinion = example(document, "Feedback") | {"answer": answered.json()["id"]}
    level = page.post(f"/api/v1/answers/{answered.json()['id']}/level?site=PUBLIC-KEY", json=example(document, "Wish"))
    article = example(document, "SentArticle") | {"url": f"{NEWS}/esempio"}

    assert answered.status_code == 200
    assert page.post("/api/v1/feedback?site=PUBLIC-KEY", json=opinion).status_code == 204
    assert level.json()["answer"]["level"] == "tween"
    assert server.signed("/api/v1/articles?site=PUBLIC-KEY", article).status_code == 202


def test_a_finished_answer_has_all_that_the_document_promises(document: dict[str, Any], server: Server):
    told = server.ask().json()

    assert set(document["components"]["schemas"]["FinishedAnswer"]["required"]) <= set(told)
    assert set(document["components"]["schemas"]["Citation"]["required"]) <= set(told["answer"]["citations"][0])


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/v1/nothing?site=PUBLIC-KEY", 404, "unknown"),
        ("GET", "/api/v1/ask?site=PUBLIC-KEY", 405, "method"),
        ("GET", "/api/v1/articles?site=PUBLIC-KEY", 422, "invalid"),
        ("POST", "/api/v1/ask?site=PUBLIC-KEY", 422, "invalid"),
        ("POST", "/api/v2/ask?site=PUBLIC-KEY", 404, "unknown"),
    ],
)
def test_whatever_goes_wrong_is_told_as_problem_details(server: Server, method: str, path: str, status: int, kind: str):
    told = server.page(language="de").request(method, path, content=b"{" if method == "POST" else None)

    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["type"] == f"urn:actuclair:problem:{kind}"
    assert told.json()["detail"] == load()["de"][f"problem.{kind}"]
    assert told.json()["status"] == status
    assert told.headers["access-control-allow-origin"] == NEWS


def test_what_is_too_large_is_told_to_the_page_as_well(server: Server):
    told = server.page().post("/api/v1/ask?site=PUBLIC-KEY", content=b"x" * 70_000)

    assert told.status_code == 413
    assert told.headers["content-type"] == "application/problem+json"
    assert told.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"question": "  "}, "question_empty"),
        ({"question": "a" * 501}, "question_too_long"),
        ({"question": "a" * 2001}, "invalid"),
        ({"language": "pt"}, "invalid"),
        ({"level": "baby"}, "invalid"),
        ({"levle": "child"}, "invalid"),
        ({"earlier": ["x"] * 11}, "invalid"),
        ({"earlier": [1]}, "invalid"),
    ],
)
def test_a_question_that_cannot_be_used_is_refused(server: Server, changed: dict[str, Any], kind: str):
    values = {"question": "Chi canta?", "language": "it", "level": "child", "article": COWBOY} | changed

    told = server.page().post("/api/v1/ask?site=PUBLIC-KEY", json=values)

    assert (told.status_code, told.json()["type"]) == (422, f"urn:actuclair:problem:{kind}")
    assert "aaaa" not in told.text  # what was sent is not sent back


def test_hostile_texts_stay_values_of_json(server: Server, tmp_path: Path):
    hostile = "</script><img src=x onerror=alert(1)>\u2028 data: x\n\nevent: finished"

    told = server.ask(hostile)

    assert told.headers["content-type"] == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "onerror" in told.json()["answer"]["question"]
    page = server.page()
    page.headers["accept"] = "text/event-stream"
    streamed = server.ask(hostile, page).text
    assert streamed.count("event: finished\n") == 1
    assert all(line.startswith(("event: ", "data: ", ":")) for line in streamed.split("\n") if line)


def test_every_problem_has_a_sentence_in_every_language():
    assert {frozenset(texts) for texts in load().values()} == {frozenset(load()["fr"])}
    assert set(load()) == set(LANGUAGES)
