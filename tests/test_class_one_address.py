"""A whole school behind one address: who guesses, floods or opens too many pages costs the others nothing."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from class_rooms import PLAN, SECRET, MadeUp, asks, class_app, pupil_of, school_in, teacher_of, visitor
from starlette.requests import Request
from starlette.testclient import TestClient

from classroom.entering.attempts import Attempts
from classroom.entering.codes import new_code
from classroom.entering.devices import device_of, new_device
from classroom.entering.invitations import key_of
from classroom.entering.sign_in import SignIn, set_secret
from classroom.errors import NotNow
from classroom.routes.seats import MOST_SEATS, Seats
from classroom.routes.streams import stream
from classroom.showing.parts import Page


def guess_codes(guesser: TestClient) -> None:
    """Wrong codes until no more are looked at."""
    while guesser.post("/class", json={"code": new_code("it")}).status_code != 429:
        pass


def guess_passwords(guesser: TestClient) -> list[int]:
    """Wrong passwords until no more are looked at: a minute may begin anew meanwhile."""
    statuses = [403]
    while statuses[-1] == 403 and len(statuses) < 60:
        statuses.append(guesser.post("/teacher/sign-in", json={"secret": f"{len(statuses)}"}).status_code)
    return statuses[1:]


def test_who_comes_by_the_link_gets_in_though_somebody_at_the_address_guesses(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        at, key = f"/class/{room.register.session.code}", key_of(room.id)
        guess_codes(visitor(app))
        typed, scanned = visitor(app), visitor(app)

        page = scanned.get(f"{at}?key={key}")
        joined = scanned.post(f"{at}/join?key={key}", json={"nickname": "Zoë"})

        assert typed.get(at).status_code == 429
        assert typed.get(f"{at}?key={key[:-1]}").status_code == 429
        assert (page.status_code, joined.status_code) == (200, 200)
        assert f"join?key={key}" in page.text
        assert asks(scanned, room).status_code == 200


def test_the_key_of_a_session_opens_no_other(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room, other = class_app(school), school.open(PLAN), school.open(PLAN)
        guess_codes(visitor(app))

        page = visitor(app).get(f"/class/{other.register.session.code}?key={key_of(room.id)}")

        assert page.status_code == 429


def test_who_guesses_the_password_does_not_keep_the_teachers_browser_out(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app = class_app(school)
        teacher, guesser = teacher_of(app, school), visitor(app)
        guess_passwords(guesser)

        again = teacher.post("/teacher/sign-in", json={"secret": SECRET})
        elsewhere = visitor(app).post("/teacher/sign-in", json={"secret": SECRET})

        assert (again.status_code, elsewhere.status_code) == (200, 429)


def test_a_known_browser_cannot_guess_for_long_either(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        teacher = teacher_of(class_app(school), school)

        statuses = guess_passwords(teacher)

        assert 10 <= statuses.count(403) < 20 and statuses[-1] == 429


def test_a_browser_is_known_until_the_secret_is_changed():
    cookie = new_device("hash of a secret")

    assert device_of(cookie, "hash of a secret") == cookie.partition(".")[0]
    assert [device_of(cookie, "another"), device_of(cookie, ""), device_of("x.é", "a"), device_of("", "a")] == [""] * 4


def test_guesses_at_the_same_time_are_as_few_as_one_after_the_other():
    attempts, at_once = Attempts(a_minute=5, an_hour=50), threading.Barrier(20)
    tried = []

    def guess(_: int) -> str:
        at_once.wait()
        try:
            with attempts.trying("192.0.2.1"):
                tried.append(time.sleep(0.05))
                raise NotNow("secret_wrong", 403)
        except NotNow as refused:
            return refused.phrase

    with ThreadPoolExecutor(20) as threads:
        phrases = list(threads.map(guess, range(20)))

    assert len(tried) == 5 and phrases.count("too_many_tries") == 15


def test_what_was_not_looked_at_is_no_guess():
    attempts = Attempts(a_minute=1, an_hour=1)

    with pytest.raises(NotNow), attempts.trying("192.0.2.1"):
        raise NotNow("too_many_tries", 429)

    attempts.check("192.0.2.1")


def test_many_sign_ins_at_once_are_turned_away_and_no_more_than_one_is_looked_at(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        set_secret(school.storage, SECRET)
        sign_in = SignIn(school.storage, school.clock)

        at_once = threading.Barrier(20)

        def tries(_: int) -> str:
            at_once.wait()
            try:
                sign_in.sign_in("wrong wrong wrong")
            except NotNow as refused:
                return refused.phrase
            return "in"

        with ThreadPoolExecutor(20) as threads:
            phrases = list(threads.map(tries, range(20)))

        assert 5 <= phrases.count("secret_wrong") < 20
        assert phrases.count("secret_wrong") + phrases.count("too_many_tries") == 20
        assert sign_in.sign_in(SECRET)


def test_the_newest_pages_of_a_pupil_are_told_what_changes_and_older_ones_lose_their_place():
    seats = Seats()
    taken = [seats.taken("Zoë") for _ in range(MOST_SEATS + 2)]
    other = seats.taken("Ugo")
    others, held = other.__enter__(), [each.__enter__() for each in taken]

    assert [seat.is_lost for seat in held] == [True] * 2 + [False] * MOST_SEATS
    assert not others.is_lost
    for each in taken:
        each.__exit__(None, None, None)
    assert seats._taken.keys() == {"Ugo"}


def test_a_page_that_lost_its_place_is_told_so_and_ends(tmp_path: Path):
    seats, request = Seats(most=1), Request({"type": "http", "query_string": b"", "headers": []})

    async def listen() -> list[str]:
        with school_in(tmp_path, MadeUp()) as school:
            room = school.open(PLAN)
            old, lines, newer = (
                stream(request, room, Page(list), 0.0, seats.taken("Zoë")).body_iterator,
                [],
                ExitStack(),
            )
            async for line in old:
                lines.append(str(line))
                if len(lines) == 1:
                    newer.enter_context(seats.taken("Zoë"))
                room.changes.note("lesson")
            return lines

    assert asyncio.run(asyncio.wait_for(listen(), 120))[-1].startswith("event: elsewhere")


def test_a_pupil_who_is_in_is_counted_alone(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        noisy, quiet = pupil_of(app, room, "Ugo"), pupil_of(app, room, "Zoë")

        statuses = [asks(noisy, room, f"Chi è {number}?").status_code for number in range(1300)]

        assert statuses.count(200) == 1 and set(statuses[1:]) == {429}
        assert asks(quiet, room).status_code == 200
        assert pupil_of(app, room, "Leone7")  # somebody new comes in
