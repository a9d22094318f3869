"""The sentences of the articles that explain a word, found once for all questions. Knows words, not pages or levels.

Nothing is ever made up: what is told is a sentence of a news article as it stands there. Readers' comments, opinions,
and what people are quoted with explain nothing.
"""

import re
import threading
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from corpus.language import READER_LANGUAGES
from corpus.sentences import split_sentences
from corpus.types import Article, Audience, Kind, Sentence
from rag.errors import PromptMissing
from rag.phrases import PROMPTS
from rag.study.glossary import Explanation, find_entry
from rag.types import ReadingLevel, Voice
from rag.words.names import is_frequent_as_abroad
from rag.words.rare_words import familiarity
from rag.words.tokens import tokens
from rag.words.voice_patterns import NAME_WORD
from rag.words.voices import who_says

_LONGEST = 240  # characters; a longer sentence explains too much at once
_TERM = r"(?P<term>[^\W\d_][\w’'-]*(?: [\w’'-]+){0,3}?)"
_ASIDE = r"\s?[»”“\"]?(?: \([^()]{1,60}\)|,(?: [\w’'-]+){1,4},)?"
_WORD = r"(?P<word>(?:[\w’'-]+ ){0,2}[^\W\d_][\w’'-]*)"
_NAME = rf"(?P<name>(?-i:{NAME_WORD}(?: {NAME_WORD}){{0,3}}))"
_END = r"\s?[»”“\"]?(?: \([^()]{1,60}\))?"
_PLACES = {"{term}": _TERM, "{aside}": _ASIDE, "{word}": _WORD, "{name}": _NAME, "{end}": _END}
_COMMON = 5.0  # Zipf
_GROUPS = {"begins": r"^[«„“\"]?\s?", "inside": r"(?<!\w)", "named": r"(?<!\w)"}  # and what stands before them
_YOUNG = frozenset({ReadingLevel.CHILD, ReadingLevel.TWEEN})
_Key = tuple[str, ...]


class Explanations:
    """What the articles explain, as they are at one moment."""

    def __init__(self, known: Mapping[_Key, Sequence[Explanation]]):
        self._known = known

    def find(self, term: str, language: str, level: ReadingLevel = ReadingLevel.ADULT) -> Explanation | None:
        """The shortest sentence in `language` that explains a term; for the young one of a children's article, if any.

        Example: 'IA', 'fr' -> 'Une intelligence artificielle, aussi appelée IA, est un outil informatique ...'
        """
        found = self._known.get(_key(term, language), ())
        return min(found, key=lambda each: _order(each, level), default=None)


class ExplainingSentences:
    """What the articles explain, read anew only when they have changed; safe for several readers at once."""

    def __init__(self, articles: Callable[[], Sequence[Article]], version: Callable[[], int]):
        self._articles = articles
        self._version = version
        self._read_at: int | None = None
        self._known = Explanations({})
        self._lock = threading.Lock()

    def now(self) -> Explanations:
        """What they explain now: asked for once an answer, not for each of its words."""
        with self._lock:
            if (version := self._version()) != self._read_at:
                self._known, self._read_at = Explanations(_by_term(explaining(self._articles()))), version
            return self._known


def explaining(articles: Iterable[Article]) -> Iterator[Explanation]:
    """Every sentence of news articles that explains something, once for each thing that it explains."""
    for article in articles:
        if article.language not in READER_LANGUAGES or article.kind is not Kind.NEWS:
            continue
        for sentence in split_sentences(article.text[: article.comments_start], article.language):
            for term in _explained(sentence, article):
                yield Explanation(term, sentence.text, article.language, "", article, sentence.start, sentence.end)


def _explained(sentence: Sentence, article: Article) -> list[str]:
    """The terms that a sentence explains, as written there; none in questions and in what somebody says."""
    if len(sentence.text) > _LONGEST or sentence.text.rstrip(' »”"').endswith("?"):
        return []
    text, language = sentence.text, article.language
    found = [match["term"] for match in _matches(text, language, "begins")][:1]
    found += [_last_term(match["word"], language) for match in _matches(text, language, "inside")]
    found += [_name(match, article) for match in _matches(text, language, "named")]
    before = article.text[: sentence.start]
    if not any(found) or who_says(text, before, article.kind, language).voice is not Voice.NEWS:
        return []
    return [term for term in dict.fromkeys(found) if term and not _no_terms(language).match(term)]


def _matches(text: str, language: str, group: str) -> Iterator[re.Match[str]]:
    return (match for pattern in _patterns(language)[group] for match in pattern.finditer(text))


def _last_term(before: str, language: str) -> str:
    """What is explained behind some words: a term of the glossary that ends there, a name, or the last word.

    Example: "de l'intelligence artificielle", 'fr' -> 'intelligence artificielle'
    """
    words: list[str] = re.findall(r"[\w-]+", before)
    for first in range(len(words)):
        if find_entry(" ".join(words[first:]), language):
            return " ".join(words[first:])
    return words[-1]


def _name(match: re.Match[str], article: Article) -> str:
    """A name without the common word that may begin the sentence; '' for what is no name elsewhere in the article.

    Example: 'Sur Spotify' -> 'Spotify'; 'Graduellement' -> ''
    """
    first, _, rest = match["name"].partition(" ")
    name = rest if familiarity(first, article.language) >= _COMMON else match["name"]
    if article.language == "de" and " " not in name and not is_frequent_as_abroad(name, "de"):
        return ""  # every noun has a capital there
    begins = match.start("name") == 0 and name == match["name"]
    return name if not begins or article.text.count(name) > 1 else ""


def _by_term(found: Iterable[Explanation]) -> dict[_Key, list[Explanation]]:
    known: dict[_Key, list[Explanation]] = defaultdict(list)
    for explanation in found:
        known[_key(explanation.term, explanation.language)].append(explanation)
    return dict(known)


def _key(term: str, language: str) -> _Key:
    """What all writings of a term share: its entry in the glossary, else its stems."""
    entry = find_entry(term, language)
    return (language, entry) if entry else tuple(tokens(term, language))


def _order(explanation: Explanation, level: ReadingLevel) -> tuple[bool, int, str]:
    article = explanation.article
    hard = level in _YOUNG and article is not None and article.audience is not Audience.CHILD
    return hard, len(explanation.text), explanation.text


@cache
def _listed(language: str) -> Mapping[str, Sequence[str]]:
    path = PROMPTS / "explaining" / f"{language}.toml"
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PromptMissing(path, "begins") from error
    for name in (*_GROUPS, "kinds", "no_terms"):
        if name not in listed:
            raise PromptMissing(path, name)
    return listed


@cache
def _patterns(language: str) -> Mapping[str, Sequence[re.Pattern[str]]]:
    listed = _listed(language)
    places = _PLACES | {"{kinds}": "|".join(listed["kinds"])}
    return {name: [_compiled(each, opening, places) for each in listed[name]] for name, opening in _GROUPS.items()}


@cache
def _no_terms(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_listed(language)['no_terms'])})\b", re.IGNORECASE)


def _compiled(pattern: str, opening: str, places: Mapping[str, str]) -> re.Pattern[str]:
    for place, expression in places.items():
        pattern = pattern.replace(place, expression)
    return re.compile(opening + pattern, re.IGNORECASE)
