"""Models, doctor, mend, articles and remove on the command line."""

import re
from pathlib import Path

from cli_runs import CHIEDE, Run, assert_complains, objects_of
from fakes import DEAD_ADDRESS, FakeEmbedder

from rag.index.workspace import Workspace

pytest_plugins = ("cli_runs",)


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
