"""Does the evidence answer the question at all? Knows scores, not texts.

The default model says yes too easily in one language and no in another. So its no counts (log odds under 0), except
where that would refuse more than 5 % of the answerable questions: there the threshold is lower
(`python -m evals.calibrate_gate --questions evals/dev_questions.jsonl --articles ../shared/seeds`). It is a weak judge
(AUC .59 to .77 by language), so it may not refuse more; most unanswerable questions are refused because nothing that
the model then writes can be proved and nothing in the articles is very near.
"""

from collections.abc import Sequence

from rag.types import Evidence

LEAST_FOR_UNPROVED = 0.87
"""The best evidence's cosine from which quotes stand for an answer of which nothing could be proved. On the tuning set
that answers 17 more of 88 questions, 11 of them rightly, and 3 more of the 29 that the articles do not answer; from .86
two and two more, from .88 three fewer and no fewer."""
LEAST_TO_ASK = 0.83
"""The best evidence's cosine, with the default embedder, below which no model is asked: a reader hears at once that
the articles do not tell. On the tuning set that spares 12 of 115 calls and costs no right answer; from .845 it costs 2
of 57. How much the best stands out (AUC .51) and how many words of the question stand in the evidence (.57) tell less
than this alone (.77), and add nothing to it."""
LEAST_LOG_ODDS = {"fr": 0.0, "en": 0.0, "it": -0.88, "es": -1.0, "de": -1.02}


def may_answer(willing: bool, log_odds: float | None, language: str) -> bool:
    """Whether the model may go on; one that tells no probabilities decides by its yes or no."""
    return willing and (log_odds is None or log_odds >= LEAST_LOG_ODDS[language])


def may_quote(evidence: Sequence[Evidence], least_similarity: float) -> bool:
    """Whether quotes may stand for an answer when no model says whether they are one."""
    return max((item.score for item in evidence), default=0.0) >= least_similarity
