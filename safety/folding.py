"""A text as typed -> the one spelling that patterns are written for. Knows no patterns."""

import re
import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "@": "a", "$": "s"})
_DIGIT_LETTERS = str.maketrans("013457", "oieast")
_DIGITS_IN_WORD = re.compile(r"(?<=[a-z])[013457]+(?=[a-z])")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_*]){3,}[a-z]\b")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_DOUBLED = re.compile(r"([a-z])\1+")
_PAST = re.compile(r"[óò]\b")  # robó, rubò: somebody did it, which without the accent reads "I do"
_CONTRACTION = re.compile(r"['’´`](?=(?:t|m|ve|re|ll)\b)")  # don't, I'm
_MASKED_LETTER = re.compile(r"(?<=[a-z])[*._](?=[a-z])")


def fold(text: str) -> str:
    """Lower case without accents, doubled letters, digits for letters, or spaced out words.

    Example: 'J’veux MOURIRRR su1cide k i l l' -> 'j veux mourir suicide kil'
    """
    text = _HIDDEN.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_LETTERS)
    text = _CONTRACTION.sub("", _PAST.sub("oh", text))
    decomposed = unicodedata.normalize("NFD", text)
    text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    text = _SPACED.sub(lambda match: re.sub(r"[^a-z]", "", match[0]), text)
    text = _DIGITS_IN_WORD.sub(lambda match: match[0].translate(_DIGIT_LETTERS), _MASKED_LETTER.sub("", text))
    return _DOUBLED.sub(r"\1", " ".join(re.findall(r"[^\W_]+", text)))
