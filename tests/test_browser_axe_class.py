"""Accessibility of every page of a class, by axe-core: nothing serious, in any look and width."""

import pytest
from axe_faults import AXE, found
from browser_lessons import DESK, LIVE_MS, PHONE, Lesson, ask, join, open_session
from class_rooms import CRISIS, UNKNOWN
from playwright.sync_api import Page, expect
from test_browser_class_updates import QUIZ

from rag.study.study import Study

pytest_plugins = ("browser_lessons",)
pytestmark = pytest.mark.browser


def faults(page: Page) -> list[str]:
    """Of an open page, with all its folds open; AXE is brought in past what the page allows."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.evaluate(AXE)
    return found(page)


def test_no_page_before_a_lesson_has_a_grave_fault(lesson: Lesson):
    for path in ("/class", "/class?language=de", "/class/no-such-1234", "/teacher?language=fr"):
        assert faults(lesson.open(path, DESK)) == [], path
    teacher, code = open_session(lesson)
    assert faults(lesson.open(f"/class/{code}", PHONE)) == []

    teacher.goto(f"{lesson.address}/teacher?language=es")
    assert faults(teacher) == []


def test_no_page_in_a_lesson_has_a_grave_fault(lesson: Lesson):
    lesson.answers.study = Study(quiz=QUIZ)
    teacher, code = open_session(lesson)
    pupil, other = join(lesson, code, "Leone7", PHONE), join(lesson, code, "Zoë", PHONE)
    ask(pupil, "Chi canta?")
    assert faults(pupil) == []

    lesson.answers.may_write.set()
    ask(other, CRISIS)
    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible()
    ask(pupil, UNKNOWN)
    pupil.locator("[data-judge=reported]").last.click()
    teacher.fill("#show-text", "E i musicisti?")
    teacher.click("form[data-do=show_question] [type=submit]")
    expect(pupil.locator(".broadcast")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator(".flag")).to_have_count(2, timeout=LIVE_MS)
    for page in (pupil, other, teacher):
        assert faults(page) == []

    for dialog in ("projector", "ending", "deleting"):
        teacher.evaluate(f"document.querySelector('#{dialog}').showModal()")
        assert faults(teacher) == [], dialog
        teacher.evaluate(f"document.querySelector('#{dialog}').close()")
    teacher.click("[data-do=pause]")
    expect(pupil.locator(".banner")).to_be_visible(timeout=LIVE_MS)
    assert faults(pupil) == []
    printed = teacher.locator("[data-export]").first.get_attribute("href")
    teacher.goto(f"{lesson.address}{printed}")
    assert faults(teacher) == []
