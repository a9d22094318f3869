"""A question's vector -> how likely it is a crisis, or to be declined. Knows no rules and no texts.

`model.json` is a multinomial logistic regression, written by train.py: p = softmax(W (v - mean) / scale + b).
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from safety.errors import SafetyFileInvalid

MODEL = Path(__file__).parent / "model.json"
FORMAT = 1
LABELS = ("benign", "crisis", "declined")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Risk:
    """Probabilities, 0 to 1."""

    crisis: float
    declined: float


@dataclass(frozen=True, eq=False)
class Classifier:
    """The weights, shape (labels, dimensions), of the embedder they were trained for, and from where on they decide."""

    embedder: str
    version: str
    weights: np.ndarray
    bias: np.ndarray
    mean: np.ndarray
    scale: float
    crisis_from: float
    declined_from: float

    def risk(self, vector: np.ndarray) -> Risk:
        """Of a question's unit vector, shape (dimensions,)."""
        scores = self.weights @ ((vector - self.mean) / self.scale) + self.bias
        exponentials = np.exp(scores - scores.max())
        _, crisis, declined = exponentials / exponentials.sum()
        return Risk(float(crisis), float(declined))


def load_classifier(embedder: str, path: Path = MODEL) -> Classifier | None:
    """The classifier for an embedder's vectors; none, told in the log, when it belongs to another embedder.

    Raises SafetyFileInvalid.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT or tuple(values["labels"]) != LABELS:
            raise SafetyFileInvalid(path, f"it has format {values['format']} and labels {values['labels']}")
        if values["embedder"] != embedder:
            _log.warning(
                "The safety classifier belongs to the embedder '%s', not to '%s': the rules alone decide. "
                "Train one with `python -m safety.train`.", values["embedder"], embedder,
            )  # fmt: skip
            return None
        weights, bias, mean = (np.array(values[name], np.float32) for name in ("weights", "bias", "mean"))
        scale, crisis_from, declined_from = (float(values[name]) for name in ("scale", "crisis_from", "declined_from"))
        return Classifier(embedder, values["version"], weights, bias, mean, scale, crisis_from, declined_from)
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise SafetyFileInvalid(path, str(error)) from error
