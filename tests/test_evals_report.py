from dataclasses import replace
from pathlib import Path

import pytest

from evals.report import BaselineInvalid, Figures, Machine, read_baselines, render, write_baseline
from evals.scoring import Share, Summary

MACHINE = Machine(2, "petit-e5", "petit-modèle", "2026-11-21")
MEASURES = (
    "retrieved_first",
    "cited_first",
    "right",
    "right_own",
    "refused_wrongly",
    "unsure_wrongly",
    "answered_wrongly",
    "refused_rightly",
)


def figures(**hits: int) -> Figures:
    """Ten answerable questions a language, so many of them right."""
    shares = {measure: Share(5, 10) for measure in MEASURES[:-1]} | {"refused_rightly": Share(0, 0)}
    return Figures(
        MACHINE,
        {language: Summary(10, 0, shares | {"right": Share(right, 10)}, 1.25, 4.0) for language, right in hits.items()},
    )


def row(report: str, label: str) -> list[str]:
    (line,) = (line for line in report.splitlines() if line.startswith(f"| {label} "))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_report_has_a_column_for_each_language_and_all():
    report = render("seed_questions", figures(fr=9, it=4, all=7), None)

    assert row(report, "n (answerable + not)") == ["10 + 0"] * 3
    assert row(report, "answer right") == ["90 % (60–98)", "40 % (17–69)", "70 % (40–89)"]
    assert row(report, "rightly refused") == ["–"] * 3
    assert "petit-modèle and petit-e5 on 2 cores" in report


def test_report_shows_differences_from_the_baseline_in_points_and_seconds():
    before = figures(it=6)
    slower = {"it": replace(before.languages["it"], first_sentence_s=2.0)}

    report = render("seed_questions", figures(it=4), replace(before, languages=slower))

    assert row(report, "answer right") == ["40 % (17–69) -20"]
    assert row(report, "seconds to first sentence") == ["1.2 -0.8"]


def test_report_compares_only_columns_of_as_many_questions():
    fewer = {"fr": replace(figures(fr=3).languages["fr"], answerable=3)}

    report = render("seed_questions", Figures(MACHINE, fewer), figures(fr=9))

    assert row(report, "answer right") == ["30 % (11–60)"]


def test_baseline_comes_back_as_it_was_written_and_other_sets_stay(tmp_path: Path):
    path = tmp_path / "baseline.json"
    write_baseline(path, "seed_questions", figures(fr=9, it=4))
    write_baseline(path, "dev_questions", figures(it=5))

    write_baseline(path, "seed_questions", figures(fr=8))

    assert read_baselines(path) == {"seed_questions": figures(fr=8), "dev_questions": figures(it=5)}


def test_baseline_is_empty_where_there_is_no_file(tmp_path: Path):
    assert read_baselines(tmp_path / "absent.json") == {}


@pytest.mark.parametrize("content", ["{", '{"seed_questions": {"languages": {}}}'])
def test_baseline_that_cannot_be_read_is_named(tmp_path: Path, content: str):
    path = tmp_path / "baseline.json"
    path.write_text(content)

    with pytest.raises(BaselineInvalid, match=r"baseline\.json"):
        read_baselines(path)
