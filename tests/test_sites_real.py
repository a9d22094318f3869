"""A site's readers and the real search, without a language model: the answer is the one of the command line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from site_visits import SITE, events_of
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.reading import read_source
from desk import Desk
from rag.answering.answer_json import answer_json
from rag.assembly import open_explainer, open_workspace
from rag.explainer import Explainer
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.settings import Settings
from rag.study.study import NO_STUDY
from rag.types import Question, ReadingLevel
from sites.kiosk import Answers, Kiosk
from sites.storage import open_file
from sites.web import site_routes

pytestmark = pytest.mark.models
ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles" / "fr"
DEMO = "https://demo.actuclair.example"
COWBOY = f"{DEMO}/fr/cow-boy-ia-enfants"


class NoWays:
    """Nothing is sent and nothing fetched."""

    def store(self, article: object) -> None:
        raise AssertionError

    def fetch(self, address: str, origins: tuple[str, ...]) -> None:
        raise AssertionError


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Explainer]]:
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, writer="none")
    with open_workspace(settings) as workspace:
        ingest(read_source(ARTICLES), workspace)
        explainer = open_explainer(workspace, None, settings)
        workspace.index.start()
        answers = Answers(explainer.explain, explainer.at_once, lambda answer: NO_STUDY, "fr")
        kiosk = Kiosk(open_file(home), Desk(), answers, workspace.shelf, NoWays())  # type: ignore[arg-type]
        kiosk.sites.add(replace(SITE, origins=(DEMO,)))
        app = Starlette(routes=site_routes(kiosk))
        with kiosk.open():
            yield TestClient(app, headers={"origin": DEMO, "accept": "text/event-stream"}), explainer


@pytest.mark.parametrize(("text", "language"), [("Qui est Breaking Rust ?", "fr"), ("Chi è Breaking Rust?", "it")])
def test_the_answer_is_that_of_the_command_line(served: tuple[TestClient, Explainer], text: str, language: str):
    page, explainer = served
    asked = {"question": text, "language": language, "level": "child", "article": COWBOY}

    told = dict(events_of(page.post("/api/v1/ask?site=PUBLIC-KEY", json=asked)))

    article = told["evidence"]["evidence"][0]["article_id"]
    own = explainer.answer(Question(text, language, ReadingLevel.CHILD), Filters(articles=(article,)))
    ours, theirs = json.loads(json.dumps(answer_json(own))), told["finished"]["answer"]
    assert theirs["status"] == "quoted"
    assert {name for name in ours if ours[name] != theirs[name]} <= {"timings", "steps"}
    assert {citation["url"] for citation in theirs["citations"]} == {COWBOY}


def test_a_reader_in_need_is_helped_and_what_a_reader_tells_of_itself_is_masked(served: tuple[TestClient, Explainer]):
    page, _ = served
    asked = {"language": "fr", "level": "child", "article": COWBOY}

    need = page.post("/api/v1/ask?site=PUBLIC-KEY", json=asked | {"question": "Je veux mourir"})
    named = page.post("/api/v1/ask?site=PUBLIC-KEY", json=asked | {"question": "Je m’appelle Zoé Martin, qui chante ?"})

    assert dict(events_of(need))["finished"]["answer"]["status"] == "crisis"
    assert "Martin" not in named.text


def test_the_article_in_view_suggests_questions_that_it_answers(served: tuple[TestClient, Explainer]):
    page, _ = served

    told = page.get(f"/api/v1/articles?site=PUBLIC-KEY&article={COWBOY}&language=fr").json()

    assert told["state"] == "indexed"
    assert len(told["questions"]) == 2
