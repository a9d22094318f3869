"""`actuclair ingest --workers`: who embeds, and what is said to those who ask for what cannot be."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from cli_runs import CHIEDE, Run, assert_complains, objects_of
from embedding_endpoint import EmbeddingStub
from fakes import FakeEmbedder

pytest_plugins = ("cli_runs",)


def test_two_processes_call_an_endpoint_and_what_they_bring_is_found_and_told_as_ever(run: Run, articles: Path):
    with EmbeddingStub(FakeEmbedder().embed_passages) as endpoint:
        settings = {"embedder": endpoint.url, "embedder_model": "mots-fictifs", "embedder_api_key": "chiave"}
        first = run("ingest", articles, "--workers", 2, "--json", **settings)
        asked = len(endpoint.asked)
        again = run("ingest", articles, "--workers", "02", **settings)
        results = objects_of(run("search", CHIEDE, "--json", **settings))[0]["results"]

    assert first.exit_code == again.exit_code == 0, first.stderr + again.stderr
    assert objects_of(first) == [{"articles": 2, "passages": 2, "unchanged": 0, "failed": [], "copies": 0}]
    assert "2 passages" in " ".join(first.stderr.split()) and "2 unchanged" in again.stderr
    assert asked == 1 and set(endpoint.keys) == {"Bearer chiave"}
    assert results[0]["article_id"] == "robot"


@pytest.mark.parametrize(
    "value", ["0", "-1", "1.5", "abc", "", "tantissimi", "257", "²", "ray://", "ray://là bas", "http://h"]
)
def test_workers_that_cannot_be_are_misuse_with_what_can(run: Run, articles: Path, value: str):
    result = run("ingest", articles, f"--workers={value}")

    assert result.exit_code == 2 and "Traceback" not in result.stderr
    said = " ".join(word for word in result.stderr.split() if word != "│")
    assert f"'{value}' is neither a number from 1 to 256 nor the address of a Ray cluster" in said
    assert "--workers ray://local" in said


def test_cluster_without_ray_installed_tells_what_to_install(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "rag.index.ray_workers", raising=False)

    result = run("ingest", articles, "--workers", "ray://local")

    assert_complains(result, 1, "`pip install -r requirements-ray.lock`", "--workers ray://local")


@pytest.mark.skipif(not find_spec("ray"), reason="Ray is not installed: pip install -r requirements-ray.lock")
def test_cluster_that_is_nowhere_is_told_and_nothing_is_kept(run: Run, articles: Path):
    result = run("ingest", articles, "--workers", "ray://nulle-part.invalid")

    assert_complains(result, 1, "'ray://nulle-part.invalid' cannot be used", "`ray start --head`")
    assert run("ingest", articles, embedder="altro").exit_code == 1  # which the index would not know


def test_missing_model_is_told_by_workers_as_by_one_process(run: Run, articles: Path):
    result = run("ingest", articles, "--workers", 2, embedder="multilingual-e5-small")

    assert_complains(result, 1, "'multilingual-e5-small'", "`actuclair models pull`")


def test_help_shows_how_to_let_others_embed(run: Run):
    said = " ".join(run("ingest", "--help").output.split())

    assert "actuclair ingest archive/ --workers 8" in said and "ray://head.internal:10001" in said
