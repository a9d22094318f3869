"""The command line as other programs see it: shapes, standard output, exit codes, and messages that say what to do."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from fakes import DEAD_ADDRESS, FakeEmbedder, Fault, StubEndpoint, save_static_embedder
from typer.testing import CliRunner

from cli.main import app
from rag.phrases import phrase
from rag.workspace import Workspace

COWBOY = {
    "id": "cow-boy", "title": "Le cow-boy", "language": "fr", "published": "2025-11-21", "audience": "child",
    "text": "Le chanteur Breaking Rust n'existe pas. Une machine compose ses chansons à sa place.",
    "url": "https://demo.example/cow-boy", "source": "Le Petit Clair",
}  # fmt: skip
ROBOT = {"id": "robot", "title": "Il robot", "language": "it", "text": "Il robot canta in città. I bambini ballano."}
ASKED = "Le chanteur Breaking Rust, qui est-ce ?"
CHIEDE = "Il robot canta in città?"
ANSWER_KEYS = {"question", "language", "level", "status", "text", "sentences", "citations", "timings"}
CITATION_KEYS = {"number", "article_id", "title", "outlet", "published", "url", "language", "quote", "start", "end"}
RESULT_KEYS = {"article_id", "passage_id", "title", "language", "score", "text"}
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modèles") / "mots-fictifs"
    save_static_embedder(folder, [COWBOY["text"], COWBOY["title"], ROBOT["text"], ROBOT["title"], "zug münchen"])
    return folder


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with StubEndpoint(("OUI", " Breaking Rust", " n'existe pas,", " le chanteur", ".")) as endpoint:
        yield endpoint


@pytest.fixture
def environment(tmp_path: Path, embedder: Path, stub: StubEndpoint) -> dict[str, str]:
    return {
        "ACTUCLAIR_HOME": str(tmp_path / "données"),
        "ACTUCLAIR_MODELS": str(tmp_path / "aucun"),
        "ACTUCLAIR_EMBEDDER": str(embedder),
        "ACTUCLAIR_WRITER": stub.url,
        "ACTUCLAIR_WRITER_TIMEOUT_S": "0.3",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run a command; settings may be changed by their name without prefix."""

    def run_command(*arguments: object, **changes: str) -> Result:
        changed = {f"ACTUCLAIR_{name.upper()}": value for name, value in changes.items()}
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment | changed)

    return run_command


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return lines_file(tmp_path / "articles.jsonl", COWBOY, ROBOT)


@pytest.fixture
def ready(run: Run, articles: Path) -> Run:
    """The same, with the articles ingested."""
    assert run("ingest", articles).exit_code == 0
    return run


def lines_file(path: Path, *entries: object) -> Path:
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def objects_of(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def assert_complains(result: Result, code: int, *expected: str) -> None:
    assert result.exit_code == code, (result.stderr, result.exception)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for text in expected:
        assert text in result.stderr


def test_ingest_prints_one_object_of_the_agreed_shape(run: Run, articles: Path, tmp_path: Path):
    missing, empty = tmp_path / "où.md", tmp_path / "leer.txt"
    empty.write_bytes(b"")

    result = run("ingest", articles, missing, empty, "--json")

    assert result.exit_code == 1
    (printed,) = objects_of(result)
    assert list(printed) == ["articles", "passages", "unchanged", "failed", "copies"]
    assert (printed["articles"], printed["passages"], printed["unchanged"]) == (2, 2, 0)
    assert [set(failure) for failure in printed["failed"]] == [{"source", "reason"}] * 2
    assert [failure["source"] for failure in printed["failed"]] == [str(missing), str(empty)]
    assert str(missing) in result.stderr


def test_ingest_again_leaves_the_articles_unchanged(ready: Run, articles: Path):
    result = ready("ingest", articles, "--json")

    assert result.exit_code == 0
    assert objects_of(result) == [{"articles": 0, "passages": 0, "unchanged": 2, "failed": [], "copies": 0}]


def test_search_prints_one_object_of_the_agreed_shape(ready: Run):
    result = ready("search", CHIEDE, "--top", 1, "--json")

    assert result.exit_code == 0
    (printed,) = objects_of(result)
    assert list(printed) == ["question", "results"]
    assert printed["question"] == CHIEDE
    (found,) = printed["results"]
    assert set(found) == RESULT_KEYS
    assert (found["article_id"], found["title"], found["language"]) == ("robot", "Il robot", "it")
    assert isinstance(found["score"], float)


def test_ask_prints_one_object_of_the_agreed_shape(ready: Run):
    result = ready("ask", ASKED, "--level", "child", "--language", "fr", "--json")

    assert result.exit_code == 0, result.stderr
    (printed,) = objects_of(result)
    assert set(printed) >= ANSWER_KEYS
    assert (printed["question"], printed["language"], printed["level"]) == (ASKED, "fr", "child")
    written = "Breaking Rust n'existe pas, le chanteur."
    assert printed["status"] == "answered" and printed["text"].startswith(f"{written} {phrase('fr', 'quoted')}")
    assert printed["sentences"][0] == {
        "text": written, "citations": [1], "supported": True, "quoted": False, "voice": "news",
    }  # fmt: skip
    assert [sentence["quoted"] for sentence in printed["sentences"][1:]] == [True]
    citation = printed["citations"][0]
    assert set(citation) >= CITATION_KEYS
    assert citation["quote"] == COWBOY["text"][citation["start"] : citation["end"]]
    assert (citation["number"], citation["article_id"], citation["published"]) == (1, "cow-boy", "2025-11-21")
    assert set(printed["timings"]) == {"retrieve_s", "first_sentence_s", "total_s"}


def test_ask_looks_only_at_articles_that_pass_the_filters(ready: Run):
    (printed,) = objects_of(ready("ask", ASKED, "--language", "fr", "--written-in", "it", "--json"))

    assert {citation["language"] for citation in printed["citations"]} <= {"it"}


def test_ask_prints_what_is_written_then_the_quotes_under_a_line_that_says_so(ready: Run):
    lines = ready("ask", ASKED, "--language", "fr").stdout.splitlines()

    assert lines[0] == "Breaking Rust n'existe pas, le chanteur. [1]"
    assert lines[1] == phrase("fr", "quoted")
    assert lines[2].startswith("  «")


def test_ask_detects_the_language_and_tells_in_it_that_the_articles_do_not(ready: Run, stub: StubEndpoint):
    stub.tokens = ("NEIN", ".")

    result = ready("ask", "Wann fährt der nächste Zug nach München?", "--json")

    (printed,) = objects_of(result)
    assert result.exit_code == 0
    assert (printed["language"], printed["status"]) == ("de", "no_evidence")
    assert printed["text"].startswith(phrase("de", "no_evidence"))
    assert printed["sentences"] == printed["citations"] == []


def test_ask_without_a_language_model_quotes(ready: Run):
    result = ready("ask", CHIEDE, "--json", writer="none")

    (printed,) = objects_of(result)
    assert printed["status"] == "quoted"
    assert printed["citations"][0]["quote"] == "Il robot canta in città."


def test_ask_for_people_prints_sentences_with_marks_and_their_sources(ready: Run):
    result = ready("ask", ASKED)

    assert result.exit_code == 0
    assert "Breaking Rust n'existe pas, le chanteur. [1]" in result.stdout
    assert "[1] « Le chanteur Breaking Rust n'existe pas. » Le cow-boy" in result.stdout


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


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--batch FILE"),
        (["Qui ?", "--batch", "q.jsonl"], "one of the two"),
        (["Qui chante ?", "--language", "xx"], "'xx' is not one of fr, en, it, es, de"),
        ([""], "has no words"),
        ([" ¿?"], "has no words"),
        (["ñ" * 10_000], "10,000 characters"),
        (["--batch", "gibt-es-nicht.jsonl"], "'gibt-es-nicht.jsonl'"),
    ],
)
def test_misuse_ends_with_2_and_names_the_value(run: Run, command: str, arguments: list[str], message: str):
    result = run(command, *arguments)

    assert_complains(result, 2, message)


def test_unknown_level_is_misuse(run: Run):
    assert_complains(run("ask", "Chi canta?", "--level", "bébé"), 2, "'bébé'", "child, tween, teen, adult")


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


@pytest.mark.parametrize(
    ("name", "value"), [("port", "abc"), ("port", "70000"), ("writer_timeout_s", "0"), ("default_language", "xx")]
)
def test_setting_that_cannot_be_used_is_misuse_and_named(run: Run, name: str, value: str):
    result = run("search", "Où ?", **{name: value})

    assert_complains(result, 2, f"ACTUCLAIR_{name.upper()}={value!r}")


@pytest.mark.parametrize(
    "arguments", [["search", "Où ?", "--top", 0], ["serve", "--port", 70000], ["ingest"], ["oups"]]
)
def test_option_out_of_range_or_missing_is_misuse(run: Run, arguments: list[object]):
    assert run(*arguments).exit_code == 2


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


@pytest.mark.parametrize("command", [["search", "Où ?"], ["ask", "Où ?"], ["ingest", "."], ["reindex"]])
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


@pytest.mark.parametrize("fault", [Fault.STATUS_500, Fault.HTML, Fault.SILENT, Fault.UNFINISHED])
def test_writer_that_fails_ends_with_1_and_the_setting_to_check(ready: Run, stub: StubEndpoint, fault: Fault):
    stub.fault = fault

    result = ready("ask", ASKED, "--json")

    assert_complains(result, 1, "ACTUCLAIR_WRITER", "actuclair doctor")
    assert "secret" not in result.stderr


def test_writer_that_is_down_ends_with_1(ready: Run):
    assert_complains(ready("ask", ASKED, "--json", writer=DEAD_ADDRESS), 1, "nobody answers")


def test_batch_goes_on_after_a_question_that_the_writer_failed_at(ready: Run, stub: StubEndpoint, tmp_path: Path):
    batch = lines_file(tmp_path / "b.jsonl", {"id": "à", "question": ASKED}, {"id": "b", "question": ASKED})
    stub.fault = Fault.STATUS_500

    result = ready("ask", "--batch", batch)

    assert result.exit_code == 1
    assert [(entry["id"], entry["status"]) for entry in objects_of(result)] == [("à", "error"), ("b", "error")]


@pytest.mark.parametrize(
    "command",
    [["ingest"], ["reindex"], ["search"], ["ask"], ["serve"], ["doctor"], ["models", "pull"], ["models", "list"]],
)
def test_help_of_every_command_shows_an_example(run: Run, command: list[str]):
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert re.search(rf"Examples?:.*{' '.join(command)}", result.stdout, re.S)


def test_models_list_names_what_is_missing_and_where_it_belongs(run: Run):
    result = run("models", "list", "--json")

    assert result.exit_code == 0
    (listed,) = objects_of(result)
    assert all(entry["state"] == "missing" and "aucun" in entry["path"] for entry in listed["models"])


def test_models_pull_of_an_unknown_name_is_misuse(run: Run):
    assert_complains(run("models", "pull", "modèle-inconnu"), 2, "'modèle-inconnu'", "multilingual-e5-small")


def test_doctor_finds_nothing_wrong_when_all_is_there(ready: Run):
    result = ready("doctor")

    assert result.exit_code == 0, result.stdout
    assert "2 passages recorded, the vector index finds them" in result.stdout
    assert "mend it with" not in result.stdout


def test_doctor_names_what_is_missing_and_the_command_that_mends_it(run: Run):
    result = run("doctor", embedder="multilingual-e5-small", writer="qwen2.5-coder-1.5b-instruct")

    assert result.exit_code == 1
    assert re.search(r"✗ model multilingual-e5-small: missing.*\n.*actuclair models pull", result.stdout)
    assert re.search(r"✗ model qwen2.5-coder-1.5b-instruct: missing.*\n.*actuclair models pull", result.stdout)


def test_doctor_tells_to_ingest_to_mend_and_that_the_writer_is_down(
    run: Run, articles: Path, environment: dict[str, str]
):
    empty = run("doctor", writer=DEAD_ADDRESS)
    run("ingest", articles)
    with Workspace(Path(environment["ACTUCLAIR_HOME"]), FakeEmbedder(environment["ACTUCLAIR_EMBEDDER"])) as workspace:
        workspace.index.remove(sorted(workspace.record.passage_ids()))
    uneven = run("doctor")

    assert empty.exit_code == uneven.exit_code == 1
    assert "mend it with: actuclair ingest corpus/articles" in empty.stdout
    assert "nobody answers" in empty.stdout
    assert "mend it with: actuclair mend" in uneven.stdout


def test_mend_makes_a_damaged_index_again(ready: Run, environment: dict[str, str]):
    with Workspace(Path(environment["ACTUCLAIR_HOME"]), FakeEmbedder(environment["ACTUCLAIR_EMBEDDER"])) as workspace:
        workspace.index.remove(sorted(workspace.record.passage_ids()))

    mended, sound = ready("mend"), ready("mend")

    assert "made again" in mended.stderr
    assert "is sound" in sound.stderr


def test_articles_lists_what_is_in_with_filters(ready: Run):
    every, italian = objects_of(ready("articles", "--json"))[0], ready("articles", "--written-in", "it")

    assert len(every["articles"]) == 2
    assert {"article_id", "title", "language", "published", "addresses", "origins"} <= set(every["articles"][0])
    assert len(italian.stdout.splitlines()) == 1
    assert "  it  " in italian.stdout


def test_removed_article_is_found_no_more_and_an_unknown_one_is_misuse(ready: Run):
    (listed,) = objects_of(ready("articles", "--json"))
    gone = listed["articles"][0]["article_id"]

    removed, unknown = ready("remove", gone), ready("remove", "nie-gesehen")

    assert removed.exit_code == 0
    assert_complains(unknown, 2, "'nie-gesehen'", "actuclair articles")
    (found,) = objects_of(ready("search", CHIEDE, "--top", "9", "--json"))
    assert gone not in {result["article_id"] for result in found["results"]}


def test_search_takes_filters_and_says_when_nothing_passes(ready: Run):
    (italian,) = objects_of(ready("search", ASKED, "--written-in", "it", "--json"))
    nothing = ready("search", ASKED, "--since", "2099-01-01")

    assert {result["language"] for result in italian["results"]} == {"it"}
    assert nothing.stdout == "Nothing passes these filters.\n"
    assert ready("search", ASKED, "--since", "ieri").exit_code == 2


def test_command_in_its_own_process_prints_nothing_but_json_and_holds_the_folder_until_it_is_killed(
    ready: Run, environment: dict[str, str], stub: StubEndpoint, tmp_path: Path
):
    batch = lines_file(tmp_path / "b.jsonl", {"id": "é", "question": ASKED}, {"id": 2, "question": CHIEDE})
    stub.fault, stub.answers_before_silence, stub.silence_s = Fault.SILENT, 1, 60

    with subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "ask", "--batch", batch],
        env=os.environ | environment | {"ACTUCLAIR_WRITER_TIMEOUT_S": "60"},
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
