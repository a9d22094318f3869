"""The public API: questions about the article in view, as events and as one object."""

from pathlib import Path

from site_visits import NEWS, Server, events_of, serving


def streamed(server: Server, text: str = "Chi canta?", **more: object) -> list[tuple[str, dict]]:
    page = server.page()
    page.headers["accept"] = "text/event-stream"
    response = server.ask(text, page, **more)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_of(response)


def test_an_answer_comes_as_checked_events_and_whole_in_the_end(tmp_path: Path):
    with serving(tmp_path) as server:
        server.answers.may_write.set()

        events = streamed(server)

    names = [name for name, _ in events if name != "waiting"]
    assert names == ["evidence", "sentence", "sentence", "finished"]
    assert dict(events)["evidence"]["evidence"][0]["quote"] == "Il cowboy non esiste."
    places = [data["place"] for name, data in events if name == "sentence"]
    assert places == [0, 0]  # what is written is read before the quote that came first
    finished = dict(events)["finished"]
    assert finished["answer"]["status"] == "answered"
    assert finished["answer"]["sentences"][0]["text"] == "Ecco: Chi canta?"
    assert finished["id"] and finished["from_article"]


def test_without_events_the_same_answer_comes_as_one_object(tmp_path: Path):
    with serving(tmp_path) as server:
        server.answers.may_write.set()

        told = server.ask()

    assert told.status_code == 200
    assert told.json()["answer"]["citations"][0]["title"] == "Il cowboy"
    assert server.answers.asked[0][1].articles == ("cowboy",)
    assert told.headers["access-control-allow-origin"] == NEWS
    assert "access-control-allow-credentials" not in told.headers
    assert "set-cookie" not in told.headers
