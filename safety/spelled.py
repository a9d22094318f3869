"""A text -> its words in small letters, each with its place in the text. Knows no patterns and no names."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+|\*+|[.,;:?!()¿¡«»\"\n]")


@dataclass(frozen=True)
class Spelled:
    """`joined` has a space before and after each word, and no accents; marks are words, apostrophes and hyphens none.

    `words` keep their accents: "marié" is no name, "marie" may be one.
    """

    text: str
    words: list[str]
    spans: list[tuple[int, int]]
    joined: str

    def word_at(self, offset: int) -> int:
        """Which word begins at an offset of `joined`."""
        return self.joined.count(" ", 0, offset) - 1

    def runs(self, chosen: set[int]) -> list[tuple[int, int]]:
        """Where each run of chosen words begins and ends in the text."""
        runs: list[tuple[int, int]] = []
        for place in sorted(chosen):
            start, end = self.spans[place]
            if runs and place - 1 in chosen:
                start = runs.pop()[0]
            runs.append((start, end))
        return runs


def spell(text: str) -> Spelled:
    """Example: "C'est Inès !" -> the words "c", "est", "inès", "!", joined as ' c est ines ! '"""
    matches = list(_WORD.finditer(text))
    words = [match[0].lower() for match in matches]
    return Spelled(text, words, [match.span() for match in matches], f" {' '.join(map(spelled_word, words))} ")


def spelled_word(word: str) -> str:
    """Example: 'Straße' -> 'strase', 'Inès' -> 'ines'"""
    letters = unicodedata.normalize("NFD", word.lower().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_LETTERS = str.maketrans({"ß": "s", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})
