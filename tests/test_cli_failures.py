"""What the command line says when something is missing, in use, damaged or down, and what to do then."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import ASKED, CHIEDE, Run, assert_complains, lines_file, objects_of
from fakes import DEAD_ADDRESS, FakeEmbedder, Fault, StubEndpoint

from rag.index.workspace import Workspace, hold

pytest_plugins = ("cli_runs",)


@pytest.mark.parametrize("command", ["ask", "search"])
def test_question_before_ingest_tells_to_ingest(run: Run, command: str):
    assert_complains(run(command, "Chi canta?"), 1, "`actuclair ingest corpus/articles`", "données")


@pytest.mark.parametrize("command", [["search", "Où ?"], ["ask", "Où ?"], ["ingest", "."], ["reindex"]])
def test_missing_embedder_tells_to_pull(run: Run, command: list[str]):
    result = run(*command, embedder="multilingual-e5-small")

    assert_complains(result, 1, "'multilingual-e5-small'", "`actuclair models pull`", "aucun")


@pytest.mark.parametrize("writer", ["qwen2.5-coder-1.5b-instruct", "./modèle.gguf"])
def test_missing_writer_tells_to_pull(ready: Run, writer: str):
    assert_complains(ready("ask", ASKED, writer=writer), 1, f"'{writer}'", "`actuclair models pull`")


def test_folder_that_is_no_embedder_is_told_with_the_setting(run: Run, tmp_path: Path):
    (tmp_path / "vide").mkdir()

    assert_complains(run("search", "Où ?", embedder=str(tmp_path / "vide")), 1, "vide", "ACTUCLAIR_EMBEDDER")


@pytest.mark.parametrize("command", [["search", "Où ?"], ["ask", "Où ?"], ["ingest", "."]])
def test_data_folder_of_another_process_is_told_with_its_holder(
    run: Run, environment: dict[str, str], command: list[str]
):
    with Workspace(Path(environment["ACTUCLAIR_HOME"]), FakeEmbedder()):
        result = run(*command)

    assert_complains(result, 1, f"process {os.getpid()} ", "ACTUCLAIR_HOME")


def test_damaged_record_is_told_with_the_folder(ready: Run, environment: dict[str, str]):
    record = Path(environment["ACTUCLAIR_HOME"]) / "record.sqlite"
    for path in record.parent.glob("record.sqlite*"):
        path.unlink()
    record.write_bytes("abîmé".encode() * 500)

    assert_complains(ready("search", "Où ?"), 1, "données", "not a database", "actuclair doctor")


def test_another_embedder_is_told_until_reindex_embeds_again(ready: Run, embedder: Path, tmp_path: Path):
    wanted = objects_of(ready("search", CHIEDE, "--json"))
    changed = str(shutil.copytree(embedder, tmp_path / "größer"))

    assert_complains(ready("search", CHIEDE, embedder=changed), 1, "`actuclair reindex`", "mots-fictifs", "größer")
    assert ready("reindex", embedder=changed).exit_code == 0

    found = objects_of(ready("search", CHIEDE, "--json", embedder=changed))
    assert [r["passage_id"] for r in found[0]["results"]] == [r["passage_id"] for r in wanted[0]["results"]]


def test_reindex_works_beside_a_server_and_tells_to_restart_it_with_the_other_embedder(
    ready: Run, embedder: Path, environment: dict[str, str], tmp_path: Path
):
    changed = str(shutil.copytree(embedder, tmp_path / "größer"))
    serving = hold(Path(environment["ACTUCLAIR_HOME"]))

    done = ready("reindex", embedder=changed)
    serving.release()

    assert done.exit_code == 0, done.stderr
    assert "restart it" in done.stderr and "größer" in done.stderr
    assert objects_of(ready("search", CHIEDE, "--json"))[0]["results"]
    assert objects_of(ready("search", CHIEDE, "--json", embedder=changed))[0]["results"]


@pytest.mark.parametrize("fault", [Fault.STATUS_500, Fault.HTML, Fault.SILENT, Fault.UNFINISHED])
def test_writer_that_fails_leaves_the_quotes_and_a_warning_with_the_setting_to_check(
    ready: Run, stub: StubEndpoint, fault: Fault, caplog: pytest.LogCaptureFixture
):
    stub.fault = fault

    (printed,) = objects_of(ready("ask", ASKED, "--json", writer_timeout_s="0.3" if fault is Fault.SILENT else "60"))

    assert printed["status"] == "quoted"
    assert "ACTUCLAIR_WRITER" in caplog.text and "actuclair doctor" in caplog.text
    assert "secret" not in caplog.text


def test_writer_that_is_down_leaves_the_quotes(ready: Run, caplog: pytest.LogCaptureFixture):
    (printed,) = objects_of(ready("ask", ASKED, "--json", writer=DEAD_ADDRESS))

    assert printed["status"] == "quoted"
    assert "nobody answers" in caplog.text


def test_command_in_its_own_process_prints_nothing_but_json_and_holds_the_folder_until_it_is_killed(
    ready: Run, environment: dict[str, str], stub: StubEndpoint, tmp_path: Path
):
    batch = lines_file(tmp_path / "b.jsonl", {"id": "é", "question": ASKED}, {"id": 2, "question": CHIEDE})
    stub.fault, stub.answers_before_silence, stub.silence_s = Fault.SILENT, 1, 60

    with subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "ask", "--batch", batch],
        env=os.environ | environment,
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        first = holder.stdout.readline()
        meanwhile = ready("search", CHIEDE)
        holder.kill()
        rest = holder.stdout.read()
    afterwards = ready("search", CHIEDE)

    assert json.loads(first)["id"] == "é"
    assert rest == b""
    assert_complains(meanwhile, 1, f"process {holder.pid} ", "since ", "ACTUCLAIR_HOME")
    assert afterwards.exit_code == 0
