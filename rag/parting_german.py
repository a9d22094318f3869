"""German clauses whose verb stands last -> sentences with the verb in second place. Knows grammar only."""

import re

from rag.grammar import Grammar, masked, tokens
from rag.wording import mentions

_POINTING = {"der": "Dieser", "die": "Diese", "das": "Dieses"}
_ARTICLES = {"der": ("ein", "einen"), "die": ("eine",), "das": ("ein",)}


def at_german_reasons(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Before a reason with a pronoun. Example: 'Er singt, weil er traurig ist.' -> 'Denn er ist traurig.'"""
    found = re.search(r",\s(?P<word>weil)\s(?P<who>er|sie|es|wir|ich|man)\s(?P<rest>[^,;:]+?)[.!]?$", masked(text))
    if grammar.language != "de" or found is None:
        return None
    left, rest = text[: found.start()], text[slice(*found.span("rest"))]
    moved = _with_verb_first(rest, grammar)
    if not moved or grammar.opens(left) or not grammar.verbs_in(left) or mentions(left, "de", "not"):
        return None
    return left, f"Denn {found['who']} {moved}"


def at_german_relatives(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Behind the last noun. Example: 'Das ist ein Lied, das alle kennen.' -> 'Dieses Lied kennen alle.'"""
    found = re.search(
        r"(?P<article>[Ee]ine?n?)\s(?:[a-zäöüß]+\s)?(?P<noun>[A-ZÄÖÜ][\w-]+),\s(?P<who>der|die|das)\s(?P<rest>[^,;:]+?)[.!]?$",
        masked(text),
    )
    if grammar.language != "de" or found is None or found["article"].lower() not in _ARTICLES[found["who"]]:
        return None
    if found["who"] == "der" and found["noun"].endswith("en"):  # 'einen Menschen, der': another form of the noun
        return None
    left, rest = text[: found.end("noun")], text[slice(*found.span("rest"))]
    before = text[: found.start("article")]
    is_real = grammar.tells_of_what_is_there(before) and not grammar.opens(before) and not mentions(before, "de", "not")
    moved = _with_verb_first(rest, grammar)
    return (left, f"{_POINTING[found['who']]} {found['noun']} {moved}") if is_real and moved else None


def around_german_relatives(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Behind the subject. Example: 'Jo Bauer, der hier lebt, singt.' -> 'Jo Bauer lebt hier.', 'Jo Bauer singt.'

    'die' may be the object of what follows, unless a preposition does.
    """
    found = re.match(
        r"(?P<subject>(?:(?:Der|Die|Das)\s)?[A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)?),\s(?P<who>der|die|das)\s(?P<aside>[^,;:]+),"
        r"\s(?P<rest>[^\s]+\s.+)$",
        masked(text),
    )
    if grammar.language != "de" or found is None or grammar.behind_clitics(found["rest"]) < 0:
        return None
    subject, aside = text[slice(*found.span("subject"))], text[slice(*found.span("aside"))]
    is_subject = found["who"] == "der" or tokens(masked(aside), "de")[0].word in grammar.lists["prepositions"]
    moved = _with_verb_first(aside, grammar)
    if not is_subject or not moved or not re.match(r"(?!Eine?\s|Keine?\s|Jede)\S+\s", subject):
        return None
    return f"{subject} {moved}", f"{subject} {text[found.start('rest') :]}"


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
