"""Texts -> vectors, by a model behind an OpenAI-compatible address. Knows no articles and no index."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import openai

from rag.endpoints import http_client, open_part
from rag.errors import EmbedderFailed, ModelUnusable
from rag.models.embedder import ChangeableEmbedder

_BATCH = 32  # texts a call: more than that text-embeddings-inference refuses
_TIMEOUT_S, _QUESTION_TIMEOUT_S = 30.0, 5.0
_RETRIES = 2
_FRESH_S = 15.0  # for so long what the endpoint did last says how it is
_LOOK_TIMEOUT_S = 2.0  # who asks whether a server is ready waits for some seconds only
_BROKEN = (openai.OpenAIError, ValueError, TypeError, AttributeError, OverflowError)  # JSON of another shape


@dataclass(frozen=True)
class EmbeddingEndpoint:
    """Where a model answers and what its texts begin with. Example: 'query: ' and 'passage: ' for the E5 family"""

    address: str
    model: str
    api_key: str = "none"
    query_prompt: str = ""
    passage_prompt: str = ""


@dataclass(frozen=True)
class _Heard:
    """What an endpoint did when it was asked last, and when; `failure` is '' when it answered."""

    at: float
    failure: str


class EndpointEmbedder(ChangeableEmbedder):
    """vLLM, text-embeddings-inference, Ollama, a vendor; it is told from others by the name of its model."""

    def __init__(
        self, endpoint: EmbeddingEndpoint, timeout_s: float = _TIMEOUT_S, now: Callable[[], float] = time.monotonic
    ):
        """`timeout_s`: for a batch of passages. Raises ModelUnusable for what is no address."""
        self.name = endpoint.model
        self._now = now
        self._looking = threading.Lock()
        self._heard: _Heard | None = None
        self._endpoint = endpoint
        self._question_timeout_s = min(timeout_s, _QUESTION_TIMEOUT_S)
        try:
            self._where = open_part(endpoint.address)
            self._client = openai.OpenAI(
                base_url=endpoint.address, api_key=endpoint.api_key or "none", timeout=timeout_s, max_retries=_RETRIES,
                http_client=http_client(endpoint.address),
            )  # fmt: skip
        except (openai.OpenAIError, ValueError) as error:
            raise ModelUnusable("embedder", endpoint.model, f"ACTUCLAIR_EMBEDDER is no address: {error}") from error

    def embed_query(self, text: str) -> np.ndarray:
        """Raises EmbedderFailed, soon: somebody is waiting."""
        client = self._client.with_options(timeout=self._question_timeout_s, max_retries=0)
        vector: np.ndarray = self._embed([self._endpoint.query_prompt + text], client)[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Raises EmbedderFailed."""
        prompted = [self._endpoint.passage_prompt + text for text in texts]
        parts = [self._embed(prompted[start : start + _BATCH], self._client) for start in range(0, len(texts), _BATCH)]
        if len({part.shape[1] for part in parts}) > 1:
            raise EmbedderFailed(self._where, "it gave vectors of different sizes")
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    def failure(self) -> str:
        """Why the endpoint does not answer, '' when it does; it is asked for a word if nothing was for some seconds."""
        with self._looking:
            if (heard := self._heard) and self._now() - heard.at < _FRESH_S:
                return heard.failure
            client = self._client.with_options(timeout=_LOOK_TIMEOUT_S, max_retries=0)
            try:
                self._embed([self._endpoint.query_prompt + "?"], client)
            except EmbedderFailed as error:
                return str(error)
            return ""

    def _embed(self, texts: Sequence[str], client: openai.OpenAI) -> np.ndarray:
        """Unit vectors, shape (texts, dimensions). What comes of it is remembered."""
        failure = ""
        try:
            return self._embedded(texts, client)
        except EmbedderFailed as error:
            failure = str(error)
            raise
        finally:
            self._heard = _Heard(self._now(), failure)

    def _embedded(self, texts: Sequence[str], client: openai.OpenAI) -> np.ndarray:
        try:
            told = client.embeddings.create(model=self.name, input=list(texts), encoding_format="float")
            placed = sorted(told.data, key=lambda each: each.index)
            vectors = np.array([each.embedding for each in placed], np.float64)
        except _BROKEN as error:
            raise EmbedderFailed(self._where, _reason(error)) from error
        if vectors.shape[0] != len(texts) or vectors.ndim != 2:
            raise EmbedderFailed(self._where, f"it gave no vectors for {len(texts)} texts")
        lengths: np.ndarray = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.all()):
            raise EmbedderFailed(self._where, "it gave a vector without a direction")
        units: np.ndarray = (vectors / lengths).astype(np.float32)
        return units


def _reason(error: Exception) -> str:
    if isinstance(error, openai.APITimeoutError):
        return "nothing came in time"
    if isinstance(error, openai.APIConnectionError):
        return "nobody answers there"
    if isinstance(error, openai.APIStatusError):
        return f"it answered with status {error.status_code}"
    return f"its answer cannot be read ({type(error).__name__})"
