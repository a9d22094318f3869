"""Does the evidence answer the question at all? Knows scores, not texts.

The constants are a logistic regression fitted by `evals/calibrate_gate.py` on 132 questions in five languages over
passages of an encyclopedia, half of which do not answer them, with the default embedder, model and prompts.
"""

import math
from collections.abc import Sequence

from rag.types import Evidence

SIMILARITY_CENTRE = 0.85  # cosine of question and best sentence; makes the offsets readable
_SIMILARITY_WEIGHT = 43.0
_LOG_ODDS_WEIGHT = 0.08
_OFFSETS = {"fr": -1.0, "en": -1.0, "it": -1.0, "es": -1.0, "de": -1.0}
_LEAST_PROBABILITY = 0.5


def may_answer(evidence: Sequence[Evidence], willing: bool, log_odds: float | None, language: str) -> bool:
    """Whether an answer may be given; a model that tells no probabilities decides by its yes or no."""
    if not evidence or not willing:
        return False
    return answer_probability(evidence, log_odds, language) >= _LEAST_PROBABILITY


def answer_probability(evidence: Sequence[Evidence], log_odds: float | None, language: str) -> float:
    """How likely (0 to 1) the evidence answers the question; without `log_odds` the similarity tells alone."""
    similarity = max(item.score for item in evidence) - SIMILARITY_CENTRE
    model = _LOG_ODDS_WEIGHT * log_odds if log_odds is not None else 0.0
    return 1 / (1 + math.exp(-(_SIMILARITY_WEIGHT * similarity + model + _OFFSETS[language])))
