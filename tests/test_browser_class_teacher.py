"""What a teacher's page does by itself: the keyboard's place, a sign-in that ran out, a session that is gone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from browser_lessons import LIVE_MS, PHONE, TEXTS, Lesson, ask, join, open_session
from playwright.sync_api import expect

pytest_plugins = ("browser_lessons",)
pytestmark = pytest.mark.browser
RETRY_MS = 60_000  # after which a page asks again


def end_of(moment: str | None) -> datetime:
    """What a page says as a time of the server. Example: '2026-11-22T12:00:00Z' -> 12:00, without a zone"""
    assert moment is not None
    return datetime.fromisoformat(moment).replace(tzinfo=None)


def test_a_teacher_needs_no_mouse_and_stays_where_a_button_was(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    ask(pupil, "Chi canta?")
    pupil.click("[data-judge=reported]")
    expect(teacher.locator(".flag")).to_be_visible(timeout=LIVE_MS)

    for now, then in (("pause", "resume"), ("lock", "unlock"), ("hold", "unhold")):
        teacher.focus(f"[data-do={now}]")
        teacher.keyboard.press("Enter")
        expect(teacher.locator(f"[data-do={then}]")).to_be_focused(timeout=LIVE_MS)
    teacher.focus("[data-do=seen]")
    teacher.keyboard.press("Enter")

    expect(teacher.locator(".flag")).to_have_count(0, timeout=LIVE_MS)
    expect(teacher.locator("[data-part=flags]")).to_be_focused()
    assert lesson.faults == []


def test_a_teacher_prolongs_a_lesson_with_the_keyboard_and_sees_its_new_end(lesson: Lesson):
    teacher, _ = open_session(lesson)
    until, button = teacher.locator("#ends-at time"), teacher.locator("[data-do=prolong][data-which='15']")
    planned = end_of(until.get_attribute("datetime"))
    expect(button).to_have_text("15 minuti in più")

    button.focus()
    for presses in (1, 2):
        teacher.keyboard.press("Enter")
        later = planned + timedelta(minutes=15 * presses)
        expect(until).to_have_attribute("datetime", f"{later.isoformat()}Z", timeout=LIVE_MS)
        expect(button).to_be_focused()

    expect(button).to_have_attribute("aria-describedby", "ends-at")
    shown = teacher.evaluate(
        "(at) => new Date(at).toLocaleTimeString('it', { hour: '2-digit', minute: '2-digit' })", f"{later.isoformat()}Z"
    )
    expect(until).to_have_text(shown)
    assert lesson.faults == []


def test_a_teacher_is_told_that_a_lesson_ends_soon_while_it_can_be_prolonged(lesson: Lesson):
    teacher, _ = open_session(lesson)
    until, left = teacher.locator("#ends-at time"), teacher.locator("#ends-in")
    planned = end_of(until.get_attribute("datetime")).replace(tzinfo=UTC)
    expect(left).to_have_text("")

    teacher.clock.set_fixed_time(planned - timedelta(minutes=3, seconds=30))
    expect(left).to_have_text("(tra 4 minuti)")
    expect(teacher.locator("#ends-at")).to_have_class(re.compile("soon"))
    teacher.click("[data-do=prolong][data-which='15']")

    expect(left).to_have_text("")
    assert lesson.faults == []


def test_a_teacher_with_a_phone_sees_the_questions_before_who_is_here(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    ask(pupil, "Chi canta?")
    teacher.set_viewport_size(PHONE)
    expect(teacher.locator(".row-turn")).to_be_visible(timeout=LIVE_MS)

    parts = ("[data-part=lesson]", ".turns", "[data-part=pupils]")
    tops = [teacher.locator(part).evaluate("(each) => each.getBoundingClientRect().top") for part in parts]

    assert tops == sorted(tops)


def test_a_key_that_is_held_down_prolongs_once(lesson: Lesson):
    teacher, _ = open_session(lesson)
    until = teacher.locator("#ends-at time")
    later = end_of(until.get_attribute("datetime")) + timedelta(minutes=5)

    teacher.focus("[data-do=prolong][data-which='5']")
    for _ in range(4):
        teacher.keyboard.down("Enter")  # all but the first as if held
        teacher.wait_for_timeout(250)
    teacher.keyboard.up("Enter")

    expect(until).to_have_attribute("datetime", f"{later.isoformat()}Z")


def test_a_teacher_reads_at_once_that_a_lesson_can_be_no_longer(lesson: Lesson):
    teacher, _ = open_session(lesson, minutes=240)  # half of the longest: a page may call thirty times a minute
    teacher.set_viewport_size(PHONE)
    button, problem = teacher.locator("[data-do=prolong][data-which='15']"), teacher.locator("#room-problem")

    while not problem.is_visible():
        with teacher.expect_response("**/do?*"):
            button.click()

    expect(problem).to_have_text(TEXTS["problem.longest"])
    expect(problem).to_be_in_viewport()


def test_a_lesson_that_is_over_offers_nothing_that_would_be_refused(lesson: Lesson):
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Zoë", PHONE)
    teacher.fill("#show-text", "Chi balla?")
    teacher.click("form[data-do=show_question] [type=submit]")
    expect(pupil.locator(".broadcast [data-question]")).to_be_visible(timeout=LIVE_MS)

    teacher.click("[data-open=ending]")
    teacher.click("#ending [data-do=end]")

    expect(pupil.locator(".banner")).to_have_text(TEXTS["problem.ended"], timeout=LIVE_MS)
    expect(pupil.locator("[data-question]:visible")).to_have_count(0)
    expect(teacher.locator("[data-do=prolong]")).to_have_count(0)
    expect(teacher.locator(".showing form:visible")).to_have_count(0)
    expect(teacher.locator(".shown-list li")).to_have_text("Chi balla?")
    assert lesson.faults == []


def test_a_teacher_whose_sign_in_ran_out_is_told_so_and_loses_nothing(lesson: Lesson):
    teacher, _ = open_session(lesson)
    teacher.fill("#show-text", "E i musicisti?")
    teacher.set_viewport_size(PHONE)
    teacher.request.post(f"{lesson.address}/teacher/sign-out", data={})

    teacher.click("form[data-do=show_question] [type=submit]")

    told = teacher.locator("form[data-do=show_question] .problem")
    expect(told).to_contain_text(TEXTS["problem.signed_out"])
    expect(told).to_be_in_viewport()
    expect(told.locator("a[href='/teacher'][target=_blank]")).to_have_text(TEXTS["message.sign_in"])
    expect(teacher.locator("#show-text")).to_have_value("E i musicisti?")
    expect(teacher.locator(".connection")).to_contain_text(TEXTS["problem.signed_out"], timeout=RETRY_MS)


def test_pages_of_a_session_that_another_teacher_deleted_say_so_themselves(lesson: Lesson):
    teacher, _ = open_session(lesson)
    other = teacher.context.new_page()
    other.goto(teacher.url)
    other.click("[data-open=deleting]")
    other.click("#deleting [data-do=delete]")
    expect(other.locator(".sessions li")).to_have_count(0)

    teacher.reload()

    expect(teacher.locator(".said")).to_have_text(TEXTS["problem.unknown"])


def test_sessions_of_one_name_are_told_apart_by_their_day_and_code(lesson: Lesson):
    teacher, code = open_session(lesson)

    teacher.goto(f"{lesson.address}/teacher?language=it")

    expect(teacher.locator(".sessions li")).to_contain_text(code)
    expect(teacher.locator(".sessions time")).to_have_text(re.compile(r"^\d{1,2} [a-z]+.* \d\d:\d\d$"))


def test_a_pupil_reads_with_ease_in_a_class_too_and_a_page_that_is_loaded_again_keeps_the_level(lesson: Lesson):
    lesson.answers.may_write.set()
    _, code = open_session(lesson)
    pupil = join(lesson, code, "Zoë", PHONE)
    second = pupil.locator("[name=level]").nth(1)
    second.check(force=True)
    ask(pupil, "Chi canta?")

    pupil.click(".comfort-open")
    pupil.locator("#comfort input[name=comfort-size][value=larger]").check(force=True)
    pupil.reload()

    expect(pupil.locator("[name=level]").nth(1)).to_be_checked()
    expect(pupil.locator("html")).to_have_attribute("data-size", "larger")
    assert pupil.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert lesson.faults == []
