"""The public API: questions about the article in view, as events and as one object."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from site_visits import COWBOY, CRISIS, NEWS, SITE, UNKNOWN, MadeUp, Server, events_of, serving
from waiting import wait_until

from corpus.types import Article
from rag.asking.answer_cache import AnswerCache
from rag.errors import StorageFailed
from rag.study.difficult_words import DifficultWord
from rag.study.glossary import Explanation
from rag.study.study import Study

Events = list[tuple[str, Any]]


def streamed(server: Server, text: str = "Chi canta?", **more: object) -> Events:
    page = server.page()
    page.headers["accept"] = "text/event-stream"
    response = server.ask(text, page, **more)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_of(response)


@pytest.fixture
def server(tmp_path: Path):
    with serving(tmp_path) as running:
        running.answers.may_write.set()
        yield running


def test_an_answer_comes_as_checked_events_and_whole_in_the_end(server: Server):
    events = streamed(server)

    names = [name for name, _ in events if name != "waiting"]
    assert names == ["evidence", "sentence", "sentence", "finished"]
    assert dict(events)["evidence"]["evidence"][0]["quote"] == "Il cowboy non esiste."
    places = [data["place"] for name, data in events if name == "sentence"]
    assert places == [0, 0]  # what is written is read before the quote that came first
    finished = dict(events)["finished"]
    assert finished["answer"]["sentences"][0]["text"] == "Ecco: Chi canta?"
    assert finished["id"] and finished["from_article"]


@pytest.mark.parametrize(("language", "text"), [("fr", "Qui chante là-bas ?"), ("it", "Perché canta così?")])
def test_letters_with_accents_come_as_they_are(server: Server, language: str, text: str):
    events = streamed(server, text, language=language)

    assert dict(events)["finished"]["answer"]["question"] == text
    assert dict(events)["finished"]["answer"]["language"] == language


def test_without_events_the_same_answer_comes_as_one_object_that_only_the_site_may_read(server: Server):
    told = server.ask()

    assert told.json()["answer"]["citations"][0]["title"] == "Il cowboy"
    assert server.answers.asked[0][1].articles == ("cowboy",)
    assert told.headers["access-control-allow-origin"] == NEWS
    assert "Origin" in told.headers["vary"]
    assert not {"access-control-allow-credentials", "set-cookie"} & set(told.headers)


def test_an_answer_brings_words_and_questions_with_their_proofs(server: Server):
    article = Article("a", "La musica", "Un algoritmo è una ricetta.", "it", "a.md")
    words = (
        DifficultWord("algoritmo", 3, 12, Explanation("algoritmo", "una ricetta", "it", article=article)),
        DifficultWord("brano", 15, 20, Explanation("brano", "una canzone", "it")),
    )
    server.answers.study = Study({"Un algoritmo ha un brano.": words, "Niente.": ()})

    told = server.ask().json()["words"]

    assert list(told) == ["Un algoritmo ha un brano."]
    assert [(word["word"], word["source"]) for word in told["Un algoritmo ha un brano."]] == [
        ("algoritmo", "La musica"),
        ("brano", ""),
    ]


def test_the_rest_of_the_site_answers_only_where_the_site_allows_it(tmp_path: Path):
    with serving(tmp_path / "own") as own, serving(tmp_path / "rest", replace(SITE, rest=True)) as rest:
        own.answers.may_write.set()
        rest.answers.may_write.set()

        assert own.ask(UNKNOWN).json()["answer"]["status"] == "no_evidence"
        told = rest.ask(UNKNOWN).json()

    assert told["answer"]["status"] == "answered"
    assert told["from_article"] is False
    assert [sorted(filters.articles) for _, filters, _ in rest.answers.asked] == [["cowboy"], ["cowboy", "robot"]]


def test_articles_of_others_are_unknown_to_a_site(server: Server):
    page = server.page()

    told = page.get("/api/v1/articles?site=PUBLIC-KEY&article=https://other.example/pizza").json()

    assert told["state"] == "unknown" and told["title"] == ""
    assert server.ask(article="https://other.example/pizza").status_code == 404
    assert server.ask(article="foreign").status_code == 404


def test_an_old_article_of_a_site_with_many_can_be_asked_about(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rag.index.shelf.MOST_ARTICLES", 1)

    assert server.page().get("/api/v1/articles?site=PUBLIC-KEY&article=robot").json()["state"] == "indexed"
    assert server.ask(article=f"{NEWS}/robot").json()["from_article"]


def test_an_article_tells_its_title_and_what_can_be_asked(server: Server):
    told = server.page().get(f"/api/v1/articles?site=PUBLIC-KEY&article={COWBOY}?utm_source=x").json()

    assert (told["state"], told["id"], told["title"], told["language"]) == ("indexed", "cowboy", "Il cowboy", "it")


def test_an_answer_comes_again_at_another_level_under_its_own_words(server: Server):
    first = server.ask().json()

    again = server.page().post(f"/api/v1/answers/{first['id']}/level?site=PUBLIC-KEY", json={"level": "teen"}).json()

    assert again["answer"]["level"] == "teen"
    assert again["answer"]["question"] == "Chi canta?"
    assert again["id"] not in ("", first["id"])


def test_a_follow_up_leans_on_earlier_answers_of_this_site_only(server: Server):
    first = server.ask().json()["id"]

    server.ask("E lui?", earlier=[first, "nobody-has-this-id"])

    assert server.answers.asked[-1][2] == 1


def test_help_comes_with_the_model_down_and_nothing_of_the_question_is_kept(server: Server, tmp_path: Path):
    server.answers.may_write.clear()

    told = server.ask(CRISIS).json()

    assert told["answer"]["status"] == "crisis" and told["id"] == ""
    assert server.kiosk.kept.counts(SITE.id) == {"crisis": 1}
    assert server.kiosk.kept.latest(SITE.id, 10) == []
    written = b"".join(path.read_bytes() for path in tmp_path.glob("sites.sqlite*"))
    assert CRISIS.encode() not in written


def test_a_failure_is_told_in_the_readers_language(server: Server):
    server.answers.fails = StorageFailed(Path("disque"), "plein")

    events, plain = streamed(server), server.ask()

    assert events[-1][0] == "problem"
    assert events[-1][1]["detail"].startswith("Adesso non posso rispondere")
    assert plain.status_code == 503
    assert plain.headers["content-type"] == "application/problem+json"


def test_fifty_readers_who_ask_the_same_make_the_model_write_once(tmp_path: Path):
    made = MadeUp()
    shared = AnswerCache(lambda: 1, lambda: date(2026, 11, 22))
    with serving(tmp_path, answers=made) as server:
        explain = made.explain
        made.explain = lambda question, filters, earlier: shared.events(  # type: ignore[method-assign]
            question, filters, lambda: explain(question, filters, earlier)
        )
        with ThreadPoolExecutor(50) as readers:
            asking = [readers.submit(server.ask) for _ in range(50)]
            wait_until(lambda: len(server.kiosk.readers) == 50)
            made.may_write.set()
            told = [each.result() for each in asking]

    assert {response.status_code for response in told} == {200}
    assert len({response.json()["id"] for response in told}) == 50
    assert made.written == ["Chi canta?"]


def test_answers_are_there_after_a_restart_and_of_no_other_site(tmp_path: Path):
    with serving(tmp_path) as before:
        before.answers.may_write.set()
        id_ = before.ask().json()["id"]
    with serving(tmp_path) as after:
        after.answers.may_write.set()

        again = after.page().post(f"/api/v1/answers/{id_}/level?site=PUBLIC-KEY", json={"level": "adult"})

        assert again.status_code == 200
        assert after.kiosk.kept.find(SITE.id, id_) is not None
        assert after.kiosk.kept.find("another site", id_) is None
