"""Does the evidence answer the question at all? Knows scores, not texts."""

from collections.abc import Sequence

from rag.types import Evidence

_BEST_SIMILARITY = 0.78  # cosine: below it nothing in the articles is about the question
LOG_ODDS = {"fr": 0.0, "en": 0.0, "it": 0.0, "es": 0.0, "de": 0.0}


def may_answer(evidence: Sequence[Evidence], willing: bool, log_odds: float | None, language: str) -> bool:
    """Whether an answer may be given, from the evidence's similarity and the model's own yes or no."""
    if not evidence or evidence[0].score < _BEST_SIMILARITY:
        return False
    return willing if log_odds is None else log_odds >= LOG_ODDS[language]
