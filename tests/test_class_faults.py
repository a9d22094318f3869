"""A class when something fails: the watch goes on, nobody disturbs anybody, and nothing is given away."""

import logging
import threading
import time
import traceback
from pathlib import Path

import pytest
from class_rooms import CRISIS, PLAN, Clock, MadeUp, question_of, school_in
from sqlalchemy import text
from waiting import wait_until

from classroom.errors import NotNow
from classroom.keeping.storage import Storage
from classroom.lesson.presence import Presence
from classroom.lesson.school import School
from rag.errors import StorageFailed


class Faulty(Presence):
    """Fails once, as a fault of ours would."""

    is_faulty = True

    def gone(self) -> list[str]:
        if self.is_faulty:
            self.is_faulty = False
            raise RuntimeError("dictionary changed size during iteration")
        return super().gone()


def test_the_watch_survives_any_fault_and_tells_of_it(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    clock = Clock()
    school = School(Storage(tmp_path), MadeUp().library(), 30, clock)
    faulty = school.answering.presence = Faulty(time.monotonic)
    with caplog.at_level(logging.ERROR), school.in_session():
        room = school.open(PLAN)
        clock.on(hours=2)

        wait_until(lambda: room.register.session.ended_at is not None)

        assert not faulty.is_faulty
        assert "dictionary changed size" in caplog.text


def test_who_comes_while_others_are_counted_disturbs_nobody():
    class Meanwhile(float):
        """A time during whose comparison somebody leaves in another thread."""

        def __ge__(self, other: float) -> bool:
            leaving = threading.Thread(target=presence.expect, args=("Ugo", 1.0))
            leaving.start()
            leaving.join(0.2)
            return float(self) >= other

    presence = Presence(lambda: Meanwhile(0.0))
    presence.expect("Zoë", 1.0)

    assert presence.gone() == []


def test_nothing_is_begun_in_a_room_that_was_closed_and_nobody_remembers_it(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        zoe, ugo = room.join("Zoë", "token"), room.join("Ugo", "another")
        school.answering.ask(room, zoe, question_of())
        late = room.ask(ugo.id, question_of("Perché?"))

        room.close()
        school._close(room)
        school.answering._begin(room, late, late.question)

        assert not school.desk.has(late.id) and school.answering._where == {}


def test_a_class_that_is_full_is_never_too_full_for_a_call_for_help(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        school.desk._most = 1
        room = school.open(PLAN)
        first, second, third = (room.join(name, name) for name in ("Ugo", "Zoë", "Leone7"))
        school.answering.ask(room, first, question_of())

        with pytest.raises(NotNow, match="busy"):
            school.answering.ask(room, second, question_of("Chi balla?"))
        school.answering.ask(room, third, question_of(CRISIS))

        wait_until(lambda: len(room.register.flags) == 1)


def test_an_error_of_the_file_tells_neither_what_was_asked_nor_by_whom(tmp_path: Path):
    storage = Storage(tmp_path)
    room = School(storage, MadeUp().library(), 30, Clock()).open(PLAN)
    pupil, asked = room.join("Xylo7", "token"), question_of("Chi canta la Xylofonmuziek?")
    with storage.transaction() as connection:
        connection.execute(text("ALTER TABLE turns RENAME TO gone"))

    with pytest.raises(StorageFailed) as failed:
        room.ask(pupil.id, asked)

    logged = "".join(traceback.format_exception(failed.value))
    assert "turns" in logged
    assert "Xylo" not in logged
