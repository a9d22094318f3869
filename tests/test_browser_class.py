"""A teacher and three pupils at once in real browsers, phones and a desk: a whole lesson, with made-up answers."""

import re
from pathlib import Path

import pytest
from browser_lessons import DESK, LIVE_MS, PHONE, TEXTS, Lesson, ask, join, open_session
from class_rooms import CRISIS, UNKNOWN
from playwright.sync_api import expect

pytest_plugins = ("browser_lessons",)
pytestmark = pytest.mark.browser


def test_a_whole_lesson(lesson: Lesson):
    teacher, code = open_session(lesson)
    first = join(lesson, code, "Leone7", PHONE)
    second = join(lesson, code, "Zoë", PHONE, "dark")
    third = join(lesson, code, "Ugo", DESK)
    expect(teacher.locator(".pupil-list li")).to_have_count(3, timeout=LIVE_MS)

    # evidence comes before anything is written, help at once, and the teacher sees both
    ask(first, "Chi canta?")
    ask(second, CRISIS)
    ask(third, UNKNOWN)
    expect(first.locator(".card")).to_have_count(1, timeout=LIVE_MS)
    expect(second.locator(".answer[data-status=crisis]")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator(".flag.crisis")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator("#room")).not_to_contain_text(CRISIS)
    teacher.click(".flag.crisis summary")
    expect(teacher.locator(".flag.crisis")).to_contain_text("Zoë")
    lesson.answers.may_write.set()
    expect(first.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)
    expect(third.locator(".shared")).to_contain_text("Chi canta?", timeout=LIVE_MS)
    expect(second.locator(".shared")).to_have_count(0)

    # a report reaches the teacher, who sees the answer
    third.click("[data-judge=reported]")
    expect(teacher.locator(".flag.reported")).to_contain_text(UNKNOWN, timeout=LIVE_MS)
    teacher.click(".flag.reported button")
    expect(teacher.locator(".flag.reported")).to_have_count(0, timeout=LIVE_MS)
    teacher.locator(".row-turn", has_text="Chi canta?").locator("summary").click()
    expect(teacher.locator(".loaded .sentence").first).to_contain_text("Ecco", timeout=LIVE_MS)

    # everybody looks at the same, then has a break
    teacher.fill("#show-text", "Chi balla?")
    teacher.click("[data-do=show_question] button")
    for pupil in (first, second, third):
        expect(pupil.locator(".broadcast")).to_contain_text("Chi balla?", timeout=LIVE_MS)
    teacher.click("[data-do=pause]")
    expect(first.locator(".banner")).to_have_text(TEXTS["problem.paused"], timeout=LIVE_MS)
    expect(first.locator("#question")).to_be_disabled()
    expect(first.locator("[data-question]:visible, .suggestions:visible")).to_have_count(0)
    teacher.click("[data-do=resume]")
    expect(first.locator("#question")).to_be_enabled(timeout=LIVE_MS)
    expect(first.locator(".broadcast [data-question]")).to_be_visible()

    # a page that is loaded again has its history; one that is sent out has not
    first.reload()
    expect(first.locator(".answer[data-status=answered]")).to_be_visible()
    teacher.on("dialog", lambda dialog: dialog.accept())
    third.fill("#question", "Chi ha scritto")
    teacher.locator(".pupil-list li", has_text="Ugo").locator("button").click()
    expect(third.locator(".banner")).to_have_text(TEXTS["problem.removed"], timeout=LIVE_MS)
    expect(third.locator(".question, .broadcast")).to_have_count(0)
    expect(third.locator(".masthead")).not_to_contain_text("Ugo")
    expect(third.locator("#composer")).to_be_hidden()
    expect(third.locator("#question")).to_have_value("")
    teacher.locator(".pupil-list li", has_text="Zoë").locator("button").click()
    expect(second.locator(".banner")).to_have_text(TEXTS["problem.removed"], timeout=LIVE_MS)
    expect(second.locator(".answer[data-status=crisis]")).to_be_visible()  # help stays in sight

    # what is kept, and then nothing is
    with teacher.expect_download() as download:
        teacher.locator("[data-export]").nth(2).click()
    assert "Chi canta?" in Path(download.value.path()).read_text(encoding="utf-8")
    teacher.click("[data-open=deleting]")
    teacher.click("#deleting [data-do=delete]")
    expect(teacher.locator(".sessions li")).to_have_count(0)
    expect(first.locator(".banner")).to_have_text(TEXTS["problem.deleted"], timeout=LIVE_MS)
    expect(first.locator(".turn, .broadcast")).to_have_count(0)  # the next at this computer reads nothing
    assert lesson.faults == []


def test_answers_that_are_held_come_when_the_teacher_lets_them(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    teacher.click("[data-do=hold]")
    expect(teacher.locator("[data-do=unhold]")).to_be_visible(timeout=LIVE_MS)

    ask(pupil, "Chi canta?")
    expect(teacher.locator(".chip[data-state=held]")).to_be_visible(timeout=LIVE_MS)
    expect(pupil.locator(".on-its-way")).to_be_visible()
    assert pupil.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(pupil.locator(".card")).to_have_count(0)
    teacher.click("[data-do=release]")

    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)


def test_a_pupil_needs_no_mouse_and_no_page_is_wider_than_its_screen(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", {"width": 320, "height": 640})

    pupil.locator("#question").focus()
    pupil.keyboard.type("Chi canta?")
    pupil.keyboard.press("Enter")
    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)
    expect(pupil.locator("#question")).to_be_focused()
    pupil.locator("[data-judge=understood]").focus()
    pupil.keyboard.press("Enter")

    expect(pupil.locator("[data-judge=understood][aria-pressed=true]")).to_be_focused(timeout=LIVE_MS)
    teacher.set_viewport_size({"width": 320, "height": 640})
    for page in (pupil, teacher):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{4}", code)
    assert lesson.faults == []


@pytest.mark.parametrize(("path", "field"), [("/teacher?language=it", "#secret"), ("/class?language=it", "#code")])
def test_a_key_before_the_script_is_there_sends_nothing_and_loses_nothing(lesson: Lesson, path: str, field: str):
    page = lesson.browser.new_page()
    page.route("**/common.js", lambda route: route.abort())
    page.goto(lesson.address + path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.fill(field, "pianoforte")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)

    assert not [address for address in asked if "pianoforte" in address]
    expect(page.locator(field)).to_have_value("pianoforte")
