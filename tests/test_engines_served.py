"""The running program on every engine, as those who use it do: the command line, a class and a site over HTTP."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from class_rooms import SECRET
from cli_runs import ASKED, COWBOY, Run, objects_of
from engines import Engine
from fakes import StubEndpoint
from live_pages import plain
from served import Served, serving
from waiting import wait_until

from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage

pytest_plugins = ("cli_runs", "engines")
FORM = {"title": "La musique", "language": "fr", "minutes": 60, "youngest": "child", "oldest": "teen"}
ORIGIN = "https://chiarino.example"
SONGS, FOLLOW_UP = "Qui compose ses chansons ?", "Et lui, il existe ?"


class Visit:
    """Somebody in a browser."""

    def __init__(self, server: str, language: str = "fr", **headers: str):
        self.client = httpx.Client(base_url=server, headers={"accept-language": language} | headers, timeout=60)

    def get(self, path: str) -> str:
        return self.client.get(path).raise_for_status().text

    def post(self, path: str, **values: object) -> dict[str, object]:
        answer = self.client.post(path, json=values)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def site(engine: Engine, run: Run, articles: Path) -> str:
    """The key of a news site, once everything is there that serving needs."""
    assert run("ingest", articles, **engine.settings).exit_code == 0
    storage = Storage(engine.home, engine.database)
    set_secret(storage, SECRET)
    storage.close()
    added = run("sites", "add", "Il Chiarino", ORIGIN, "--articles", "all", "--rest", "--json", **engine.settings)
    return str(objects_of(added)[0]["key"])


@pytest.fixture
def server(
    engine: Engine, site: str, environment: dict[str, str], tmp_path: Path, stub: StubEndpoint
) -> Iterator[Served]:
    settings = {f"ACTUCLAIR_{name.upper()}": value for name, value in engine.settings.items()}
    with serving(environment | settings | {"ACTUCLAIR_WRITER_TIMEOUT_S": "60"}, tmp_path) as served:
        served.wait_until_ready()
        yield served


def test_a_lesson_and_a_site_leave_what_is_kept_and_forgotten(
    engine: Engine, server: Served, site: str, run: Run, tmp_path: Path
):
    teacher, zoe, reader = Visit(server.url), Visit(server.url), Visit(server.url, "it", origin=ORIGIN)

    def ask_in_class(question: str) -> None:
        before = zoe.get(at).count("data-judge")
        zoe.post(f"{at}/ask", question=question, level="child")
        wait_until(lambda: zoe.get(at).count("data-judge") > before)

    def ask_on_site(question: str, *earlier: object) -> dict[str, object]:
        asked = {"question": question, "language": "fr", "article": COWBOY["url"], "earlier": earlier}
        return reader.post(f"/api/v1/ask?site={site}", **asked)

    teacher.post("/teacher/sign-in", secret=SECRET)
    live = str(teacher.post("/teacher/sessions", **FORM)["to"]).partition("?")[0]
    at = re.findall(r"/class/[a-z]+-[a-z]+-\d{4}", teacher.get(live))[0]
    zoe.post(f"{at}/join", nickname="Zoë")
    for question in (ASKED, SONGS):
        ask_in_class(question)
    seen, taught = plain(zoe.get(at)), plain(teacher.get(live))
    first = ask_on_site(ASKED)
    second = ask_on_site(FOLLOW_UP, first["id"])
    server.process.terminate()
    stopped = server.process.wait(60)
    kept = {each["table"] for each in objects_of(run("export", **engine.settings))}
    saved = run("backup", tmp_path / "x.tar", **engine.settings)
    mended = run("mend", **engine.settings)
    forgotten = run("forget", **engine.settings)
    left = objects_of(run("export", **engine.settings))

    assert ASKED in seen and SONGS in seen and "Breaking Rust n'existe pas" in seen and "Zoë" in taught
    assert [answer_of(each)["status"] for each in (first, second)] == ["answered", "answered"]
    assert "Breaking Rust" in str(answer_of(second)["understood"]) and answer_of(second)["question"] == FOLLOW_UP
    assert stopped == 0 and {"sessions", "pupils", "turns", "answers"} <= kept
    assert (saved.exit_code == 0) is not bool(engine.database) and ("pg_dump" in saved.stderr) is bool(engine.database)
    assert (mended.exit_code, forgotten.exit_code, left) == (0, 0, []), mended.output + forgotten.output
    assert "turns: 2 deleted" in forgotten.stdout


def answer_of(told: dict[str, object]) -> dict[str, object]:
    answer = told["answer"]
    assert isinstance(answer, dict)
    return answer


def test_filters_keep_out_what_they_do_not_name(engine: Engine, run: Run, articles: Path):
    run("ingest", articles, **engine.settings)

    def found(*options: str) -> set[str]:
        (told,) = objects_of(run("search", "Il robot canta, le chanteur", "--json", *options, **engine.settings))
        return {result["article_id"] for result in told["results"]}

    assert found() == {"cow-boy", "robot"}
    assert found("--written-in", "it") == {"robot"}
    assert found("--audience", "child") == found("--outlet", "Le Petit Clair") == {"cow-boy"}
    assert found("--since", "2025-11-21") == {"cow-boy"} and found("--since", "2025-11-22") == set()
