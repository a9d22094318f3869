"""What a sentence is about: the names in it, or in what stands before it. Knows names by their capitals, not by lists.

Whom 'he' or 'the band' means is guessed: the names of the nearest sentence before it that has some. A country is a name
like others, but seldom what is meant: 'Les États-Unis l’adorent. Elle a 300 abonnés.' tells nothing of a country.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale
from wordfreq import get_frequency_dict

from corpus.language import READER_LANGUAGES
from corpus.sentences import split_sentences
from corpus.types import Article
from rag.types import Evidence, Question
from rag.words.counting_words import counting_words, fold
from rag.words.countries import countries, country
from rag.words.wording import words

_QUOTED = re.compile(r"[«“„\"]\s*([^«»“”„\"]{2,60}?)\s*[»”“\"]")
_NAMES = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]*(?:(?:\s|[’'])(?=[A-ZÀ-ÖØ-Þ])[\w-]+)*")
_BEGINS = re.compile(r"(?:^|[.!?¿¡:;–—…«“„\"(\[])\s*$")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%])")
_ACRONYMS = frozenset({"ai", "ia", "ki", "the", "los", "las", "les", "der", "die", "das"})
_NAME_LETTERS = 3
_BEFORE = 1500  # characters in which the names before a sentence are looked for
_SENTENCES_BEFORE = 4
_COMMON = 1e-5  # share of all words: a word at the start of a sentence that is so common is no name
_GERMAN = 100.0  # a German noun is this much more common in German than in English; names are not
_LONG_GERMAN_NOUN = 10  # letters; a shorter one that no list has is rather a name
_SOURCE_WITHIN = 25  # characters: 'le site italien Libero'


@dataclass(frozen=True)
class Subject:
    """The names that a part of a sentence is about: as folded words, and countries, in whatever language, as codes.

    `titles` stand in quotation marks; `places` are where it is so ('on Spotify'); who says so is in none of them.
    `around` are the names themselves and, unless there are titles, those before the sentence. `years` are those told,
    else that of publication.
    """

    titles: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    around: frozenset[str]
    years: frozenset[str]
    tells_years: bool


@dataclass(frozen=True)
class _Names:
    titles: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]


def subject(evidence: Evidence, clause: str) -> Subject:
    """What a clause of a sentence of an article is about."""
    return _subject(evidence.article, evidence.start, evidence.text, clause)


@lru_cache(1000)  # thirty who ask about the same articles need the same sentences, each several times
def _subject(article: Article, start: int, sentence: str, clause: str) -> Subject:
    own = _names(clause, article.language, article.text)
    around = own.names if own.titles else own.names | _names_before(article, start, sentence, clause)
    if not _without_countries(around):
        around |= _names(article.title, article.language, article.text).names
    told = frozenset(_YEAR.findall(clause))
    published = frozenset({str(article.published.year)} if article.published else ())
    return Subject(own.titles, own.names, own.places, around, told or published, bool(told))


def names_asked(question: Question, evidence: Sequence[Evidence]) -> frozenset[str]:
    """The words of the names in a question that the evidence knows as names, or that stand near what it tells.

    Example: 'Wie viele hören Ana Ruiz?', ['Ana Ruiz hören 300.'] -> {'ana', 'ruiz'}
    """
    known = frozenset[str]().union(*(subject(item, item.text).around for item in evidence))
    return known & (_telling(question.text) | countries(question.text))


def named_in(question: Question, evidence: Sequence[Evidence]) -> frozenset[str]:
    """All names in a question, known to the evidence or not, and where and when it asks about.

    Example: 'Wie viele hören Ana Ruiz 2024 in Rom?' -> {'ana', 'ruiz', 'rom', '2024'}
    """
    known = frozenset[str]().union(*((about := subject(item, item.text)).around | about.places for item in evidence))
    own = _names(_with_names_only(question.text), question.language, "")
    named = (own.names | own.places) - frozenset(counting_words(question.language).nouns)
    said = known & _telling(question.text)
    return said | named | countries(question.text) | frozenset(_YEAR.findall(question.text))


def _with_names_only(asked: str) -> str:
    """A question without the capital of its beginning, which tells no name. Example: 'Dis-moi !' -> 'dis-moi !'"""
    return re.sub(r"^\W*\w", lambda first: first.group().lower(), asked)


def names_told(item: Evidence, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the names and titles in a part of a sentence, and of those of places; countries by their codes.

    Example: 'Ana Ruiz chante à Rome.' -> {'ana', 'ruiz'}, {'rome'}
    """
    told = _names(text, item.article.language, item.article.text)
    return told.names, told.places


def named_around(item: Evidence) -> frozenset[str]:
    """All words of a sentence, its years and countries, and the names that it is about."""
    about = subject(item, item.text)
    return about.around | about.places | frozenset(words(item.text)) | countries(item.text)


def is_of_others(about: Subject, asked: frozenset[str]) -> bool:
    """Whether something is about other names than those asked for; where one of the two has none, nobody knows.

    Where somebody is asked for, countries tell nothing.
    """
    if named := _without_countries(asked):
        return _differ(named, _without_countries(about.around))
    return _differ(asked, about.around)


def may_agree(first: Subject, second: Subject) -> bool | None:
    """Whether two clauses may be about the same; None when no name tells."""
    if _differ(first.titles, second.around) or _differ(second.titles, first.around):  # another song of one singer
        return False
    if _differ(first.places, second.places):
        return False
    if (first.tells_years or second.tells_years) and _differ(first.years, second.years):
        return False
    if _is_about(first, second) or _is_about(second, first):
        return True
    return False if first.around or second.around else None


def _is_about(first: Subject, second: Subject) -> bool:
    """Whether most names of the first, or of what stands before it, stand in the second or before it."""
    names = first.names or first.around
    return bool(names) and 2 * len(names & (second.around | second.places)) >= len(names)


def _without_countries(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if name.islower())  # codes are not


def _differ(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second and not first & second)


def _names_before(article: Article, start: int, sentence: str, clause: str) -> frozenset[str]:
    """The names in the sentence before a clause, else of the nearest sentence before it that has more than countries.

    The countries on the way there belong to them.
    """
    before = article.text[max(0, start - _BEFORE) : start]
    sentences = reversed(split_sentences(before, article.language)[-_SENTENCES_BEFORE:])
    found = frozenset[str]()
    for text in (sentence[: max(0, sentence.find(clause))], *(other.text for other in sentences)):
        found |= _names(text, article.language, article.text).names
        if _without_countries(found):
            return found
    return found


@lru_cache(2000)
def _names(text: str, language: str, article: str) -> _Names:
    """The names in a text; `names` has the titles too."""
    titles, names, places = set[str](), set[str](), set[str]()
    for quoted in _QUOTED.finditer(text):
        if _is_title(quoted.group(1)):
            titles |= _telling(quoted.group(1))
    for found in _NAMES.finditer(text):
        first, *rest = re.split(r"[\s’']", found.group())
        before = text[: found.start()]
        role = _role(before, language)
        if _BEGINS.search(before) and (own := _role(f"{first} ", language)) and rest:
            role, first = own, ""  # 'Sur Spotify'
        elif _BEGINS.search(before) and _is_common(first, language, article):
            first = ""
        code = country(found.group()) or country(" ".join([first, *rest]))
        words = {word for name in (first, *rest) for word in _telling(name) if _is_name(name, language)}
        words = {code} if code else words
        if role != "source":
            (places if role == "place" else names).update(words - titles)
    return _Names(frozenset(titles), frozenset(names | titles), frozenset(places - names))


def _is_title(quoted: str) -> bool:
    """Whether what is quoted is a title: most of its words have capitals."""
    words = quoted.split()
    return quoted[0].isupper() and 2 * sum(word[:1].isupper() for word in words) > len(words)


def _telling(name: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", fold(name))
    return {word for word in words if len(word) >= _NAME_LETTERS and word not in _ACRONYMS}


def _role(before: str, language: str) -> str:
    """What the words before a name make of it: 'place', 'source', or ''."""
    if language not in READER_LANGUAGES:
        return ""
    words, near = counting_words(language).words, fold(before[-_SOURCE_WITHIN:])
    if re.search(rf"(?<!\w)(?:{'|'.join(words['sources'])})\W(?:\s?[a-z]+\s)?$", near):
        return "source"
    return "place" if re.search(rf"(?<!\w)(?:{'|'.join(words['places'])})\s$", near) else ""


def _is_common(word: str, language: str, article: str) -> bool:
    """Whether a word that begins a sentence is no name: it is common, and has no capital elsewhere in the article."""
    if language not in READER_LANGUAGES:
        return True
    if _frequencies(language).get(word.lower(), 0.0) >= _COMMON:
        return language == "de" or not re.search(rf"[\w,]\s{re.escape(word)}\b", article)
    return bool(re.search(rf"(?<!\w){re.escape(word.lower())}\b", article))


def _is_name(word: str, language: str) -> bool:
    """Whether a word with a capital is a name rather than a month, a day, or a German noun."""
    plain = word.lower()
    if fold(word) in _calendar(language) or language != "de":
        return fold(word) not in _calendar(language)
    german, english = (_frequencies(code).get(plain, 0.0) for code in ("de", "en"))
    long_noun = not german and len(word) >= _LONG_GERMAN_NOUN
    return not (
        fold(word) in counting_words("de").words["not_names"] or long_noun or german > _GERMAN * max(english, 1e-9)
    )


@cache
def _frequencies(language: str) -> dict[str, float]:
    return dict(get_frequency_dict(language, wordlist="small"))


@cache
def _calendar(language: str) -> frozenset[str]:
    if language not in READER_LANGUAGES:
        return frozenset()
    locale = Locale(language)
    return frozenset(fold(name) for names in (locale.months, locale.days) for name in names["format"]["wide"].values())
