"""Was an answer right? Pure functions over a question's record and what came back. Knows no models and no files."""

import math
import re
import statistics
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from rag.types import Answer, Status

_Z = statistics.NormalDist().inv_cdf(0.975)  # a 95 % interval leaves out 2.5 % on either side
_LETTERS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "œ": "oe", "æ": "ae", "\u00ad": None})
EVERY_LANGUAGE = "all"


@dataclass(frozen=True)
class EvalQuestion:
    """A question with the articles that hold the answer, by the stems of their files, and what a right answer says.

    Each group of `expected` is met by any one of its terms. An unanswerable question has neither.
    """

    id: str
    question: str
    language: str
    level: str
    answerable: bool
    articles: tuple[str, ...]
    expected: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What was right about an answer; None where the question does not count for a measure."""

    retrieved_first: bool | None = None
    cited_first: bool | None = None
    right: bool | None = None
    right_own: bool | None = None
    refused_wrongly: bool | None = None
    unsure_wrongly: bool | None = None
    refused_rightly: bool | None = None
    answered_wrongly: bool | None = None


@dataclass(frozen=True)
class Result:
    """A question, the article of the first passage retrieved for it ('' for none), its answer and the verdict."""

    asked: EvalQuestion
    first_article: str
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """0 to 100; 0 of nothing."""
        return 100 * self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % score interval of the percentage: Wilson, JASA 22 (1927), p. 209-212.

        (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). Example: 9 of 10 -> (59.6, 98.2)
        """
        if not self.of:
            return 0.0, 100.0
        p, n = self.hits / self.of, self.of
        middle, scale = p + _Z**2 / (2 * n), 1 + _Z**2 / n
        spread = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return 100 * max(0.0, (middle - spread) / scale), 100 * min(1.0, (middle + spread) / scale)


@dataclass(frozen=True)
class Summary:
    """The figures of a group of questions; seconds are medians over all of them, refusals too."""

    answerable: int
    unanswerable: int
    shares: Mapping[str, Share]
    first_sentence_s: float
    total_s: float


def fold(text: str) -> str:
    """Without case, accents, and the differences between apostrophes and between spaces.

    Example: 'L’Été\\u202f: 30\\u00a0%' -> "l'ete : 30 %"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"\s+", " ", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def says(text: str, term: str) -> bool:
    """Whether a folded text holds a term; a term's outer spaces stand for the edge of a word.

    Example: ('Er ist DJ', ' dj') -> True
    """
    return fold(term) in f" {fold(text)} "


def says_what_is_right(asked: EvalQuestion, text: str) -> bool:
    """Whether a text meets every expected group and holds no forbidden term."""
    met = all(any(says(text, term) for term in group) for group in asked.expected)
    return met and not any(says(text, term) for term in asked.forbidden)


def is_right_article(asked: EvalQuestion, article_id: str) -> bool:
    """Whether an article's id begins with the stem of a file that holds the answer."""
    return any(article_id.startswith(stem) for stem in asked.articles)


def first_cited_article(answer: Answer) -> str:
    """The id of the article behind the first mark a reader sees; '' when nothing is cited."""
    articles = {evidence.number: evidence.article.id for evidence in answer.citations}
    return next((articles[number] for sentence in answer.sentences for number in sentence.citations), "")


def judge(asked: EvalQuestion, first_article: str, answer: Answer) -> Verdict:
    """The verdict on an answer. Only its sentences count, not the fixed ones around them."""
    refused = answer.status is Status.NO_EVIDENCE
    if not asked.answerable:
        return Verdict(refused_rightly=refused, answered_wrongly=not refused and not answer.is_unsure)
    said = " ".join(sentence.text for sentence in answer.sentences)
    written = " ".join(sentence.text for sentence in answer.sentences if sentence.is_written)
    right = not refused and says_what_is_right(asked, said)
    return Verdict(
        retrieved_first=is_right_article(asked, first_article),
        cited_first=is_right_article(asked, first_cited_article(answer)),
        right=right,
        right_own=not refused and says_what_is_right(asked, written),
        refused_wrongly=refused,
        unsure_wrongly=answer.is_unsure,
    )


def summarise(results: Sequence[Result]) -> dict[str, Summary]:
    """The figures by language, in the order of the questions, and under `all` those of all."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.asked.language, []).append(result)
    groups[EVERY_LANGUAGE] = list(results)
    return {language: _summarise_group(group) for language, group in groups.items() if group}


def _summarise_group(group: Sequence[Result]) -> Summary:
    verdicts = [asdict(result.verdict) for result in group]
    answerable = sum(result.asked.answerable for result in group)
    return Summary(
        answerable=answerable,
        unanswerable=len(group) - answerable,
        shares={measure: _share(verdict[measure] for verdict in verdicts) for measure in verdicts[0]},
        first_sentence_s=round(statistics.median(result.answer.timings.first_sentence_s for result in group), 2),
        total_s=round(statistics.median(result.answer.timings.total_s for result in group), 2),
    )


def _share(hits: Iterable[bool | None]) -> Share:
    counted = [hit for hit in hits if hit is not None]
    return Share(sum(counted), len(counted))
