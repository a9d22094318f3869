"""A server that loses its database while another has the classes: nothing old is shown or stored afterwards."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from class_rooms import PLAN, Clock, MadeUp, asks, class_app, ended, pupil_of, question_of, school_in
from engines import Cluster
from live_pages import open_page
from servers import running
from sqlalchemy import make_url, text
from starlette.testclient import TestClient
from waiting import wait_until

from classroom.errors import Moved
from classroom.keeping.storage import Storage
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.types import State

pytest_plugins = ("engines",)
HAS_LOCK = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
HEADERS = {"host": "testserver", "accept-language": "it"}
NAME = "città_isolata"  # of the database's user as whom the server comes that is cut off


@dataclass
class CutOff:
    """A server, its one session, and a pupil in it; it looks only when told whether the classes are still its own."""

    school: School
    room: Room
    zoe: TestClient
    postgres: Cluster

    def lose_lock(self) -> None:
        """Only the connection that holds the classes breaks."""
        self.postgres.cut_off(f"usename = '{NAME}' AND {HAS_LOCK}")

    def lose_database(self) -> None:
        self.postgres.run(f'ALTER ROLE "{NAME}" NOLOGIN')
        self.postgres.cut_off(f"usename = '{NAME}'")

    def find_database(self) -> None:
        self.postgres.run(f'ALTER ROLE "{NAME}" LOGIN')


@pytest.fixture
def address(postgres: Cluster) -> Iterator[str]:
    postgres.run(f'CREATE ROLE "{NAME}" SUPERUSER LOGIN')
    with postgres.database() as made:
        yield made
    postgres.run(f'DROP ROLE "{NAME}"')  # nothing is its own any more


@pytest.fixture
def one(tmp_path: Path, address: str, postgres: Cluster) -> Iterator[CutOff]:
    own = make_url(address).set(username=NAME).render_as_string(hide_password=False)
    with school_in(tmp_path, MadeUp(), address=own) as school:
        room = school.open(PLAN)
        school._stopped.set()
        school._watch.join()
        yield CutOff(school, room, pupil_of(class_app(school), room, "Zoë"), postgres)


@contextmanager
def another(folder: Path, address: str) -> Iterator[Room]:
    """The same session in a server that has taken the classes over meanwhile."""
    answers = MadeUp()
    answers.may_write.set()
    with school_in(folder, answers, address=address) as other:
        (room,) = other.rooms()
        yield room


def turns_kept(address: str, folder: Path) -> int:
    storage = Storage(folder, address)
    with storage.transaction() as connection:
        counted = connection.execute(text("SELECT count(*) FROM turns")).scalar_one()
    storage.close()
    return int(counted)


def test_classes_that_another_server_has_had_meanwhile_are_read_anew(tmp_path: Path, address: str, one: CutOff):
    one.lose_database()
    with another(tmp_path, address) as there:
        there.join("Nicolò", "token")
        there.steer("pause")
    one.find_database()

    one.school._hold()

    (again,) = one.school.rooms()
    assert {pupil.nickname for pupil in again.register.pupils.values()} == {"Zoë", "Nicolò"}
    assert again.register.session.state is State.PAUSED
    assert one.zoe.get(f"/class/{again.register.session.code}").status_code == 200
    with pytest.raises(Moved):
        one.room.join("Ugo", "other")


def test_a_question_that_was_on_its_way_goes_on_where_it_is_read_anew(tmp_path: Path, address: str, one: CutOff):
    assert asks(one.zoe, one.room, "Chi canta in città?").status_code == 200
    one.lose_database()
    with another(tmp_path, address) as there:
        wait_until(lambda: ended(there))
    one.find_database()

    one.school._hold()

    (again,) = one.school.rooms()
    (turn,) = again.register.turns.values()
    assert turn.answer is not None and turn.answer.text.startswith("Ecco")
    assert one.room is not again and not one.school.desk.has(turn.id)


def test_a_page_that_shows_the_classes_as_they_were_is_told_how_they_are(tmp_path: Path, address: str, one: CutOff):
    at = f"/class/{one.room.register.session.code}"
    with running(class_app(one.school)) as server, httpx.Client(base_url=server, headers=HEADERS, timeout=30) as ugo:
        ugo.post(f"{at}/join", json={"nickname": "Ugo"}).raise_for_status()
        with open_page(ugo, f"{at}/stream") as page:
            wait_until(lambda: "lesson" in page.parts)
            one.lose_database()
            with another(tmp_path, address) as there:
                there.broadcast("Domani c'è la luna piena.", "")
            one.find_database()

            one.school._hold()

            wait_until(lambda: page.shows("Domani c'è la luna piena."))


def test_what_a_server_without_its_database_is_asked_is_refused_and_kept_nowhere(
    tmp_path: Path, address: str, one: CutOff
):
    one.lose_database()
    one.school._hold()
    refused = asks(one.zoe, one.room, "Perché?")
    with another(tmp_path, address) as there:
        again = asks(one.zoe, one.room, "Perché?")
        asked_there = len(there.register.turns)
    one.find_database()
    one.school._hold()

    assert (refused.status_code, again.status_code, asked_there) == (503, 503, 0)
    assert refused.json()["phrase"] == "cannot_answer_now"
    assert turns_kept(address, tmp_path) == 0
    assert asks(one.zoe, one.room, "Perché?").status_code == 200


def test_a_server_that_does_not_know_yet_that_another_has_the_classes_stores_nothing(
    tmp_path: Path, address: str, one: CutOff
):
    (zoe,) = one.room.register.pupils
    changes: list[Callable[[], object]] = [
        lambda: one.room.ask(zoe, question_of("¿Por qué?")),
        lambda: one.room.join("Nicolò", "token"),
        lambda: one.room.steer("lock"),
        lambda: one.room.broadcast("À demain !", ""),
        lambda: one.school.open(PLAN),
        lambda: one.school.delete(one.room),
    ]
    one.lose_lock()
    with another(tmp_path, address) as there:
        for change in changes:
            with pytest.raises(Moved):
                change()
        refused = asks(one.zoe, one.room)
        one.school._hold()

        assert (one.room.register.turns, len(one.room.register.pupils)) == ({}, 1)
        assert (refused.status_code, refused.json()["phrase"]) == (503, "moved")
        assert there.register.session.state is State.OPEN
        assert one.school.are_elsewhere and turns_kept(address, tmp_path) == 0


def test_a_server_whose_row_was_lost_writes_it_again_and_goes_on(tmp_path: Path, address: str, one: CutOff):
    storage = Storage(tmp_path, address)
    with storage.transaction() as connection:
        connection.execute(text("DELETE FROM servers.holders"))
    storage.close()
    with pytest.raises(Moved):
        one.room.join("Nicolò", "token")

    one.school._hold()

    (again,) = one.school.rooms()
    again.join("Nicolò", "token")
    assert {pupil.nickname for pupil in again.register.pupils.values()} == {"Zoë", "Nicolò"}
    assert asks(one.zoe, again, "Chi canta?").status_code == 200


def test_whoever_takes_the_classes_reads_what_was_being_stored(
    tmp_path: Path, address: str, one: CutOff, postgres: Cluster
):
    """What is acknowledged by the one is known to the other: it waits for it."""
    other = School(Storage(tmp_path, address), MadeUp().library(), 30, Clock())
    taking = threading.Thread(target=other.start, daemon=True)

    def is_waiting() -> bool:
        with other.storage.transaction() as looking:
            waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%holders%'"
            return bool(looking.execute(text(waits)).scalar())

    try:
        with one.school.storage.of_holder() as connection:
            one.lose_lock()
            taking.start()
            wait_until(is_waiting)
            connection.execute(text("UPDATE pupils SET nickname = 'Zoé'"))
        taking.join()
        wait_until(other.rooms)

        (room,) = other.rooms()
        assert [pupil.nickname for pupil in room.register.pupils.values()] == ["Zoé"]
    finally:
        other.close()
