"""Files of questions on the command line: one object a line, whatever becomes of the others."""

import json
from pathlib import Path

import pytest
from cli_runs import ASKED, CHIEDE, Run, assert_complains, lines_file, objects_of
from fakes import Fault, StubEndpoint

pytest_plugins = ("cli_runs",)


def test_search_batch_echoes_each_id_and_nothing_else_is_on_standard_output(ready: Run, tmp_path: Path):
    batch = lines_file(
        tmp_path / "domande.jsonl",
        {"id": "q-1", "question": CHIEDE, "language": "it"},
        "",
        {"id": 2, "question": ASKED},
    )

    result = ready("search", "--batch", batch, "--top", 1)

    assert result.exit_code == 0
    printed = objects_of(result)
    assert [entry["id"] for entry in printed] == ["q-1", 2]
    assert [entry["results"][0]["article_id"] for entry in printed] == ["robot", "cow-boy"]
    assert all(set(entry) == {"id", "question", "results"} for entry in printed)


def test_ask_batch_takes_level_and_language_of_each_line_and_else_the_options(ready: Run, tmp_path: Path):
    batch = lines_file(
        tmp_path / "fragen.jsonl",
        {"id": "ä", "question": ASKED, "level": "child", "language": "fr"},
        {"question": ASKED},
    )

    result = ready("ask", "--batch", batch, "--level", "teen", "--language", "it")

    assert result.exit_code == 0, result.stderr
    first, second = objects_of(result)
    assert (first["id"], first["level"], first["language"]) == ("ä", "child", "fr")
    assert (second["id"], second["level"], second["language"]) == (None, "teen", "it")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_batch_line_that_cannot_be_asked_gets_an_error_and_the_others_an_answer(
    ready: Run, tmp_path: Path, command: str
):
    batch = lines_file(
        tmp_path / "b.jsonl", {"id": 1, "question": " "}, {"id": 2, "question": "é" * 10_000},
        {"id": 3, "question": ASKED, "language": "xx"}, {"id": 4, "question": ASKED},
    )  # fmt: skip

    result = ready(command, "--batch", batch)

    assert result.exit_code == 1
    printed = objects_of(result)
    assert [entry["id"] for entry in printed] == [1, 2, 3, 4]
    assert [entry.get("status") == "error" for entry in printed] == [True, True, True, False]
    assert "'xx'" in printed[2]["error"]
    assert "3 lines" in result.stderr


def test_batch_lines_of_one_conversation_follow_one_another_and_others_do_not(ready: Run, tmp_path: Path):
    follow_up = "et lui, il chante ?"
    lines = [
        {"question": ASKED, "conversation": "a"},
        {"question": follow_up, "conversation": "a"},
        {"question": follow_up, "conversation": None},
        {"question": follow_up, "conversation": "b"},
    ]
    batch = lines_file(tmp_path / "q.jsonl", *(json.dumps(line | {"language": "fr"}) for line in lines))

    answers = objects_of(ready("ask", "--batch", batch))

    assert "Breaking Rust" in answers[1]["understood"]
    assert [answer["understood"] for answer in answers[2:]] == [follow_up] * 2


def test_batch_with_a_lone_surrogate_prints_json_all_the_same(ready: Run, tmp_path: Path):
    batch = lines_file(tmp_path / "b.jsonl", '{"id": "\\ud800", "question": "Il robot\\ud800 canta?"}')

    result = ready("search", "--batch", batch)

    assert result.exit_code == 0
    assert objects_of(result)[0]["id"] == "?"


@pytest.mark.parametrize(
    "content", [b'{"question": "Qui ?"}\npas du JSON\n', b"[1, 2]", b'{"id": 1}', b'{"question": 5}', b'"\xe9t\xe9"']
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_batch_with_a_line_that_is_no_question_is_misuse_and_nothing_is_answered(
    run: Run, tmp_path: Path, command: str, content: bytes
):
    batch = tmp_path / "été.jsonl"
    batch.write_bytes(content)

    result = run(command, "--batch", batch)

    assert_complains(result, 2, "été.jsonl")


def test_batch_with_a_byte_order_mark_is_read(ready: Run, tmp_path: Path):
    batch = tmp_path / "b.jsonl"
    batch.write_text(json.dumps({"id": "é", "question": CHIEDE}), encoding="utf-8-sig")

    result = ready("search", "--batch", batch)

    assert objects_of(result)[0]["id"] == "é"


def test_batch_answers_with_quotes_when_the_writer_fails(ready: Run, stub: StubEndpoint, tmp_path: Path):
    batch = lines_file(tmp_path / "b.jsonl", {"id": "à", "question": ASKED}, {"id": "b", "question": ASKED})
    stub.fault = Fault.STATUS_500

    result = ready("ask", "--batch", batch)

    assert result.exit_code == 0
    assert [(entry["id"], entry["status"]) for entry in objects_of(result)] == [("à", "quoted"), ("b", "quoted")]
