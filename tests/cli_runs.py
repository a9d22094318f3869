"""Commands run over two articles, with a writer that says what it is told, for tests of the command line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from fakes import StubEndpoint, save_static_embedder
from typer.testing import CliRunner

from cli.main import app

COWBOY = {
    "id": "cow-boy", "title": "Le cow-boy", "language": "fr", "published": "2025-11-21", "audience": "child",
    "text": "Le chanteur Breaking Rust n'existe pas. Une machine compose ses chansons à sa place.",
    "url": "https://demo.example/cow-boy", "source": "Le Petit Clair",
}  # fmt: skip
ROBOT = {"id": "robot", "title": "Il robot", "language": "it", "text": "Il robot canta in città. I bambini ballano."}
ASKED = "Le chanteur Breaking Rust, qui est-ce ?"
CHIEDE = "Il robot canta in città?"
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modèles") / "mots-fictifs"
    save_static_embedder(folder, [COWBOY["text"], COWBOY["title"], ROBOT["text"], ROBOT["title"], "zug münchen"])
    return folder


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with StubEndpoint(("OUI", " Breaking Rust", " n'existe pas,", " le chanteur", ".")) as endpoint:
        yield endpoint


@pytest.fixture
def environment(tmp_path: Path, embedder: Path, stub: StubEndpoint) -> dict[str, str]:
    return {
        "ACTUCLAIR_HOME": str(tmp_path / "données"),
        "ACTUCLAIR_MODELS": str(tmp_path / "aucun"),
        "ACTUCLAIR_EMBEDDER": str(embedder),
        "ACTUCLAIR_WRITER": stub.url,
        "ACTUCLAIR_WRITER_TIMEOUT_S": "60",
        "ACTUCLAIR_QUOTE_SIMILARITY": "0.5",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run a command; settings may be changed by their name without prefix."""

    def run_command(*arguments: object, **changes: str) -> Result:
        changed = {f"ACTUCLAIR_{name.upper()}": value for name, value in changes.items()}
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment | changed)

    return run_command


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return lines_file(tmp_path / "articles.jsonl", COWBOY, ROBOT)


@pytest.fixture
def ready(run: Run, articles: Path) -> Run:
    """The same, with the articles ingested."""
    assert run("ingest", articles).exit_code == 0
    return run


def lines_file(path: Path, *entries: object) -> Path:
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def objects_of(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def assert_complains(result: Result, code: int, *expected: str) -> None:
    assert result.exit_code == code, (result.stderr, result.exception)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for text in expected:
        assert text in result.stderr
