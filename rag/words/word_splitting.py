"""Split text into the words that readability formulas count. Knows spelling, not syllables or meanings."""

import re

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ‑-][^\W_]+)*['’ʼ]?")
_APOSTROPHE = re.compile(r"['’ʼ]")
_ADDRESS = re.compile(  # bounded: 1 MB without a space would take hours otherwise
    r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]{1,99}@[^\s@]{1,255}\.\w+"
)
_FRENCH_ELISION = re.compile(
    r"(?<![^\W_])(?:(?:[ldjmtsncç]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ])(?=[^\W\d_])", re.IGNORECASE
)
_PRONOUNS = r"(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|les?|la|lui|leur|ce|y|en)"
_FRENCH_INVERSION = re.compile(rf"-(?:t-)?(?={_PRONOUNS}(?![\w’'])(?:(?!-)|-{_PRONOUNS}(?![\w’'-])))", re.IGNORECASE)
_FRENCH_COMPOUND = re.compile(r"\b(?:rendez-vous|chez-(?:moi|toi|nous|vous)|sauve-qui-peut)\b", re.IGNORECASE)
_ITALIAN_ELISION = re.compile(r"(?<=[^\W\d_])['’ʼ](?=[^\W\d_])")
_SOFT_HYPHEN = "\u00ad"


def split_words(text: str, language: str) -> list[str]:
    """The words of a text in order, as they are written.

    - An elided word is a word: French l'école and Italian l'arte are two. English don't and German geht's are one.
    - A compound with hyphens is one word (cow-boy), but a French pronoun after its verb is another (dis-nous).
    - What starts with a digit is no word: how many syllables 2025 has is not written. Addresses are none either.

    Example: "L'école, est-elle loin ?", 'fr' -> ["L'", 'école', 'est', 'elle', 'loin']
    """
    text = _ADDRESS.sub(" ", text.replace(_SOFT_HYPHEN, ""))
    if language == "fr":
        text = _FRENCH_ELISION.sub(lambda found: found.group() + " ", text)
        text = _split_inversions(text)
    elif language == "it":
        text = _ITALIAN_ELISION.sub("' ", text)
    return [word for word in _TOKEN.findall(text) if word[0].isalpha()]


def letters(word: str) -> int:
    """How many letters a word has, without its apostrophes, hyphens and digits.

    Example: "cow-boy's" -> 7
    """
    return sum(character.isalpha() for character in word)


def is_elided(word: str) -> bool:
    """Whether a word lost its end before a vowel: l', qu', dell'."""
    return bool(_APOSTROPHE.search(word[-1:]))


def _split_inversions(text: str) -> str:
    """Part French pronouns from their verbs; -t- is a sound, no word."""
    pieces, start = [], 0
    for compound in _FRENCH_COMPOUND.finditer(text):
        pieces += [_FRENCH_INVERSION.sub(" ", text[start : compound.start()]), compound.group()]
        start = compound.end()
    return "".join([*pieces, _FRENCH_INVERSION.sub(" ", text[start:])])
