"""A question that asks how much, how many or what share -> of what, and whether a text tells that. Knows no vectors."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from rag.types import Evidence, Question
from rag.words.counted import Count, counts
from rag.words.counting_words import counting_words, fold
from rag.words.durations import UNITS, durations
from rag.words.quantities import numbers
from rag.words.shares import shares

_HOW_MUCH = re.compile(
    r"\b(?:combien|how (?:many|much)|quant[oaie]|cu[aá]nt[oa]s?|wie ?viele?)\b(?:\s+(?:des?|di|von)\b|\s+d[’'])?",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"\b(?:quel(?:le)?s? (?:est|sont|etait)|what(?: is| are| was|['’]s)|qual(?:e|i)?(?: e| sono|['’]e)|"
    r"cual(?:es)? (?:es|son|era)|was (?:ist|sind)|wie hoch (?:ist|sind|war))(?: \w+['’]?){0,2}?[ '’]$"
)
_SO_MANY = 3456  # stands for the amount that is asked for
_OF_ONE_LANGUAGE = ":"  # stands in the kind of what is counted that is known in no other language
_MONEY = frozenset({"EUR", "USD", "GBP"})


def asks_for_amount(question: Question) -> bool:
    """Whether a question asks how much, how many or what share. Example: 'Quanti lo ascoltano?' -> True"""
    return bool(_HOW_MUCH.search(question.text)) or asks_for_share(question) or _asks_for_price(question)


def asks_for_share(question: Question) -> bool:
    """Whether a question asks what share of something. Example: 'Che percentuale dei brani?' -> True"""
    return _share_asked(question) is not None


def asked_amount(question: Question) -> Count | None:
    """What a question wants to have counted, as if it were told; None where that is no thing known in all languages.

    Example: 'Combien d’abonnés a-t-elle ?' -> a count of kind 'following'; 'Quelle part des titres ?' -> '%songs'
    """
    asked = None if _asks_for_price(question) else _asked(question)  # 'l'abonnement' is paid for, not counted
    return asked if asked and _OF_ONE_LANGUAGE not in asked.kind else None


def tells_amount(question: Question, told: Sequence[Evidence]) -> bool:
    """Whether one of the sentences tells an amount that can be the one asked for; True for other questions.

    Example: 'Combien coûte une place ?', 'Quatre millions de gens chantent.' -> False
    """
    if not asks_for_amount(question):
        return True
    asked = _asked(question)
    return any(_may_tell(question, asked, item.text, item.article.language) for item in told)


def _asked(question: Question) -> Count | None:
    told_so = counts(_told_so(question), question.language)
    return next((count for count in told_so if count.amount == _SO_MANY), None)


def _told_so(question: Question) -> str:
    """The question as if it told what it asks for.

    Example: 'Wie viele hören zu?' -> '3456 hören zu?'; 'What share of songs is new?' -> '3456 % of songs is new?'
    """
    if share := _share_asked(question):
        behind = question.text[share.end() :].strip()
        of = [counting_words(question.language).words["linking"][0], share[1]] if share.lastindex else []
        return " ".join([question.text[: share.start()], f"{_SO_MANY} %", *of, behind])
    return _HOW_MUCH.sub(f"{_SO_MANY} ", question.text)


def _share_asked(question: Question) -> re.Match[str] | None:
    """What asks for a share. Example: 'Quelle part des titres est là ?' -> 'Quelle part'"""
    asking = "|".join(counting_words(question.language).words["share"])
    return re.search(rf"(?<!\w)(?:{asking})(?!\w)", fold(question.text))


def _may_tell(question: Question, asked: Count | None, text: str, language: str) -> bool:
    """By what is asked for: a share, a span of time, a thing known in all languages, money, another thing, or any."""
    if asks_for_share(question):
        return _may_tell_share(asked, question.language, shares(text, language), language)
    told = counts(text, language)
    if _asks_for_price(question):
        return any(count.kind in _MONEY for count in told)
    if spans := _spans(question):
        return bool(spans & durations(text, language)) and bool(numbers(text, language))
    if asked and _OF_ONE_LANGUAGE not in asked.kind:
        return any(count.kind == asked.kind for count in told)
    if _is_about_money(question.text, question.language) and any(count.kind in _MONEY for count in told):
        return True
    if asked is None:
        return not _is_about_money(question.text, question.language) and bool(numbers(text, language))
    if _is_about_money(asked.noun, question.language):
        return False
    if language == question.language:
        return any(count.kind == asked.kind for count in told)
    return any(_OF_ONE_LANGUAGE in count.kind for count in told)


def _may_tell_share(asked: Count | None, asked_in: str, told: Collection[str], language: str) -> bool:
    """Whether shares are told of what is asked for, or of what has no name, or none that is known in both languages."""
    kind = asked.kind.removeprefix("%") if asked else ""
    if not kind or kind in told or "" in told:
        return bool(told)
    return language != asked_in and _OF_ONE_LANGUAGE in kind and any(_OF_ONE_LANGUAGE in other for other in told)


def _spans(question: Question) -> set[str]:
    """The spans of time that can answer. Example: 'Depuis combien de temps ?' -> {'day', 'week', ...}; else {}"""
    words = counting_words(question.language).words["time"]
    if re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", fold(question.text)):
        return set(UNITS)
    return durations(question.text, question.language)


def _asks_for_price(question: Question) -> bool:
    """Whether money is asked for, of whatever. Example: 'Combien coûte une place ?', 'What is his salary?' -> True"""
    lists, folded = counting_words(question.language).words, fold(question.text)
    if _HOW_MUCH.search(question.text) and _begins_a_word(lists["costing"], folded):
        return True
    return any(_WHAT_IS.search(folded[: found.start()]) for found in _beginning(lists["price"]).finditer(folded))


def _is_about_money(asked: str, language: str) -> bool:
    """Whether words are about money. Example: 'Combien d’argent', 'fr' -> True"""
    return _begins_a_word(counting_words(language).words["money"], fold(asked))


def _begins_a_word(beginnings: Sequence[str], folded: str) -> bool:
    return _beginning(tuple(beginnings)).search(folded) is not None


@cache
def _beginning(beginnings: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(beginnings)})")
