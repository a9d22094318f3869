"""Is there a question in what was typed, or only a word or two, or none at all? Knows words, not vectors.

Vectors cannot tell: with the default embedder 'aaaaaaa' is as near to some sentence (cosine .87) as 'Suno' (.88), which
the articles tell about, and 'ok' is nearer. So what has at most two words, or no word of the five languages, has to
stand in what was found. None of the 117 questions of the tuning set is so short.
"""

import re
import unicodedata

from wordfreq import zipf_frequency

from corpus.language import READER_LANGUAGES
from rag.types import Found
from rag.words.rare_words import is_known

_FEW = 2  # words
_LEAST_LETTERS = 2
_COMMON = 5.8  # Zipf: 'no', 'und', 'oui' stand everywhere and name nothing; 'musique' has 5.3
_BEGINNING = 5  # letters: 'musical' finds 'musica'; with four 'Messi' would find 'messa'


def asks_something(question: str, language: str, found: Found) -> bool:
    """Whether it is worth answering from what was found.

    Example: 'Sora' -> True where an article tells of Sora; 'asdf' -> False; 'Chi ha creato Sora?' -> True
    """
    words = re.findall(r"\w+", question)
    if len(words) > _FEW and any(is_known(word, code) for word in words for code in READER_LANGUAGES):
        return True
    told = {begin for passage in found.passages for begin in _beginnings(passage.article.title, passage.passage.text)}
    return any(begin in told for word in words if _names(word, language) for begin in _beginnings(word))


def _names(word: str, language: str) -> bool:
    return len(word) >= _LEAST_LETTERS and zipf_frequency(word, language) < _COMMON


def _beginnings(*texts: str) -> set[str]:
    """The words of texts as far as they are compared. Example: 'La música' -> {'la', 'music'}"""
    letters = unicodedata.normalize("NFD", " ".join(texts).lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return {word[:_BEGINNING] for word in re.findall(r"\w+", plain)}
