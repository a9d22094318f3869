"""An answer -> what helps to understand it: difficult words explained, questions to test oneself, what to read next.

Knows no page and no language model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.types import Article
from rag.study.counterparts import Counterpart, Counterparts
from rag.study.difficult_words import DifficultWord, difficult_words
from rag.study.explaining_sentences import ExplainingSentences
from rag.study.quiz import QuizQuestion, make_quiz
from rag.types import Answer


@dataclass(frozen=True)
class Study:
    """The difficult words of an answer, by the text they stand in, and a few questions about its evidence.

    `easier` and `deeper` are articles about the same event for younger and older readers, by the id of one it cites.
    """

    words: Mapping[str, tuple[DifficultWord, ...]] = field(default_factory=dict)
    quiz: tuple[QuizQuestion, ...] = ()
    easier: Mapping[str, Article] = field(default_factory=dict)
    deeper: Mapping[str, Article] = field(default_factory=dict)


NO_STUDY = Study()


def study(answer: Answer, sentences: ExplainingSentences, counterparts: Counterparts) -> Study:
    """Words of what is written and of the quotes, explained in the reader's language, and up to three questions.

    Articles to read next are in the reader's language, or else in that of the one that is cited.
    """
    reader, level = answer.question.language, answer.question.level
    texts = {sentence.text: reader for sentence in answer.sentences if not sentence.is_quote}
    texts |= {evidence.text: evidence.article.language for evidence in answer.citations}
    known = sentences.now()
    words = {text: difficult_words(text, language, level, reader, known) for text, language in texts.items()}
    cited = {evidence.article.id: evidence.article for evidence in answer.citations}.values()
    easier = {article.id: _first(counterparts.simpler(article), article, reader) for article in cited}
    deeper = {article.id: _first(counterparts.deeper(article), article, reader) for article in cited}
    return Study(words, make_quiz(answer.citations, reader, level), _known(easier), _known(deeper))


def _first(found: Sequence[Counterpart], article: Article, reader: str) -> Article | None:
    languages = (reader, article.language)
    readable = [each.article for each in found if each.article.language in languages]
    return min(readable, key=lambda each: languages.index(each.language), default=None)


def _known(found: Mapping[str, Article | None]) -> dict[str, Article]:
    return {id_: article for id_, article in found.items() if article}
