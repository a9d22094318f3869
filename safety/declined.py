"""Is a question one that is not answered here? Rules only. Knows no texts and no models."""

from safety.patterns import first_kind, matches, without
from safety.types import Declined

_ORDER = (
    Declined.SEXUAL, Declined.HATE, Declined.CHALLENGE, Declined.DIETING, Declined.WEAPONS, Declined.DRUGS,
    Declined.PRIVATE, Declined.CRIME, Declined.CHEATING, Declined.VIOLENCE, Declined.HEALTH,
)  # fmt: skip  # the more particular first
_IN_STORIES = (Declined.VIOLENCE, Declined.CRIME, Declined.CHEATING)  # "kill someone in the game" harms nobody
_IN_GAMES = (Declined.VIOLENCE, Declined.WEAPONS)  # in named games only: "for a story" is an excuse for bombs
_IN_DEFENCE = (Declined.VIOLENCE, Declined.CRIME, Declined.PRIVATE)  # "protect oneself from scams"
FOR_ADULTS = (Declined.HEALTH, Declined.DIETING)  # adults are told what the articles tell


def declined_of(folded: str, adult: bool) -> Declined | None:
    """The kind of thing a folded text asks for that is not given; none for news and harmless look-alikes.

    Example: 'how do i kil someone' -> Declined.VIOLENCE; 'how do i kil a proces' -> None
    """
    folded = without(folded, "fiction", "seeming")  # whipped cream, toy guns, an essay on drugs
    kind = first_kind(folded, "declined", _ORDER)
    if kind is None or (adult and kind in FOR_ADULTS):
        return None
    if kind in _IN_STORIES and matches(folded, "fiction", "fiction"):
        return None
    if kind in _IN_DEFENCE and matches(folded, "fiction", "protection"):
        return None
    if kind in _IN_GAMES and matches(folded, "fiction", "games"):
        return None
    if kind is Declined.HATE and matches(folded, "fiction", "reported"):
        return None  # "Why did the fans shout racist insults?" asks for none
    if kind is Declined.PRIVATE and matches(folded, "fiction", "characters"):
        return None
    if kind is Declined.WEAPONS and matches(folded, "fiction", "countries"):
        return None
    return Declined(kind)
