"""What must not wait for others. Knows no answers: `rag/asking/guard.py` looks at each question again, with its
classifier."""

import safety
from rag.types import Question


def is_call_for_help(question: Question) -> bool:
    """Whether the rules see a call for help, in about two milliseconds: a class that is full is never too full for it.

    Example: 'Je veux mourir' -> True
    """
    return safety.check(question.text, question.level.value).outcome is safety.Outcome.CRISIS
