"""The whole way with the real models, on the demo articles: from files to a cited answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from embedding_endpoint import EmbeddingStub
from sentence_transformers import SentenceTransformer

from rag.models import models
from rag.settings import DEFAULT_EMBEDDER, Settings

pytestmark = pytest.mark.models
REPOSITORY = Path(__file__).resolve().parent.parent
ARTICLES = REPOSITORY / "corpus" / "articles"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    run(folder, "ingest", str(ARTICLES))
    return folder


def run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ACTUCLAIR_HOME": str(home)} | settings
    command = [sys.executable, "-c", "from cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=REPOSITORY, timeout=1200)


def test_ingest_leaves_unchanged_articles_alone(home: Path):
    again = json.loads(run(home, "ingest", str(ARTICLES), "--json").stdout)

    unchanged = len(list(ARTICLES.rglob("*.md")))
    assert again == {"articles": 0, "passages": 0, "unchanged": unchanged, "failed": [], "copies": 0}


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Chi ha diretto il videoclip di The Hardest Part?", ("sora", "videoclip", "video", "clip", "meinung")),
        ("Warum gibt es die Band The Velvet Sundown nicht wirklich?", ("band", "velvet", "la-band", "tell-us")),
        ("combien de gens écoutent le cow-boy Breaking Rust ?", ("cow-boy", "breaking-rust", "vaquero", "cowboy")),
    ],
)
def test_search_finds_an_article_about_the_question_in_any_language(
    home: Path, question: str, article: tuple[str, ...]
):
    found = json.loads(run(home, "search", question, "--top", "3", "--json").stdout)

    assert found["results"][0]["article_id"].startswith(article)


def test_ask_batch_answers_in_the_readers_language_with_quotes_that_stand_in_the_articles(home: Path, tmp_path: Path):
    batch = tmp_path / "questions.jsonl"
    batch.write_text(
        '{"id": "a", "question": "Qui a inventé le chanteur Breaking Rust ?", "level": "child"}\n'
        '{"id": "b", "question": "What is The Velvet Sundown?", "level": "teen"}\n'
        '{"id": "c", "question": "¿Cuánto cuesta un billete de tren a Marte?"}\n',
        encoding="utf-8",
    )

    result = run(home, "ask", "--batch", str(batch))

    answers = {answer["id"]: answer for answer in map(json.loads, result.stdout.splitlines())}
    assert [answers[name]["language"] for name in "abc"] == ["fr", "en", "es"]
    assert answers["c"]["status"] == "no_evidence"
    assert answers["a"]["status"] in ("answered", "quoted")
    assert answers["b"]["citations"]
    for answer in answers.values():
        numbers = {citation["number"] for citation in answer["citations"]}
        assert all(set(sentence["citations"]) <= numbers for sentence in answer["sentences"])


def test_an_index_made_here_is_searched_with_the_same_embedder_behind_an_address(home: Path):
    settings = Settings()
    folder = models.load_path(models.find_model(DEFAULT_EMBEDDER), settings.models)
    plain = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    asked = ("search", "Warum gibt es die Band The Velvet Sundown nicht wirklich?", "--top", "3", "--json")

    here = run(home, *asked)
    with EmbeddingStub(lambda texts: plain.encode(list(texts), prompt="")) as stub:
        there = {"ACTUCLAIR_EMBEDDER": stub.url, "ACTUCLAIR_EMBEDDER_MODEL": DEFAULT_EMBEDDER}
        prompts = {"ACTUCLAIR_EMBEDDER_QUERY_PROMPT": "query: ", "ACTUCLAIR_EMBEDDER_PASSAGE_PROMPT": "passage: "}
        elsewhere = run(home, *asked, **there, **prompts)
        stub.embed = lambda texts: plain.encode(list(texts), prompt="")[:, ::-1]
        changed = run(home, *asked, **there, **prompts)

    found, same = json.loads(here.stdout)["results"], json.loads(elsewhere.stdout)["results"]
    assert [each["passage_id"] for each in found] == [each["passage_id"] for each in same]
    assert [each["score"] for each in found] == pytest.approx([each["score"] for each in same], abs=0.01)
    assert changed.returncode == 1 and "actuclair reindex" in changed.stderr
