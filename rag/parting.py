"""A sentence -> two that say the same, where it is certain that they can stand alone. Knows grammar, not meaning.

Each rule gives the two parts, or None where it is not sure: wrong is worse than hard.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from rag.grammar import Grammar, Token, grammar_of, is_whole, masked, tokens
from rag.parting_asides import at_appositions, at_possessions, at_relatives, behind_names, behind_nouns
from rag.parting_german import around_german_relatives, at_german_reasons, at_german_relatives, has_verb_second

Parts = tuple[str, str]
_LEAST_WORDS = 3  # of a part
_STOP = re.compile(r"\s?[;:]\s")
_COMMA = re.compile(r",\s")
_QUOTE_BEFORE = re.compile(r"[«“„\"]")
_ENDS = re.compile(r"[\s,;:–—-]+$")
_LINKS_BACK = re.compile(
    r"(?i)\b(?:l[’']un|l[’']autre|le premier|la première|the former|the latter|the first|one of)\b"
)


@lru_cache(4096)
def parted(text: str, language: str) -> Parts | None:
    """Two sentences that say together what one says, by the first rule that is sure.

    Example: 'Il chante, et elle danse.', 'fr' -> ('Il chante.', 'Elle danse.')
    """
    if not is_whole(text) or text.rstrip(' \u00a0»”“"').endswith(("?", "…")):
        return None
    grammar = grammar_of(language)
    return next((parts for rule in RULES if (parts := rule(text, grammar)) and _stand_alone(parts, grammar)), None)


def at_stops(text: str, grammar: Grammar) -> Parts | None:
    """At a semicolon or a colon between two clauses. Example: 'Il chante ; elle danse.'"""
    for stop in _STOP.finditer(masked(text)):
        left, right = text[: stop.start()], text[stop.end() :]
        is_list = ":" in stop.group() and (";" in masked(right) or grammar.opens(_last_clause(left)))
        is_sentence = ";" in stop.group() and _may_stand_alone(right, grammar)
        if not is_list and _is_clause(left, grammar) and (is_sentence or _begins_clause(right, grammar)):
            return left, right
    return None


def at_conjunctions(text: str, grammar: Grammar) -> Parts | None:
    """Before an 'and' or 'but' that a clause with its own subject follows. Example: 'Il chante, mais elle danse.'"""
    for joint, has_comma in _joints(text, grammar):
        left, right = text[: joint.start], text[joint.end :].lstrip()
        if not _is_clause(left, grammar) or grammar.opens(left) or not _has_own_subject(right, grammar):
            continue
        if not has_comma and not _is_alone(left, right, grammar):
            continue
        return left, right if joint.word in grammar.lists["and"] else f"{joint.word} {right}"
    return None


def at_reasons(text: str, grammar: Grammar) -> Parts | None:
    """Before a reason. Example: 'He sings, because he is sad.' -> 'He sings.', 'That is because he is sad.'"""
    for word, start in grammar.tables["because"].items():
        found = re.search(rf",\s(?P<word>{word})\s", masked(text))
        if found is None:
            continue
        left, right = text[: found.start()], text[found.end() :]
        denied = re.search(r"(?i)\b(?:not|no|never|pas|jamais|nicht|kein\w*|\w+n’t)\b", masked(left))
        if _is_clause(left, grammar) and not denied and not grammar.opens(left) and _begins_clause(right, grammar):
            return left, f"{start or word} {right}"
    return None


def at_links(text: str, grammar: Grammar) -> Parts | None:
    """Before what is said of a whole clause. Example: 'Il chante, ce qui surprend.' -> 'Cela surprend.'"""
    for words, start in grammar.tables["links"].items():
        for found in re.finditer(rf",\s{words}\s", masked(text)):
            left, right = text[: found.start()], text[found.end() :]
            place = grammar.behind_clitics(right)
            if place < 0 or not _is_clause(left, grammar) or grammar.opens(left):
                continue
            verbs = grammar.lists["link_verbs"]
            if not verbs or tokens(masked(right), grammar.language)[place].word in verbs:
                return left, f"{start} {right}"
    return None


def at_turns(text: str, grammar: Grammar) -> Parts | None:
    """Before what is set against a clause. Example: 'He sings, whereas she acts.' -> 'He sings.', 'But she acts.'"""
    for words, start in grammar.tables["turns"].items():
        for found in re.finditer(rf",\s{words}\s", masked(text)):
            left, right = text[: found.start()], text[found.end() :]
            if _is_clause(left, grammar) and not grammar.opens(left) and _begins_clause(right, grammar):
                return left, f"{start} {right}"
    return None


def at_shared_subjects(text: str, grammar: Grammar) -> Parts | None:
    """Before a second verb of the same subject, which is named again. Example: 'Il chante et danse.' -> 'Il danse.'"""
    place = grammar.verb_place(text)
    words = tokens(masked(text), grammar.language)
    subject = text[: _subject_end(words, place, grammar)].rstrip() if place > 0 else ""
    if place < 0 or (place and not _can_be_named_again(subject, grammar)):
        return None
    for joint, _ in _joints(text, grammar):
        left, right = text[: joint.start], text[joint.end :].lstrip()
        verb = grammar.behind_clitics(right)
        one_clause = len(grammar.verbs_in(left)) == 1 and _is_clause(left, grammar) and not grammar.opens(left)
        is_noun = verb >= 0 and tokens(masked(right), grammar.language)[verb].word in grammar.lists["nouns"]
        if (
            verb < 0
            or is_noun
            or _ends_with_verb(left, grammar)
            or not one_clause
            or joint.word not in grammar.lists["and"]
            or "," in masked(left).rstrip(", ")
        ):
            continue
        return left, f"{subject} {right}" if subject else right
    return None


RULES: tuple[Callable[[str, Grammar], Parts | None], ...] = (
    at_stops,
    at_conjunctions,
    at_links,
    at_reasons,
    at_shared_subjects,
    at_turns,
    at_german_reasons,
    at_relatives,
    around_german_relatives,
    at_possessions,
    at_appositions,
    behind_names,
    behind_nouns,
    at_german_relatives,
)


def _joints(text: str, grammar: Grammar) -> Iterator[tuple[Token, bool]]:
    """The words that may join two clauses, and whether a comma stands before them."""
    plain = masked(text)
    for token in tokens(plain, grammar.language):
        if not token.has_capital and token.word in grammar.lists["and"] | grammar.lists["but"]:
            yield token, plain[: token.start].rstrip().endswith(",")


def _ends_with_verb(left: str, grammar: Grammar) -> bool:
    """Whether the object of a verb may still come: 'diseñó y construyó el sistema'."""
    words = tokens(masked(left), grammar.language)
    verbs = grammar.verbs_in(left)
    return bool(verbs) and verbs[-1].start == words[-1].start


def _is_clause(left: str, grammar: Grammar) -> bool:
    """Whether the part before a boundary has a verb of its own, and nothing in it may be said of what follows too."""
    has_verb = grammar.verbs_in(left) or grammar.verb_place(left) >= 0 or grammar.may_have_verb(left)
    return bool(has_verb) and not grammar.has(left, "sources") and not _LINKS_BACK.search(left)


def _begins_clause(right: str, grammar: Grammar) -> bool:
    """Whether a part begins with a subject and its verb, at once or behind a few words and a comma."""
    if grammar.verb_place(right) >= 0:
        return True
    comma = _COMMA.search(masked(right))
    if comma is None or grammar.opens(right[: comma.start()]) or grammar.verbs_in(right[: comma.start()]):
        return False
    return _has_pronoun(right[comma.end() :], grammar) and grammar.verb_place(right[comma.end() :]) >= 0


def _may_stand_alone(right: str, grammar: Grammar) -> bool:
    """Whether the part behind a semicolon, which mostly stands between whole sentences, has a verb and no joint."""
    words = tokens(masked(right), grammar.language)
    joints = grammar.lists["and"] | grammar.lists["but"] | grammar.lists["relatives"]
    verbs = grammar.verbs_in(right)
    if not verbs or words[0].word in joints:
        return False
    first = masked(right)[: verbs[0].start]
    return not any(token.word in grammar.lists["relatives"] for token in tokens(first, grammar.language)[1:])


def _has_own_subject(right: str, grammar: Grammar) -> bool:
    """Whether a part begins with a subject that can only be its own, and the verb."""
    place = grammar.verb_place(right)
    return place > 0 or (place == 0 and grammar.drops_pronouns) or has_verb_second(right, grammar)


def _is_alone(left: str, right: str, grammar: Grammar) -> bool:
    """Whether a part without a comma before it is a clause: 'Ana and Leo sing' has none, nor 'drew and built it'."""
    if len(grammar.verbs_in(left)) != 1:
        return False
    is_verb = grammar.verb_place(right) == 0 or has_verb_second(right, grammar)
    return not _ends_with_verb(left, grammar) if is_verb else _has_pronoun(right, grammar)


def _has_pronoun(text: str, grammar: Grammar) -> bool:
    words = tokens(masked(text), grammar.language)
    return bool(words) and words[0].word in grammar.lists["pronouns"]


def _last_clause(left: str) -> str:
    return re.split(r"[,;]", masked(left))[-1]


def _subject_end(words: tuple[Token, ...], verb: int, grammar: Grammar) -> int:
    """Where the subject ends: before the words that stand before verbs only."""
    while verb > 1 and words[verb - 1].word in grammar.lists["clitics"] | grammar.lists["more_clitics"]:
        verb -= 1
    return words[verb - 1].end


def _can_be_named_again(subject: str, grammar: Grammar) -> bool:
    """Whether a subject can stand in two sentences: a pronoun or a name; 'a singer' would be another one."""
    words = tokens(masked(subject), grammar.language)
    first = words[0].word
    if first in grammar.lists["pronouns"]:
        return len(words) == 1 and first not in ("ce", "c’", "there", "nobody", "man", "niemand", "personne")
    if "_" in masked(subject) or grammar.language == "de":
        return False
    is_noun = first in grammar.lists["definite"] and not grammar.has(subject, "prepositions")
    return is_noun or all(word.has_capital for word in words)


def _stand_alone(parts: Parts, grammar: Grammar) -> bool:
    return all(len(tokens(part, grammar.language)) >= _LEAST_WORDS for part in parts)


def sentence_of(part: str, end: str) -> str:
    """A part as a sentence. Example: ('elle danse', '.') -> 'Elle danse.'"""
    bare = _ENDS.sub("", part.strip())
    first = re.search(r"\w", bare)
    place = first.start() if first and not _QUOTE_BEFORE.search(bare[: first.start()]) else 0
    begun = bare[:place] + bare[place : place + 1].upper() + bare[place + 1 :]
    return begun if re.search(r"[.!?…][»”“\"]?$", begun) else f"{begun}{end}"
