"""`actuclair teacher set-secret`: asked for twice, long enough, kept as a hash, none by default."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from classroom.entering.sign_in import ROLE, SignIn
from classroom.keeping.storage import Storage
from cli.main import app
from cli.teacher import suggestion

SECRET = "tambour-loutre-lampe"


class Clock:
    """Not asked for anything here."""


def set_secret(home: Path, *typed: str) -> tuple[int, str]:
    """What the command says when these lines are typed."""
    environment = {"ACTUCLAIR_HOME": str(home)}
    result = CliRunner().invoke(app, ["teacher", "set-secret"], input="\n".join(typed) + "\n", env=environment)
    return result.exit_code, result.output


def kept(home: Path) -> str:
    storage = Storage(home)
    try:
        return storage.secret(ROLE)
    finally:
        storage.close()


def test_a_secret_is_kept_as_a_hash_only(tmp_path: Path):
    code, output = set_secret(tmp_path, SECRET, SECRET)

    assert code == 0 and SECRET not in output
    assert kept(tmp_path).startswith("$argon2id$")
    assert not [path for path in tmp_path.iterdir() if SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize(("typed", "said"), [(("kurz", "kurz"), "needs 12"), ((SECRET, "andere"), "not the same")])
def test_a_secret_that_will_not_do_is_refused(tmp_path: Path, typed: tuple[str, str], said: str):
    code, output = set_secret(tmp_path, *typed)

    assert code == 2 and said in " ".join(output.split())
    assert kept(tmp_path) == ""


def test_a_secret_is_replaced_only_on_purpose(tmp_path: Path):
    set_secret(tmp_path, SECRET, SECRET)
    before = kept(tmp_path)

    kept_it = set_secret(tmp_path, "n")
    replaced = set_secret(tmp_path, "y", "ein ganz anderes", "ein ganz anderes")

    assert (kept_it[0], replaced[0]) == (0, 0)
    assert kept(tmp_path) != before


def test_there_is_no_default(tmp_path: Path):
    storage = Storage(tmp_path)

    assert not SignIn(storage, Clock()).has_secret  # type: ignore[arg-type]


def test_what_is_suggested_would_do():
    assert len(suggestion()) >= 12 and suggestion() != suggestion()
    assert all(len(set(suggestion().split("-"))) == 4 for _ in range(200))
