"""Does the evidence answer the question at all? Knows scores, not texts.

The default model says yes too easily in one language and no in another. So its no counts (log odds under 0), except
where that would refuse more than 5 % of the answerable questions: there the threshold is lower
(`python -m evals.calibrate_gate --questions evals/dev_questions.jsonl --articles ../shared/seeds`). It is a weak judge
(AUC .59 to .77 by language), so it may not refuse more; most unanswerable questions are refused because nothing that
the model then writes can be proved and nothing in the articles is very near.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.to_the_point import Told
from rag.types import Evidence

_FULLY_TOLD = 0.03  # cosine by which what tells all that is asked may be less near
_NEAREST = 0.05  # cosine by which what is called the nearest may be less near than what is called an answer
LEAST_LOG_ODDS = {"fr": 0.0, "en": 0.0, "it": -0.88, "es": -1.0, "de": -1.02}


@dataclass(frozen=True)
class Gate:
    """The cosine of the best evidence with the question from which it may answer it, if it tells what is asked.

    Up to .05 below, it is shown as the nearest that there is, and a model may try; below that, a reader hears at once
    that the articles do not tell. What tells as good as all that is asked may be .03 less near.
    """

    least_to_answer: float

    def may_show(self, evidence: Sequence[Evidence]) -> bool:
        """Whether the evidence is near enough to the question to be shown, and for a model to try."""
        return _best(evidence) >= self.least_to_answer - _NEAREST

    def answers(self, evidence: Sequence[Evidence], told: Told) -> bool:
        """Whether the evidence can stand for an answer that nobody writes, where its quotes tell so much."""
        less_near = _FULLY_TOLD if told is Told.FULLY else 0.0
        return told is not Told.BESIDE and _best(evidence) >= self.least_to_answer - less_near


def may_answer(willing: bool, log_odds: float | None, language: str) -> bool:
    """Whether the model may go on; one that tells no probabilities decides by its yes or no."""
    return willing and (log_odds is None or log_odds >= LEAST_LOG_ODDS[language])


def _best(evidence: Sequence[Evidence]) -> float:
    return max((item.score for item in evidence), default=-math.inf)
