"""German clauses whose verb stands last -> sentences with the verb in second place. Knows grammar only."""

import re

from rag.grammar import Grammar, masked, tokens
from rag.held import denies


def at_german_reasons(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Before a reason with a pronoun. Example: 'Er singt, weil er traurig ist.' -> 'Denn er ist traurig.'"""
    found = re.search(r",\s(?P<word>weil)\s(?P<who>er|sie|es|wir|ich|man)\s(?P<rest>[^,;:]+?)[.!]?$", masked(text))
    if grammar.language != "de" or found is None:
        return None
    left, rest = text[: found.start()], text[slice(*found.span("rest"))]
    moved = _with_verb_first(rest, grammar)
    begins = tokens(masked(left), "de")[:1]
    has_subject = begins and begins[0].word in grammar.lists["pronouns"] and grammar.verb_place(left) > 0
    if not moved or not has_subject or "," in left or grammar.opens(left) or denies(left, "de"):
        return None
    return left, f"Denn {found['who']} {moved}"


def has_verb_second(right: str, grammar: Grammar) -> bool:
    """Whether a German clause begins with another word than its subject. Example: 'dort singt er'"""
    words = tokens(masked(right), "de")
    if (
        grammar.language != "de"
        or len(words) < 3
        or words[0].word in grammar.lists["opens"] | grammar.lists["relatives"]
    ):
        return False
    return grammar.is_verb(words[1].word) and words[2].word in grammar.lists["pronouns"]


def _with_verb_first(rest: str, grammar: Grammar) -> str:
    """Example: 'alle kennen' -> 'kennen alle'; '' where the last word is not the only finite verb."""
    words = tokens(masked(rest), "de")
    verbs = grammar.verbs_in(rest)
    if not words or [verb.start for verb in verbs] != [words[-1].start] or "_" in masked(rest)[words[-1].start :]:
        return ""
    return f"{rest[words[-1].start :].strip()} {rest[: words[-1].start].strip()}".strip()
