import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evals.asking import EvalSetInvalid, read_questions
from evals.run import main

EVALS = Path(__file__).parent.parent / "evals"


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(main)
    return app


def answer_line(id_: str, language: str) -> str:
    return json.dumps({
        "id": id_, "answerable": True, "question": "Perché?", "language": language, "level": "child",
        "status": "answered", "text": f"Così dice {id_}.", "timings": {"total_s": 1.5},
        "citations": [{"number": 1, "article_id": "000_cowboy", "quote": "È così."}],
        "verdict": {"cited_first": True, "right": False, "refused_rightly": None},
    }) + "\n"  # fmt: skip


@pytest.mark.parametrize(("name", "answerable", "unanswerable"), [("seed_questions", 60, 20), ("dev_questions", 15, 5)])
def test_set_is_well_formed_and_has_all_languages(name: str, answerable: int, unanswerable: int):
    questions = read_questions(EVALS / f"{name}.jsonl")

    assert {question.language for question in questions} == {"fr", "en", "it", "es", "de"}
    assert len({question.id for question in questions}) == len(questions)
    assert sum(question.answerable for question in questions) >= answerable
    assert sum(not question.answerable for question in questions) >= unanswerable
    assert all(bool(q.expected) == bool(q.articles) == q.answerable for q in questions)


def test_sets_have_no_question_in_common():
    seed, dev = (read_questions(EVALS / f"{name}_questions.jsonl") for name in ("seed", "dev"))

    assert not {question.question for question in seed} & {question.question for question in dev}


def test_reading_a_set_names_the_question_that_lacks_something(tmp_path: Path):
    path = tmp_path / "domande.jsonl"
    path.write_text('{"id": "it-1", "question": "Chi canta?", "language": "it"}\n', encoding="utf-8")

    with pytest.raises(EvalSetInvalid, match=r"'Chi canta\?'.*'level'"):
        read_questions(path)


def test_run_is_skipped_without_the_articles(app: typer.Typer, tmp_path: Path):
    result = CliRunner().invoke(app, ["--articles", str(tmp_path / "absent"), "--out", str(tmp_path)])

    assert result.exit_code == 0
    assert "Skipped" in result.stdout and "absent" in result.stdout


def test_run_refuses_a_baseline_of_some_questions(app: typer.Typer, tmp_path: Path):
    result = CliRunner().invoke(app, ["--write-baseline", "--limit", "3", "--out", str(tmp_path)])

    assert result.exit_code == 2


def test_run_refuses_a_language_without_questions(app: typer.Typer, tmp_path: Path):
    options = ["--questions", str(EVALS / "seed_questions.jsonl"), "--articles", str(tmp_path), "--language", "pt"]

    result = CliRunner().invoke(app, [*options, "--out", str(tmp_path)])

    assert result.exit_code == 2


def test_show_prints_so_many_answers_a_language_and_asks_nothing(app: typer.Typer, tmp_path: Path):
    lines = [answer_line("it-1", "it"), answer_line("it-2", "it"), answer_line("fr-1", "fr")]
    (tmp_path / "seed_questions.jsonl").write_text("".join(lines), encoding="utf-8")

    result = CliRunner().invoke(app, ["--show", "1", "--out", str(tmp_path)])

    assert result.exit_code == 0
    assert "Così dice it-1." in result.stdout and "fr-1" in result.stdout
    assert "it-2" not in result.stdout
    assert "cited_first" in result.stdout and "right," not in result.stdout


def test_show_tells_to_run_first_when_there_are_no_answers(app: typer.Typer, tmp_path: Path):
    assert CliRunner().invoke(app, ["--show", "1", "--out", str(tmp_path)]).exit_code == 2
