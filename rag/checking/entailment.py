"""A model that reads evidence and a sentence and tells whether the one follows from the other. Off by default.

Knows texts, not articles. Any classifier of sentence pairs whose labels are called entailment, neutral and
contradiction, or just entailment and something else.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from rag.errors import ModelUnusable

_ENTAILED, _CONTRADICTED = "entailment", "contradiction"


@dataclass(frozen=True)
class Entailment:
    """How probable it is (0 to 1) that evidence says what a sentence says, and that it says the contrary."""

    entailed: float
    contradicted: float


class Checker(Protocol):
    """Whatever judges whether a sentence follows from evidence."""

    def judge(self, text: str, proofs: Sequence[str]) -> list[Entailment]:
        """What each proof says of the sentence."""


class CrossEncoderChecker:
    """Any sentence-transformers CrossEncoder, or transformers classifier of sentence pairs, for entailment."""

    def __init__(self, name: str):
        """`name` is a folder or a hub id. Raises ModelUnusable."""
        import torch
        from sentence_transformers import CrossEncoder  # brings torch in, too

        self._raw = torch.nn.Identity()
        self._turn = threading.Lock()  # tokenizers are not safe to share between threads
        try:
            self._model = CrossEncoder(name, device="cpu", local_files_only=Path(name).is_dir())
        except (OSError, ValueError) as error:
            raise ModelUnusable("checker", name, str(error)) from error
        self._entailed, self._contradicted = _places(name, self._model.config.id2label)

    def judge(self, text: str, proofs: Sequence[str]) -> list[Entailment]:
        if not proofs:
            return []
        with self._turn:
            logits = np.asarray(self._model.predict([(proof, text) for proof in proofs], activation_fn=self._raw))
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        return [
            Entailment(
                float(row[self._entailed]), 0.0 if self._contradicted is None else float(row[self._contradicted])
            )
            for row in shares
        ]


def _places(name: str, labels: dict[int, str]) -> tuple[int, int | None]:
    """Where the model tells entailment and, if it does, contradiction. Raises ModelUnusable."""
    places = {label.lower(): place for place, label in labels.items()}
    if _ENTAILED not in places or len(places) < 2:
        told = ", ".join(labels.values())
        raise ModelUnusable("checker", name, f"its labels are {told}, and none of them is 'entailment'")
    return places[_ENTAILED], places.get(_CONTRADICTED)
