"""A class whose disk is full: what was not stored has not happened, and what was seen is stored later."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from class_rooms import CRISIS, PLAN, Clock, MadeUp, question_of
from page_turns import answer_of
from sqlalchemy import Connection, text
from waiting import wait_until

from classroom.keeping.storage import Storage
from classroom.lesson.changes import part_of
from classroom.lesson.school import School
from classroom.types import Progress
from rag.errors import StorageFailed
from rag.types import Status
from telling import turns as told


class FullDisk(Storage):
    """Writes nothing while it `is_full`, and lets nobody in while it is `locked`."""

    is_full = False
    asked_while_locked = False
    _free = threading.Event()
    _free.set()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if self.is_full:
            raise StorageFailed(self.home, "disk full")
        self.asked_while_locked = not self._free.is_set()
        self._free.wait(30)
        with super().transaction() as connection:
            yield connection

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Whoever comes meanwhile has to wait."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()


def school_on(storage: Storage, clock: Clock | None = None) -> School:
    return School(storage, MadeUp().library(), 30, clock or Clock())


def kept(storage: Storage, turn_id: str) -> Progress:
    """What has become of a turn, as a restart would read it."""
    (register,) = storage.registers()
    return register.turns[turn_id].progress


def test_a_call_for_help_reaches_the_teacher_though_the_disk_is_full(tmp_path: Path):
    storage = FullDisk(tmp_path)
    school = school_on(storage)
    room = school.open(PLAN)
    turn = room.ask(room.join("Zoë", "token").id, question_of(CRISIS))
    before, storage.is_full = room.changes.latest(), True

    with pytest.raises(StorageFailed):
        room.show(turn.id, told.Turn(1, turn.question, answer=answer_of(status=Status.CRISIS)))

    assert [flag.turn_id for flag in room.register.flags] == [turn.id]
    assert min(room.changes.version(part) for part in ("flags", part_of(turn.id))) > before


def test_an_answer_that_was_seen_while_the_disk_was_full_is_stored_as_soon_as_there_is_space(tmp_path: Path):
    storage, clock = FullDisk(tmp_path), Clock()
    school = school_on(storage, clock)
    room = school.open(PLAN)
    turn = room.ask(room.join("Zoë", "token").id, question_of())
    ended = told.Turn(1, turn.question, answer=answer_of(status=Status.QUOTED))

    storage.is_full = True
    with pytest.raises(StorageFailed):
        room.show(turn.id, ended)
    school.tick()
    storage.is_full = False
    school.tick()
    soon = kept(storage, turn.id)
    clock.on(seconds=11)
    school.tick()

    assert (soon, kept(storage, turn.id)) == (Progress.RUNNING, Progress.ANSWERED)
    assert not room.is_running(turn.id)


def test_an_end_that_can_never_be_stored_keeps_no_other_class_waiting(tmp_path: Path):
    storage, clock = FullDisk(tmp_path), Clock()
    school = school_on(storage, clock)
    rooms = [school.open(PLAN) for _ in range(2)]
    turns = [room.ask(room.join("Zoë", room.id).id, question_of()) for room in rooms]
    storage.is_full = True
    for room, turn in zip(rooms, turns, strict=True):
        with pytest.raises(StorageFailed):
            room.show(turn.id, told.Turn(1, turn.question, answer=answer_of(status=Status.QUOTED)))
    storage.is_full = False
    with storage.transaction() as connection:
        connection.execute(text("DELETE FROM sessions WHERE id = :id"), {"id": school.rooms()[0].id})

    school.tick()

    assert kept(storage, turns[rooms.index(school.rooms()[1])].id) is Progress.ANSWERED


def test_what_could_not_be_stored_is_stored_when_the_server_stops(tmp_path: Path):
    storage = FullDisk(tmp_path)
    school = school_on(storage)
    room = school.open(PLAN)
    turn = room.ask(room.join("Zoë", "token").id, question_of())
    storage.is_full = True
    with pytest.raises(StorageFailed):
        room.show(turn.id, told.Turn(1, turn.question, answer=answer_of(status=Status.QUOTED)))
    school.tick()

    storage.is_full = False
    school.close()

    assert kept(Storage(tmp_path), turn.id) is Progress.ANSWERED


def test_pages_are_shown_while_ends_are_stored_that_could_not_be_before(tmp_path: Path):
    storage = FullDisk(tmp_path)
    room = school_on(storage).open(PLAN)
    turn = room.ask(room.join("Zoë", "token").id, question_of())
    storage.is_full = True
    with pytest.raises(StorageFailed):
        room.show(turn.id, told.Turn(1, turn.question, answer=answer_of(status=Status.QUOTED)))
    storage.is_full = False
    storing = threading.Thread(target=room.store_ends, daemon=True)

    with storage.locked():
        storing.start()
        wait_until(lambda: storage.asked_while_locked)
        assert room.changing.acquire(timeout=10)
        room.changing.release()
    storing.join()

    assert kept(storage, turn.id) is Progress.ANSWERED


def test_who_could_not_be_stored_has_not_joined_nor_asked(tmp_path: Path):
    storage = FullDisk(tmp_path)
    room = school_on(storage).open(PLAN)
    pupil = room.join("Zoë", "token")

    storage.is_full = True
    with pytest.raises(StorageFailed):
        room.join("Ugo", "another")
    with pytest.raises(StorageFailed):
        room.ask(pupil.id, question_of())
    storage.is_full = False

    assert list(room.register.pupils) == [pupil.id] and room.running() == []
    assert room.join("Ugo", "another").nickname == "Ugo"
    assert room.ask(pupil.id, question_of()).number == 1


def test_a_session_whose_new_end_could_not_be_stored_ends_as_planned(tmp_path: Path):
    storage = FullDisk(tmp_path)
    room = school_on(storage).open(PLAN)
    planned = room.register.session.ends_at

    storage.is_full = True
    with pytest.raises(StorageFailed):
        room.prolong(15)

    assert room.register.session.ends_at == planned


def test_an_end_that_could_not_be_stored_is_tried_again(tmp_path: Path):
    storage, clock = FullDisk(tmp_path), Clock()
    school = school_on(storage, clock)
    room = school.open(PLAN)
    clock.on(hours=2)

    storage.is_full = True
    school.tick()
    went_on, storage.is_full = room.register.session.ended_at is None, False
    school.tick()

    assert went_on
    assert [register.session.ended_at for register in storage.registers()] == [clock.now]


def test_a_session_that_could_not_be_deleted_stays_within_reach(tmp_path: Path):
    storage = FullDisk(tmp_path)
    school = school_on(storage)
    room = school.open(PLAN)

    storage.is_full = True
    with pytest.raises(StorageFailed):
        school.delete(room)
    was_there, storage.is_full = school.rooms() == [room] and school.find(room.register.session.code) is room, False
    school.delete(room)

    assert was_there
    assert school.rooms() == [] and storage.registers() == []
