"""What is said beside a noun or a name -> a sentence of its own. Knows grammar, not meaning.

Example: 'Ana Ruiz, qui chante, est là.' -> 'Ana Ruiz chante.', 'Ana Ruiz est là.'
"""

import re

from rag.grammar import Grammar, Token, masked, tokens
from rag.wording import mentions

_PARTICLES = ("de", "von", "van", "di", "da", "of", "del", "du")
_OF = ("de", "d’", "du", "des", "del", "di", "della", "dello", "of", "von", "aux", "ai", "agli", "alle", "dei")
_NOUN_WORDS = 4  # 'un programme d’ordinateur', 'a dreamy kind of pop'
_WITH_NAME = r"(?P<name>(?:[^\s,_]+\s){0,4}[^\s,_]+)"


def at_relatives(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Around what is said beside the subject. Example: 'Ana Ruiz, who sings, is here.' -> 'Ana Ruiz sings.', …"""
    for who in sorted(grammar.lists["who"]):
        subject, aside, rest = _beside_subject(text, rf"{who}\s", grammar)
        verb = _first_verb(aside, grammar, who)
        is_person = _is_full_name(subject, grammar) and verb in grammar.lists["person_verbs"]
        if verb and (is_person or _is_subject_of(aside, verb, grammar)) and _agree(subject, verb, grammar):
            return f"{subject} {aside}", f"{subject} {rest}"
    return None


def at_possessions(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Around what is someone's. Example: 'Le club, dont la salle est vide, ferme.' -> 'Sa salle est vide.', …"""
    for whose in grammar.tables["whose"]:
        subject, aside, rest = _beside_subject(text, rf"{whose}\s", grammar)
        article, _, owned = aside.partition(" ")
        if not owned or grammar.verb_place(aside) < 0:
            continue
        several = tokens(subject, grammar.language)[0].word in grammar.lists["plural"]
        own = _own(article.lower(), owned, several)
        if own:
            return f"{subject} {rest}", f"{own} {owned}"
    return None


def at_appositions(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Around what somebody is. Example: 'Ana Ruiz, chanteuse, vit ici.' -> 'Ana Ruiz est chanteuse.', '… vit ici.'"""
    subject, aside, rest = _beside_subject(text, "", grammar)
    words = tokens(masked(aside), grammar.language)
    verb = _first_verb(rest, grammar)
    if not words or not verb or not _is_full_name(subject, grammar):
        return None
    is_role = words[0].word in grammar.lists["roles"] or words[0].word.capitalize() in grammar.lists["roles"]
    if not is_role or grammar.is_past(verb) or re.search(r"\d", aside) or grammar.verbs_in(aside):
        return None
    return f"{subject} {grammar.copula} {aside}", f"{subject} {rest}"


def behind_names(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Without what a name or title stands for, which is told behind. Example: 'Sora, un logiciel.' -> 'Sora est …'"""
    plain = masked(text)
    asides = re.compile(r",\s(?P<aside>[^\W\d_]+[’\s][^,;:]+?)(?P<end>,\s|[.!]?$)")
    for comma in re.finditer(r",\s", plain):
        found = asides.match(plain, comma.start())
        if found is None:
            continue
        named = _name_before(plain[: found.start()], grammar)
        if re.match(r"[«“„\"]\s?[^\WA-ZÀ-Þ]|[(\[]", text[named:]):  # words that somebody says, no title
            continue
        aside, rest = text[slice(*found.span("aside"))], text[found.end() :]
        if not named or not _tells_what(aside, grammar) or grammar.has(text, "gone"):
            continue
        may_be_list = "," in plain[:named] if not rest else not _goes_on(rest, grammar)
        if may_be_list:
            continue
        name, before = text[named : found.start()], text[: found.start()]
        first = f"{before} {rest}" if rest else before
        return first, f"{name} {grammar.copula} {_nominative(aside, grammar)}"
    return None


def behind_nouns(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """Without what is said of the last noun, which is named again. Example: 'a song, which is old' -> 'This song is'"""
    plain = masked(text)
    for who in sorted(grammar.lists["who"]):
        for found in re.finditer(rf"(?P<comma>,?)\s{who}\s", plain):
            left, aside = text[: found.start()], text[found.end() :]
            verb = _first_verb(aside, grammar, who)
            noun = _noun_at_end(left, bool(found["comma"]), grammar)
            if verb and noun and _is_subject_of(aside, verb, grammar) and _agree(noun, verb, grammar):
                return left, f"{noun} {aside}"
    return None


def _beside_subject(text: str, begins: str, grammar: Grammar) -> tuple[str, str, str]:
    """The subject that a sentence begins with, the aside behind it that begins so, and the rest; all '' without one."""
    found = re.match(rf"{_WITH_NAME},\s{begins}(?P<aside>[^,;:]+),\s(?P<rest>.+)$", masked(text))
    if found is None or not _first_verb(found["rest"], grammar) or not _is_subject(found["name"], grammar):
        return "", "", ""
    name, aside, rest = (text[slice(*found.span(group))] for group in ("name", "aside", "rest"))
    return name, aside, rest


def _is_subject(text: str, grammar: Grammar) -> bool:
    """Whether the words at the beginning of a sentence are a name, or a noun that is known."""
    words = tokens(text, grammar.language)
    plain = not any(grammar.is_verb(word.word) or word.word in grammar.lists["opens"] for word in words[1:])
    return plain and (_is_full_name(text, grammar) or (len(words) > 1 and words[0].word in grammar.lists["definite"]))


def _is_full_name(text: str, grammar: Grammar) -> bool:
    words = tokens(masked(text), grammar.language)
    return len(words) > 1 and all(word.has_capital or word.word in _PARTICLES for word in words)


def _first_verb(text: str, grammar: Grammar, who: str = "") -> str:
    """The verb that a text begins with, behind 'who' or not; '' when it begins with something else."""
    place = grammar.behind_who(text, who)
    return tokens(masked(text), grammar.language)[place].word if place >= 0 else ""


def _is_subject_of(aside: str, verb: str, grammar: Grammar) -> bool:
    """Whether 'who' is the subject: in Italian and Spanish, 'que escribió Ana' has another.

    It is if an article follows that has another number than the verb: 'que denuncian la guerra'.
    """
    if not grammar.drops_pronouns or verb in grammar.lists["own_verbs"]:
        return True
    words = tokens(masked(aside), grammar.language)
    place = grammar.behind_clitics(aside) + 1
    if place >= len(words) or words[place].word not in grammar.lists["definite"]:
        return False
    return (words[place].word in grammar.lists["plural"]) != grammar.is_plural(verb)


def _agree(subject: str, verb: str, grammar: Grammar) -> bool:
    """Whether one and one, or several and several, as far as article and verb tell."""
    first = tokens(masked(subject), grammar.language)[0].word
    known = first in grammar.lists["definite"] or first in grammar.tables["indefinite"].values()
    if not known or first in ("the", "his", "her", "its", "their", "leur"):
        return True
    return (first in grammar.lists["plural"]) == grammar.is_plural(verb)


def _own(article: str, owned: str, several: bool) -> str:
    """Example: ('la', 'salle est vide', False) -> 'sa'; ('la', 'école est vide', False) -> 'son'"""
    if article not in ("le", "la", "les"):
        return ""
    if several:
        return "leurs" if article == "les" else "leur"
    has_vowel = re.match(r"(?i)[aeiouyàâéèêëîïôœh]", owned) is not None
    return {"le": "son", "la": "son" if has_vowel else "sa", "les": "ses"}[article]


def _name_before(plain: str, grammar: Grammar) -> int:
    """Where the name or title begins that a text ends with; 0 for none, or where a list or an article stands before."""
    title = re.search(r"(?:^|\s)(_{5,})$", plain)
    words = list(tokens(plain[plain.rfind(",") + 1 :].rjust(len(plain)), grammar.language))
    names: list[Token] = []
    while not title and words and (words[-1].has_capital or (names and words[-1].word in _PARTICLES)):
        names.insert(0, words.pop())
    while names and not names[0].has_capital:
        names.pop(0)
    is_name = title or len(names) > 1 or (names and grammar.is_name(names[0]))
    if not is_name:
        return 0
    start = title.start(1) if title else names[0].start
    before = plain[:start].rstrip()
    last = tokens(before, grammar.language)[-1].word if tokens(before, grammar.language) else ""
    if not title and (last in grammar.lists["determiners"] or last in _OF):  # 'the gorge of the Rhine, a place'
        return 0
    if not start or before.endswith((",", "_")) or last in grammar.lists["and"]:
        return 0
    return start


def _tells_what(aside: str, grammar: Grammar) -> bool:
    """Whether an aside says what something is: an article and a noun, and not when it was."""
    words = tokens(masked(aside), grammar.language)
    allowed = (
        {"l’", "einer"} | set(grammar.tables["indefinite"]) | (grammar.lists["definite"] - grammar.lists["plural"])
    )
    is_time = len(words) > 1 and (words[1].word[0].isdigit() or grammar.has(aside, "times"))
    verbs = grammar.verbs_in(aside)
    has_clause = not verbs or grammar.has(masked(aside)[: verbs[0].start], "relatives")
    is_noun = len(words) > 1 and words[0].word in allowed and has_clause and not is_time
    return is_noun and words[0].word not in ("his", "her", "its", "their", "son", "sa", "su", "leur")


def _goes_on(rest: str, grammar: Grammar) -> bool:
    """Whether the sentence goes on with its verb, or an 'and' and a verb; what else follows may belong to a list."""
    words = rest.split(maxsplit=1)
    joined = len(words) == 2 and words[0].lower() in grammar.lists["and"]
    return bool(_first_verb(words[1] if joined else rest, grammar))


def _nominative(aside: str, grammar: Grammar) -> str:
    return aside.replace("einer ", "eine ", 1) if grammar.language == "de" and aside.startswith("einer ") else aside


def _noun_at_end(left: str, has_comma: bool, grammar: Grammar) -> str:
    """How the noun that a part ends with is named again; '' where it is not certain that there is only one."""
    plain = masked(left)
    words = tokens(plain, grammar.language)
    articles = grammar.lists["definite"] | set(grammar.tables["indefinite"])
    place = next((p for p in range(len(words) - 2, -1, -1) if words[p].word in articles), -1)
    if place < 1 or len(words) - place - 1 > _NOUN_WORDS or "_" in plain[words[place].start :]:
        return ""
    noun, before = left[words[place].end :].strip(), plain[: words[place].start]
    pointing = grammar.tables["indefinite"].get(words[place].word, "")
    is_one = has_comma or (pointing and grammar.tells_of_what_is_there(before))
    if not _is_told_as_a_fact(before, grammar) or not is_one:
        return ""
    if any(
        grammar.is_verb(w.word) or w.word in grammar.lists["and"] | grammar.lists["opens"] for w in words[place + 1 :]
    ):
        return ""
    is_contracted = words[place].word == "des" and not grammar.is_verb(words[place - 1].word)  # 'de' and 'les'
    if (
        is_contracted
        or before.rstrip().endswith(",")
        or "," in plain[words[place].start :]
        or _is_part_of_a_noun(words[:place], grammar)
    ):
        return ""
    return f"{_pointing(pointing, noun)}{noun}" if pointing else left[words[place].start :].strip()


def _is_told_as_a_fact(before: str, grammar: Grammar) -> bool:
    return (
        bool(grammar.verbs_in(before)) and not grammar.opens(before) and not mentions(before, grammar.language, "not")
    )


def _is_part_of_a_noun(words: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a preposition stands before the noun, behind another noun: 'the son of a singer, who' is either."""
    near = [word.word in grammar.lists["prepositions"] for word in words[-2:]]  # 'contre toute la péninsule'
    return any(near) and (len(words) < 2 or not near[-1] or not grammar.is_verb(words[-2].word))


def _pointing(pointing: str, noun: str) -> str:
    """Example: ('ce', 'album') -> 'cet '; ('questo', 'album') -> 'quest’'"""
    has_vowel = re.match(r"(?i)[aeiouyàâéèêëîïôœh]", noun) is not None
    if pointing == "ce" and has_vowel:
        return "cet "
    if pointing in ("questo", "questa") and has_vowel:
        return "quest’"
    return f"{pointing} "
