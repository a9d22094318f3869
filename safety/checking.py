"""The one entry: a question -> what becomes of it. Knows no articles, no page and no fixed texts.

A crisis wins over everything; then what is declined; then questions about the machine itself; else it is answered.
"""

import numpy as np

from safety.classifier import Classifier
from safety.crisis import crisis_of
from safety.declined import declined_of
from safety.folding import fold
from safety.identity import identity_of
from safety.masking import mask
from safety.types import By, Crisis, Declined, Identity, Outcome, Verdict

_ADULT = "adult"
_LONGEST = 2_000  # characters that rules read; questions have at most 500


def check(text: str, level: str, embedding: np.ndarray | None = None, classifier: Classifier | None = None) -> Verdict:
    """What becomes of a question at a reading level ('child', 'tween', 'teen', 'adult').

    Without the embedding of the question, shape (dimensions,), and a classifier for it the rules alone decide: first
    call it so, and a second time with both if the outcome is not yet CRISIS: 'How do I say goodbye for ever without
    hurting my family?' holds a word that rules decline, and is a cry for help.
    Example: 'Je veux mourir', 'child' -> Verdict(Outcome.CRISIS, Crisis.SUICIDE, …)
    """
    masked, adult, by = mask(text), level == _ADULT, By.RULES
    outcome, kind = _by_rules(fold(text[:_LONGEST]), adult)
    if embedding is not None and classifier is not None and (
        outcome is Outcome.ANSWER
        or (outcome is not Outcome.CRISIS and classifier.is_rather_a_crisis(embedding, adult))
    ):  # fmt: skip
        outcome, kind = _by_classifier(classifier, embedding, adult)
        by = By.CLASSIFIER if kind else By.RULES
    in_doubt = embedding is not None and classifier is not None and classifier.may_be_a_crisis(embedding)
    return Verdict(outcome, kind, masked.text, masked.kinds, by, outcome is Outcome.ANSWER and in_doubt)


def _by_rules(folded: str, adult: bool) -> tuple[Outcome, Crisis | Declined | Identity | None]:
    if crisis := crisis_of(folded):
        return Outcome.CRISIS, crisis
    if declined := declined_of(folded, adult):
        return Outcome.DECLINED, declined
    if identity := identity_of(folded):
        return Outcome.IDENTITY, identity
    return Outcome.ANSWER, None


def _by_classifier(
    classifier: Classifier, embedding: np.ndarray, adult: bool
) -> tuple[Outcome, Crisis | Declined | Identity | None]:
    found = classifier.find(embedding, adult)
    if found is None:
        return Outcome.ANSWER, None
    if found.head == "crisis":
        return Outcome.CRISIS, Crisis(found.kind or Crisis.DISTRESS)
    if found.head == "identity":
        return Outcome.IDENTITY, Identity(found.kind or Identity.HUMAN)
    return Outcome.DECLINED, Declined(found.kind or Declined.OTHER)
