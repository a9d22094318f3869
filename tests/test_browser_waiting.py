"""Nothing typed is lost: a question sent while another is answered comes next, and a failure keeps the answer."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from threading import Event

import pytest
from browser_pages import WRITTEN, Story, ask, browser, opened, served
from playwright.sync_api import Browser, Page, expect

from page.texts import load
from rag.study.study import Study
from rag.types import Answer, Question
from rag.types import Event as Told
from web import Rules

pytestmark = pytest.mark.browser
__all__ = ["browser"]
FR = load()["fr"]
BOX = "#question textarea"
# a clock by which presses are near each other, however long they take
STANDS_STILL = """
const now = performance.now.bind(performance);
let stopped;
performance.now = () => stopped ?? now();
window.stopClock = () => (stopped = now());
"""


class InTurn(Story):
    """Answers a question only when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end: defaultdict[str, Event] = defaultdict(Event)

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Told]:
        told = super().explain(question, earlier)
        yield next(told)
        assert self.may_end[question.text].wait(120)
        yield from told


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def address(story: Story) -> Iterator[str]:
    with served(story) as served_at:
        yield served_at


def begun(page: Page, story: Story, question: str = "Qui chante ?") -> None:
    """Ask, and wait until the answer is being written."""
    story.goes_on.clear()
    page.fill(BOX, question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .answer[data-status=running]")).to_be_visible()


def test_a_question_sent_while_one_is_answered_is_asked_after_it(browser: Browser, address: str, story: Story):
    with opened(browser, address) as page:
        begun(page, story)
        page.locator(BOX).press_sequentially("Et qui écoute ?")
        page.keyboard.press("Enter")
        expect(page.locator("#waiting")).to_have_text(FR["waiting.told"])
        assert page.input_value(BOX) == "Et qui écoute ?"

        story.goes_on.set()

        expect(page.locator("#current .question")).to_contain_text("Et qui écoute ?")
        expect(page.locator("#earlier .question")).to_contain_text("Qui chante ?")
        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        expect(page.locator("#waiting")).to_have_text("")
        assert story.asked == ["Qui chante ?", "Et qui écoute ?"]
        assert page.input_value(BOX) == ""


@pytest.mark.parametrize("late_s", [0.1, 0.5])
def test_a_question_asked_while_the_stream_before_it_ends_is_answered(browser: Browser, story: Story, late_s: float):
    with (
        served(story, ends_late_s=late_s, calls_per_minute=Rules().calls_per_minute) as address,
        opened(browser, address) as page,
    ):
        begun(page, story)
        page.locator(BOX).press_sequentially("E chi ascolta?")
        page.keyboard.press("Enter")
        story.goes_on.set()

        expect(page.locator("#current .question")).to_contain_text("E chi ascolta?")
        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        assert story.asked == ["Qui chante ?", "E chi ascolta?"]
        expect(page.locator(".turn")).to_have_count(2)


def test_a_second_press_asks_nothing_and_complains_of_nothing(browser: Browser, address: str, story: Story):
    with opened(browser, address, STANDS_STILL) as page:
        page.evaluate("stopClock()")
        page.fill(BOX, "Qui chante ?")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.locator("#send").click()

        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        page.wait_for_timeout(1000)
        assert story.asked == ["Qui chante ?"]
        expect(page.get_by_text(FR["problem.question_empty"])).to_have_count(0)


def test_what_is_typed_at_once_after_a_question_stays_in_the_box(browser: Browser, address: str, story: Story):
    with opened(browser, address) as page:
        page.fill(BOX, "Qui chante ?")
        page.keyboard.press("Enter")
        page.keyboard.type("Et où")

        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        page.wait_for_timeout(500)
        assert page.input_value(BOX) == "Et où"


def test_an_example_then_a_question_during_its_answer_are_both_answered(browser: Browser, address: str, story: Story):
    with opened(browser, address) as page:
        story.goes_on.clear()
        page.locator("button.example").first.press("Enter")
        expect(page.locator("#current .answer[data-status=running]")).to_be_visible()
        expect(page.locator("button.example")).to_have_count(0)
        page.fill(BOX, "Et qui écoute ?")
        page.keyboard.press("Enter")
        story.goes_on.set()

        expect(page.locator("#current .question")).to_contain_text("Et qui écoute ?")
        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        expect(page.locator("#earlier .question")).to_contain_text(FR.examples[0])
        assert story.asked == [FR.examples[0], "Et qui écoute ?"]


def test_a_new_conversation_begun_during_an_answer_takes_questions(browser: Browser, address: str, story: Story):
    with opened(browser, address) as page:
        ask(page)
        begun(page, story, "Et après ?")
        page.locator("#renew").click()
        expect(page.locator(".turn")).to_have_count(0)
        story.goes_on.set()

        ask(page, "Qui est Ada ?")

        expect(page.locator(".turn")).to_have_count(1)


def test_after_a_new_conversation_too_one_question_is_answered_after_the_other(browser: Browser):
    story = InTurn()
    with served(story) as address, opened(browser, address) as page:
        page.fill(BOX, "Qui chante ?")
        page.keyboard.press("Enter")
        expect(page.locator("#current .answer[data-status=running]")).to_be_visible()
        page.locator("#renew").click()
        expect(page.locator(".turn")).to_have_count(0)
        page.fill(BOX, "Et qui écoute ?")
        page.keyboard.press("Enter")
        expect(page.locator("#current .question")).to_contain_text("Et qui écoute ?")
        story.may_end["Qui chante ?"].set()  # nobody waits for it any more
        page.wait_for_timeout(1000)

        page.fill(BOX, "E la banda?")
        page.keyboard.press("Enter")
        expect(page.locator("#waiting")).to_have_text(FR["waiting.told"])
        page.wait_for_timeout(1000)

        assert story.asked == ["Qui chante ?", "Et qui écoute ?"]
        story.may_end["Et qui écoute ?"].set()
        story.may_end["E la banda?"].set()
        expect(page.locator("#earlier .question")).to_contain_text("Et qui écoute ?")
        expect(page.locator("#current .question")).to_contain_text("E la banda?")
        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        expect(page.locator(".turn")).to_have_count(2)


def test_a_new_conversation_loses_no_question_that_waits(browser: Browser, address: str, story: Story):
    with opened(browser, address) as page:
        begun(page, story)
        page.fill(BOX, "Et qui écoute ?")
        page.keyboard.press("Enter")
        page.locator("#renew").click()
        story.goes_on.set()
        page.wait_for_timeout(3000)

        kept = [page.input_value(BOX), *page.locator(".question").all_inner_texts()]
        assert any("Et qui écoute ?" in text for text in kept)


def test_an_answer_stays_where_what_helps_to_learn_from_it_fails(browser: Browser, address: str, story: Story):
    def broken(answer: Answer) -> Study:
        raise ZeroDivisionError

    story.learn = broken
    with opened(browser, address) as page:
        ask(page)

        expect(page.locator("#current .sentence").first).to_contain_text(WRITTEN[0])
        expect(page.locator("#current .answer")).to_have_attribute("data-status", "answered")
        expect(page.locator("#current .quiz")).to_have_count(0)
