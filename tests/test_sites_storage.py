"""The file of the sites: what is in it, who may read it, what goes from it and when."""

import json
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from site_visits import SITE, Server, serving
from sqlalchemy import create_engine
from typer.testing import CliRunner

from cli.main import app
from rag.errors import StorageFailed
from sites.errors import SitesOutdated
from sites.forgetting import SiteData
from sites.storage import open_file
from sites.tables import SITES_KIND
from sites.types import Opinion

TOLD = "Chi canta? Mi chiamo Giulia Bianchi"


@pytest.fixture
def server(tmp_path: Path):
    with serving(tmp_path) as running:
        running.answers.may_write.set()
        yield running


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{SITES_KIND.file}*"))


def test_migrations_make_the_tables_of_this_version(tmp_path: Path):
    open_file(tmp_path).close()

    with create_engine(f"sqlite:///{tmp_path / SITES_KIND.file}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SITES_KIND.tables) == []


def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path):
    open_file(tmp_path).close()
    with sqlite3.connect(tmp_path / SITES_KIND.file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SitesOutdated):
        open_file(tmp_path)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path):
    (tmp_path / SITES_KIND.file).write_bytes(b"this is no database, but long enough to be looked at" * 20)

    with pytest.raises(StorageFailed):
        open_file(tmp_path)


def test_opinions_are_kept_with_the_answer_and_the_last_one_counts(server: Server):
    id_ = server.ask().json()["id"]
    for opinion in ("wrong", "helpful"):
        told = server.page().post("/api/v1/feedback?site=PUBLIC-KEY", json={"answer": id_, "opinion": opinion})
        assert told.status_code == 204

    kept = server.kiosk.kept.find(SITE.id, id_)

    assert kept and kept.opinion is Opinion.HELPFUL
    unknown = {"answer": "no-such-id", "opinion": "helpful"}
    assert server.page().post("/api/v1/feedback?site=PUBLIC-KEY", json=unknown).status_code == 404


def test_an_answer_is_kept_with_its_day_and_no_time(server: Server, tmp_path: Path):
    server.ask()

    rows = sqlite3.connect(tmp_path / SITES_KIND.file).execute("SELECT day, left_at, question FROM answers").fetchall()

    assert rows == [("2026-11-22", "2026-11-22 00:00:00.000000", "Chi canta?")]


def test_what_is_forgotten_is_gone_from_the_disk(server: Server, tmp_path: Path):
    server.ask(TOLD)
    assert b"Giulia" in bytes_of(tmp_path)  # these made-up answers mask nothing

    gone = server.kiosk.kept.forget(None)

    assert gone["answers"] == 1
    assert b"Giulia" not in bytes_of(tmp_path)


def test_only_what_is_old_enough_goes_by_itself(server: Server, tmp_path: Path):
    server.ask()
    kept = server.kiosk.kept

    assert kept.forget(datetime(2026, 11, 22)) == {"answers": 0, "counts": 0}
    assert kept.forget(datetime(2026, 11, 23)) == {"answers": 1, "counts": 0}


def test_the_days_of_the_settings_delete_answers_but_no_site(server: Server, tmp_path: Path):
    server.ask()
    server.clock.now -= timedelta(days=4000)  # an answer of long ago
    server.ask("Chi balla?")

    gone = SiteData(tmp_path).forget_expired(3650)

    assert gone["answers"] == 1
    assert [site.name for site in server.kiosk.sites.all()] == ["Il Chiarino"]
    assert server.kiosk.kept.latest(SITE.id, 10)[0].day == date(2026, 11, 22)


def test_what_is_asked_of_it_does_not_bring_the_file_into_being(tmp_path: Path):
    assert SiteData(tmp_path).forget() == {}
    assert list(SiteData(tmp_path).export()) == []
    assert not (tmp_path / SITES_KIND.file).exists()


def test_export_and_forget_tell_of_sites(server: Server, tmp_path: Path):
    server.ask()
    environment = {"ACTUCLAIR_HOME": str(tmp_path)}

    exported = CliRunner().invoke(app, ["export"], env=environment)
    forgotten = CliRunner().invoke(app, ["forget"], env=environment)

    row = json.loads(exported.stdout.splitlines()[0])
    assert (row["table"], row["site"], row["question"]) == ("answers", "Il Chiarino", "Chi canta?")
    assert row["answer"]["status"] == "answered"
    assert "SERVER-SECRET" not in exported.stdout
    assert "answers: 1 deleted" in forgotten.stdout
