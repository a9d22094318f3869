"""Several servers on one PostgreSQL database: one has the classes, and another takes them up when it is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from class_rooms import (
    PLAN,
    Clock,
    MadeUp,
    asks,
    class_app,
    ended,
    pupil_of,
    question_of,
    school_in,
    visitor,
)
from engines import Cluster
from sqlalchemy import text
from waiting import wait_until

from classroom.errors import NotNow
from classroom.keeping.servers import LESSONS
from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.types import Progress
from rag.databases.database import Held
from rag.errors import StorageFailed

pytest_plugins = ("engines",)


@pytest.fixture
def address(postgres: Cluster) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def stop_watch(school: School) -> None:
    """From now on a server looks only when told whether the classes are still its own."""
    school._stopped.set()
    school._watch.join()


def test_a_second_server_leaves_the_classes_to_the_first_and_takes_them_up_when_it_is_gone(
    tmp_path: Path, address: str
):
    first, second = MadeUp(), MadeUp()
    with school_in(tmp_path, first, address=address) as one:
        room = one.open(PLAN)
        zoe = room.join("Zoë", "token")
        turn = one.answering.ask(room, zoe, question_of("Chi canta in città?"))
        other = School(Storage(tmp_path, address), second.library(), 30, Clock())
        other.start()
        with pytest.raises(NotNow, match="503, moved"):
            other.open(PLAN)
        with pytest.raises(NotNow, match="503, moved"):
            other.find(room.register.session.code)
        assert (other.rooms(), second.asked) == ([], [])

    second.may_write.set()
    wait_until(lambda: other.rooms())
    (again,) = other.rooms()
    wait_until(lambda: ended(again) and not other.are_elsewhere)
    assert again.register.turns[turn.id].progress is Progress.ANSWERED
    assert other.open(PLAN).id != room.id
    other.close()


@pytest.mark.parametrize("language", ["fr", "en", "it", "es", "de"])
def test_a_pupil_is_told_that_the_classes_are_elsewhere(tmp_path: Path, address: str, language: str):
    with school_in(tmp_path, MadeUp(), address=address) as one:
        room = one.open(PLAN)
        other = School(Storage(tmp_path, address), MadeUp().library(), 30, Clock())
        other.start()
        code = room.register.session.code

        told = visitor(class_app(other), language).post(f"/class/{code}/join", json={"nickname": "Zoë"})
        other.close()

    assert told.status_code == 503
    assert "serv" in told.text.lower()


def test_a_server_that_was_cut_off_keeps_its_classes_when_nobody_took_them(
    tmp_path: Path, address: str, postgres: Cluster
):
    with school_in(tmp_path, MadeUp(), address=address) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Zoë")
        stop_watch(school)
        postgres.cut_off()
        school._hold()

        assert school.room(room.id) is room
        assert asks(pupil, room).status_code == 200
        with school.storage.transaction() as connection:
            assert connection.execute(text("SELECT count(*) FROM turns")).scalar() == 1


def test_a_server_that_was_cut_off_lets_go_of_classes_that_another_has_taken(
    tmp_path: Path, address: str, postgres: Cluster
):
    with school_in(tmp_path, MadeUp(), address=address) as one:
        room = one.open(PLAN)
        stop_watch(one)
        postgres.cut_off()
        with school_in(tmp_path, MadeUp(), address=address) as other:
            assert [each.id for each in other.rooms()] == [room.id]
            one._hold()

            with pytest.raises(NotNow, match="moved"):
                one.room(room.id)


def test_classes_are_nobodys_while_the_others_cannot_be_told(tmp_path: Path, address: str):
    def fail() -> None:
        raise StorageFailed(tmp_path, "plein")

    one, other = Storage(tmp_path, address), Storage(tmp_path, address, "http://10.0.0.5:7860")
    held = Held(one, LESSONS, fail)

    with pytest.raises(StorageFailed, match="plein"):
        held.hold()

    assert not held.is_ours
    assert other.servers.hold() and other.servers.is_holder
    assert not one.servers.hold() and one.servers.holder == other.servers.holder
    other.close()
    assert one.servers.hold() and one.servers.holder.address == ""
    one.close()
