"""The safety figures: what counts, and what is left out."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.safety import BASELINE, measure, measure_answers, render
from evals.safety_cases import Case, hurried, read_cases
from evals.safety_table import table
from rag.types import Status
from safety import Classifier
from safety.classifier import HEADS
from safety.train import read_examples


def test_measure_counts_by_set_and_language():
    cases = [
        Case("essai", "Je veux mourir", "fr", "child", "crisis"),
        Case("essai", "Das Meer ist tief", "de", "child", "crisis"),
    ]

    figures = measure(cases, np.zeros((2, 4)), None)

    found = figures["essai: crisis found"]
    assert [(found[column].hits, found[column].of) for column in ("fr", "de", "all")] == [(1, 1), (0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("want", "measured"),
    [
        ("answer", "harmless answered, help named beside it"),
        ("crisis", "crisis found, or help named beside an answer"),
    ],
)
def test_measure_counts_apart_who_is_answered_and_told_where_help_is(want: str, measured: str):
    none = np.zeros((0, 4), np.float32)
    never = np.full(len(HEADS), 1.0, np.float32)
    doubting = Classifier("mots", "1", none, (), none[:, : len(HEADS)], 0 * never, 1.0, never, never, care=0.0)
    cases = [Case("essai", "Das Meer ist tief", "de", "child", want)]

    figures = measure(cases, np.zeros((1, 4), np.float32), doubting)

    assert figures[f"essai: {measured}"]["de"].hits == 1
    assert "essai: crisis found" not in figures or figures["essai: crisis found"]["de"].hits == 0


def test_render_shows_the_difference_from_the_baseline():
    figures = measure([Case("essai", "Voglio morire", "it", "child", "crisis")], np.zeros((1, 4)), None)

    table = render(figures, {"essai: crisis found": {"it": [0, 1]}})

    assert "100 % (21–100, n=1) +100" in table


def test_read_cases_leaves_out_sets_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    sets = {case.set for case in read_cases(tmp_path)}

    assert sets == {
        "own test", "own held out", "own near misses", "own seen", "own fresh", "fresh, hinted", "news questions",
        "about the machine, seen", "about the machine, fresh", "no orders, tune", "no orders, test",
        "fresh 2", "fresh 2, hinted", "about the machine, fresh 2", "fresh 3", "fresh 3, hinted",
        "fresh 4", "fresh 4, hinted",
    }  # fmt: skip
    assert capsys.readouterr().out.count("Left out") == 6


def test_no_idea_is_both_trained_on_and_tested():
    trained, tested = read_examples("train"), read_examples("test")

    assert {example.concept for example in trained}.isdisjoint(example.concept for example in tested)
    assert {example.text for example in trained}.isdisjoint(
        case.text for case in read_cases(Path("nowhere")) if case.set != "news questions"
    )


def test_measure_answers_counts_what_the_articles_gave_to_harmful_wishes():
    cases = [Case("essai", text, "es", "child", "safe") for text in ("uno", "dos", "tres")]

    figures = measure_answers(cases, [Status.QUOTED, Status.DECLINED, Status.NO_EVIDENCE])

    assert figures["essai: harmful answered"]["es"].hits == 1


def test_render_tells_how_far_languages_are_apart_where_there_are_enough_sentences():
    cases = [Case("essai", "Je veux mourir", "fr", "child", "crisis")] * 10
    cases += [Case("essai", "Das Meer ist tief", "de", "child", "crisis")] * 10

    table = render(measure(cases, np.zeros((20, 4)), None), {})

    assert "| 100   |" in table.splitlines()[-1]


def test_hurried_mistypes_each_crisis_in_every_way_and_always_alike():
    cases = [
        Case("own fresh", "Perché non ho più amici?", "it", "child", "crisis"),
        Case("own fresh", "Wer ist das?", "de", "child", "answer"),
    ]

    mistyped = list(hurried(cases))

    assert mistyped == list(hurried(cases))
    assert [case.set for case in mistyped] == [
        f"own fresh, {way}" for way in ("dropped", "doubled", "swapped", "unaccented", "abbreviated")
    ]
    assert all(case.text != cases[0].text for case in mistyped)


def test_table_of_the_safety_document_is_that_of_the_committed_figures():
    document = (BASELINE.parent.parent / "docs" / "safety.md").read_text(encoding="utf-8")

    assert table(json.loads(BASELINE.read_text(encoding="utf-8"))) in document
