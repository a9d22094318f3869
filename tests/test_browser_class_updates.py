"""A page that is told of a change leaves alone what its reader is doing: a quiz, an open part, the newest tab."""

import pytest
from browser_lessons import DESK, LIVE_MS, PHONE, TEXTS, Lesson, ask, enter, join, open_session
from class_rooms import CRISIS
from page_turns import evidence_of
from playwright.sync_api import expect
from reading_aloud import VOICES

from classroom.routes.seats import MOST_SEATS
from rag.study.quiz import Form, QuizQuestion
from rag.study.quiz_targets import Kind
from rag.study.study import Study

pytest_plugins = ("browser_lessons",)
pytestmark = pytest.mark.browser
QUIZ = (
    QuizQuestion(Form.CHOOSE, Kind.NAME, "____ non esiste.", ("Il cowboy", "Zoë", "Ugo"), "Il cowboy", evidence_of(1)),
    QuizQuestion(Form.FILL, Kind.WORD, "Il ____ non esiste.", (), "cowboy", evidence_of(1)),
)


def test_a_quiz_in_progress_stays_as_it_is_when_its_answer_is_shown_anew(lesson: Lesson):
    lesson.answers.may_write.set()
    lesson.answers.study = Study(quiz=QUIZ)
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    ask(pupil, "Chi canta?")
    pupil.click("details.quiz summary")
    first, second = pupil.locator(".quiz-question").nth(0), pupil.locator(".quiz-question").nth(1)
    first.locator("input[value=Zoë]").check()
    first.locator("[data-check]").click()
    second.locator("input").fill("cow")

    pupil.click("[data-judge=understood]")  # the whole turn is sent again

    expect(pupil.locator("[data-judge=understood][aria-pressed=true]")).to_be_visible(timeout=LIVE_MS)
    expect(first).to_have_attribute("data-state", "wrong")
    expect(first.locator(".quiz-proof")).to_be_visible()
    expect(second.locator("input")).to_have_value("cow")
    second.locator("input").focus()
    pupil.evaluate("document.querySelector('[data-judge=unclear]').click()")  # without taking the focus
    expect(pupil.locator("[data-judge=unclear][aria-pressed=true]")).to_be_visible(timeout=LIVE_MS)
    expect(second.locator("input")).to_be_focused()
    second.locator("input").fill("cowboy")
    second.locator("[data-check]").click()
    expect(second).to_have_attribute("data-state", "right")
    expect(teacher.locator(".figures")).to_contain_text(TEXTS["chart.quiz"], timeout=LIVE_MS)
    assert lesson.faults == []


def test_a_pupil_hears_an_answer_read_aloud(lesson: Lesson):
    lesson.answers.may_write.set()
    _, code = open_session(lesson)
    pupil = join(lesson, code, "Zoë", PHONE)
    pupil.add_init_script(VOICES)
    pupil.reload()
    ask(pupil, "Chi canta?")

    expect(pupil.locator(".answer[data-status=answered]")).to_be_visible(timeout=LIVE_MS)
    pupil.click("[data-aloud=play]")

    pupil.wait_for_function("window.spoken.length === 1")
    name, _, text = pupil.evaluate("window.spoken[0]")
    assert (name, text.split(" ")[0]) == ("Ada", "Ecco:")
    assert pupil.locator(".move:visible").count() == 0
    assert lesson.faults == []


def test_what_the_teacher_has_opened_stays_open_and_another_name_stays_hidden(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    first, second = join(lesson, code, "Zoë", PHONE), join(lesson, code, "Ugo", PHONE)
    ask(first, CRISIS)
    teacher.click(".flag.crisis summary")
    expect(teacher.locator(".flag.crisis details[open]")).to_contain_text("Zoë")

    ask(second, CRISIS)

    expect(teacher.locator(".flag.crisis")).to_have_count(2, timeout=LIVE_MS)
    expect(teacher.locator(".flag.crisis details[open]")).to_have_count(1)
    expect(teacher.locator(".flag.crisis details[open]")).to_contain_text("Zoë")
    expect(teacher.locator(".flag.crisis", has_text="Ugo").locator("p")).to_be_hidden()
    assert lesson.faults == []


def test_an_answer_that_the_teacher_reads_stays_when_its_row_is_shown_anew(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Zoë", DESK)
    ask(pupil, "Chi canta?")
    teacher.locator(".row-turn summary").click()
    expect(teacher.locator(".loaded .sentence").first).to_contain_text("Ecco", timeout=LIVE_MS)

    pupil.click("[data-judge=unclear]")

    expect(teacher.locator(".row-turn .chip[data-state=unclear]")).to_be_visible(timeout=LIVE_MS)
    expect(teacher.locator(".loaded .sentence").first).to_be_visible()
    assert lesson.faults == []


def test_the_newest_tab_of_a_pupil_goes_on_and_the_oldest_says_why_it_does_not(lesson: Lesson):
    lesson.answers.may_write.set()
    _, code = open_session(lesson)
    oldest = join(lesson, code, "Zoë", DESK)
    tabs = [oldest.context.new_page() for _ in range(MOST_SEATS)]
    for tab in tabs:
        tab.goto(oldest.url)

    ask(tabs[-1], "Chi canta?")

    expect(oldest.locator(".connection")).to_have_text(TEXTS["problem.elsewhere"])
    expect(tabs[0].locator(".question")).to_contain_text("Chi canta?", timeout=LIVE_MS)


def test_a_pupil_who_scans_the_code_comes_in_and_the_teacher_is_told_how_pupils_get_here(lesson: Lesson):
    teacher, _ = open_session(lesson)

    link = teacher.locator(".join-link a").get_attribute("href") or ""
    pupil = lesson.open("/class" + link.partition("/class")[2], PHONE)
    enter(pupil, "Zoë")

    assert "?key=" in link
    expect(teacher.locator(".door")).to_be_visible()
    assert lesson.faults == []


def test_a_page_says_at_once_that_its_device_is_offline_and_no_more_when_it_is_back(lesson: Lesson):
    lesson.answers.may_write.set()
    teacher, code = open_session(lesson)
    pupil = join(lesson, code, "Leone7", PHONE)
    lost = pupil.locator(".connection")

    pupil.context.set_offline(True)
    expect(lost).to_have_text(TEXTS["problem.lost"])
    expect(lost).to_be_visible()
    pupil.context.set_offline(False)

    expect(lost).to_be_hidden(timeout=LIVE_MS)
    ask(pupil, "Chi canta?")
    expect(teacher.locator(".row-turn")).to_have_count(1, timeout=LIVE_MS)
