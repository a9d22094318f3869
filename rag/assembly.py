"""Settings -> the parts of a running Actuclair. The only place that chooses between them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from rag.answering.finishing import Finisher
from rag.answering.gate import Gate
from rag.answering.proving import Prover, nobody_waits
from rag.asking.answer_cache import AnswerCache
from rag.asking.guard import Guard
from rag.checking.attribution import Attribution
from rag.checking.entailment import CrossEncoderChecker
from rag.errors import ModelMissing, RayMissing
from rag.explainer import Explainer
from rag.finding.retriever import Retriever, Sources
from rag.index.embedding import InProcess, Workers
from rag.index.process_workers import ProcessWorkers
from rag.index.workspace import Workspace, has_one_owner, hold
from rag.models import models
from rag.models.embedder import Embedder, NamedEmbedder
from rag.models.endpoint_embedder import EmbeddingEndpoint, EndpointEmbedder
from rag.models.reranker import CrossEncoderReranker, Reranker
from rag.models.sentence_vectors import SentenceVectors
from rag.settings import Settings
from rag.writing.local_model import Endpoint, LocalModel
from rag.writing.writer import ChatWriter, Writer

if TYPE_CHECKING:
    from rag.index.ray_workers import RayWorkers

_OF_RAY = ("ray", "pyarrow")  # modules of the extra


def open_embedder(settings: Settings, threads: int = 0) -> Embedder:
    """The embedder that the settings name: of the catalogue, a folder, a hub id, or behind an address.

    `threads`: of a local one; 0: one a core. Raises ModelMissing, ModelFileInvalid or ModelUnusable.
    """
    if is_address(settings.embedder):
        return EndpointEmbedder(
            EmbeddingEndpoint(
                settings.embedder, settings.embedder_model, settings.embedder_api_key.get_secret_value(),
                settings.embedder_query_prompt, settings.embedder_passage_prompt,
            )
        )  # fmt: skip
    name = embedder_name(settings)
    source = models.load_path(models.find_model(name), settings.models) if name in models.catalogue() else Path(name)

    from rag.models.sentence_embedder import SentenceTransformerEmbedder  # brings torch in: `--help` need not wait

    if source.is_dir():
        return SentenceTransformerEmbedder(name, source, threads=threads)
    return SentenceTransformerEmbedder(name, name, offline=False, threads=threads)


def embedder_name(settings: Settings) -> str:
    """What tells the vectors of the embedder that the settings name from others'."""
    name = settings.embedder_model if is_address(settings.embedder) else settings.embedder
    return str(Path(name).resolve()) if name not in models.catalogue() and Path(name).is_dir() else name


def open_archive(settings: Settings) -> Workspace:
    """The data folder for commands that embed nothing, and need not wait for a model. Raises as `open_workspace`."""
    return Workspace(settings.home, NamedEmbedder(embedder_name(settings)), settings.database, settings.vectors)


def open_workspace(settings: Settings) -> Workspace:
    """The data folder with its embedder. Raises HomeInUse, StorageFailed, or what `open_embedder` does."""
    if has_one_owner(settings.database, settings.vectors):
        hold(settings.home).release()  # who cannot have it is told so before a model is loaded, which takes seconds
    return Workspace(settings.home, open_embedder(settings), settings.database, settings.vectors)


def open_beside(settings: Settings) -> Workspace:
    """The record with its embedder, also while another process has the data folder. Raises as `open_workspace`."""
    return Workspace(settings.home, open_embedder(settings), settings.database, settings.vectors, beside=True)


@contextmanager
def open_ingest(settings: Settings, workers: str) -> Iterator[tuple[Workspace, Workers]]:
    """The data folder, and who embeds for it: '1' is this process, a number so many others, 'ray://…' a cluster.

    A model is loaded only where it is used. Raises as `open_workspace`; WorkersLost, RayMissing or RayFailed.
    """
    if workers == "1":
        with open_workspace(settings) as workspace:
            yield workspace, InProcess(workspace.embedder)
        return
    embedder = open_embedder(settings) if is_address(settings.embedder) else NamedEmbedder(embedder_name(settings))
    with (
        Workspace(settings.home, embedder, settings.database, settings.vectors) as workspace,
        _open_workers(settings, workers) as opened,
    ):
        yield workspace, opened


def _open_workers(settings: Settings, workers: str) -> "ProcessWorkers | RayWorkers":
    needed = _for_workers(settings)
    if not workers.startswith("ray://"):
        count = int(workers)
        threads = max(1, (os.cpu_count() or 1) // count)
        return ProcessWorkers(count, partial(open_embedder, needed, threads))
    try:
        from rag.index.ray_workers import RayWorkers
    except ModuleNotFoundError as error:
        if error.name not in _OF_RAY:
            raise
        raise RayMissing(workers) from error
    return RayWorkers(workers, partial(open_embedder, needed, 1))


def _for_workers(settings: Settings) -> Settings:
    """What an embedder is opened with, on whichever machine: without the secrets of everything else."""
    secrets = {name: field.default for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
    del secrets["embedder_api_key"]
    paths: dict[str, object] = {"models": settings.models.absolute()}
    if not is_address(settings.embedder):
        paths["embedder"] = embedder_name(settings)
    return settings.model_copy(update=secrets | paths)


def open_writer(settings: Settings) -> Writer | None:
    """The language model that the settings name; None for `none`. Raises ModelMissing or ModelFileInvalid."""
    name = settings.writer
    if name == "none":
        return None
    if is_address(name):
        key = settings.writer_api_key.get_secret_value()
        return ChatWriter(Endpoint(name, settings.writer_model, key), settings.writer_timeout_s)
    model = LocalModel(_gguf(name, settings.models), settings.threads)
    return ChatWriter(model.endpoint, settings.writer_timeout_s, model)


def open_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, if any. Raises ModelUnusable."""
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def open_attribution(sentence_vectors: SentenceVectors, settings: Settings) -> Attribution:
    """The check of sentences, with the entailment model that the settings name, if any. Raises ModelUnusable."""
    return Attribution(sentence_vectors, CrossEncoderChecker(settings.checker) if settings.checker else None)


def open_explainer(
    workspace: Workspace, writer: Writer | None, settings: Settings, others_wait: Callable[[], bool] = nobody_waits
) -> Explainer:
    """The explainer over the articles of a workspace. Raises IndexNotBuilt or EmbedderMismatch.

    `others_wait` tells whether anybody waits for the writer.
    """
    workspace.check_ready()
    sentence_vectors = SentenceVectors(workspace.embedder)
    retriever = open_retriever(workspace, sentence_vectors, open_reranker(settings))
    guard = Guard(sentence_vectors, workspace.embedder.name, settings.country)
    attribution = open_attribution(sentence_vectors, settings)
    prover = Prover(attribution, writer, Gate(settings.quote_similarity), others_wait)
    cache = AnswerCache(workspace.record.version)
    return Explainer(retriever, prover, Finisher(sentence_vectors.of), guard, cache)


def open_retriever(
    workspace: Workspace, sentence_vectors: SentenceVectors | None = None, reranker: Reranker | None = None
) -> Retriever:
    """The retriever over the articles of a workspace."""
    sources = Sources(workspace.index, workspace.record, workspace.candidates, workspace.words)
    return Retriever(sources, sentence_vectors or SentenceVectors(workspace.embedder), reranker)


def is_address(name: str) -> bool:
    """Whether a model is named by the address of an endpoint. Example: 'http://127.0.0.1:11434/v1' -> True"""
    return name.startswith(("http://", "https://"))


def _gguf(name: str, folder: Path) -> Path:
    if name in models.catalogue():
        return models.load_path(models.find_model(name), folder)
    path = Path(name)
    if not path.is_file():
        raise ModelMissing(name, path.parent)
    return path
