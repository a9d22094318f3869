"""Backup, restore and `doctor --fix` on the command line."""

import stat
from pathlib import Path

import pytest
from cli_runs import CHIEDE, Run, assert_complains, objects_of
from fakes import FakeEmbedder
from test_restoring import killed_at_line

from backups import restoring
from rag.index.workspace import RESTORING, WHOLE, Workspace

pytest_plugins = ("cli_runs",)


@pytest.fixture
def backup(ready: Run, tmp_path: Path) -> Path:
    made = ready("backup", tmp_path / "b.zip")
    assert made.exit_code == 0, made.output
    return tmp_path / "b.zip"


def test_what_was_backed_up_comes_back_and_answers(ready: Run, backup: Path, tmp_path: Path):
    new = str(tmp_path / "nuova")

    restored = ready("restore", backup, home=new)
    again = ready("restore", backup, home=new)

    assert restored.exit_code == 0, restored.output
    assert "2 articles (2 passages)" in restored.stderr and "finds them" in restored.stderr
    assert_complains(again, 1, "is not empty", "--force")
    (found,) = objects_of(ready("search", CHIEDE, "--json", home=new))
    assert found["results"][0]["article_id"].startswith("robot")


def test_json_tells_versions_and_checksums(ready: Run, backup: Path, tmp_path: Path):
    (made,) = objects_of(ready("backup", tmp_path / "c.zip", "--json"))
    (checked,) = objects_of(ready("restore", backup, "--check", "--json"))
    (restored,) = objects_of(ready("restore", backup, "--force", "--json"))

    assert made["databases"]["record.sqlite"]["schema"] == "3"
    assert (checked["restored"], restored["restored"]) == (False, True)
    assert checked["databases"] == restored["databases"] and checked["articles"] == 2


def test_what_goes_wrong_is_told_with_what_to_do(ready: Run, backup: Path, tmp_path: Path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:2000])

    assert_complains(ready("backup", backup), 1, "already", "Name another")
    assert_complains(ready("backup", tmp_path / "x.zip", home=str(tmp_path / "leer")), 1, "nothing", "ACTUCLAIR_HOME")
    assert_complains(ready("restore", cut, "--force"), 1, "cut short", "Nothing was changed")
    assert_complains(ready("restore", tmp_path / "nirgends.zip"), 1, "no such file")


def test_a_server_that_holds_the_folder_lets_it_be_backed_up_and_not_replaced(
    ready: Run, backup: Path, tmp_path: Path, environment: dict[str, str]
):
    with Workspace(Path(environment["ACTUCLAIR_HOME"]), FakeEmbedder(environment["ACTUCLAIR_EMBEDDER"])):
        made, refused = ready("backup", tmp_path / "c.zip"), ready("restore", backup, "--force")

    assert made.exit_code == 0, made.output
    assert_complains(refused, 1, "is in use by", "Stop that one first")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_help_shows_examples(ready: Run, command: str):
    assert f"actuclair {command}" in ready(command, "--help").output


def test_doctor_finds_nothing_wrong_with_a_folder_that_a_server_has(ready: Run, environment: dict[str, str]):
    with Workspace(Path(environment["ACTUCLAIR_HOME"]), FakeEmbedder(environment["ACTUCLAIR_EMBEDDER"])):
        told = ready("doctor")

    assert told.exit_code == 0, told.output
    assert "index: not tested while process" in told.stdout and "/readyz" in told.stdout


def test_doctor_mends_the_index_and_rights_and_says_so(ready: Run, environment: dict[str, str]):
    home = Path(environment["ACTUCLAIR_HOME"])
    ready("sites", "add", "Il Chiarino", "https://chiarino.example")
    (home / "sites.sqlite").chmod(0o644)
    with Workspace(home, FakeEmbedder(environment["ACTUCLAIR_EMBEDDER"])) as workspace:
        workspace.index.remove(sorted(workspace.record.passage_ids()))

    seen, mended, well = ready("doctor"), ready("doctor", "--fix"), ready("doctor")

    assert seen.exit_code == 1 and "others can read sites.sqlite" in seen.stdout
    assert mended.exit_code == 0 and mended.stdout.count("    mended") == 2, mended.stdout
    assert well.exit_code == 0
    assert stat.S_IMODE((home / "sites.sqlite").stat().st_mode) == 0o600


def test_doctor_finishes_a_restore_that_was_broken_off(ready: Run, backup: Path, environment: dict[str, str]):
    home = Path(environment["ACTUCLAIR_HOME"])
    line = 40
    while not (home / RESTORING / WHOLE).exists():
        assert killed_at_line(line, backup, home)
        line += 4

    stopped, mended, found = ready("search", CHIEDE), ready("doctor", "--fix"), ready("search", CHIEDE, "--json")

    assert_complains(stopped, 1, "doctor --fix")
    assert "restore: was broken off when all was there\n    mended" in mended.stdout
    assert mended.exit_code == 0, mended.stdout
    assert objects_of(found)[0]["results"]


def test_doctor_forgets_a_restore_that_changed_nothing(ready: Run, environment: dict[str, str]):
    staging = Path(environment["ACTUCLAIR_HOME"]) / restoring.RESTORING
    staging.mkdir()
    (staging / "record.sqlite").write_bytes(b"half of it")

    mended = ready("doctor", "--fix")

    assert mended.exit_code == 0 and "before it changed anything" in mended.stdout
    assert not staging.exists()


def test_doctor_names_a_damaged_database_and_mends_none(ready: Run, environment: dict[str, str]):
    path = Path(environment["ACTUCLAIR_HOME"]) / "sites.sqlite"
    path.write_bytes(b"no database at all" * 100)
    path.chmod(0o600)

    told = ready("doctor", "--fix")

    assert told.exit_code == 1
    assert "✗ sites.sqlite: file is not a database" in told.stdout
    assert "actuclair restore BACKUP --force" in told.stdout
