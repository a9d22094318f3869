"""Who speaks in a text: a newsroom, one person, or readers. Knows the five languages, not how pages are laid out."""

import re

_INVITATION = re.compile(
    r"(?:(?:vous|tu) en pens\w+ quoi|qu.en pens\w+|what do you think|what.s your (?:view|opinion)|"
    r"(?:che |cosa )ne pens\w+|qué (?:opin|pens|piens|cre)\w+|(?:was|wie) (?:meint|denkt|findet|seht) ihr|"
    r"was (?:meinen|denken) sie|was (?:meinst|denkst) du|votre avis|la (?:tua|vostra) opinione|"
    r"(?:tu|vuestra) opinión|(?:eure|deine|ihre) meinung|your (?:thoughts|opinions?))",
    re.IGNORECASE,
)
_ONE_COMMENT = r"(?:commentaire|comment|commento|comentario|kommentar|réaction|reaction)"
_COMMENTS = r"(?:commentaires|comments|commenti|comentarios|kommentare|leserkommentare|leserbriefe)"
_OF_READERS = (
    r"(?:les?|vos|the|your|readers?['’]?s?['’]?|i|vostri|los|vuestros|die|eure|ihre|"
    r"des lecteurs|de nos lecteurs|of our readers|from readers|dei lettori|de los lectores|der leser)"
)
_COMMENTS_LABEL = re.compile(
    rf"(?:\d+\s+(?:{_ONE_COMMENT}s?|{_COMMENTS})|(?:{_OF_READERS}\s+)*{_COMMENTS}|vos réactions)"
    rf"(?:\s+{_OF_READERS})*\s*(?:\(\d+\))?\s*:?$",
    re.IGNORECASE,
)
_FIRST_PERSON = {
    "fr": r"je|[jm]['’]\w+|moi|mon|ma|mes|perso",
    "en": r"(?-i:I)|my|me|mine",
    "it": r"io|mi|mio|mia|miei|mie|secondo me|per me|credo|penso|trovo|ho",
    "es": r"yo|mi|mis|mí|me|creo|pienso|opino|prefiero",
    "de": r"ich|mir|mich|mein(?:e[mnrs]?)?",
}
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“]*“|\"[^\"]*\"")
_READERS = 2  # lines in the first person after an invitation make them readers' comments
_READERS_SHARE = 0.25  # of the lines after it
_OPINION = 1 / 60  # first persons per word; news has next to none outside quotations


def first_comment(lines: list[str], language: str) -> int | None:
    """Where readers begin to speak: at a heading such as '12 commentaires', or after 'What do you think?'"""
    speaks = [_first_persons(line, language) > 0 for line in lines]
    speaking = sum(speaks)  # of the lines after the current one
    for position, line in enumerate(lines[:-1]):
        speaking -= speaks[position]
        if _COMMENTS_LABEL.match(line):
            return position
        invites = line.endswith("?") and _INVITATION.search(line[-120:])
        if invites and speaking >= max(_READERS, _READERS_SHARE * (len(lines) - position - 1)):
            return position + 1
    return None


def is_first_person(text: str, language: str) -> bool:
    """Whether one person tells what they think, quotations aside.

    Example: 'Je trouve cela triste. Mon piano ne ment pas.', 'fr' -> True
    """
    return _first_persons(text, language) >= _OPINION * max(60, len(text.split()))


def _first_persons(text: str, language: str) -> int:
    forms = _FIRST_PERSON.get(language)
    return len(re.findall(rf"(?<!\w)(?:{forms})(?!\w)", _QUOTED.sub("", text), re.IGNORECASE)) if forms else 0
