"""A question's vector -> what it is most like among the sentences it learnt from. Knows no rules and no texts.

`model.npz` holds support vector machines with a radial kernel, one a head, written by train.py:
score = sum of coefficient · exp(-gamma |vector - sentence|²) + bias (Cortes and Vapnik, Machine Learning 20, 1995).
A vector's numbers are kept in a byte each, times `scale`: half as large a file finds as much.
A linear model found half as many harmful wishes: 16 % in place of 31 at one false alarm in 200, cross-validated.
"""

import json
import logging
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from safety.errors import SafetyFileInvalid

MODEL = Path(__file__).parent / "model.npz"
FORMAT = 4
HEADS = ("crisis", "hard", "soft", "identity")  # `soft`: declined to children only
_NEAREST, _MOST = 5, 0.75  # four of the five nearest sentences of a head must be of one kind to name it
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """The head that decides, and the kind of the sentences that spoke for it; '' when they are of several."""

    head: str
    kind: str


@dataclass(frozen=True, eq=False)
class Classifier:
    """Sentences' vectors, shape (sentences, dimensions), with their kinds, and what each says for each head.

    `coefficients` have the shape (sentences, heads); a head decides from its threshold on, for adults from another.
    From `care` on, a lower one, the first head is in doubt.
    """

    embedder: str
    version: str
    vectors: np.ndarray
    kinds: tuple[str, ...]
    coefficients: np.ndarray
    bias: np.ndarray
    gamma: float
    thresholds: np.ndarray
    adult_thresholds: np.ndarray
    care: float

    def scores(self, vector: np.ndarray) -> np.ndarray:
        """Of a question's unit vector, shape (dimensions,): one a head."""
        scores: np.ndarray = self._nearness(vector) @ self.coefficients + self.bias
        return scores

    def find(self, vector: np.ndarray, adult: bool) -> Finding | None:
        """The first head, in their order, that is sure of a question; none for one to be answered."""
        sure = self.scores(vector) >= (self.adult_thresholds if adult else self.thresholds)
        if not sure.any():
            return None
        head = int(sure.argmax())
        return Finding(HEADS[head], self._kind(self._nearness(vector) * (self.coefficients[:, head] > 0)))

    def is_rather_a_crisis(self, vector: np.ndarray, adult: bool) -> bool:
        """Whether a question is surely a crisis, and more so than anything else."""
        scores, least = self.scores(vector), self.adult_thresholds if adult else self.thresholds
        return bool(scores[0] >= least[0] and scores.argmax() == 0)

    def may_be_a_crisis(self, vector: np.ndarray) -> bool:
        """Whether a question is so like a crisis that help should be named beside its answer."""
        return bool(self.scores(vector)[0] >= self.care)

    def _nearness(self, vector: np.ndarray) -> np.ndarray:
        """Of each sentence, from 0 to 1; all are unit vectors, so |a - b|² = 2 - 2ab."""
        nearness: np.ndarray = np.exp(2 * self.gamma * (self.vectors @ vector.astype(np.float32) - 1))
        return nearness

    def _kind(self, near: np.ndarray) -> str:
        total: dict[str, float] = {}
        for place in np.argsort(-near)[:_NEAREST]:
            total[self.kinds[place]] = total.get(self.kinds[place], 0.0) + float(near[place])
        most = max(total, key=lambda kind: total[kind], default="")
        return most if most and total[most] >= _MOST * sum(total.values()) else ""


def load_classifier(embedder: str, path: Path = MODEL) -> Classifier | None:
    """The classifier for an embedder's vectors; none, told in the log, when it belongs to another embedder.

    Raises SafetyFileInvalid.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if about["format"] != FORMAT or tuple(about["heads"]) != HEADS:
                raise SafetyFileInvalid(path, f"it has format {about['format']} and heads {about['heads']}")
            if about["embedder"] != embedder:
                _log.warning(
                    "The safety classifier belongs to the embedder '%s', not to '%s': the rules alone decide. "
                    "Train one with `python -m safety.train`.", about["embedder"], embedder,
                )  # fmt: skip
                return None
            arrays = {name: file[name].astype(np.float32) for name in ("vectors", "coefficients", "bias")}
            arrays["vectors"] *= np.float32(about["scale"])
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise SafetyFileInvalid(path, str(error)) from error
    thresholds, for_adults = (np.array(about[name], np.float32) for name in ("thresholds", "adult_thresholds"))
    return Classifier(
        embedder, about["version"], kinds=tuple(about["kinds"]), gamma=about["gamma"],
        thresholds=thresholds, adult_thresholds=for_adults,
        care=about["care"], **arrays,
    )  # fmt: skip
