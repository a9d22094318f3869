from bench.answering import time_tutorial
from bench.questions import Asked, spread, warm_ups
from bench.report import IngestRound, Machine, Results, Row, Side, Turn, Work, answer_rows, speed, to_markdown
from bench.run import without_texts
from rag.types import Question


def turn(side: Side, first: float, total: float, evidence: float | None = None) -> Turn:
    return Turn("fr-1", "fr", side, 1, True, first, first, total, evidence, "answered", "Elle chante.")


def results(*turns: Turn) -> Results:
    machine = Machine("a processor", 2, "Linux", "3.11", "2026-01-31", "e5", "qwen")
    rounds = (IngestRound(Work.INGEST, 30, 900, 3.0), IngestRound(Work.EMBED, 30, 900, 2.0))
    return Results(machine, turns, rounds, {Side.TUTORIAL: 2000.0, Side.ACTUCLAIR: 1600.0}, 2500.0)


def asked(question_id: str, language: str) -> Asked:
    return Asked(question_id, Question("Chi canta?", language))


def test_answer_rows_are_medians_of_each_side_and_their_ratio():
    measured = results(
        *(turn(Side.TUTORIAL, first, 12.0) for first in (8.0, 9.0, 40.0)),
        *(turn(Side.ACTUCLAIR, first, 4.0, 0.1) for first in (2.0, 3.0, 30.0)),
    )

    rows = {row.name: row for row in answer_rows(measured)}

    assert rows["first shown sentence (s)"] == Row("first shown sentence (s)", 9.0, 3.0)
    assert rows["first shown sentence (s)"].ratio == 3.0
    assert rows["peak memory, alone (MiB)"].ratio == 1.25


def test_answer_rows_leave_the_ratio_open_where_the_tutorial_shows_nothing():
    rows = {row.name: row for row in answer_rows(results(turn(Side.TUTORIAL, 8, 9), turn(Side.ACTUCLAIR, 2, 3, 0.1)))}

    assert rows["evidence shown (s)"].tutorial is None
    assert rows["evidence shown (s)"].ratio is None


def test_speed_is_the_median_round_of_that_work():
    rounds = [IngestRound(Work.EMBED, 30, 600, seconds) for seconds in (1.0, 3.0, 2.0)]

    assert speed([*rounds, IngestRound(Work.INGEST, 30, 600, 60.0)], Work.EMBED) == (15.0, 300.0)


def test_markdown_shows_the_ratios_the_machine_and_how_answers_ended():
    shown = to_markdown(results(turn(Side.TUTORIAL, 9, 12), turn(Side.ACTUCLAIR, 3, 4, 0.1)))

    assert "| first shown sentence (s) | 9.00 | 3.00 | 3.00 |" in shown
    assert "| ingest / embedder | 67 % | 67 % |" in shown
    assert "a processor, 2 cores" in shown
    assert "1 answered" in shown


def test_spread_takes_questions_of_all_languages_at_even_distances():
    questions = [asked(f"{language}-{n}", language) for language in ("fr", "en", "it", "es", "de") for n in range(4)]

    chosen = spread(questions, 5)

    assert [entry.id for entry in chosen] == ["fr-0", "en-0", "it-0", "es-0", "de-0"]
    assert len(spread(questions, 50)) == 20


def test_warm_ups_are_the_first_unmeasured_question_of_each_measured_language():
    questions = [asked("fr-1", "fr"), asked("it-1", "it"), asked("it-2", "it"), asked("de-1", "de")]

    chosen = [questions[1]]

    assert [entry.id for entry in warm_ups(questions, chosen)] == ["it-2"]


def test_time_tutorial_takes_an_answer_without_a_full_stop_as_one_sentence():
    measured = time_tutorial(asked("it-1", "it"), 1, iter(["", "Non lo", " so"]), own=False)

    assert measured.first_sentence_s == measured.total_s
    assert measured.text == "Non lo so"


def test_a_baseline_keeps_the_figures_and_no_word_of_an_article():
    measured = results(turn(Side.TUTORIAL, 8, 9), turn(Side.ACTUCLAIR, 2, 3, 0.1))

    kept = without_texts(measured)

    assert [each.text for each in kept.turns] == ["", ""]
    assert answer_rows(kept) == answer_rows(measured)
