"""An embedder behind an address: what it is asked, what of its answers is believed, and that no index mixes two."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from embedding_endpoint import EmbeddingStub
from fakes import DEAD_ADDRESS, FakeEmbedder, article_of

from rag.assembly import open_embedder, open_workspace
from rag.errors import EmbedderChanged, EmbedderFailed, EmbedderMismatch, ModelUnusable
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.index.reindexing import reindex
from rag.index.workspace import Workspace
from rag.models.endpoint_embedder import EmbeddingEndpoint, EndpointEmbedder
from rag.settings import Settings

FAKE = FakeEmbedder("modello")
TEXTS = ["Il robot canta in città.", "Été à la plage", "größer"]


@pytest.fixture
def stub() -> Iterator[EmbeddingStub]:
    with EmbeddingStub(lambda texts: 3 * FAKE.embed_passages(texts)) as endpoint:
        yield endpoint


def embedder_of(url: str, name: str = "modello", timeout_s: float = 30.0, **prompts: str) -> EndpointEmbedder:
    return EndpointEmbedder(EmbeddingEndpoint(url, name, "segreto", **prompts), timeout_s)


def test_endpoint_is_asked_in_batches_and_its_vectors_have_length_one_in_the_order_of_the_texts(stub: EmbeddingStub):
    texts = [f"{text} {number}" for number in range(12) for text in TEXTS]

    vectors = embedder_of(stub.url).embed_passages(texts)

    assert np.allclose(vectors, FAKE.embed_passages(texts), atol=1e-6)
    assert [len(asked["input"]) for asked in stub.asked] == [32, 4]
    assert {(asked["path"], asked["model"]) for asked in stub.asked} == {("/v1/embeddings", "modello")}
    assert set(stub.keys) == {"Bearer segreto"}


def test_no_texts_need_no_call(stub: EmbeddingStub):
    assert len(embedder_of(stub.url).embed_passages([])) == 0
    assert stub.asked == []


def test_prompts_stand_before_questions_and_passages(stub: EmbeddingStub):
    embedder = embedder_of(stub.url, query_prompt="query: ", passage_prompt="passage: ")

    embedder.embed_query("Chi canta?")
    embedder.embed_passages(["Il robot."])

    assert [asked["input"] for asked in stub.asked] == [["query: Chi canta?"], ["passage: Il robot."]]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "ciao",
        {"data": []},
        {"data": [{"index": 0}]},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": ["a", "b"]}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": [1.0, None]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": [[1.0]]}]},
        {"data": [{"index": 0, "embedding": [10**400]}]},
    ],
)
def test_an_answer_without_vectors_is_a_failure_that_names_the_address(stub: EmbeddingStub, body: Any):
    stub.body = body

    with pytest.raises(EmbedderFailed, match=stub.url):
        embedder_of(stub.url).embed_query("Où ?")


@pytest.mark.parametrize("status", [401, 404, 422])
def test_a_status_is_told(stub: EmbeddingStub, status: int):
    stub.status, stub.body = status, {"error": "no"}

    with pytest.raises(EmbedderFailed, match=f"status {status}"):
        embedder_of(stub.url).embed_query("Où ?")


def test_an_endpoint_that_is_not_there_or_too_slow_is_told(stub: EmbeddingStub):
    with pytest.raises(EmbedderFailed, match="nobody answers there"):
        embedder_of(DEAD_ADDRESS).embed_query("Où ?")
    stub.delay.clear()
    with pytest.raises(EmbedderFailed, match="nothing came in time"):
        embedder_of(stub.url, timeout_s=0.05).embed_query("Où ?")


def test_a_model_that_changes_between_two_batches_is_a_failure(stub: EmbeddingStub):
    stub.embed = lambda texts: FAKE.embed_passages(texts)[:, : 4 if len(texts) == 32 else 8]

    with pytest.raises(EmbedderFailed, match="different sizes"):
        embedder_of(stub.url).embed_passages(["è"] * 40)


def test_what_is_secret_in_an_address_is_told_to_nobody(stub: EmbeddingStub):
    stub.status, stub.body = 404, {}
    address = stub.url.replace("//", "//io:segreta@")

    with pytest.raises(EmbedderFailed) as failed:
        embedder_of(address).embed_query("Où ?")

    assert "segreta" not in str(failed.value) and stub.url in str(failed.value)


@pytest.mark.parametrize("address", ["http://[::1/v1", "http://host:port/v1", "http://"])
def test_what_is_no_address_is_told_with_the_setting(address: str):
    with pytest.raises(ModelUnusable, match="ACTUCLAIR_EMBEDDER"):
        embedder_of(address)


def settings_of(home: Path, url: str, **more: str) -> Settings:
    return Settings(home=home, embedder=url, embedder_model="modello", **more)  # type: ignore[arg-type]


def test_settings_name_an_endpoint_by_its_address(stub: EmbeddingStub, tmp_path: Path):
    embedder = open_embedder(settings_of(tmp_path, stub.url, embedder_query_prompt="query: "))

    embedder.embed_query("¿Quién canta?")

    assert embedder.name == "modello"
    assert stub.asked[0]["input"] == ["query: ¿Quién canta?"]


def test_an_index_goes_from_here_to_an_endpoint_with_the_same_model(stub: EmbeddingStub, tmp_path: Path):
    with Workspace(tmp_path, FAKE) as workspace:
        ingest([article_of("Le robot chante à Noël.")], workspace)

    with open_workspace(settings_of(tmp_path, stub.url)) as workspace:
        workspace.check_ready()
        report = ingest([article_of("La lune brille.", id="lune")], workspace)

    assert report.articles == 1


def other_model(texts: Sequence[str]) -> np.ndarray:
    return np.roll(FAKE.embed_passages(texts), 1, axis=1)


@pytest.mark.parametrize("model", [other_model, lambda texts: FAKE.embed_passages(texts)[:, :8]])
def test_another_model_under_the_same_name_is_let_near_no_index(stub: EmbeddingStub, tmp_path: Path, model: Any):
    with open_workspace(settings_of(tmp_path, stub.url)) as workspace:
        ingest([article_of("Le robot chante à Noël.")], workspace)
        stub.embed = model

        with pytest.raises(EmbedderChanged, match=r"modello.*actuclair reindex"):
            workspace.check_ready()
        with pytest.raises(EmbedderChanged):
            ingest([article_of("La lune brille.", id="lune")], workspace)
        assert [article.id for article in workspace.record.articles()] == ["robot"]

    with open_workspace(settings_of(tmp_path, stub.url)) as workspace:
        reindex(workspace)
        workspace.check_ready()
        assert workspace.index.search(embedder_of(stub.url).embed_query("Le robot"), 1, Filters())


def test_another_name_is_another_embedder(stub: EmbeddingStub, tmp_path: Path):
    with open_workspace(settings_of(tmp_path, stub.url)) as workspace:
        ingest([article_of()], workspace)
    other = Settings(home=tmp_path, embedder=stub.url, embedder_model="altro")
    with open_workspace(other) as workspace, pytest.raises(EmbedderMismatch, match="modello"):
        workspace.check_ready()
