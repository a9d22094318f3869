"""The names in a sentence by what they name, and others of the same kind. Knows articles, not questions.

A title stands in quotation marks, a site behind 'on', a person beside what it does ('the singer Ana Ruiz'), a country
in lists. What is none of these has no alternative: nobody would take an instrument for a singer.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale

from corpus.sentences import split_sentences
from rag.study.quiz_facts import TITLE
from rag.study.quiz_words import quiz_words
from rag.types import Evidence
from rag.words.names import is_frequent_as_abroad
from rag.words.quantities import numbers
from rag.words.rare_words import familiarity, is_known
from rag.words.topics import Form, topics
from rag.words.voice_patterns import NAME_WORD
from rag.words.wording import content_stems

_RUN = re.compile(rf"(?<![\w-]){NAME_WORD}(?:\s{NAME_WORD})*(?![\w-])")
_JOINED = r"(?:and|of|de|del|della|di|d’|d'|du|des|et|e|y|und|von|van|für|&)"
_GOES_ON_BEFORE = re.compile(rf"[A-ZÀ-Þ][\w’-]*\s{_JOINED}\s?$|[-’'][^\W\d_]*$|\w$")
_GOES_ON = re.compile(rf"\s{_JOINED}\s?[A-ZÀ-Þ]|[-’'&]")
_SAYS_THE_SAME = 0.4  # share of the longer words of a sentence that another has, too
_LEAST_COUNTRY = 4  # letters
_BEGINNING = 2  # characters
_COMMON = 5.0  # Zipf
_Named = tuple["NameKind", str, int, int]


class NameKind(StrEnum):
    """What a name names."""

    TITLE = "title"
    SITE = "site"
    PERSON = "person"
    COUNTRY = "country"
    OTHER = "other"


@lru_cache(256)
def names_in(item: Evidence) -> tuple[_Named, ...]:
    """The names in a sentence with their kinds and places, none inside another."""
    found: list[_Named] = []
    known = _known(item)
    for kind in (NameKind.TITLE, NameKind.PERSON, NameKind.SITE, NameKind.COUNTRY):
        for name in sorted(known[kind], key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", item.text):
                if not _is_inside(match, found):
                    found.append((kind, name, *match.span()))
    for match in _RUN.finditer(item.text):
        if not _is_inside(match, found) and _is_a_name(match, item):
            found.append((NameKind.OTHER, match.group(), *match.span()))
    return tuple(found)


def other_names(kind: NameKind, name: str, item: Evidence, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Names of the same kind from the articles of the evidence that make the sentence untrue there.

    None that stands in a sentence together with the right one: 'Washed Out is the stage name of Ernest Greene'. What
    is said of a site may hold for another, unless a number is told: 'Deezer is a streaming service', too. Titles have
    none, for nobody takes a list of songs for a song.
    """
    told = bool(numbers(item.text, item.article.language))
    if kind in (NameKind.TITLE, NameKind.OTHER) or (kind in (NameKind.SITE, NameKind.COUNTRY) and not told):
        return ()
    articles = {each.article.id: each for each in evidence if each.article.language == item.article.language}
    known = sorted({other for each in articles.values() for other in _known(each)[kind]})
    sentences = [sentence for each in articles.values() for sentence in _sentences(each)]
    own = content_stems(item.text.replace(name, ""))
    return tuple(
        other
        for other in known
        if not _overlap(name, other)
        and not any(_has(sentence, other) and _has(sentence, name) for sentence in sentences)
        and not any(_has(sentence, other) and _says_the_same(sentence, other, own) for sentence in sentences)
    )


def _says_the_same(sentence: str, other: str, own: frozenset[str]) -> bool:
    return len(content_stems(sentence.replace(other, "")) & own) >= _SAYS_THE_SAME * max(1, len(own))


def _overlap(name: str, other: str) -> bool:
    """Whether two names share a word, as 'Palamara' and 'Jason Palamara' do."""
    return bool({*name.casefold().split()} & {*other.casefold().split()})


def _has(sentence: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) is not None


def _is_a_name(match: re.Match[str], item: Evidence) -> bool:
    """Whether words with capitals are a name: not what begins a sentence only, nor a German noun."""
    words, language = match.group().split(), item.article.language
    before, behind = item.text[: match.start()], item.text[match.end() :]
    if _GOES_ON_BEFORE.search(before) or _GOES_ON.match(behind) or quiz_words(language).begins.match(match.group()):
        return False
    if match.start() < _BEGINNING and len(words) > 1 and familiarity(words[0], language) >= _COMMON:
        return False  # 'Secondo Palamara'
    if words[0].lower() in quiz_words(language).nouns or (words[0].lower(), language) == ("the", "en"):
        return False
    if language == "de":
        foreign = all(is_frequent_as_abroad(word, "de") or not is_known(word, "de") for word in words)
        return match.group().isupper() or (foreign and len(words) > 1)
    if len(words) > 1 or match.start() > 1:
        return True
    return re.search(rf"[\w,;]\s{re.escape(match.group())}(?!\w)", item.article.text) is not None


def _is_inside(match: re.Match[str], found: Sequence[_Named]) -> bool:
    return any(start < match.end() and match.start() < end for _, _, start, end in found)


@lru_cache(64)
def _known(item: Evidence) -> dict[NameKind, frozenset[str]]:
    """The names of an article by what they name; one of two kinds is none of either."""
    text, language = item.article.text[: item.article.comments_start], item.article.language
    kinds = {
        NameKind.TITLE: {found["title"] for found in TITLE.finditer(text)},
        NameKind.PERSON: {topic.name for topic in topics(item) if topic.form is Form.WHO and not topic.quoted},
        NameKind.SITE: set(_sites(text, language)),
        NameKind.COUNTRY: set(_countries(language).findall(text)),
    }
    kinds[NameKind.SITE] -= kinds[NameKind.COUNTRY] | kinds[NameKind.PERSON]
    return {kind: frozenset(names) for kind, names in kinds.items()}


def _sites(text: str, language: str) -> Iterator[str]:
    for found in _RUN.finditer(text):
        if quiz_words(language).on.search(text[: found.start()]) and " " not in found.group():
            yield found.group()


@lru_cache(256)
def _split(text: str, language: str) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in split_sentences(text, language))


def _sentences(item: Evidence) -> tuple[str, ...]:
    return _split(f"{item.article.title}\n{item.article.text}", item.article.language)


@cache
def _countries(language: str) -> re.Pattern[str]:
    territories = Locale(language).territories.items()
    names = [name for code, name in territories if len(code) == 2 and code.isalpha() and len(name) >= _LEAST_COUNTRY]
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
