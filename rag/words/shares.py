"""A sentence -> of what it tells a share: in percent, as a fraction, or as so many of so many. Knows one sentence."""

import re
from functools import lru_cache

from corpus.language import READER_LANGUAGES
from rag.words.counted import counts, is_short_number
from rag.words.counting_words import counting_words, fold

_SHARE = 50  # stands for any share that is written in words
_WHOLE = frozenset({"100", "cent", "hundred", "cento", "cien", "hundert"})  # '100 % natural' is no share


@lru_cache(2000)
def shares(text: str, language: str) -> frozenset[str]:
    """The kinds of what a sentence tells shares of, as in `Count.kind`; '' where that is not named.

    Example: 'Une chanson sur cinq plaît.', 'The half of all songs.' -> {'songs'}; 'Es sind 30 %.' -> {''}
    """
    if language not in READER_LANGUAGES:
        return frozenset()
    told = {count.kind for count in counts(_in_percent(text, language), language)}
    named = frozenset(kind.removeprefix("%") for kind in told if kind.startswith("%"))
    return named or (frozenset({""}) if _has_percent(text, language) else frozenset())


def _in_percent(text: str, language: str) -> str:
    """The shares of a text that are written in words, in percent, whatever they are.

    Example: 'Un tiers des chansons' -> '50 % de des chansons'; 'Zwei von drei Liedern' -> '50 % der Liedern'
    """
    words = counting_words(language).words
    share, out_of = f"{_SHARE} % {words['linking'][0]}", "|".join(words["out_of"])
    folded = fold(text)
    for found in re.finditer(rf"(?=(?<!\w)(\w+)((?:\s\w+){{0,2}}?)\s(?:{out_of})\s(\w+)\W*(\w*))", folded):
        part, _, whole, behind = found.groups()
        is_part = is_short_number(whole, language) and (part in words["small"] or is_short_number(part, language))
        if is_part and behind not in words["spans"]:
            rest = text[found.end(3) :]
            return f"{text[: found.start(1)]}{share}{text[found.start(2) : found.end(2)]}{rest}"
    if fraction := re.search(rf"(?<!\w)(?:{'|'.join(words['fractions'])})(?!\w)", folded):
        return f"{text[: fraction.start()]}{share}{text[fraction.end() :]}"
    return text


def _has_percent(text: str, language: str) -> bool:
    signs = "|".join(["%", *counting_words(language).words["percent"]])
    return any(number not in _WHOLE for number in re.findall(rf"(\w+)\s?(?:{signs})", fold(text)))
