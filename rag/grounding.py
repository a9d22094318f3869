"""Is a sentence supported by the evidence it cites? Knows texts and languages, not who wrote the sentence.

Checked here: numbers, names, the language of the sentence, whether it says more than the question and, where the
languages agree, whether most of its words stand in the evidence. Whether the meaning agrees is not.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale

from corpus.language import READER_LANGUAGES, language_confidence
from rag.quantities import months, numbers
from rag.types import Evidence, Question

_NAME = re.compile(r"(?<!^)(?<![.!?:«“\"„]\s)(?<![«“\"„¿¡])\b[A-ZÀ-ÖØ-Þ][\w’'-]*\w")
_QUOTED = re.compile(r"[«“\"„][^»”\"“]*[»”\"“]")
_SAME_ABROAD = frozenset({"ai", "ia", "ki", "eu", "ue", "un", "uno", "onu", "us", "usa", "eeuu", "uk"})
_CONTENT_LETTERS = 4  # shorter words are mostly grammar
_TELLING_LETTERS = 3  # 'dix' and 'ten' may be all that a sentence adds to its question
_FUNCTION_WORDS = frozenset(  # they add nothing to a question
    re.findall(
        r"\w+",
        "oui non les des une est sont qui que son ses yes the are was his her its their that ja nein der die das den "
        "dem ein eine ist sind und del las los una unas unos por gli della delle dei uno sono che",
    )
)
_STEM_LETTERS = 5
_LEAST_COVERAGE = 0.5
_LANGUAGE_WORDS = 4  # fewer words than these do not tell a language
_WRONG_LANGUAGE = 0.15  # confidence below which a sentence is not in the language


def faults(text: str, question: Question) -> list[str]:
    """What speaks against showing a sentence whatever its evidence."""
    found = []
    if not in_language(text, question):
        found.append(f"not in '{question.language}'")
    if not _telling(text) - _telling(question.text):
        found.append("says no more than the question")
    return found


def unsupported(text: str, question: Question, evidence: Sequence[Evidence]) -> list[str]:
    """What a sentence says that this evidence does not."""
    proof = " \n".join(f"{item.text} {item.article.title}" for item in evidence)
    allowed = f"{proof} {_asked_and_told(question, evidence)}"
    found = [f"number '{number}'" for number in sorted(numbers(text, question.language) - _proved_numbers(evidence))]
    if question.language != "de":  # every noun has a capital there, so a capital does not tell a name
        found += [f"name '{name}'" for name in unknown_names(text, allowed, question.language)]
    same_language = all(item.article.language == question.language for item in evidence)
    if same_language and coverage(text, question.text, proof) < _LEAST_COVERAGE:
        found.append("few of its words stand in the evidence")
    return found


def _proved_numbers(evidence: Sequence[Evidence]) -> set[str]:
    """The numbers that the evidence names, months too: '10 novembre' proves '10/11'.

    Evidence in another language than the readers' is read as if it were in each of theirs.
    """
    proved: set[str] = set()
    for item in evidence:
        language = item.article.language
        for read_as in [language] if language in READER_LANGUAGES else READER_LANGUAGES:
            said = f"{item.text} \n{item.article.title}"
            proved |= numbers(said, read_as) | months(said, read_as)
    return proved


def _asked_and_told(question: Question, evidence: Sequence[Evidence]) -> str:
    """The words of the question that stand anywhere in the articles cited: who 'he' is may stand elsewhere in them.

    A name or number that only the reader has brought up proves nothing.
    """
    told = {word for item in evidence for word in _words(item.article.text)}
    return " ".join(word for word in question.text.split() if set(_words(word)) <= told)


def _telling(text: str) -> set[str]:
    words = (word for word in _words(text) if len(word) >= _TELLING_LETTERS or word.isdigit())
    return {word[:_STEM_LETTERS] for word in words if word not in _FUNCTION_WORDS}


def unknown_names(text: str, allowed: str, language: str) -> list[str]:
    """The words with a capital that do not stand in `allowed`; countries, languages and dates may be translated."""
    known = set(_words(allowed)) | _translatable(language)
    return [name for name in _NAME.findall(text) if not set(_words(_capital_parts(name))) <= known]


def _capital_parts(name: str) -> str:
    """Example: "AI-generated" -> 'AI'; "Jean-Claude's" -> 'Jean Claude'"""
    return " ".join(part for part in re.split("[-’']", name) if part[:1].isupper())


def content_stems(text: str) -> set[str]:
    """The beginnings of the longer words, and the numbers: what a sentence is about, whatever its grammar.

    Example: 'Les artistes ont 3 robots.' -> {'artis', '3', 'robot'}
    """
    return {word[:_STEM_LETTERS] for word in _words(text) if len(word) >= _CONTENT_LETTERS or word.isdigit()}


def coverage(text: str, asked: str, proof: str) -> float:
    """The share (0 to 1) of what a sentence adds to its question that stands in the proof; 1 when it adds nothing.

    Example: 'Elle chante une chanson triste' asked 'Que chante-t-elle ?' with proof 'Une chanson gaie' -> 0.5
    """
    added = content_stems(text) - content_stems(asked)
    if not added:  # 'Il a dix ans.': short words tell all, so all must stand there
        return float(_telling(text) - _telling(asked) <= _telling(proof))
    return len(added & content_stems(proof)) / len(added)


def in_language(text: str, question: Question) -> bool:
    """Whether a sentence can be in the question's language; names and quoted titles do not count.

    A name at the beginning is known from the question: 'Breaking Rust est un chanteur' is French.
    """
    asked = {word for word in re.findall(r"[\w’'-]+", question.text) if word[:1].isupper()}
    known = re.compile(rf"\b(?:{'|'.join(map(re.escape, asked)) or '(?!)'})\b")
    plain = _NAME.sub("", known.sub("", _QUOTED.sub("", text)))
    return len(plain.split()) < _LANGUAGE_WORDS or language_confidence(plain, question.language) >= _WRONG_LANGUAGE


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"\w+", "".join(letter for letter in folded if not unicodedata.combining(letter)))


@cache
def _translatable(language: str) -> frozenset[str]:
    """The words of the names of countries, languages, months and days, which differ from language to language."""
    names: list[str] = []
    for code in {language, *READER_LANGUAGES[:2]}:
        locale = Locale(code)
        names += [*locale.territories.values(), *locale.languages.values()]
        names += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return _SAME_ABROAD | {word for name in names for word in _words(name)}
