"""Split text into sentences with their places. Knows abbreviations, not meanings.

Boundaries come from sentencex (Wikimedia); it breaks after titles ("M. Dupont") and initials ("J.-C."), which is
mended here.
"""

import re

from sentencex import get_sentence_boundaries

from corpus.types import Sentence

_NO_END = re.compile(
    r"(?:^|[\s(«„“\"'’-])(?:[A-ZÀ-Þ]|M|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Dre|Pr|Prof|St|Ste|Sig|Sigg|Dott|Ing|Avv|Sr|Sra|Srta|"
    r"Ud|Uds|Hr|Fr|Nr|No|art|vol|av|apr|env|p|pp|z|bzw|ca|ggf|usw|vs|cf|ecc|etc)\.\s*$"
)
_ACRONYM_GOES_ON = re.compile(  # "l'I.A. (intelligence artificielle)", "l'I.A. n'invente rien"
    r"(?:[A-ZÀ-Þ]\.){2,}\s+(?:[^\s\w«“„\"'’¿¡]|[a-zß-öø-ÿ])"
)
_OTHER_SPACE = re.compile(r"[^\S ]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST = 1200  # characters; text without punctuation is cut at a space
_LONGEST_WORD = 10_000  # characters; longer is no word, but data that must not become one passage


def split_sentences(text: str, language: str) -> list[Sentence]:
    """The sentences of a text in order; a line break always ends one.

    Example: 'M. Li rit. Et toi ?' -> ['M. Li rit.', 'Et toi ?']
    """
    sentences: list[Sentence] = []
    for line in re.finditer(r"[^\n]+", text):
        sentences += _split_line(line.group(), line.start(), language)
    return sentences


def _split_line(line: str, offset: int, language: str) -> list[Sentence]:
    found: list[Sentence] = []
    start = 0
    for end in _boundaries(line, language):
        while end - start > LONGEST:
            cut = _cut(line, start, end)
            found += _trimmed(line, start, cut, offset)
            start = cut
        found += _trimmed(line, start, end, offset)
        start = end
    return found


def _cut(line: str, start: int, end: int) -> int:
    """Where to cut what is too long: at the last space that keeps it short, or after its first word."""
    space = line.rfind(" ", start + 1, start + LONGEST)
    if space < 0:
        space = line.find(" ", start + LONGEST, start + _LONGEST_WORD)
    if space < 0:
        return end if end - start <= _LONGEST_WORD else start + LONGEST
    return min(space, end)


def _boundaries(line: str, language: str) -> list[int]:
    valid = _OTHER_SPACE.sub(" ", _LONE_SURROGATE.sub("x", line))  # sentencex takes UTF-8 only, and other spaces end it
    ends = [boundary["end_index"] for boundary in get_sentence_boundaries(language, valid)]
    kept = [
        end
        for end in ends[:-1]
        if not _NO_END.search(line[max(0, end - 12) : end])
        and not _ACRONYM_GOES_ON.search(line[max(0, end - 12) : end + 1])
    ]
    return [*kept, len(line)]


def _trimmed(line: str, start: int, end: int, offset: int) -> list[Sentence]:
    piece = line[start:end]
    text = piece.strip()
    if not text:
        return []
    begin = offset + start + piece.index(text)
    return [Sentence(text, begin, begin + len(text))]
