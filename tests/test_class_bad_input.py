"""Whatever goes wrong: a friendly sentence in the right language, and nothing lost."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from class_rooms import (
    FORM,
    NOON,
    PLAN,
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
from hypothesis import given
from hypothesis import strategies as st
from waiting import wait_until

from classroom.clock import SteadyClock, passing
from classroom.errors import NotNow
from classroom.lesson.plans import read_plan
from classroom.showing.texts import load

LANGUAGES = ("fr", "en", "it", "es", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_code_is_met_in_the_readers_language(tmp_path: Path, language: str):
    with school_in(tmp_path, MadeUp()) as school:
        browser = visitor(class_app(school), language)

        typed = browser.post("/class", json={"code": "???"})
        opened = browser.get("/class/kein-code-1234")

        sentence = load()[language]["problem.code_unknown"]
        assert (typed.status_code, typed.json()["problem"]) == (404, sentence)
        assert opened.status_code == 404 and sentence.split(".")[0] in opened.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("nickname", "phrase"),
    [("", "nickname_empty"), ("x" * 500, "nickname_long"), ("Arschloch", "nickname_rude"), ("zoe", "nickname_taken"),
     ("Léa Martin", "nickname_real"), ("<b>", "nickname_signs")],
)  # fmt: skip
def test_a_nickname_that_will_not_do_is_met_in_the_sessions_language(
    tmp_path: Path, language: str, nickname: str, phrase: str
):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(replace(PLAN, language=language))
        app = class_app(school)
        pupil_of(app, room, "Zoë")

        joined = visitor(app, "fr").post(f"/class/{room.register.session.code}/join", json={"nickname": nickname})

        assert joined.json() == {"phrase": phrase, "problem": load()[language][f"problem.{phrase}"]}


def test_an_ended_session_lets_nobody_in_but_its_pupils_read_on(tmp_path: Path):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(tmp_path, answers) as school:
        app, room = class_app(school), school.open(PLAN)
        pupil = pupil_of(app, room, "Zoë")
        asks(pupil, room)
        wait_until(lambda: len(ended(room)) == 1)
        room.end()
        at = f"/class/{room.register.session.code}"

        assert visitor(app).get(at).status_code == 410
        assert asks(pupil, room).json()["phrase"] == "ended"
        assert "Ecco: Chi canta?" in pupil.get(at).text


def test_a_removed_pupil_who_comes_back_is_told_in_the_sessions_language(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher, pupil = teacher_of(app, school), pupil_of(app, room, "Zoë", "de")
        does(teacher, room, do="remove", which=next(iter(room.register.pupils)))
        at = f"/class/{room.register.session.code}"

        back = [pupil.get(at), pupil.post(f"{at}/join", json={"nickname": "Zoë2"}), asks(pupil, room)]

        assert [answer.status_code for answer in back] == [403] * 3
        assert all(load()["it"]["problem.removed"].split(".")[0] in answer.text for answer in back)


def test_two_tabs_of_one_pupil_are_one_pupil(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        app, room = class_app(school), school.open(PLAN)
        pupil = pupil_of(app, room, "Zoë")

        again = pupil.post(f"/class/{room.register.session.code}/join", json={"nickname": "Zoë"})
        asked = [asks(pupil, room, text).status_code for text in ("Chi canta?", "Chi balla?")]

        assert again.status_code == 200
        assert len(room.register.pupils) == 1
        assert asked == [200, 429]


@pytest.mark.parametrize(
    ("text", "phrase"), [("", "question_empty"), ("?!", "question_empty"), ("a" * 501, "question_too_long")]
)
def test_a_question_that_is_none_is_handed_back(tmp_path: Path, text: str, phrase: str):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Zoë")

        asked = asks(pupil, room, text)

        assert (asked.status_code, asked.json()["problem"]) == (400, load()["it"][f"problem.{phrase}"])
        assert room.register.turns == {}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b'{"question": 7, "level": []}', b"\xff", b"[" * 9000])
@pytest.mark.parametrize("path", ["ask", "join", "judge", "quiz"])
def test_a_call_that_is_nonsense_is_refused_and_breaks_nothing(tmp_path: Path, path: str, body: bytes):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        pupil = pupil_of(class_app(school), room, "Zoë")

        answer = pupil.post(f"/class/{room.register.session.code}/{path}", content=body)

        assert answer.status_code in (200, 400, 404)  # who is in already may join again
        assert answer.status_code == 200 or answer.json()["problem"]
        assert room.register.turns == {}


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"title": "  \u200b"}, "title_empty"),
        ({"title": "x" * 81}, "title_long"),
        ({"language": "pt"}, "language_unknown"),
        ({"minutes": 61}, "minutes_wrong"),
        ({"minutes": "60"}, "minutes_wrong"),
        ({"youngest": "teen", "oldest": "child"}, "levels_wrong"),
        ({"youngest": ["child"]}, "levels_wrong"),
        ({"articles": ["gone"]}, "articles_unknown"),
        ({"articles": [["x"]]}, "articles_unknown"),
        ({"articles": "cowboy"}, "articles_unknown"),
    ],
)
def test_a_plan_that_will_not_do_is_refused_with_its_reason(change: dict[str, object], phrase: str):
    with pytest.raises(NotNow) as refused:
        read_plan(FORM | change, ["cowboy"])

    assert refused.value.phrase == phrase


def test_an_export_of_an_empty_session_says_so(tmp_path: Path):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        teacher = teacher_of(class_app(school), school)

        kept = {form: teacher.get(f"/teacher/{room.id}/export/{form}") for form in ("print", "markdown", "csv")}

        assert all(answer.status_code == 200 for answer in kept.values())
        assert load()["it"]["export.empty"].split(":")[0] in kept["print"].text
        assert load()["it"]["export.empty"].split(":")[0] in kept["markdown"].text
        assert kept["csv"].text.count("\n") == 1
        assert teacher.get(f"/teacher/{room.id}/export/exe").status_code == 404


@given(st.lists(st.floats(-1e9, 1e9), max_size=8))
def test_a_clock_that_jumps_moves_no_class(jumps: list[float]):
    wall, passed = [1.7e9], [100.0]
    clock = SteadyClock(lambda: wall[0], lambda: passed[0])
    start = clock()

    for jump in jumps:
        wall[0] += jump
        passed[0] += 1

    assert clock() - start == timedelta(seconds=len(jumps))


def test_nothing_is_deleted_while_the_clock_is_in_doubt():
    wall, passed = [1.7e9], [0.0]
    clock = SteadyClock(lambda: wall[0], lambda: passed[0])

    just_started = clock.is_sure()
    wall[0], passed[0] = wall[0] + 700, 700.0
    settled = clock.is_sure()
    wall[0] -= 86400 * 365

    assert (just_started, settled, clock.is_sure()) == (False, True, False)


@dataclass
class Machine:
    """A machine's clocks: `running` stands still while it sleeps."""

    running: float = 100.0
    slept: float = 0.0

    def monotonic(self) -> float:
        return self.running


class LinuxMachine(Machine):
    """Knows also how long it slept."""

    CLOCK_BOOTTIME = 7

    def clock_gettime(self, which: int) -> float:
        assert which == self.CLOCK_BOOTTIME
        return self.running + self.slept


@pytest.mark.parametrize(("machine", "slept_h"), [(LinuxMachine(), 2), (Machine(), 0)])
def test_the_time_that_a_machine_has_slept_has_passed_where_the_machine_tells_it(machine: Machine, slept_h: int):
    clock = SteadyClock(lambda: 1.7e9, passing(machine))
    before = clock()

    machine.slept, machine.running = 7200.0, 160.0

    assert clock() - before == timedelta(hours=slept_h, minutes=1)


def test_the_clock_of_this_machine_goes_on():
    passed = passing()
    before = passed()

    wait_until(lambda: passed() > before)


def test_a_class_that_is_paused_says_so_and_goes_on_later(tmp_path: Path):
    with school_in(tmp_path, MadeUp(), Clock(NOON)) as school:
        app, room = class_app(school), school.open(PLAN)
        teacher, pupil = teacher_of(app, school), pupil_of(app, room, "Zoë")

        does(teacher, room, do="pause")
        paused = asks(pupil, room)
        page = pupil.get(f"/class/{room.register.session.code}").text
        does(teacher, room, do="resume")

        assert paused.json()["problem"] == load()["it"]["problem.paused"]
        assert load()["it"]["problem.paused"].split(".")[0] in page
        assert asks(pupil, room).status_code == 200
