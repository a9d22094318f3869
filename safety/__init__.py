"""What keeps children safe: what a question is, before any model sees it. Start with checking.py.

Imports corpus at most; `rag` imports this package, never the other way round (train.py, a tool, borrows the embedder).
"""

from safety.checking import check
from safety.classifier import Classifier, load_classifier
from safety.masking import mask
from safety.parts import parts
from safety.patterns import warm_up
from safety.replies import care, reminder, reply
from safety.small_letters import MASK
from safety.types import Outcome, Verdict

__all__ = [
    "MASK", "Classifier", "Outcome", "Verdict", "care", "check", "load_classifier", "mask", "parts", "reminder",
    "reply", "warm_up",
]  # fmt: skip
