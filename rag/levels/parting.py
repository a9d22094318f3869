"""A sentence -> two that say the same, where it is certain that they can stand alone. Knows grammar, not meaning.

Each rule gives the two parts, or None where it is not sure: wrong is worse than hard. No rule parts a sentence that may
be somebody's words or a guess (`rag/levels/held.py`), nor a clause that begins with anything but its own subject.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from rag.levels.grammar import Grammar, Token, grammar_of, is_whole, masked, tokens
from rag.levels.held import is_held

Parts = tuple[str, str]
_LEAST_WORDS = 3  # of a part
_STOP = re.compile(r"\s?;\s")
_QUOTE_BEFORE = re.compile(r"[«“„\"]")
_ENDS = re.compile(r"[\s,;:–—-]+$")
_BREAKS = re.compile(r"[,;:()\[\]]|\s[–—-]\s|—")  # behind them may stand what is said of both parts
_LINKS_BACK = re.compile(
    r"(?i)\b(?:l[’']un|l[’']autre|le premier|la première|the former|the latter|the first|one of)\b"
)


@lru_cache(4096)
def parted(text: str, language: str) -> Parts | None:
    """Two sentences that say together what one says, by the first rule that is sure.

    Example: 'Il chante, et elle danse.', 'fr' -> ('Il chante.', 'Elle danse.')
    """
    unfinished = text.rstrip(' \u00a0»”“"').endswith(("?", "…"))
    if not is_whole(text) or unfinished or is_held(text, language) or _LINKS_BACK.search(text):
        return None
    grammar = grammar_of(language)
    return next((parts for rule in RULES if (parts := rule(text, grammar)) and _stand_alone(parts, grammar)), None)


def at_stops(text: str, grammar: Grammar) -> Parts | None:
    """At a semicolon, where clauses stand between all of them. Example: 'Il chante ; elle danse.'"""
    stop = _STOP.search(masked(text))
    if stop is None or not all(is_plain(part, grammar) for part in _STOP.split(masked(text))):
        return None
    return text[: stop.start()], text[stop.end() :]


def at_conjunctions(text: str, grammar: Grammar) -> Parts | None:
    """Before an 'and' or 'but' that a clause with its own subject follows. Example: 'Il chante, mais elle danse.'"""
    for joint, has_comma in _joints(text, grammar):
        left, right = text[: joint.start], text[joint.end :].lstrip()
        if not is_plain(left, grammar) or not _has_own_subject(right, grammar):
            continue
        if not has_comma and not (len(grammar.verbs_in(left)) == 1 and _has_pronoun(right, grammar)):
            continue
        return left, right if joint.word in grammar.lists["and"] else f"{joint.word} {right}"
    return None


RULES: tuple[Callable[[str, Grammar], Parts | None], ...] = (at_stops, at_conjunctions)


def is_plain(text: str, grammar: Grammar) -> bool:
    """Whether a part is one clause that begins with its own subject, and holds nothing behind a comma.

    'In the film he sings' is none, nor is 'this year he sings': what they begin with may be said of what follows too.
    """
    plain = masked(text).rstrip(" ,;:")
    place = grammar.verb_place(text)
    words = tokens(plain, grammar.language)
    if place < 0 or _BREAKS.search(plain) or "(" in text or "[" in text or grammar.opens(text):
        return False
    again = grammar.language == "en" and any(word.word in grammar.lists["pronouns"] for word in words[place + 1 :])
    if again or len(grammar.verbs_in(text)) > 1:  # 'the idea is he left'
        return False
    return not words[0].word[0].isdigit() and _is_one_subject(words[:place], grammar)


def _is_one_subject(words: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether the words before a verb are one noun phrase, and none of them tells when."""
    if any(word.word in grammar.lists["times"] for word in words):
        return False
    starts = grammar.lists["determiners"] | grammar.lists["pronouns"]
    before_verbs = grammar.lists["clitics"] | grammar.lists["more_clitics"]
    if words and words[0].word not in starts:  # a name of one word: 'nowadays Rome' looks like one of two
        subject = [word for word in words if word.word not in before_verbs]
        is_name = len(subject) == 1 and grammar.is_name(subject[0])
        return not subject or (is_name and not re.search(r"(?:ly|ment|mente)$", subject[0].word))
    may_stand = grammar.lists["prepositions"] | grammar.lists["and"] | before_verbs
    return all(last.word in may_stand or word.word not in starts - before_verbs for last, word in pairwise(words))


def _joints(text: str, grammar: Grammar) -> Iterator[tuple[Token, bool]]:
    """The words that may join two clauses, and whether a comma stands before them."""
    plain = masked(text)
    for token in tokens(plain, grammar.language):
        if not token.has_capital and token.word in grammar.lists["and"] | grammar.lists["but"]:
            yield token, plain[: token.start].rstrip().endswith(",")


def _has_own_subject(right: str, grammar: Grammar) -> bool:
    """Whether a part is a clause of its own, or several with ', and' or ', but' between them."""
    joints = "|".join(sorted(grammar.lists["and"] | grammar.lists["but"]))
    return all(is_plain(part, grammar) for part in re.split(rf",\s(?:{joints})\s", masked(right)))


def _has_pronoun(text: str, grammar: Grammar) -> bool:
    words = tokens(masked(text), grammar.language)
    return bool(words) and words[0].word in grammar.lists["pronouns"]


def _stand_alone(parts: Parts, grammar: Grammar) -> bool:
    return all(len(tokens(part, grammar.language)) >= _LEAST_WORDS for part in parts)


def sentence_of(part: str, end: str) -> str:
    """A part as a sentence. Example: ('elle danse', '.') -> 'Elle danse.'"""
    bare = _ENDS.sub("", part.strip())
    first = re.search(r"\w", bare)
    place = first.start() if first and not _QUOTE_BEFORE.search(bare[: first.start()]) else 0
    begun = bare[:place] + bare[place : place + 1].upper() + bare[place + 1 :]
    return begun if re.search(r"[.!?…][»”“\"]?$", begun) else f"{begun}{end}"
