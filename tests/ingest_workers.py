"""Articles in two languages, an embedder that opens quickly in a worker process, and what it may do instead."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.types import Article
from rag.errors import EmbedderFailed, ModelMissing

DIMENSIONS = 32
PARAGRAPHS = {
    "fr": "L'été, la commune n° {n} prête ses vélos. Chaque école en reçoit {n} ! « C'est mieux », dit la maire. ",
    "it": "La città numero {n} presta biciclette. Perché? Le scuole ne hanno {n}, più una per l'insegnante. ",
}


def archive(articles: int) -> list[Article]:
    """Articles in two languages, of three passages each, no two alike."""
    return [
        Article(
            f"articolo-{n}", f"Vélos n° {n}",
            "\n\n".join(PARAGRAPHS[language].format(n=n * 7 + part) * 5 for part in range(3)),
            language, "archive.jsonl", addresses=(f"demo.example/{n}",),
        )
        for n, language in zip(range(articles), ["fr", "it"] * articles, strict=False)
    ]  # fmt: skip


class QuickEmbedder:
    """A unit vector for each text, always the same one. Knows no library of models, so that a process starts soon."""

    name = "vecteurs-rapides"

    def __init__(self, sleep_s: float = 0.0):
        self._sleep_s = sleep_s

    def embed_query(self, text: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        time.sleep(self._sleep_s * len(texts))
        return np.stack([self.embed_query(text) for text in texts])


class Dying(QuickEmbedder):
    """Takes its process along when it meets a text with 'mortel', `times` times in all."""

    def __init__(self, deaths: Path, times: int):
        super().__init__()
        self._deaths, self._times = deaths, times

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        died = len(list(self._deaths.iterdir()))
        if died < self._times and any("mortel" in text for text in texts):
            (self._deaths / str(died)).touch()
            os._exit(1)
        return super().embed_passages(texts)


class Refusing(QuickEmbedder):
    """An endpoint that is away."""

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        raise EmbedderFailed("http://127.0.0.1:9/v1", "nobody answers there")


class Moody(Dying):
    """Dies once of 'mortel', always of 'funeste', and refuses 'interdit'."""

    def __init__(self, deaths: Path):
        super().__init__(deaths, 1)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        said = " ".join(texts)
        if "funeste" in said:
            os._exit(1)
        return Refusing().embed_passages(texts) if "interdit" in said else super().embed_passages(texts)


def never_opened() -> QuickEmbedder:
    raise ModelMissing("modèle-perdu", Path("/aucun"))


def gone() -> QuickEmbedder:
    os._exit(1)
