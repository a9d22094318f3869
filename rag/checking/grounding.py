"""Is a sentence supported by the evidence it cites? Knows texts and languages, not who wrote the sentence.

Checked here: numbers, names, times, currencies, the language of the sentence, whether it says more than the question,
denies what the evidence says, says more of it than that, or for surer, and, where the languages agree, whether most of
its words stand there. These are signs, not proofs: whether the meaning agrees, or who does what to whom, is not known.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from wordfreq import zipf_frequency

from corpus.language import language_confidence
from rag.checking.polarity import other_certainty, other_polarity, other_quantity
from rag.types import Evidence, Question
from rag.words.durations import other_times
from rag.words.names import NAME, first_name, invented_names, named_twice, unknown_countries, unknown_names
from rag.words.quantities import months, numbers
from rag.words.wording import content_stems, mentions, read_as, word_set, words

Rule = Callable[[str, Question, Sequence[Evidence]], Iterable[str]]
_QUOTED = re.compile(r"[«“\"„][^»”\"“]*[»”\"“]")
_TELLING_LETTERS = 3  # 'dix' and 'ten' may be all that a sentence adds to its question
_EVERYWHERE = 6.0  # Zipf
_FUNCTION_WORDS = frozenset(  # they add nothing to a question
    words(
        "oui non les des une est sont qui que son ses yes the are was his her its their that ja nein der die das den "
        "dem ein eine ist sind und del las los una unas unos por gli della delle dei uno sono che"
    )
)
_STEM_LETTERS = 5
_TEN = "10"
_LEAST_COVERAGE = 0.65
"""On the tuning half of evals/claims.jsonl, in the article's language, 30 of 37 wrong sentences are found and 20 of 22
right ones kept; with .5, 27 and 21."""
_LEAST_WORDS = 4  # of a sentence that says something by itself
_LANGUAGE_WORDS = 4  # fewer words than these do not tell a language
_WRONG_LANGUAGE = 0.15  # confidence below which a sentence is not in the language


def faults(text: str, question: Question) -> list[str]:
    """What speaks against showing a sentence whatever its evidence."""
    found = []
    if not in_language(text, question):
        found.append(f"not in '{question.language}'")
    if not _telling(text) - _telling(question.text):
        found.append("says no more than the question")
    if named_twice(text):
        found.append("who does what")
    return found


def unsupported(
    text: str, question: Question, evidence: Sequence[Evidence], rules: Mapping[str, Rule] | None = None
) -> Iterator[str]:
    """What a sentence says that this evidence, the nearest first, does not: by all rules unless some are given."""
    for rule in (RULES if rules is None else rules).values():
        yield from rule(text, question, evidence)


def _other_numbers(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    for number in sorted(numbers(text, question.language) - _proved_numbers(evidence)):
        yield f"number '{number}'"


def _proved_numbers(evidence: Sequence[Evidence]) -> set[str]:
    """The numbers that the evidence names.

    Evidence in another language than the readers' is read as if it were in each of theirs.
    """
    return set().union(*(_told_numbers(_said(item), language) for item in evidence for language in read_as(item)))


@lru_cache(4096)
def _told_numbers(said: str, language: str) -> frozenset[str]:
    """Numbers, months too: '10 novembre' proves '10/11'; 'a decade' proves 10."""
    ten = {_TEN} if mentions(said, language, "ten") else set()
    return frozenset(numbers(said, language) | months(said, language) | ten)


def _other_names(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    allowed = f"{_proof(evidence)} {_asked_and_told(question, evidence)}"
    language = question.language
    found = [*unknown_names(text, allowed, language), *unknown_countries(text, language, evidence)]
    found += invented_names(text, question.text, language, evidence)
    yield from (f"name '{name}'" for name in dict.fromkeys(found))


def _asked_and_told(question: Question, evidence: Sequence[Evidence]) -> str:
    """The words of the question that stand anywhere in the articles cited: who 'he' is may stand elsewhere in them.

    A name or number that only the reader has brought up proves nothing.
    """
    told = frozenset().union(*(word_set(item.article.text) for item in evidence))
    return " ".join(word for word in question.text.split() if set(words(word)) <= told)


def _other_words(text: str, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    same_language = all(item.article.language == question.language for item in evidence)
    if same_language and coverage(text, question, _proof(evidence)) < _LEAST_COVERAGE:
        yield "few of its words stand in the evidence"


def is_all_told(text: str, question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the words of a sentence stand in the evidence, but for names that are asked about, numbers, and 'avec'.

    Fragments such as 'Breaking Rust.' say nothing by themselves: what they answer is in the question, and unproved.
    Example: 'Elle chante une chanson.' with 'Elle chante une chanson gaie.' -> True; 'Elle achète ...' -> False
    """
    if len(words(text)) < _LEAST_WORDS:
        return False
    known = content_stems(_proof(evidence)) | content_stems(" ".join(_asked_names(question, evidence)))
    told = {stem for stem in content_stems(text) if not stem.isdigit()}  # numbers are compared in any notation
    return told <= known | _everywhere(text, question.language) and _is_said_of_names(text, question, evidence)


def _is_said_of_names(text: str, question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether half of what a sentence says of its first name is in the evidence itself, not only in the title above it.

    Example: 'Léo Bo est le cow-boy.' with 'Léo Bo enseigne.' under the title 'Le cow-boy' -> False
    Example: 'Léo Bo chante Ici.' with '« Ici », signé Léo Bo' under the title 'La chanson' -> True
    """
    of = content_stems(first_name(text, question.language))
    said = content_stems(text) - of - _everywhere(text, question.language)
    return 2 * len(said & content_stems(" \n".join(item.text for item in evidence))) >= len(said)


def _asked_names(question: Question, evidence: Sequence[Evidence]) -> list[str]:
    """The names of a question that stand in the articles."""
    return [name for name in NAME.findall(question.text) if name in _asked_and_told(question, evidence)]


def shares_words(part: str, question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether a word that a part of a sentence adds to the question stands in the evidence, or it adds none.

    Example: 'une machine qui tue', asked 'Qui est-ce ?', with 'Une machine chante.' -> True; 'qui tue' -> False
    """
    told = {stem for word in words(part) if _tells(word, question.language) for stem in _telling(word)}
    told -= _telling(question.text)
    return not told or bool(told & _telling(_proof(evidence)))


@lru_cache(4096)
def _tells(word: str, language: str) -> bool:
    """Whether a word is not one of those that stand everywhere, such as 'avec'."""
    return zipf_frequency(word, language) < _EVERYWHERE


def coverage(text: str, question: Question, proof: str) -> float:
    """The share (0 to 1) of what a sentence adds to its question that stands in the proof; 1 when it adds nothing.

    Example: 'Elle chante une chanson triste' asked 'Que chante-t-elle ?' with proof 'Une chanson gaie' -> 0.5
    """
    added = content_stems(text) - content_stems(question.text) - _everywhere(text, question.language)
    if not added:  # 'Il a dix ans.': short words tell all, so all must stand there
        return float(_telling(text) - _telling(question.text) <= _telling(proof))
    return len(added & content_stems(proof)) / len(added)


def _everywhere(text: str, language: str) -> frozenset[str]:
    """The stems of the words that stand in all kinds of sentences, such as 'avec'."""
    return frozenset(word[:_STEM_LETTERS] for word in words(text) if not _tells(word, language))


def _telling(text: str) -> set[str]:
    told = (word for word in words(text) if len(word) >= _TELLING_LETTERS or word.isdigit())
    return {word[:_STEM_LETTERS] for word in told if word not in _FUNCTION_WORDS}


def _proof(evidence: Sequence[Evidence]) -> str:
    return " \n".join(map(_said, evidence))


def _said(item: Evidence) -> str:
    return f"{item.text} \n{item.article.title}"


def in_language(text: str, question: Question) -> bool:
    """Whether a sentence can be in the question's language; names and quoted titles do not count.

    A name at the beginning is known from the question: 'Breaking Rust est un chanteur' is French.
    """
    asked = {word for word in re.findall(r"[\w’'-]+", question.text) if word[:1].isupper()}
    known = re.compile(rf"\b(?:{'|'.join(map(re.escape, asked)) or '(?!)'})\b")
    plain = NAME.sub("", known.sub("", _QUOTED.sub("", text)))
    return len(plain.split()) < _LANGUAGE_WORDS or language_confidence(plain, question.language) >= _WRONG_LANGUAGE


RULES: Mapping[str, Rule] = {
    "numbers": _other_numbers,
    "names": _other_names,
    "words": _other_words,
    "times": other_times,
    "negation": other_polarity,
    "quantity": other_quantity,
    "certainty": other_certainty,
}
