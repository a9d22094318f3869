"""The file of the classes: what is kept comes back, what is deleted is gone."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from class_rooms import NOON, PLAN, Clock, question_of
from cli_runs import Run
from page_turns import answer_of, evidence_of
from sqlalchemy import text

from classroom.errors import ClassroomOutdated
from classroom.keeping.forgetting import ClassData
from classroom.keeping.storage import Storage
from classroom.keeping.tables import CLASSROOM
from classroom.types import (
    Broadcast,
    Flag,
    FlagKind,
    Opinion,
    Progress,
    Pupil,
    QuizResult,
    Register,
    Session,
    Turn,
)
from rag.answering.answer_json import answer_json
from rag.errors import StorageFailed
from rag.types import AnswerSentence

pytest_plugins = ("cli_runs",)
SECRET = "Xylofonmuziek"


def full_register(id_: str = "s1", code: str = "tigre-luna-4827") -> Register:
    register = Register(Session(id_, code, PLAN, NOON, NOON + timedelta(minutes=60)))
    register.pupils["p" + id_] = Pupil("p" + id_, f"{SECRET}", "token", NOON)
    answer = answer_of(AnswerSentence(f"È {SECRET}.", (1,)), evidence=(evidence_of(1),))
    done = Turn("t" + id_, 1, "p" + id_, question_of(f"Che cos’è {SECRET}?"), NOON, Progress.ANSWERED, answer)
    register.turns = {done.id: done, "u" + id_: Turn("u" + id_, 2, "p" + id_, question_of(), NOON)}
    register.flags = [Flag("t" + id_, FlagKind.REPORTED, NOON, True)]
    register.opinions = {("t" + id_, "p" + id_): Opinion.REPORTED}
    register.results = {("t" + id_, 0): QuizResult("t" + id_, 0, True)}
    register.broadcasts = [Broadcast("b" + id_, SECRET, "", NOON)]
    return register


def keep(storage: Storage, register: Register) -> None:
    session = register.session
    storage.save_session(session, NOON)
    for pupil in register.pupils.values():
        storage.save_pupil(session, pupil, NOON)
    storage.save_turns(session, list(register.turns.values()), register.flags, NOON)
    for (turn_id, pupil_id), opinion in register.opinions.items():
        storage.save_opinion(turn_id, pupil_id, opinion, NOON)
    for result in register.results.values():
        storage.save_result(result, NOON)
    for message in register.broadcasts:
        storage.save_broadcast(session, message, NOON)


def files_with(folder: Path, secret: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def plain(register: Register) -> str:
    """A register with its answers as JSON: articles come back without their texts."""
    turns = {
        id_: (replace(turn, answer=None), turn.answer and json.dumps(answer_json(turn.answer)))
        for id_, turn in register.turns.items()
    }
    return repr((register.session, register.pupils, turns, register.flags, register.opinions, register.broadcasts))


def test_a_session_comes_back_with_all_that_is_in_it(tmp_path: Path):
    storage, register = Storage(tmp_path), full_register()

    keep(storage, register)
    keep(storage, register)  # a second time changes nothing
    storage.close()

    (read,) = Storage(tmp_path).registers()
    assert plain(read) == plain(register)
    assert read.results == register.results


def test_migrations_make_the_tables_of_this_version(tmp_path: Path):
    storage = Storage(tmp_path)

    with storage.transaction() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), CLASSROOM.tables)

    assert differences == []


def test_a_file_of_a_newer_version_is_left_alone_and_named(tmp_path: Path):
    storage = Storage(tmp_path)
    with storage.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'später'"))
    storage.close()

    with pytest.raises(ClassroomOutdated, match="newer version"):
        Storage(tmp_path)


def test_a_file_that_is_none_fails_by_name(tmp_path: Path):
    (tmp_path / CLASSROOM.file).write_bytes(b"no database at all" * 100)

    with pytest.raises(StorageFailed):
        Storage(tmp_path)


def test_a_deleted_session_is_gone_from_the_file_and_its_journal_and_the_others_stay(tmp_path: Path):
    storage, other = Storage(tmp_path), full_register("s2", "mond-igel-1234")
    keep(storage, full_register())
    for turn_id, turn in list(other.turns.items()):
        other.turns[turn_id] = replace(turn, question=question_of("Wer singt?"), answer=None)
    other.pupils["ps2"] = replace(other.pupils["ps2"], nickname="Löwe7")
    other.broadcasts = []
    keep(storage, other)
    assert files_with(tmp_path, SECRET)

    storage.delete_session("s1")

    assert files_with(tmp_path, SECRET) == []
    assert [register.session.id for register in storage.registers()] == ["s2"]


def test_readers_data_tells_and_forgets_classes_but_not_the_teachers_secret(tmp_path: Path):
    storage = Storage(tmp_path)
    keep(storage, full_register())
    storage.set_secret("teacher", "$argon2id$…")

    told = {name for name, _ in ClassData(tmp_path).export()}
    kept = ClassData(tmp_path).forget(NOON - timedelta(days=1))
    gone = ClassData(tmp_path).forget()

    assert told == {"sessions", "pupils", "turns", "flags", "opinions", "results", "broadcasts"}
    assert not any(kept.values())
    assert (gone["turns"], gone["sessions"], storage.secret("teacher")) == (2, 1, "$argon2id$…")
    assert files_with(tmp_path, SECRET) == []


def test_a_folder_without_classes_has_nothing_to_tell_and_gets_no_file(tmp_path: Path):
    assert list(ClassData(tmp_path).export()) == []
    assert ClassData(tmp_path).forget() == {}
    assert not (tmp_path / CLASSROOM.file).exists()


def test_the_commands_tell_and_delete_what_classes_left(run: Run, environment: dict[str, str]):
    home = Path(environment["ACTUCLAIR_HOME"])
    storage = Storage(home)
    keep(storage, full_register())
    storage.close()

    exported, forgotten = run("export"), run("forget")

    assert SECRET in exported.stdout and '"table": "turns"' in exported.stdout
    assert "turns: 2 deleted" in forgotten.output
    assert files_with(home, SECRET) == []


def test_a_sign_in_runs_out_and_a_new_secret_ends_it(tmp_path: Path):
    storage, clock = Storage(tmp_path), Clock()
    storage.sign_in("token", clock() + timedelta(hours=1), clock())

    before = storage.signed_in_until("token")
    storage.set_secret("teacher", "new")

    assert before == NOON + timedelta(hours=1)
    assert storage.signed_in_until("token") is None
