"""Find the schools that children tell of themselves in small letters. Knows schools, no persons and no capitals.

French, Italian and Spanish name a school behind its kind ("école jules ferry"), English and German before it ("oakwood
primary school"). Behind, only a known namesake, a given name, a saint or a word that no list knows counts as its name.
"""

import re
from collections.abc import Callable
from functools import cache

from safety.name_words import cues, fits, frequency, load_names
from safety.small_letters import is_family, is_given, masked, may_be_name
from safety.spelled import spell

_FREQUENT = 5.5  # Zipf frequency: a more frequent word, in any language, is of no school's name
_PLAIN = 4.6  # Zipf frequency: a word more frequent than this before "school" tells rather what kind it is
_UNKNOWN = 6  # letters of a word that no list knows, behind a school, that counts as its name
_NEAR = 9  # words behind the cue
_BEFORE = {"fr": False, "en": True, "it": False, "es": False, "de": True}  # where the name stands
_LONGEST = 4  # words of a name
_CHURCH = frozenset({"c", "of", "e", "ce"})  # "st johns c of e primary"
_COMPOUND = re.compile(r"[a-z]{4,}(?:schule|gymnasium)")


def hide_schools(text: str) -> str:
    """Example: 'i go to oakwood primary school in leeds' -> 'i go to *** primary school in leeds'"""
    spelled = spell(text)
    words, hidden = spelled.words, set[int]()
    for pattern, choose in _my_school():
        for match in pattern.finditer(spelled.joined):
            hidden.update(choose(words, spelled.word_at(match.end())))
    for match in _at_school().finditer(spelled.joined):
        first = spelled.word_at(match.end())
        for place in _schools_near(words, first):
            before = _BEFORE[match.lastgroup or ""]
            hidden.update(_before(words, first, place) if before else _behind(words, place + 1))
    return masked(spelled, hidden)


def _schools_near(words: list[str], first: int) -> list[int]:
    """The places of the kinds of schools soon behind a cue, in its sentence."""
    near = []
    for place in range(first, min(first + _NEAR, len(words))):
        if not words[place].isalnum() and words[place] != ",":
            break
        if fits("school", words[place]) or _COMPOUND.fullmatch(words[place]):
            near.append(place)
    return near


def _behind(words: list[str], first: int) -> range:
    """The words behind a kind of school that name it. Example: 'école jules ferry en' -> 'jules ferry'"""
    while first < len(words) and fits("kind_of_school", words[first]):
        first += 1
    start = _skipped(words, first)
    if start > first and not (start < len(words) and _begins_name(words[start])):
        return range(0)  # "a scuola la tormentano": there "la" is no article
    return range(start, start + _name_length(words, start))


def _called(words: list[str], first: int) -> range:
    """The same behind "s'appelle", where any word that is not frequent begins a name."""
    start = _skipped(words, first)
    end = start + _name_length(words, start)
    while end - start < _LONGEST and end < len(words) and _may_be_school(words[end]):
        end += 1
    return range(first, end) if end > start else range(0)


def _is(words: list[str], first: int) -> range:
    """The same behind "c'est", where a word that no list knows may be a misspelt opinion, and "christian" is plain."""
    start = _skipped(words, first)
    if start >= len(words) or not _begins_name(words[start]):
        return range(0)
    if any(words[start] in plain for plain in load_names().plain_after_i_am.values()):
        return range(0)
    return range(start, start + _name_length(words, start))


def _skipped(words: list[str], first: int) -> int:
    start = first
    while start < len(words) and start - first < 2 and fits("article", words[start]):
        start += 1
    return start


def _name_length(words: list[str], start: int) -> int:
    if start >= len(words):
        return 0
    if not _begins_name(words[start]) and not _is_unknown(words[start]):
        return 0
    length = 1
    while length < _LONGEST and start + length < len(words) and _goes_on(words, start + length):
        length += 1
    return 0 if length == 1 and words[start] in load_names().saints else length


def _goes_on(words: list[str], place: int) -> bool:
    """Whether a word belongs to the name before it. Example: 'da' in 'leonardo da vinci' -> True"""
    word, before = words[place], words[place - 1]
    if fits("particle", word):
        return place + 1 < len(words) and _begins_name(before) and _is_known(words[place + 1])
    if before in load_names().saints:
        return may_be_name(word, _FREQUENT)
    return is_family(word) or _is_known(word) or (is_given(before) and _may_be_school(word))


def _is_known(word: str) -> bool:
    return _begins_name(word) or word in load_names().family


def _begins_name(word: str) -> bool:
    names = load_names()
    return word in names.saints or word in names.namesakes or is_given(word)


def _is_unknown(word: str) -> bool:
    return word.isalpha() and len(word) >= _UNKNOWN and not frequency(word) and may_be_name(word)


def _may_be_school(word: str) -> bool:
    return may_be_name(word) and (_begins_name(word) or frequency(word) < _PLAIN)


def _before(words: list[str], cue_end: int, school: int) -> range:
    """The words before a kind of school that name it. Example: 'to oakwood primary school' -> 'oakwood'"""
    if _COMPOUND.fullmatch(words[school]) and not fits("school", words[school]):
        return range(school, school + (0 if frequency(words[school]) else 1))
    end = school
    while end > cue_end and (fits("kind_of_school", words[end - 1]) or words[end - 1] in _CHURCH):
        end -= 1
    start = end
    while start > cue_end and end - start < _LONGEST and _may_stand_before(words, start - 1, end):
        start -= 1
    if start > 0 and fits("no_name_after", words[start - 1]):
        return range(0)
    return range(start, end) if any(map(_tells_school, words[start:end])) else range(0)


def _may_stand_before(words: list[str], place: int, end: int) -> bool:
    word = words[place]
    return may_be_name(word, _FREQUENT) or word in load_names().saints or (word == "of" and place + 1 < end)


def _tells_school(word: str) -> bool:
    return not fits("plain_before_school", word) and (_begins_name(word) or frequency(word) < _PLAIN)


@cache
def _at_school() -> re.Pattern[str]:
    return re.compile(f"(?<= )(?:{cues('at_school', named=True).pattern}) ")


@cache
def _my_school() -> tuple[tuple[re.Pattern[str], Callable[[list[str], int], range]], ...]:
    """A school, whose cue says that its name follows."""
    called = f"(?:{cues('is_called').pattern}|{cues('may_be_called').pattern})"
    school = f"(?:{cues('school').pattern})(?: (?:{cues('kind_of_school').pattern}))*"
    at_school = f"(?<= )(?:{cues('at_school').pattern}) (?:[^ .?!*]+ ){{0,6}}?{school}"
    mine = f"(?<= )(?:{cues('my').pattern}) (?:[^ .?!*]+ )?{school}"
    return (
        (re.compile(f"{mine} {called} "), _called),
        (re.compile(f"{at_school} (?:called|named|{cues('is_called').pattern}) "), _called),
        (re.compile(f"{mine} (?:{cues('is').pattern}) "), _is),
    )
