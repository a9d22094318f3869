"""Two servers on one database behind a balancer that knows nothing: whichever is asked, it is one class."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from class_replicas import browser, lesson, serve, several
from class_rooms import Clock, MadeUp, class_app, server_app, visitor
from engines import Cluster
from live_pages import LivePage, open_page
from servers import running
from sqlalchemy import update
from waiting import wait_until

from classroom.entering.codes import new_code
from classroom.errors import NotNow
from classroom.keeping.servers import HOLDERS
from classroom.keeping.storage import Storage
from classroom.lesson.school import School
from classroom.types import Register
from monitor import checks
from rag.databases.announcing import Listener, announce
from rag.databases.locking import own_connection
from web.forwards import HEADER, header

pytest_plugins = ("engines",)


@pytest.fixture
def address(postgres: Cluster) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def turns_on(page: LivePage) -> set[str]:
    """The turns that a teacher's page can show."""
    return set(re.findall(r'data-load="([\w-]+)"', "".join(page.parts.copy().values())))


def test_a_lesson_over_two_servers_is_one_class(tmp_path: Path, address: str):
    with several(tmp_path, address) as (one, other), lesson([one, other]) as room:
        teachers = room.opened.enter_context(open_page(room.teacher, f"{room.at}/stream"))
        zoe, nicolo = room.pupil("Zoë", "fr"), room.pupil("Nicolò", "it")
        pages = [room.page_of(pupil) for pupil in (zoe, nicolo) for _ in range(2)]  # one by either server
        asked = [room.asks(zoe, "Où est la lune ?"), room.asks(nicolo, "Perché il cielo è blu?")]
        wait_until(lambda: all(page.shows("Ecco: Où est la lune ?") for page in pages[:2]))
        wait_until(lambda: all(page.shows("Ecco: Perché il cielo è blu?") for page in pages[2:]))
        wait_until(lambda: teachers.shows("Zoë") and teachers.shows("Nicolò"))
        seen = [checks.classes(server.school.storage.servers) for server in (one, other)]

        assert [check.is_well for check in seen] == [True, True]
        assert seen[0].seen == f"here; other servers come to {one.own_address}"
        assert seen[1].seen == f"at {one.own_address}"
        assert asked == [200, 200]
        assert (len(one.answers.asked), other.answers.asked) == (2, [])
        assert (one.has_classes, other.has_classes) == (True, False)
        assert all(page.lines == 1 for page in pages)


def test_the_teacher_holds_answers_and_lets_them_go_whichever_server_is_asked(tmp_path: Path, address: str):
    with several(tmp_path, address) as (one, other), lesson([one, other]) as room:
        zoe = room.pupil("Zoë", "fr")
        pages = [room.page_of(zoe) for _ in range(2)]
        teachers = [room.opened.enter_context(open_page(room.teacher, f"{room.at}/stream")) for _ in range(2)]
        held = [room.does(do="hold"), room.asks(zoe, "Où est la lune ?")]
        wait_until(lambda: all(turns_on(page) for page in teachers))
        path = f"{room.at}/turn/{turns_on(teachers[0]).pop()}"
        wait_until(lambda: "Ecco: Où est la lune" in room.teacher.get(path).text)
        before = [page.shows("Ecco: Où est la lune ?") for page in pages]
        released = room.does(do="release", which="")
        wait_until(lambda: all(page.shows("Ecco: Où est la lune ?") for page in pages))

        assert (held, before, released) == ([200, 200], [False, False], 200)


def test_a_call_for_help_reaches_the_teacher_at_once_whichever_server_is_asked(tmp_path: Path, address: str):
    with several(tmp_path, address) as servers, lesson(servers) as room:
        teachers = [room.opened.enter_context(open_page(room.teacher, f"{room.at}/stream")) for _ in range(2)]
        ugo = room.pupil("Ugo", "it")
        wait_until(lambda: all(page.shows("Ugo") for page in teachers))
        quiet = [page.parts.get("flags", "") for page in teachers]
        room.asks(ugo, "Voglio morire")
        wait_until(lambda: all("Ugo" in page.parts.get("flags", "") for page in teachers))

        assert not any("Ugo" in flags for flags in quiet)


def test_a_pupil_has_one_question_on_its_way_though_each_server_is_asked_at_once(tmp_path: Path, address: str):
    with several(tmp_path, address) as (one, other), lesson([one, other]) as room:
        one.answers.may_write.clear()
        zoe = room.pupil("Zoë", "fr")
        _page = room.page_of(zoe)
        with ThreadPoolExecutor(4) as many:
            told = [*many.map(lambda n: room.told(zoe, f"Où est l’étoile {n} ?").json(), range(4))]
        one.answers.may_write.set()

    assert sorted(each.get("phrase", "taken") for each in told) == ["one_at_a_time"] * 3 + ["taken"]


def test_wrong_codes_are_counted_together_by_the_address_of_who_guesses(tmp_path: Path, address: str):
    with several(tmp_path, address) as servers, lesson(servers) as room:
        guesser, neighbour = ({"x-forwarded-for": f"192.0.2.{n}"} for n in (7, 8))
        guesses = (code for _ in range(500) if (code := new_code("it")) != room.code)
        with browser(str(room.teacher.base_url)) as client:
            wrong = [404]
            while wrong[-1] == 404:  # a minute may begin anew meanwhile
                wrong.append(client.post("/class", json={"code": next(guesses)}, headers=guesser).status_code)
            right = client.post("/class", json={"code": room.code}, headers=guesser)
            others = client.post("/class", json={"code": room.code}, headers=neighbour)

    assert len(wrong) > 120 and wrong[-1] == 429
    assert (right.status_code, others.status_code) == (429, 200)
    assert int(right.headers["retry-after"]) > 0


def test_a_class_goes_on_where_the_server_that_had_it_stops(tmp_path: Path, address: str):
    with several(tmp_path, address, 3) as servers, lesson(servers[1:]) as room:
        zoe = room.pupil("Zoë", "fr")
        page = room.page_of(zoe)
        room.asks(zoe, "Où est la lune ?")
        wait_until(lambda: page.shows("Ecco: Où est la lune ?"))
        servers[0].opened.close()
        stopped = time.monotonic()
        again = [room.asks(zoe, "Où est l’étoile ?")]
        took = time.monotonic() - stopped
        wait_until(lambda: page.shows("Ecco: Où est l’étoile ?"))
        history = [zoe.get(f"/class/{room.code}").text for _ in range(2)]
        seen = [each.has_classes for each in servers[1:]]

    assert again == [200] and took < 20
    assert all("Où est la lune" in text for text in history)
    assert sorted(seen) == [False, True]


@pytest.mark.parametrize("told", ["", "http://127.0.0.1:9"], ids=["none", "wrong"])
def test_where_no_server_reaches_the_one_with_the_classes_pupils_are_told_to_wait(
    tmp_path: Path, address: str, told: str
):
    with serve(tmp_path, address, told).opened:
        other = serve(tmp_path, address)
        with other.opened, browser(other.own_address, "fr") as client:
            wait_until(lambda: other.school.storage.servers.holder.secret)
            with ThreadPoolExecutor(3) as many:
                pages = many.map(client.get, ("/class/tigre-lune-4827", "/teacher"))
                call = client.post("/class", json={"code": "tigre-lune-4827"})
            page, teacher = pages
            check = checks.classes(other.school.storage.servers)
            began = time.monotonic()
            again = [client.get("/class").status_code for _ in range(4)]
            took = time.monotonic() - began

    assert again == [503] * 4 and took < 8  # who was waited for in vain is not waited for by everybody
    assert not check.is_well and not check.is_needed
    assert ("does not answer" if told else "ACTUCLAIR_OWN_ADDRESS") in check.seen
    assert [each.status_code for each in (page, call, teacher)] == [503] * 3
    assert page.headers["retry-after"] == call.headers["retry-after"] == "10"
    assert "un autre serveur" in page.text and "un autre serveur" in call.json()["problem"]


def test_servers_that_all_name_the_same_address_hand_nothing_on_in_circles(tmp_path: Path, address: str):
    with serve(tmp_path, address, "http://127.0.0.1:9").opened:
        other = serve(tmp_path, address)
        with other.opened, browser(other.own_address) as client:
            wait_until(lambda: other.school.storage.servers.holder.secret)
            with other.school.storage.servers._open().transaction() as connection:
                connection.execute(update(HOLDERS).values(address=other.own_address))
            wait_until(lambda: other.school.storage.servers.holder.address == other.own_address)
            began = time.monotonic()
            status = client.get("/class/tigre-lune-4827").status_code
            took = time.monotonic() - began

    assert status == 503 and took < 25


@pytest.mark.parametrize("which", [0, 1])
def test_nobody_outside_says_whose_request_it_is(tmp_path: Path, address: str, which: int):
    with several(tmp_path, address) as servers, browser(servers[which].own_address) as client:
        secret = servers[0].school.storage.servers.holder.secret
        forged = client.get("/class", headers={HEADER: header("geraten", "https", "192.0.2.7")})
        old = client.get("/class", headers={HEADER: header("", "https", "192.0.2.7")})
        true = client.get("/class", headers={HEADER: header(secret, "https", "192.0.2.7")})
        plain = client.get("/class")

    assert (forged.status_code, old.status_code, plain.status_code) == (403, 403, 200)
    assert true.status_code == (200 if which == 0 else 403)  # what was handed on once is not handed on again


def test_a_header_of_servers_means_nothing_to_one_that_has_none_beside_it(tmp_path: Path):
    answers = MadeUp()
    school = School(Storage(tmp_path), answers.library(), 30, Clock())
    with school.in_session(), running(server_app(school)) as address, browser(address) as client:
        told, plain = client.get("/class", headers={HEADER: header("", "https", "192.0.2.7")}), client.get("/class")

    assert (told.status_code, plain.status_code) == (403, 200)


def test_a_server_that_takes_classes_up_knows_no_code_before_it_has_read_all(tmp_path: Path, address: str):
    said: list[str] = []

    class Slow(Storage):
        def registers(self) -> list[Register]:
            said.append(visitor(class_app(school), "fr").get("/class/tigre-lune-4827").text)
            with pytest.raises(NotNow, match="moved"):
                school.find("tigre-lune-4827")
            return super().registers()

    school = School(Slow(tmp_path, address), MadeUp().library(), 30, Clock())
    with school.in_session(), pytest.raises(NotNow, match="code_unknown"):
        school.find("tigre-lune-4827")

    assert len(said) == 1 and "un autre serveur" in said[0]


def test_each_server_that_takes_the_classes_has_a_secret_of_its_own(tmp_path: Path, address: str):
    with several(tmp_path, address) as (one, other):
        first = other.school.storage.servers.holder
        one.opened.close()
        wait_until(lambda: other.has_classes)
        second = other.school.storage.servers.holder

    assert first.address == one.own_address and second.address == other.own_address
    assert first.secret and second.secret and first.secret != second.secret


def test_who_listens_hears_what_is_announced_and_listens_again_after_the_line_broke(
    tmp_path: Path, address: str, postgres: Cluster
):
    heard: list[float] = []
    storage = Storage(tmp_path, address)
    with Listener(lambda: own_connection(storage.engine), "novità", lambda: heard.append(time.monotonic())):
        wait_until(lambda: len(heard) == 1)  # it listens
        with storage.transaction() as connection:
            announce(connection, "novità")
        wait_until(lambda: len(heard) == 2)
        postgres.cut_off()
        wait_until(lambda: len(heard) == 3)
        with storage.transaction() as connection:
            announce(connection, "novità")
        wait_until(lambda: len(heard) == 4)
        with storage.transaction() as connection:
            announce(connection, "altro")
    storage.close()

    assert len(heard) == 4
