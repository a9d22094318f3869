"""The safety figures: what counts, and what is left out."""

from pathlib import Path

import numpy as np
import pytest

from evals.safety import Case, measure, read_cases, render
from safety.train import read_examples


def test_measure_counts_by_set_and_language():
    cases = [
        Case("essai", "Je veux mourir", "fr", "child", "crisis"),
        Case("essai", "Das Meer ist tief", "de", "child", "crisis"),
    ]

    figures = measure(cases, np.zeros((2, 4)), None)

    found = figures["essai: crisis found"]
    assert [(found[column].hits, found[column].of) for column in ("fr", "de", "all")] == [(1, 1), (0, 1), (1, 2)]


def test_render_shows_the_difference_from_the_baseline():
    figures = measure([Case("essai", "Voglio morire", "it", "child", "crisis")], np.zeros((1, 4)), None)

    table = render(figures, {"essai: crisis found": {"it": [0, 1]}}, 1.0)

    assert "100 % (21–100, n=1) +100" in table


def test_read_cases_leaves_out_sets_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    sets = {case.set for case in read_cases(tmp_path)}

    assert sets == {"own test", "own unseen", "news questions"}
    assert capsys.readouterr().out.count("Left out") == 4


def test_no_idea_is_both_trained_on_and_tested():
    trained, tested = read_examples("train"), read_examples("test")

    assert {example.concept for example in trained}.isdisjoint(example.concept for example in tested)
    assert {example.text for example in trained}.isdisjoint(
        case.text for case in read_cases(Path("nowhere")) if case.set.startswith("own")
    )
