"""Wrong addresses, missing extensions, other versions, other embedders: it stops before harm, and tells the mend."""

import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from class_rooms import PLAN, MadeUp, school_in
from cli_runs import ASKED, Run, assert_complains
from engines import Cluster, Engine
from fakes import FakeEmbedder, StubEndpoint
from stored_articles import COWBOY, ROBOT

from backups.databases import dump_command, restore_command
from classroom.entering.sign_in import set_secret
from classroom.keeping.storage import Storage
from rag.errors import DatabaseInUse, DatabaseOutdated, DriverMissing, ExtensionMissing, VectorsUnusable
from rag.filters import Filters
from rag.index.ingest import ingest
from rag.index.workspace import Workspace

pytest_plugins = ("cli_runs", "engines")
NOBODY = "127.0.0.1:9"  # the discard port: nobody listens there


@pytest.fixture
def engine(postgres_with_vectors: Cluster, tmp_path: Path) -> Iterator[Engine]:
    with postgres_with_vectors.database() as address:
        yield Engine(tmp_path / "données", address, "pgvector")


@pytest.mark.parametrize("command", [["search", "Où ?"], ["ask", ASKED], ["articles"], ["forget"], ["sites", "list"]])
def test_a_database_that_does_not_answer_is_named_without_its_password(run: Run, command: list[str]):
    result = run(*command, database_url=f"postgresql+psycopg://giulia:geheim@{NOBODY}/città")

    assert_complains(result, 1, f"giulia:***@{NOBODY}", "ACTUCLAIR_DATABASE_URL", "`actuclair doctor`")
    assert "geheim" not in result.output


def test_doctor_says_that_the_database_does_not_answer(run: Run):
    result = run("doctor", database_url=f"postgres://giulia:geheim@{NOBODY}/città")

    assert result.exit_code == 1
    assert "✗ database" in result.stdout and "geheim" not in result.output


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"database_url": "mysql://giulia:geheim@db/news"}, "postgresql+psycopg://user:password@host/name"),
        ({"database_url": "postgresql://giulia:geheim@db:fünf/news"}, "postgresql+psycopg://user:password@host/name"),
        ({"database_url": "postgresql://giulia:geheim@db"}, "postgresql+psycopg://user:password@host/name"),
        ({"vectors": "pgvector"}, "ACTUCLAIR_DATABASE_URL"),
        ({"vectors": "faiss"}, "http://10.0.0.5:8000"),
        ({"vectors": "http://chroma:8000/mein pfad"}, "http://10.0.0.5:8000"),
    ],
)
def test_a_setting_that_names_no_engine_is_misuse(run: Run, settings: dict[str, str], expected: str):
    result = run("search", "Où ?", **settings)

    assert_complains(result, 2, expected)
    assert "geheim" not in result.output


def test_a_database_that_is_not_there_is_named(postgres: Cluster, tmp_path: Path, run: Run):
    result = run("search", "Où ?", database_url=postgres.address("nirgends"))

    assert_complains(result, 1, "nirgends", "does not exist", "ACTUCLAIR_DATABASE_URL")


def test_a_missing_driver_is_told_with_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DriverMissing, match=r"requirements-postgres\.lock"):
        Workspace(tmp_path, FakeEmbedder(), "postgresql+psycopg://db/news")


def test_a_database_without_the_extension_is_told_with_what_to_run(postgres: Cluster, tmp_path: Path):
    with postgres.database() as address, pytest.raises(ExtensionMissing, match="CREATE EXTENSION vector"):
        Workspace(tmp_path, FakeEmbedder(), address, "pgvector")


def test_tables_of_another_version_are_left_as_they_are(engine: Engine):
    with engine.open() as workspace:
        ingest([COWBOY], workspace)
        with workspace.database.transaction() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'später'")

    with pytest.raises(DatabaseOutdated, match=r"schema 'record'.*it has später.*knows 3"):
        engine.open()


def test_a_chroma_server_that_is_not_there_is_told_with_how_to_start_it(tmp_path: Path, stub: StubEndpoint):
    for address in (f"http://{NOBODY}", stub.url.removesuffix("/v1")):
        with pytest.raises(VectorsUnusable, match="chroma run"):
            Workspace(tmp_path, FakeEmbedder(), "", address)


@pytest.mark.parametrize(
    ("host", "own_address", "seen", "is_well"),
    [
        ("127.0.0.1", "", "names none", True),
        ("0.0.0.0", "http://10.0.0.5:7860", "come to http://10.0.0.5:7860", True),
        ("127.0.0.1", "http://10.0.0.5:7860", "ACTUCLAIR_HOST=0.0.0.0", False),
        ("127.0.0.1", "http://localhost:7860", "come to http://localhost:7860", True),
    ],
)
def test_doctor_says_where_other_servers_are_told_to_come(
    engine: Engine, run: Run, host: str, own_address: str, seen: str, is_well: bool
):
    told = run("doctor", **engine.settings, host=host, own_address=own_address).stdout

    (line,) = re.findall(r"^. own address: .*(?:\n    mend.*)?", told, re.M)
    assert seen in line
    assert line.startswith("✓" if is_well else "✗")


def test_another_embedder_than_the_index_was_built_with_changes_nothing(engine: Engine, run: Run, articles: Path):
    with engine.open(FakeEmbedder("größer")) as workspace:
        ingest([COWBOY, ROBOT], workspace)

    for command in (["search", "Où ?"], ["ask", ASKED], ["ingest", articles], ["mend"]):
        assert_complains(run(*command, **engine.settings), 1, "ACTUCLAIR_EMBEDDER=größer", "`actuclair reindex`")

    with engine.open(FakeEmbedder("größer")) as workspace:
        assert (workspace.index.count(), len(workspace.record.articles())) == (2, 2)
        assert workspace.index.probe()


def test_an_index_of_another_embedder_is_not_searched_but_made_again(engine: Engine):
    with engine.open() as workspace:
        ingest([COWBOY, ROBOT], workspace)
        with workspace.database.transaction() as connection:
            connection.exec_driver_sql("UPDATE vectors.made_with SET embedder = 'größer'")

    with engine.open() as workspace:
        was_sound = workspace.index.is_sound
        found = workspace.index.search(workspace.embedder.embed_query("Il robot canta"), 1, Filters())
        workspace.index.mend()

        assert not was_sound and found[0][0].startswith("robot")
        assert workspace.index.is_sound and workspace.index.count() == 2


def test_chroma_in_the_process_has_the_database_alone(postgres: Cluster, tmp_path: Path):
    with (
        postgres.database() as address,
        Workspace(tmp_path / "a", FakeEmbedder(), address),
        pytest.raises(DatabaseInUse, match="ACTUCLAIR_VECTORS=chroma"),
    ):
        Workspace(tmp_path / "b", FakeEmbedder(), address)


def test_backup_and_restore_name_the_commands_of_postgresql(run: Run, engine: Engine, tmp_path: Path):
    saved, restored = run("backup", tmp_path / "x.dump", **engine.settings), run("restore", "x.dump", **engine.settings)

    assert_complains(
        saved, 1, "pg_dump", "--exclude-table-data=classroom.turns", "--exclude-schema=servers", "docs/operations.md"
    )
    assert_complains(restored, 1, "pg_restore")
    assert "geheim" not in saved.output + restored.output


def test_the_commands_of_postgresql_bring_back_all_but_what_people_left(
    engine: Engine, postgres_with_vectors: Cluster, tmp_path: Path
):
    with engine.open() as workspace, school_in(engine.home, MadeUp(), address=engine.database) as school:
        ingest([COWBOY, ROBOT], workspace)
        set_secret(school.storage, "pianoforte-lontra")
        school.open(PLAN)
        dump(postgres_with_vectors, dump_command(tmp_path / "x.dump", engine.database))

    with postgres_with_vectors.database() as address:
        dump(postgres_with_vectors, restore_command(tmp_path / "x.dump", address))
        storage = Storage(tmp_path, address)
        kept, secret = storage.registers(), storage.secret("teacher")
        storage.close()
        with Workspace(tmp_path, FakeEmbedder(), address, "pgvector") as workspace:
            workspace.index.mend()
            assert workspace.index.count() == len(workspace.record.articles()) == 2
            assert workspace.words.search("canta", "it", 5)[0].startswith("robot")

    assert (kept, secret[:7]) == ([], "$argon2")


def test_a_backup_of_postgresql_comes_back_for_an_owner_who_is_nobody_special(
    engine: Engine, postgres_with_vectors: Cluster, tmp_path: Path
):
    cluster, name = postgres_with_vectors, f"scuola_{secrets.token_hex(4)}"
    with engine.open() as workspace:
        ingest([ROBOT], workspace)
    dump(cluster, dump_command(tmp_path / "x.dump", engine.database))
    cluster.run(f"CREATE ROLE {name} LOGIN")
    cluster.run(f"CREATE DATABASE {name} OWNER {name}")
    cluster.run("CREATE EXTENSION vector SCHEMA public", name)  # what its administrator does: engines need it

    try:
        address = cluster.address(name).replace("//actuclair:", f"//{name}:")
        dump(cluster, restore_command(tmp_path / "x.dump", address))
        with Workspace(tmp_path / "neu", FakeEmbedder(), address, "pgvector") as workspace:
            assert [article.id for article in workspace.record.articles()] == [ROBOT.id]
    finally:
        cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
        cluster.run(f"DROP ROLE {name}")


def dump(cluster: Cluster, command: str) -> None:
    program, *arguments = shlex.split(command)
    subprocess.run([cluster.programs / program, *arguments], check=True)
