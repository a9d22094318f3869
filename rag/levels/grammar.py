"""The little grammar that the rules for easier sentences need, by language. Knows words, not what a sentence means.

There is no parser here: a finite verb is one of a list, or ends as only verbs do. What is not known is not touched.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from wordfreq import zipf_frequency

_FOLDER = Path(__file__).with_name("easier_words")
_TOKEN = re.compile(r"\w+(?:-\w+)*’?")
_ENGLISH_TOKEN = re.compile(r"\w+(?:[’-]\w+)*")
_QUOTED = re.compile(r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|\"[^\"]*\"|\([^()]*\)|\[[^]]*\]")
_MARKS = re.compile(r"[«»„“”\"()\[\]]")
_CONTRACTED = re.compile(r"(?:he|she|it|they|we|i|you|there)’(?:s|re|ve|ll|d|m)|\w+n’t")
_NO_NAME = 4.2  # Zipf; 'Spotify' has 3.9 in English, 'Then' 6.2
_SUBJECT_WORDS = 8  # from its first word to its verb; a longer one may hold anything


@dataclass(frozen=True)
class Token:
    """A word in small letters with its place in the text, and whether it is written with a capital."""

    word: str
    start: int
    end: int
    has_capital: bool


@dataclass(frozen=True)
class Grammar:
    """The entries of a file of `easier_words/`; `lists` are sets of words, `tables` lead from a phrase to another."""

    language: str
    lists: Mapping[str, frozenset[str]]
    tables: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, tuple[str, ...]]
    endings: re.Pattern[str]
    contrast: str

    @property
    def drops_pronouns(self) -> bool:
        """Whether a verb alone can be a clause: 'È una canzone.'"""
        return self.language in ("it", "es")

    def is_verb(self, word: str) -> bool:
        """Whether a word in small letters can only be a finite verb, as far as the lists tell."""
        if word in self.lists["no_verbs"]:
            return False
        return word in self.lists["verbs"] or self.endings.fullmatch(word) is not None

    def verbs_in(self, text: str) -> list[Token]:
        """The finite verbs that stand outside quotations and parentheses.

        Behind 'has' or 'is', with a word between at most, the same form is a participle: 'il a construit'.
        """
        words = tokens(masked(text), self.language)
        helpers = {place for place, token in enumerate(words) if token.word in self.lists["real"]}
        return [
            token
            for place, token in enumerate(words)
            if self.is_verb(token.word)
            and (not place or not token.has_capital)
            and not (token.word not in self.lists["real"] and helpers & {place - 1, place - 2})
        ]

    def opens(self, text: str) -> bool:
        """Whether a part of a text may hold what follows it in a clause of its own, as 'he says that' does."""
        return any(token.word in self.lists["opens"] for token in tokens(masked(text), self.language))

    def verb_place(self, text: str) -> int:
        """Which word of a clause is its verb, when it begins with its own subject, or none is needed; else -1.

        Example: 'elle ne chante pas', 'fr' -> 2; 'chante', 'fr' -> -1; 'canta', 'it' -> 0
        """
        plain = masked(text)
        words = tokens(plain, self.language)
        if not words:
            return -1
        first = words[0].word
        if first in self.lists["pronouns"] and (place := self._behind(words, 1, "clitics", "more_clitics")) >= 0:
            return place
        if self.language == "en" and _CONTRACTED.fullmatch(first):
            return 0
        if first in self.lists["determiners"] or first[0].isdigit() or self.is_name(words[0]):
            return self._subject_end(words, plain)
        return self._behind(words, 0, "clitics") if self.drops_pronouns else -1

    def behind_clitics(self, text: str) -> int:
        """Which word is the verb of a text that begins with one, or with what stands before verbs only; else -1."""
        return self._behind(tokens(masked(text), self.language), 0, "clitics")

    def is_name(self, token: Token) -> bool:
        """Whether a word with a capital is a name even where all words have one. Example: 'Spotify', not 'Then'"""
        return token.word.startswith("_") or (
            token.has_capital
            and self.language != "de"
            and zipf_frequency(token.word.strip("’"), self.language) < _NO_NAME
        )

    def _behind(self, words: Sequence[Token], place: int, *between: str) -> int:
        """The place of the verb that stands there, or behind words of these lists; else -1."""
        skipped = frozenset().union(*(self.lists[name] for name in between))
        while place < len(words) and words[place].word in skipped:
            place += 1
        return place if place < len(words) and self.is_verb(words[place].word) else -1

    def _subject_end(self, words: Sequence[Token], plain: str) -> int:
        """The place of the verb behind a subject of several words, which holds no comma and no clause; else -1."""
        least = 1 if self.is_name(words[0]) else 2  # 'la marche': behind an article it is a noun
        for place, token in enumerate(words[: _SUBJECT_WORDS + 1]):
            if place and re.search(r"[,;:–—]", plain[words[place - 1].end : token.start]):
                return -1
            if token.word in self.lists["relatives"] and place:
                return -1
            if place >= least and self.is_verb(token.word) and not token.has_capital:
                return place
        return -1


def masked(text: str) -> str:
    """The text, letter for letter, without what stands in quotation marks or parentheses, and with one apostrophe.

    Example: 'Il dit « oui ».' -> 'Il dit _______.'
    """
    return _QUOTED.sub(lambda found: "_" * len(found.group()), text.replace("'", "’").replace("\u00a0", " "))


def is_whole(text: str) -> bool:
    """Whether no quotation and no parenthesis is left open."""
    return not _MARKS.search(_QUOTED.sub("", text))


@lru_cache(4096)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words of a text. Example: 'L’IA chante', 'fr' -> 'l’', 'ia', 'chante'"""
    pattern = _ENGLISH_TOKEN if language == "en" else _TOKEN
    return tuple(
        Token(found.group().lower(), found.start(), found.end(), found.group()[0].isupper())
        for found in pattern.finditer(text)
    )


@cache
def grammar_of(language: str) -> Grammar:
    """The grammar of one of the readers' languages."""
    entries: dict[str, Any] = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    plain = {name: value.replace("'", "’") for name, value in entries.items() if isinstance(value, str)}
    lists = {name: frozenset(value.split()) for name, value in plain.items()}
    return Grammar(
        language=language,
        lists=lists,
        tables={name: value for name, value in entries.items() if isinstance(value, dict)},
        phrases={name: tuple(entries[name]) for name in ("fillers", "contrasts")},
        endings=re.compile("|".join(entries["endings"]) or "(?!)"),
        contrast=plain["contrast"],
    )
