"""Accessibility of every state of the page in every language, by axe-core: nothing serious, in any look and width.

What machines find is about a third of what can be wrong; the tests with the keyboard alone are beside this one.
"""

from collections.abc import Iterator

import pytest
from axe_faults import AXE, FIND, found
from browser_pages import Story, browser, opened, served
from playwright.sync_api import Browser, expect

from telling.texts import LANGUAGES

pytestmark = pytest.mark.browser
__all__ = ["browser"]


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


@pytest.fixture(scope="module")
def address(story: Story) -> Iterator[str]:
    with served(story) as served_at:
        yield served_at


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_the_page_has_a_grave_fault(browser: Browser, address: str, story: Story, language: str):
    with opened(browser, f"{address}/?language={language}", AXE, reduced_motion="reduce") as page:
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert found(page) == []

        page.locator(".comfort-open").press("Enter")
        assert found(page) == []
        page.keyboard.press("Escape")

        story.goes_on.clear()
        page.fill("#question textarea", "Qui chante ?")
        page.keyboard.press("Enter")
        expect(page.locator("#current .sentence")).to_be_visible()
        assert found(page) == []

        story.goes_on.set()
        expect(page.locator("#current .quiz")).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        for check in page.locator("[data-check]").all():
            check.click()
        page.locator(".quiz-question input[type=radio]").first.check()
        page.locator("[data-check]").first.click()
        assert found(page) == []


def test_axe_finds_what_is_wrong(browser: Browser, address: str):
    with opened(browser, address, AXE) as page:
        page.evaluate("document.querySelector('#main').append(document.createElement('button'))")

        assert [each for each in page.evaluate(FIND, {}) if each.startswith("button-name")]
