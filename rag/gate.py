"""Does the evidence answer the question at all? Knows scores, not texts.

The default model says yes too easily in one language and no in another, so its own probabilities are weighed against a
threshold a language: the one that refuses 10 % of the answerable questions in `evals/dev_questions.jsonl` (measured by
`evals/calibrate_gate.py`). It is a weak judge (AUC .59 to .77 by language): with it 7 of 29 unanswerable questions are
refused; 14 more because nothing that the model then writes can be proved.
"""

from collections.abc import Sequence

from rag.types import Evidence

LEAST_LOG_ODDS = {"fr": 2.26, "en": 0.06, "it": -0.75, "es": -0.85, "de": -0.96}


def may_answer(willing: bool, log_odds: float | None, language: str) -> bool:
    """Whether the model may go on; one that tells no probabilities decides by its yes or no."""
    return willing and (log_odds is None or log_odds >= LEAST_LOG_ODDS[language])


def may_quote(evidence: Sequence[Evidence], least_similarity: float) -> bool:
    """Whether quotes may stand for an answer when no model says whether they are one."""
    return max((item.score for item in evidence), default=0.0) >= least_similarity
