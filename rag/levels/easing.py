"""What is too hard for a reader -> the same in easier words, by rules. Knows levels and texts; no model and no search.

An answer is eased until what is measured of it is what its level is like, and no further: each level has its own.
The best quote is always among the easier words: what else there is beside it may be left to the quotes.
"""

from collections.abc import Sequence

from corpus.types import Kind
from rag.checking.grounding import unsupported
from rag.levels.grammar import grammar_of
from rag.levels.held import is_held
from rag.levels.simplifying import simplified
from rag.reading_level import band, level_of, measure
from rag.types import AnswerSentence, Evidence, Question, ReadingLevel, Voice
from rag.words.wording import words

_LEVELS = tuple(ReadingLevel)
_LEAST_EASIER = 2.0  # points of difficulty
_Pieces = tuple[str, ...]


def in_easier_words(
    question: Question, quotes: Sequence[AnswerSentence], evidence: Sequence[Evidence]
) -> tuple[AnswerSentence, ...]:
    """The quotes in easier words, if they are harder than what the reader's level is like, and words are found.

    Only quotes in the reader's language that the news says itself, the best among them; what is easy enough already is
    repeated, so that the whole can be read.
    """
    numbers = [quote.citations[0] for quote in quotes]
    quoted = sorted((item for item in evidence if item.number in numbers), key=lambda item: numbers.index(item.number))
    readable = _in_context([item for item in quoted if _may_be_eased(item, question)])
    if (
        question.level is ReadingLevel.ADULT
        or not readable
        or readable[0] != quoted[0]
        or not _is_too_hard([item.text for item in readable], question)
    ):
        return ()
    block = _Block(question, readable)
    block.ease()
    block.leave_out()
    return tuple(sentence for item in block.items for sentence in block.sentences(item)) if block.is_worth_it else ()


def eased_written(
    question: Question, sentence: AnswerSentence, evidence: Sequence[Evidence]
) -> tuple[AnswerSentence, ...]:
    """A written sentence in easier ones if it is too hard for the reader's level; another kind of sentence as it is.

    Only what the news says itself, so that no part loses its source, and what each part's evidence supports.
    """
    is_news = sentence.is_written and sentence.voice is Voice.NEWS and not is_held(sentence.text, question.language)
    if question.level is ReadingLevel.ADULT or not is_news or not _is_too_hard([sentence.text], question):
        return (sentence,)
    cited = [item for item in evidence if item.number in sentence.citations]
    easiest = simplified(sentence.text, question.language)[-1]
    if not cited or any(any(unsupported(piece, question, cited)) for piece in easiest):
        return (sentence,)
    return tuple(AnswerSentence(piece, sentence.citations, voice=sentence.voice) for piece in easiest)


def _may_be_eased(item: Evidence, question: Question) -> bool:
    """Whether a quote is in the reader's language, and the news says it: somebody's words stay as they are."""
    return (
        item.article.language == question.language
        and item.kind is Kind.NEWS
        and item.voice is Voice.NEWS
        and not item.speaker
    )


def _in_context(items: Sequence[Evidence]) -> list[Evidence]:
    """The quotes without those that begin with a pronoun, unless they stand right behind the sentence they follow."""
    kept: list[Evidence] = []
    for item in items:
        if not _points_back(item) or (kept and _follows(item, kept[-1])):
            kept.append(item)
    return kept


def _points_back(item: Evidence) -> bool:
    first = next(iter(words(item.text)), "")
    grammar = grammar_of(item.article.language)
    is_verb = grammar.drops_pronouns and grammar.behind_clitics(item.text) >= 0  # 'È una cantante.'
    return is_verb or first in grammar.lists["points_back"]


def _follows(item: Evidence, last: Evidence) -> bool:
    between = item.article.text[last.end : item.start]
    return item.article == last.article and last.end <= item.start and not between.strip()


class _Block:
    """Quotes on their way to easier words: how far each has come."""

    def __init__(self, question: Question, items: Sequence[Evidence]):
        self._question = question
        self.items = list(items)
        self._versions = {item.number: _versions(item, question) for item in items}
        self._reached = dict.fromkeys(self._versions, 0)

    @property
    def is_worth_it(self) -> bool:
        """Whether what it says is easier than the quotes by more than nobody notices."""
        quoted = _difficulty([item.text for item in self.items], self._question)
        changed = any(self._reached[item.number] for item in self.items)
        return changed and _difficulty(self._texts(), self._question) <= quoted - _LEAST_EASIER

    def ease(self) -> None:
        """Take one step after the other, each with the quote that is hardest by then, until the level is reached."""
        while _is_too_hard(self._texts(), self._question):
            waiting = [item for item in self.items if self._reached[item.number] + 1 < len(self._versions[item.number])]
            if not waiting:
                return
            hardest = max(waiting, key=lambda item: _difficulty([" ".join(self._pieces(item))], self._question))
            self._reached[hardest.number] += 1

    def leave_out(self) -> None:
        """Leave out what is hardest, but for the best quote, if the rest is inside the band; the quotes stand there."""
        limit = band(self._question.level, self._question.language)
        everything = list(self.items)
        while len(self.items) > 1 and _difficulty(self._texts(), self._question) > limit.high:
            self.items.remove(max(self.items[1:], key=lambda item: _difficulty(self._pieces(item), self._question)))
        if _difficulty(self._texts(), self._question) > limit.high:
            self.items = everything
        self.items = _in_context(self.items)

    def sentences(self, item: Evidence) -> list[AnswerSentence]:
        return [AnswerSentence(piece, (item.number,), voice=item.voice, is_eased=True) for piece in self._pieces(item)]

    def _pieces(self, item: Evidence) -> _Pieces:
        return self._versions[item.number][self._reached[item.number]]

    def _texts(self) -> list[str]:
        return [piece for item in self.items for piece in self._pieces(item)]


def _versions(item: Evidence, question: Question) -> list[_Pieces]:
    """The quote, then each easier version of it that the check of sentences lets through."""
    first, *easier = simplified(item.text, question.language)
    proved = [each for each in easier if not any(any(unsupported(piece, question, [item])) for piece in each)]
    return [first, *proved]


def _is_too_hard(texts: Sequence[str], question: Question) -> bool:
    """Whether texts are likelier to be of a higher level than the one that is asked for."""
    return _LEVELS.index(level_of(_difficulty(texts, question), question.language)) > _LEVELS.index(question.level)


def _difficulty(texts: Sequence[str], question: Question) -> float:
    return measure("\n".join(texts), question.language).difficulty
