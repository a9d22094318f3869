"""Does a question lean on what was said before, and on what of it? Knows small words of five languages, no answers.

There is no grammar here, only lists: a pronoun is known, the verb beside it is not.
"""

from collections.abc import Sequence
from enum import Enum, auto

from rag.asking.small_words import Word, covered, is_content, read_words, spoken, word_lists

_SHORT = 2  # content words: with an opening such as 'and', so few do not make a topic of their own
_LONGEST_ELLIPSIS = 4  # words: 'in the United Kingdom'


class Leaning(Enum):
    """What a question needs to be understood."""

    NOTHING = auto()
    TOPIC = auto()  # whom or what the last question was about: 'Where does she live?'
    QUESTION = auto()  # the last question: 'Why?', 'And in Italy?'


def leaning(text: str, language: str) -> Leaning:
    """What a question needs of what was said before.

    Example: 'et lui ?', 'fr' -> TOPIC; 'et en Italie ?', 'fr' -> QUESTION; 'Et Deezer, il paie ?', 'fr' -> NOTHING
    """
    language = spoken(text, language)
    lists, words = word_lists(language), read_words(text, language)
    if _asks_nothing_more(words, language):
        return Leaning.NOTHING
    inert = covered(words, language, "impersonal") | covered(words, language, "opening_phrases")
    content = [at for at, word in enumerate(words) if at not in inert and is_content(word, language)]
    after = after_opening(words, language)
    if _refers_back(words, inert, language):
        return Leaning.TOPIC
    if after and _is_verbless(words[after:], language):
        return Leaning.QUESTION
    if any(words[at].may_be_name for at in content):
        return Leaning.NOTHING
    persons = any(word.plain in lists["persons"] for word in words)
    if not content:
        explained = any(word.plain in lists["explaining"] for word in words)
        return Leaning.QUESTION if explained or not persons else Leaning.NOTHING
    lacks = (after and len(content) <= _SHORT) or _lacks_subject(words, content, inert, language)
    return Leaning.TOPIC if lacks and not persons else Leaning.NOTHING


def after_opening(words: Sequence[Word], language: str) -> int:
    """How many words open a question by going on with what was said; 0 when it does not."""
    lists = word_lists(language)
    at, opens = 0, False
    while at < len(words) and (
        not words[at].plain.isalnum() or words[at].plain in lists["openings"] | lists["fillers"]
    ):
        opens = opens or words[at].plain in lists["openings"]
        at += 1
    phrase = covered(words[at:], language, "opening_phrases")
    if 0 in phrase:
        return at + max(phrase) + 1
    return at if opens else 0


def _asks_nothing_more(words: Sequence[Word], language: str) -> bool:
    chatter = word_lists(language)["chatter"]
    return all(w.plain in chatter for w in words if w.plain.isalnum()) or bool(covered(words, language, "complete"))


def _is_verbless(words: Sequence[Word], language: str) -> bool:
    """Whether no more is said than a place or a noun: 'en Italie', 'the other singers'."""
    lists = word_lists(language)
    said = [word for word in words if word.plain.isalnum()]
    small = lists["places"] | lists["one"] | lists["many"]
    content = [at for at, word in enumerate(said) if is_content(word, language)]
    if not content or len(said) > _LONGEST_ELLIPSIS or any(not word.plain.isalnum() for word in words[:-1]):
        return False
    return all(word.plain in small or is_content(word, language) for word in said) and (
        content[0] > 0 or len(said) == 1 or all(word.is_name for word in said)
    )


def _refers_back(words: Sequence[Word], inert: set[int], language: str) -> bool:
    lists = word_lists(language)
    phrases = covered(words, language, "refers") - inert
    pronouns = lists["single"] | lists["any"]
    return any(
        (at in phrases or word.plain in pronouns)
        and not word.is_name
        and not _is_named_before(words, at, inert, language)
        and not _is_named_after(words, at, language)
        for at, word in enumerate(words)
        if at not in inert
    )


def _is_named_before(words: Sequence[Word], at: int, inert: set[int], language: str) -> bool:
    """Whether a word before a pronoun may be what it means: a name, or a noun that is no place and as many."""
    lists = word_lists(language)
    clauses = {number for number in range(at) if words[number].plain in lists["clauses"] | {",", ";", "."}}
    for number in range(at):
        if number in inert or (words[at].plain in lists["objects"] and not any(c > number for c in clauses)):
            continue
        if words[number].may_be_name and is_content(words[number], language):
            return True
        if words[at].plain in lists["pointing"] and at + 1 < len(words) and is_content(words[at + 1], language):
            continue
        single = words[at].plain not in lists["any"]
        if (noun := _noun_after(words, number, language)) is not None and noun < at:
            many = words[number].plain in lists["many"] or words[noun].plain in lists["crowds"]
            many = many or (words[number].plain in lists["subjects_after"] and words[noun].plain.endswith("s"))
            if not (single and many):
                return True
    return False


def _is_named_after(words: Sequence[Word], at: int, language: str) -> bool:
    """Whether a noun set off behind a pronoun says what it means: 'il est où le robot', 'ça sert à quoi, une IA'."""
    lists = word_lists(language)
    for number in range(at + 2, len(words)):
        before = words[number - 1]
        noun = words[number].is_name or _noun_after(words, number, language) is not None
        set_off = before.plain == "," or before.plain in lists["questions"]
        if noun and (set_off or (words[at].plain in lists["neutral"] and is_content(before, language))):
            return True
    return False


def _noun_after(words: Sequence[Word], at: int, language: str) -> int | None:
    """The place of the noun that an article at this place belongs to; behind a preposition it does not count."""
    lists = word_lists(language)
    if words[at].plain not in lists["one"] | lists["many"] | lists["subjects_after"]:
        return None
    if at and words[at - 1].plain in lists["places"]:
        return None
    following = range(at + 1, min(at + 3, len(words)))
    return next((number for number in following if is_content(words[number], language)), None)


def _lacks_subject(words: Sequence[Word], content: Sequence[int], inert: set[int], language: str) -> bool:
    """Whether a question has a verb but nobody who acts: 'Dove vive?', 'Who sings?', '¿Cuántos discos tiene?'."""
    lists = word_lists(language)
    said = [at for at, word in enumerate(words) if word.plain.isalnum() and word.plain not in lists["fillers"]]
    nouns = [at for at in range(len(words)) if _noun_after(words, at, language) is not None]
    if said and words[said[0]].plain in lists["leading"]:
        return len(content) <= _SHORT and not any(at - 1 in content for at in nouns)
    if nouns or not any(words[at].plain in lists["questions"] for at in said):
        return False
    verb_behind_noun = any(at - 1 in content and words[at].plain in lists["leading"] for at in said)
    linked = content[0] > 0 and (words[content[0] - 1].plain in lists["being"] or content[0] - 1 in inert)
    defines = linked and any(words[at].plain in lists["identify"] for at in said[:3])
    return len(content) <= (_SHORT if verb_behind_noun else 1) and not defines
