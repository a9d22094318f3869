"""Does a reader speak of its own distress, or a friend's? Rules only. Knows no texts and no models."""

from safety.patterns import first_kind, matches, without
from safety.types import Crisis

_ORDER = (
    Crisis.FRIEND, Crisis.SUICIDE, Crisis.SELF_HARM, Crisis.GROOMING, Crisis.ABUSE, Crisis.EATING, Crisis.BULLYING,
    Crisis.DISTRESS,
)  # fmt: skip  # the gravest first, but 'my friend wants to die' is no 'I want to'


def crisis_of(folded: str) -> Crisis | None:
    """The kind of crisis a folded text tells of, in any of the five languages; none for news about such things.

    Example: 'j veux plus vivre' -> Crisis.SUICIDE; 'pourquoi parle t on du suicide' -> None
    """
    if matches(folded, "fiction", "news") and not matches(folded, "fiction", "me"):
        return None  # "What is self-harm?" is no cry for help; "I, according to the article" may be
    kind = first_kind(without(folded, "fiction", "hyperbole"), "crisis", _ORDER)
    return Crisis(kind) if kind else None
