"""Who says a sentence of an article: the news itself, a person, an opinion, a reader. Knows words, not what is true.

Speech is found by quotation marks and by the words that report it, not by meaning. Who speaks is told only when the
words beside them say so: a wrong name would be worse than none.
"""

import re
from dataclasses import dataclass

from corpus.sentences import split_sentences
from corpus.types import Kind
from rag.phrases import phrase
from rag.types import Voice
from rag.words.voice_patterns import NAME, NAME_WORD, WORD, Rules, rules_of

_TWO_NAMES = rf"{NAME_WORD}\s{NAME_WORD}"
_QUOTATION = re.compile(r"«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_CLOSINGS = {"«": "»", "„": "“”", "“": "”", '"': '"'}
_LEAST_QUOTED = 4  # words, and as many as stand around them; fewer may be a term or a title
_LONGEST_SPEAKER = 9  # words
_NEAR, _JUST_BEFORE = 40, 8  # characters in front of a verb that its subject, or its negation, stands in
_LOOKED_BACK = 2000  # characters of the paragraph before
_END = re.compile(r"[\s.!…]*?(?P<closing>\s?[»”“\"])?[\s.!…]*$")


@dataclass(frozen=True)
class Said:
    """The voice of a sentence, and who speaks, as written in the article's `language`; '' when it is not told."""

    voice: Voice
    speaker: str = ""
    language: str = ""


def who_says(text: str, before: str, kind: Kind, language: str) -> Said:
    """Who says a sentence of an article; `before` is the article's text in front of it.

    Example: ('« On chante », explique Léa.', '', Kind.NEWS, 'fr') -> Said(Voice.SPEECH, 'Léa', 'fr')
    """
    if kind is not Kind.NEWS:
        return Said(Voice(kind.value), language=language)
    rules = rules_of(language)
    told = _plain(before)
    last, opened = Said(Voice.NEWS), ""
    for sentence in split_sentences(told.rpartition("\n")[2][-_LOOKED_BACK:], language):
        last, opened = _read(sentence.text, last, rules, opened, told)
    return _read(_plain(text), last, rules, opened, told)[0]


def attributed(text: str, said: Said, language: str) -> str:
    """A written sentence with its voice marked, unless it names the speaker or reports somebody's words itself.

    Example: ('Les robots chanteront tous.', Said(Voice.SPEECH, 'Ana Ruiz', 'es'), 'fr')
    -> 'Les robots chanteront tous, selon Ana Ruiz.'
    """
    if said.voice not in (Voice.SPEECH, Voice.OPINION) or _marked(text, said, language):
        return text
    unended = _END.sub(lambda end: end["closing"] or "", text, count=1)
    return f"{unended}{_ending(said, language)}."


def _marked(text: str, said: Said, language: str) -> bool:
    """Whether a sentence needs no mark, or can have none: a question, or nothing at all."""
    name = _last_name(said.speaker)
    return (
        not re.search(r"\w", text)
        or text.rstrip(' \u00a0»”“"').endswith("?")
        or (name != "" and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", _plain(text)) is not None)
        or any(_ending(mark, language) in text for mark in (said, Said(Voice.OPINION)))
        or who_says(text, "", Kind.NEWS, language).voice is Voice.SPEECH
    )


def _ending(said: Said, language: str) -> str:
    """Example: (Said(Voice.SPEECH, 'Le directeur', 'fr'), 'fr') -> ', selon le directeur'"""
    if said.voice is Voice.OPINION:
        return phrase(language, "voice_opinion")
    speaker = _speaker_in(said, language)
    return phrase(language, "voice_speech").format(speaker=speaker) if speaker else phrase(language, "voice_unnamed")


def _speaker_in(said: Said, language: str) -> str:
    """The speaker for a sentence in a language: a description only in its own, else the name in it.

    Example: (Said(Voice.SPEECH, 'Il cantante Ugo Neri', 'it'), 'en') -> 'Ugo Neri'
    """
    described = rules_of(said.language).determiners.match(said.speaker)
    if described is None:
        return said.speaker
    if said.language == language:
        return said.speaker[:1].lower() + said.speaker[1:]
    return _last_name_run(said.speaker) if said.language != "de" else ""


def _last_name_run(speaker: str) -> str:
    found = re.search(rf"(?:^|\s){NAME}$", speaker)
    return found.group().strip() if found else ""


def _last_name(speaker: str) -> str:
    words = [word for word in speaker.split() if re.match(NAME_WORD, word)]
    return words[-1] if words else ""


def _read(text: str, last: Said, rules: Rules, opened: str, told: str) -> tuple[Said, str]:
    """Who says a sentence behind `last` and the quotation mark `opened`, and the mark that it leaves open itself."""
    left_open = _left_open(opened + text)
    outside = _QUOTATION.sub(_blank, opened + text)[len(opened) :]
    for match in (match for pattern in rules.named for match in pattern.finditer(outside)):
        if _reports(match, rules):
            return Said(Voice.SPEECH, _speaker(match, last.speaker, rules, told), rules.language), left_open
    quoted = [match.group() for match in _QUOTATION.finditer(opened + text) if opened or _is_speech(match.group())]
    spoken = sum(len(re.findall(WORD, words)) for words in quoted)
    around = len(re.findall(WORD, _QUOTATION.sub("", opened + text)))
    own = rules.own.search(outside)
    if own or spoken >= (1 if opened else max(_LEAST_QUOTED, around)):
        others = around > 1 and (not own or re.search(_TWO_NAMES, outside))
        return Said(Voice.SPEECH, "" if others else last.speaker, rules.language), left_open
    judged = quoted and rules.judges.search(outside)
    if judged or any(_reports(match, rules) for pattern in rules.unnamed for match in pattern.finditer(outside)):
        return Said(Voice.SPEECH, "", rules.language), left_open
    return Said(Voice.NEWS, "", rules.language), left_open


def _reports(match: re.Match[str], rules: Rules) -> bool:
    """Whether somebody says something: no thing, as in 'the song says that', and not 'has never said that'.

    What stands behind a preposition, an 'and' or another name is no subject, or only a part of one.
    """
    text, groups = match.string, match.groupdict()
    if groups.get("subject"):
        ahead = text[: match.start("subject")]
        if re.search(rf"(?<!\w)(?i:{rules.prepositions})\s$|[A-ZÀ-Þ][\w’]*\s$", ahead):
            return False
    who = groups.get("who") or groups.get("subject") or text[max(0, match.start() - _NEAR) : match.end()]
    verb = text[max(0, match.start() - _JUST_BEFORE) : match.end()]
    return not (rules.things.search(who) or rules.negations.search(verb))


def _speaker(match: re.Match[str], last: str, rules: Rules, told: str) -> str:
    """The speaker as written; for 'he' and 'she' the speaker of the sentence before; '' for 'some'.

    One word with a capital at the beginning is only a name when it has one elsewhere too.
    """
    group = "subject" if match.groupdict().get("subject") else "who"
    who = match[group].strip()
    if rules.pronouns.fullmatch(who):
        return last
    cut_off = re.search(rf"(?<!\w)(?i:{rules.prepositions})$|’s$", who)
    if rules.indefinite.match(who) or cut_off or len(who.split()) > _LONGEST_SPEAKER:
        return ""
    if match.start(group) > 0 or rules.determiners.match(who):
        return who
    if starter := rules.starters.match(who):
        return who[starter.end() :]
    elsewhere = rf"(?:[\w,;:(]\s|[«“„’]\s?){re.escape(who)}(?!\w)"
    return who if " " in who or re.search(elsewhere, told) else ""


def _is_speech(quoted: str) -> bool:
    """Whether words in quotation marks can be said by somebody: a title has capitals, a term is short."""
    words = re.findall(WORD, quoted)
    return len(words) > 1 and sum(word[0].islower() for word in words) * 2 >= len(words)


def _blank(quotation: re.Match[str]) -> str:
    """As long, with its marks, but without its words: what somebody quotes in turn is not what is asked for.

    Example: '« Il dit oui. »' -> '«_____________»'
    """
    words = quotation.group()
    closed = len(words) > 1 and words[-1] in _CLOSINGS[words[0]]
    return words[0] + "_" * (len(words) - 1 - closed) + words[-1:] * closed


def _left_open(text: str) -> str:
    """Example: 'Il dit : « On chante.' -> '«'"""
    quotations = [match.group() for match in _QUOTATION.finditer(text) if match.end() == len(text)]
    if not quotations or (len(quotations[0]) > 1 and quotations[0][-1] in _CLOSINGS[quotations[0][0]]):
        return ""
    return quotations[0][0]


def _plain(text: str) -> str:
    """With one kind of apostrophe and of space, letter for letter."""
    return re.sub(r"[\u00a0\u202f]", " ", text.replace("'", "’"))
