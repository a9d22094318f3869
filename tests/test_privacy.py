"""What becomes of what readers tell: nothing of it is on the disk, in a log or with anybody else."""

import asyncio
import json
import logging
import os
import threading
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from cli_runs import Run
from fakes import Fault, StubEndpoint
from fastapi import FastAPI
from page_turns import library_of
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, text

from cli.logs import keep_questions_out
from corpus.errors import ActuclairError
from page import create_page, mount
from page.forgetting import forget_idle, forgetting
from page.mounting import REMEMBERED_S
from rag.databases.columns import left_at
from rag.databases.database import Database
from rag.errors import StorageFailed, WriterFailed
from rag.index.reader_data import READERS, ReaderData, keep_forgetting, now
from rag.index.tables import RECORD
from rag.study.study import NO_STUDY
from rag.types import Event, Question, ReadingLevel, WriterNext
from telling.asking import unfold
from telling.turns import Turn

pytest_plugins = ("cli_runs",)
SECRET = "Xylofonmuziek"
QUESTION = f"Il robot {SECRET} canta in città?"


def files_with(folder: Path, text: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def kept(home: Path, ages: Sequence[int] = (0, 10, 40)) -> tuple[ReaderData, MetaData]:
    """A table as a later part may add one, with a row for each age in days."""
    tables = MetaData()
    opinions = Table("opinions", tables, Column("id", Integer, primary_key=True), Column("text", String), left_at())
    data = ReaderData(home, tables=tables)
    database = data.open()
    with database.transaction() as connection:
        for age in ages:
            connection.execute(insert(opinions).values(text=f"{SECRET} {age}", left_at=now() - timedelta(days=age)))
    database.close()
    return data, tables


def test_nothing_of_a_question_is_on_the_disk(run: Run, articles: Path, environment: dict[str, str]):
    run("ingest", articles)

    asked = run("ask", QUESTION)

    assert asked.exit_code == 0, asked.output
    assert files_with(Path(environment["ACTUCLAIR_HOME"]), SECRET) == []


@pytest.mark.parametrize("fault", [None, *Fault])
def test_logs_never_hold_a_question(
    run: Run, articles: Path, stub: StubEndpoint, fault: Fault | None, caplog: pytest.LogCaptureFixture
):
    run("ingest", articles)
    stub.fault, stub.silence_s = fault, 0.2
    caplog.set_level(logging.DEBUG)
    keep_questions_out()

    run("ask", QUESTION)

    assert stub.requests and SECRET in json.dumps(stub.requests)
    assert SECRET not in caplog.text


def test_a_library_that_is_told_to_log_more_still_holds_its_tongue(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    keep_questions_out()
    logging.getLogger("openai").setLevel(logging.DEBUG)  # what OPENAI_LOG=debug does

    logging.getLogger("openai._base_client").debug("Request options: %s", QUESTION)

    assert SECRET not in caplog.text
    assert os.environ["LANGCHAIN_TRACING_V2"] == "false"


@pytest.mark.parametrize("failure", [WriterFailed("modello", "status 400"), StorageFailed(Path("casa"), "disk full")])
def test_an_endpoint_that_says_again_what_it_was_asked_does_not_bring_it_into_the_log(
    failure: ActuclairError, caplog: pytest.LogCaptureFixture
):
    def explain(question: Question, earlier: object) -> Iterator[Event]:
        yield WriterNext()
        raise failure from ValueError(f"400: '{question.text}' is not allowed here")

    list(unfold(Turn(1, Question(QUESTION, "it", ReadingLevel.CHILD)), (), explain, lambda answer: NO_STUDY))

    assert str(failure) in caplog.text
    assert SECRET not in caplog.text


def test_an_error_of_the_record_tells_nothing_of_what_was_looked_up(tmp_path: Path):
    with pytest.raises(StorageFailed) as failed, Database(RECORD, tmp_path).transaction() as connection:
        connection.execute(text("SELECT * FROM words_of_readers WHERE stems = :stems"), {"stems": SECRET})

    logged = "".join(traceback.format_exception(failed.value))
    assert "words_of_readers" in logged
    assert SECRET not in logged


def test_today_nothing_of_readers_is_kept_and_the_commands_say_so(run: Run, environment: dict[str, str]):
    assert READERS.sorted_tables == []

    forgotten, exported = run("forget"), run("export")

    assert forgotten.exit_code == exported.exit_code == 0
    assert "Nothing of readers is kept" in forgotten.output
    assert exported.stdout == ""
    assert not (Path(environment["ACTUCLAIR_HOME"]) / "readers.sqlite").exists()


@pytest.mark.parametrize("command", ["forget", "export"])
def test_help_shows_an_example(run: Run, command: str):
    assert f"actuclair {command}" in run(command, "--help").output


def test_export_gives_every_row_with_its_table(tmp_path: Path):
    data, _ = kept(tmp_path)

    rows = list(data.export())

    assert [name for name, _ in rows] == ["opinions"] * 3
    assert {row["text"] for _, row in rows} == {f"{SECRET} 0", f"{SECRET} 10", f"{SECRET} 40"}


def test_what_is_forgotten_is_gone_from_the_file_too(tmp_path: Path):
    data, _ = kept(tmp_path)
    assert files_with(tmp_path, SECRET)

    assert data.forget() == {"opinions": 3}

    assert files_with(tmp_path, SECRET) == []
    assert list(data.export()) == []


def test_only_what_is_older_than_the_retention_goes(tmp_path: Path):
    data, _ = kept(tmp_path)

    assert data.forget_expired(30) == {"opinions": 1}
    assert files_with(tmp_path, f"{SECRET} 40") == []
    assert len(list(data.export())) == 2


def test_a_server_forgets_what_has_expired_when_it_starts(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    data, _ = kept(tmp_path)
    stopped = threading.Event()
    stopped.set()

    keep_forgetting([data], 5, stopped)

    assert len(list(data.export())) == 1
    assert "2 entries" in caplog.text


def test_a_file_that_is_none_fails_by_name(tmp_path: Path):
    _, tables = kept(tmp_path)
    (tmp_path / "readers.sqlite").write_bytes(b"no database at all" * 100)

    with pytest.raises(StorageFailed):
        ReaderData(tmp_path, tables=tables).forget()


def test_a_page_that_asks_nothing_for_an_hour_is_forgotten():
    blocks = create_page(library_of(lambda question, earlier: iter(()), language="it"))
    mount(FastAPI(), blocks)
    holder, now_ = blocks.state_holder, datetime.now()
    for page, minutes in (("old", 61), ("new", 59)):
        holder[page]._update_value_in_config(blocks.children[0]._id, QUESTION)
        holder.time_last_used[page] = now_ - timedelta(minutes=minutes)

    assert forget_idle(holder, REMEMBERED_S, now_) == 1
    assert list(holder.session_data) == ["new"]


def test_a_running_server_forgets_idle_pages_by_itself():
    class Holder:
        time_last_used: ClassVar = {"page": datetime(2020, 1, 1)}
        session_data: ClassVar = {"page": QUESTION}

    async def run_for_a_moment() -> None:
        async with forgetting(Holder, 1.0, every_s=0.01)(FastAPI()):
            async with asyncio.timeout(60):
                while Holder.session_data:
                    await asyncio.sleep(0.01)

    asyncio.run(run_for_a_moment())

    assert Holder.session_data == {}
