"""Who may do what over the web: every role for every route, and guesses."""

import re
from pathlib import Path

import pytest
from class_rooms import (
    CRISIS,
    FORM,
    PLAN,
    SECRET,
    Clock,
    MadeUp,
    asks,
    class_app,
    does,
    ended,
    pupil_of,
    school_in,
    teacher_of,
    visitor,
)
from waiting import wait_until

from classroom.entering.attempts import Attempts
from classroom.entering.codes import new_code
from classroom.errors import NotNow
from classroom.showing.texts import load
from classroom.tokens import new_id, new_token

TEXTS = load()["it"]
TEACHERS = ("", "/export/csv?names=1", "/export/print", "/turn/x", "/stream")


def problem(answer: object) -> str:
    return str(answer.json()["problem"])  # type: ignore[attr-defined]


def test_only_a_signed_in_teacher_reaches_anything_of_a_teacher(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        pupil = pupil_of(app, room, "Leone7")

        for browser in (visitor(app), pupil):
            for path in TEACHERS:
                assert browser.get(f"/teacher/{room.id}{path}").status_code == 401, path
            assert browser.post("/teacher/sessions", json=FORM).status_code == 401
            for do in ("pause", "prolong", "end", "delete", "remove", "release", "show_question"):
                assert does(browser, room, do=do).status_code == 401
        assert room.register.session.state.value == "open"
        assert len(school.rooms()) == 1


def test_a_teachers_cookie_is_no_pupils_and_the_other_way_round(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher, pupil = teacher_of(app, school), pupil_of(app, room, "Leone7")

        stolen = visitor(app)
        stolen.cookies.set("actuclair_teacher", pupil.cookies["actuclair_pupil"])
        posing = visitor(app)
        posing.cookies.set("actuclair_pupil", teacher.cookies["actuclair_teacher"])

        assert stolen.get(f"/teacher/{room.id}").status_code == 401
        assert asks(posing, room).json()["phrase"] == "not_joined"


def test_a_pupil_reaches_neither_other_sessions_nor_others_answers(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        app, room, other = class_app(school), school.open(PLAN), school.open(PLAN)
        first, second = pupil_of(app, room, "Leone7"), pupil_of(app, room, "Zoë")
        asks(first, room)
        wait_until(lambda: len(ended(room)) == 1)
        (turn,) = ended(room)
        at = f"/class/{room.register.session.code}"

        judged = second.post(f"{at}/judge", json={"turn": turn.id, "opinion": "reported"})
        tried = second.post(f"{at}/quiz", json={"turn": turn.id, "place": 0, "given": "x"})

        assert (judged.status_code, tried.status_code) == (404, 404)
        assert asks(first, other).json()["phrase"] == "not_joined"
        assert "Ecco" not in second.get(at).text


def test_language_level_and_articles_are_the_sessions_whatever_a_browser_sends(tmp_path: Path):
    answers = MadeUp()
    with school_in(tmp_path, answers) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Leone7", "de")

        assert asks(pupil, room, level="adult").json()["phrase"] == "level_not_here"
        sent = {"question": "Wer singt?", "level": "child", "language": "de", "articles": ["geheim"]}
        assert pupil.post(f"/class/{room.register.session.code}/ask", json=sent).status_code == 200

        assert next(iter(room.register.turns.values())).question.language == "it"


def test_cookies_are_for_this_server_and_this_path_only(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        joined = visitor(app).post(f"/class/{room.register.session.code}/join", json={"nickname": "Leone7"})

        cookie = joined.headers["set-cookie"]

        assert "HttpOnly" in cookie and "SameSite=strict" in cookie
        assert f"Path=/class/{room.register.session.code}" in cookie
        assert "Secure" not in cookie  # but over https, where the guard adds it


def test_another_site_cannot_act_for_a_teacher(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher = teacher_of(app, school)

        foreign = teacher.post(f"/teacher/{room.id}/do", json={"do": "end"}, headers={"origin": "https://evil.example"})

        assert foreign.status_code == 403
        assert room.register.session.state.value == "open"


def test_ten_thousand_guesses_of_codes_open_nothing_and_are_slowed_down(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        rooms = {school.open(PLAN).register.session.code for _ in range(20)}
        drawn = [new_code("it") for _ in range(10_000)]
        guesses = [code for code in drawn if code not in rooms]
        app = class_app(school)
        guesser = visitor(app)

        statuses = [404]
        while statuses[-1] == 404 and len(statuses) < 500:  # a minute may begin anew meanwhile
            statuses.append(guesser.post("/class", json={"code": guesses[len(statuses)]}).status_code)

        assert len(drawn) - len(guesses) < 4  # of 45 million: one of them in a run out of two hundred
        assert len(statuses) > 120 and statuses[-1] == 429
        assert guesser.post("/class", json={"code": next(iter(rooms))}).status_code == 429  # not even what is right


def test_ten_thousand_guesses_of_ids_and_tokens_open_nothing(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher_of(app, school)
        pupil_of(app, room, "Leone7")
        sign_in_tokens = [new_token() for _ in range(10_000)]

        for token in sign_in_tokens:
            with pytest.raises(NotNow):
                room.pupil_of(token)
        for _ in range(10_000):
            with pytest.raises(NotNow):
                school.room(new_id())

        guesser = visitor(app)
        for token in sign_in_tokens[:100]:
            guesser.cookies.set("actuclair_teacher", token)
            assert guesser.get(f"/teacher/{room.id}").status_code == 401


def test_the_secret_cannot_be_tried_for_long_and_what_is_right_is_then_not_told(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app = class_app(school)
        teacher_of(app, school)
        guesser = visitor(app)

        statuses = [guesser.post("/teacher/sign-in", json={"secret": f"{n}"}).status_code for n in range(41)]
        right = guesser.post("/teacher/sign-in", json={"secret": SECRET})

        assert set(statuses[:20]) == {403} and statuses[-1] == 429  # a minute may begin anew meanwhile
        assert 1 <= int(right.headers["retry-after"]) <= 3600
        assert (right.status_code, problem(right)) == (429, TEXTS["problem.too_many_tries"])


def test_without_a_secret_nobody_signs_in(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        browser = visitor(class_app(school))

        tried = browser.post("/teacher/sign-in", json={"secret": "nobody has this secret"})

        assert (tried.status_code, problem(tried)) == (403, TEXTS["problem.no_secret"])
        assert "actuclair teacher set-secret" in browser.get("/teacher").text


def test_a_sign_in_that_ran_out_says_so_and_nothing_is_lost(tmp_path: Path):
    clock = Clock()
    with school_in(tmp_path, MadeUp(), clock) as school:
        room = school.open(PLAN)
        teacher = teacher_of(class_app(school), school)
        clock.on(hours=11)

        late = does(teacher, room, do="pause")
        page = teacher.get(f"/teacher/{room.id}")

        assert (late.status_code, problem(late)) == (401, TEXTS["problem.signed_out"])
        assert TEXTS["problem.signed_out"] in page.text and page.status_code == 401
        assert school.rooms() == [room]


def test_what_was_written_in_a_crisis_is_shown_only_when_asked_for(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher, pupil, other = teacher_of(app, school), pupil_of(app, room, "Zoë"), pupil_of(app, room, "Ugo")
        asks(pupil, room, CRISIS)
        wait_until(lambda: len(ended(room)) == 1)
        (turn,) = ended(room)

        live = teacher.get(f"/teacher/{room.id}?language=it").text
        exports = [
            teacher.get(f"/teacher/{room.id}/export/{form}?names=1").text for form in ("print", "markdown", "csv")
        ]

        assert TEXTS["flag.crisis"] in live and CRISIS not in live
        assert not [text for text in exports if CRISIS in text or "Zoë" in text]
        assert CRISIS in teacher.get(f"/teacher/{room.id}/turn/{turn.id}").text
        assert CRISIS not in other.get(f"/class/{room.register.session.code}").text


def test_who_has_joined_is_not_kept_out_by_others_who_guess(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        pupil, guesser = pupil_of(app, room, "Leone7"), visitor(app)
        for _ in range(130):
            guesser.post("/class", json={"code": new_code("it")})

        assert asks(pupil, room).status_code == 200
        assert pupil.get(f"/class/{room.register.session.code}").status_code == 200
        at, german = f"/class/{room.register.session.code}", {"accept-language": "de"}
        blocked = guesser.post(f"{at}/join", json={"nickname": "Ugo"}, headers=german)
        assert problem(blocked) == load()["de"]["problem.too_many_codes"]  # not in the language of the session


def test_attempts_of_one_address_are_not_anothers():
    attempts = Attempts(a_minute=2, an_hour=10)
    for _ in range(2):
        attempts.failed("192.0.2.1")

    with pytest.raises(NotNow):
        attempts.check("192.0.2.1")
    attempts.check("192.0.2.2")


def test_ids_are_long_enough_not_to_be_guessed():
    assert all(re.fullmatch(r"[\w-]{16}", new_id()) for _ in range(50))
    assert all(re.fullmatch(r"[\w-]{43}", new_token()) for _ in range(50))
