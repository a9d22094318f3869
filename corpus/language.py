"""Tell which language a text is in. Knows the languages, not what the text is for."""

import re
from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder
from wordfreq import zipf_frequency
from wordfreq.tokens import tokenize

_NAME = re.compile(r"(?<!^)(?<![¿¡«“„\"])\b[A-ZÀ-Þ][\w’'-]*")
READER_LANGUAGES = ("fr", "en", "it", "es", "de")
_ARTICLE_LANGUAGES = (*READER_LANGUAGES, "pt", "nl")  # near neighbours that would pass for es or de
_OTHER_NAMES = {
    "français": "fr",
    "francais": "fr",
    "fre": "fr",
    "deutsch": "de",
    "ger": "de",
    "italiano": "it",
    "español": "es",
    "espanol": "es",
    "castellano": "es",
}
_LONG_ENOUGH = 120  # characters: in a shorter text names and quotations may outweigh the rest
_LONGEST_SAMPLE = 2000  # characters: more changes nothing and takes time


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language of an article.

    Example: 'Il cantante non esiste.' -> 'it'
    """
    return _most_likely(text, _ARTICLE_LANGUAGES, default=READER_LANGUAGES[0])


def detect_reader_language(text: str, default: str) -> str:
    """Which of the readers' five languages a question is in; `default` when it has no words.

    It is the one in which its words are most frequent: of 217 questions typed as readers do all come out right, with a
    language detector 211, which takes 'C'est quoi le streaming ?' for English. Names are left out where words remain.
    Example: 'Chi sono i Velvet Sundown?' -> 'it'
    """
    nameless = _NAME.sub(" ", text)
    words = nameless if len(nameless.split()) > 1 else text
    frequencies = {
        language: sum(zipf_frequency(word, language, "small") for word in tokenize(words, language))
        for language in READER_LANGUAGES
    }
    likeliest = max(frequencies, key=lambda language: frequencies[language])
    return likeliest if frequencies[likeliest] else default


def language_confidence(text: str, language: str) -> float:
    """How likely (0 to 1) the text is in `language` rather than in another of the readers' five."""
    return _detector(READER_LANGUAGES).compute_language_confidence(
        text, Language.from_iso_code_639_1(_lingua(language))
    )


def plausible_language(name: str, text: str) -> str:
    """The code of the language a page says it is in; '' when its text is clearly in another one.

    Templates that say 'en' whatever stands in them are common, so a long text is believed before its page.
    Example: 'en-US', 'Le chanteur n'existe pas. <a long text>' -> ''
    """
    try:
        code = language_code(name) if name.strip() else ""
    except ValueError:
        return ""
    doubtful = code in _ARTICLE_LANGUAGES and len(text) >= _LONG_ENOUGH
    return "" if doubtful and detect_language(text) != code else code


def language_code(name: str) -> str:
    """The ISO 639-1 code that a language goes by: a tag, a three-letter code, or its name in English or its own words.

    Example: 'fr-FR' -> 'fr', 'DEU' -> 'de', 'Spanish' -> 'es'
    Raises ValueError when no language goes by it.
    """
    first = re.split(r"[-_\s,;]", name.strip().lower(), maxsplit=1)[0]
    if re.fullmatch(r"[a-z]{2}", first):
        return first
    if first in _OTHER_NAMES:
        return _OTHER_NAMES[first]
    for language in Language.all():
        if first in (language.name.lower(), language.iso_code_639_3.name.lower()):
            return language.iso_code_639_1.name.lower()
    raise ValueError(f"no language goes by '{name}'")


def _most_likely(text: str, languages: tuple[str, ...], default: str) -> str:
    found = _detector(languages).detect_language_of(text[:_LONGEST_SAMPLE])
    return found.iso_code_639_1.name.lower() if found else default


def _lingua(code: str) -> IsoCode639_1:
    return IsoCode639_1.from_str(code.upper())


@cache
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    return LanguageDetectorBuilder.from_iso_codes_639_1(*map(_lingua, languages)).build()
