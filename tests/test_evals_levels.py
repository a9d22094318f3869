"""The figures about levels: what counts inside the band, apart from quotes, and what gets harder by level."""

from dataclasses import replace

from page_turns import evidence_of

from evals.compare_levels import described
from evals.level_answers import judge, render, shares
from rag.types import Answer, AnswerSentence, Question, Readability, ReadingLevel, Status, Timings

EASED = AnswerSentence("Il robot canta.", (1,), is_eased=True)
QUOTE = AnswerSentence("«Il cowboy non esiste.»", (1,), is_quote=True)


def answer(level: ReadingLevel, difficulty: float, *sentences: AnswerSentence, language: str = "it") -> Answer:
    measured = Readability(1, 3.0, 0.0, 3.0, difficulty=difficulty, level=level, margin=9.0)
    question = Question("Chi canta?", "it", level)
    status = Status.QUOTED if sentences else Status.NO_EVIDENCE
    found = (evidence_of(1, language=language),) if sentences else ()
    return Answer(question, status, "", sentences, found, Timings(0, 0, 0), measured)


def told(*difficulties: float) -> list[Answer]:
    return [answer(level, each, EASED, QUOTE) for level, each in zip(ReadingLevel, difficulties, strict=True)]


def test_answers_in_easier_words_and_those_that_only_quote_are_counted_apart():
    figures = shares(
        [
            judge("q1", answer(ReadingLevel.CHILD, 20.0, EASED, QUOTE)),
            judge("q2", answer(ReadingLevel.CHILD, 90.0, QUOTE)),
            judge("q3", answer(ReadingLevel.CHILD, 0.0)),
        ]
    )

    assert (figures["inside, eased: child"]["it"].hits, figures["inside, eased: child"]["it"].of) == (1, 1)
    assert (figures["inside, quoted: child"]["all"].hits, figures["inside, quoted: child"]["all"].of) == (0, 1)
    assert figures["inside, all: child"]["all"].of == 2


def test_quotes_in_another_language_are_not_measured():
    assert shares([judge("q1", answer(ReadingLevel.TEEN, 30.0, QUOTE, language="fr"))]) == {}


def test_a_question_gets_harder_strictly_or_at_least_never_easier():
    rising = [judge("q1", each) for each in told(10, 20, 30, 40)]
    level = [judge("q2", each) for each in told(10, 20, 20, 40)]
    falling = [judge("q3", each) for each in told(10, 30, 20, 5)]

    figures = shares([*rising, *level, *falling])

    assert figures["harder from level to level: strictly"]["it"].hits == 1
    assert figures["harder from level to level: never easier"]["it"].hits == 2
    assert figures["harder from level to level: child < adult"]["all"].hits == 2


def test_table_shows_counts_shares_intervals_and_the_difference_from_the_baseline():
    figures = shares([judge("q1", answer(ReadingLevel.CHILD, 20.0, EASED, QUOTE))])

    table = render(figures, {"inside, all: child": {"it": [1, 2]}})

    assert "| inside, all: child | 1/1 100 % (21–100) | 1/1 100 % (21–100) +50 |" in table


def test_comparison_tells_level_figure_and_what_is_read_first():
    lines = "".join(described(answer(ReadingLevel.CHILD, 20.0, EASED, QUOTE)))
    quoted = "".join(described(replace(answer(ReadingLevel.CHILD, 80.0, QUOTE))))

    assert "child** · 20 ± 9, inside" in lines and "Il robot canta." in lines and "cowboy" not in lines
    assert "outside" in quoted and "> «Il cowboy non esiste.»" in quoted
