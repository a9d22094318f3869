"""The page of a site's editors in a browser: what they save leaves them where they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, Page, expect
from site_visits import Server, serving
from widget_pages import served

from sites.texts import load

pytestmark = pytest.mark.browser
__all__ = ["browser"]
TEXTS = load()["it"]
QUESTIONS = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        running.answers.may_write.set()
        for number in range(QUESTIONS):
            running.ask(f"Chi canta la canzone {number}?")
        yield running


@pytest.fixture
def editor(server: Server, browser: Browser) -> Iterator[Page]:
    with served(server.app) as address:
        page = browser.new_context(locale="it").new_page()
        page.goto(f"{address}/sites?language=it")
        page.fill("#secret", "EDITORS-SECRET")
        page.keyboard.press("Enter")
        expect(page.locator("details.asked")).to_have_count(QUESTIONS)
        yield page
        page.context.close()


def test_who_saves_a_correction_stays_there_with_what_is_written_elsewhere(editor: Page):
    first, last = editor.locator("details.asked").first, editor.locator("details.asked").last
    first.locator("summary").click()
    first.locator("textarea").fill("Questo non è ancora finito")
    last.locator("summary").click()
    last.locator("textarea").fill("Il concerto è il 3 maggio.")
    last.locator("[type=submit]").focus()
    before = editor.evaluate("scrollY")
    editor.keyboard.press("Enter")

    expect(last.locator("[role=status]")).to_have_text(TEXTS["answers.saved"])
    expect(last.locator("summary")).to_contain_text(TEXTS["answers.corrected"])
    expect(last.locator("[type=submit]")).to_be_focused()
    expect(editor.locator(".correction")).to_contain_text("Il concerto è il 3 maggio.")
    expect(first.locator("textarea")).to_have_value("Questo non è ancora finito")
    assert editor.evaluate("scrollY") == before > 0


def test_who_withdraws_a_correction_goes_on_from_there(editor: Page):
    answer = editor.locator("details.asked").first
    answer.locator("summary").click()
    answer.locator("textarea").fill("Il concerto è il 3 maggio.")
    answer.locator("[type=submit]").click()
    expect(editor.locator(".correction")).to_have_count(1)

    editor.locator(".correction [type=submit]").press("Enter")

    expect(editor.locator(".correction")).to_have_count(0)
    expect(editor.locator("[data-part=corrections]")).to_be_focused()
    expect(answer.locator("textarea")).to_have_value("")
    expect(answer.locator("summary")).not_to_contain_text(TEXTS["answers.corrected"])
