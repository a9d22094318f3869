"""Reading aloud where a voice is missing, late or broken: what cannot be read is told in kind words."""

import pytest
from browser_pages import browser, opened
from playwright.sync_api import Browser, expect
from reading_aloud import FR, READ, VOICES, address, finish, listening, spoken, story

pytestmark = pytest.mark.browser
__all__ = ["address", "browser", "story"]
SILENT = "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"
VOICELESS = VOICES + "window.voices = [];"
LATE = (
    VOICES
    + """
const late = window.voices;
window.voices = [];
document.addEventListener("click", () => setTimeout(() => {
  window.voices = late;
  speechSynthesis.dispatchEvent(new Event("voiceschanged"));
}, 200));
"""
)


def test_what_no_voice_can_read_is_left_out_and_said(browser: Browser, address: str):
    with opened(browser, address, VOICES + "window.voices.pop();") as page:
        listening(page)
        while page.evaluate("speechSynthesis.speaking"):
            finish(page)

        assert "Ada" not in [name for name, _, _ in spoken(page)]
        expect(page.locator(".aloud-told")).to_contain_text(FR["aloud.skipped"].format(language="italien"))


@pytest.mark.parametrize(("script", "told"), [(SILENT, "no_speech"), (VOICELESS, "no_voice")])
def test_without_a_voice_a_kind_sentence_is_told_instead_of_silence(
    browser: Browser, address: str, script: str, told: str
):
    with opened(browser, address, script) as page:
        listening(page)

        expect(page.locator(".aloud-told")).to_contain_text(FR[f"aloud.{told}"].split("{")[0])
        assert not page.evaluate("(window.spoken || []).length")


def test_voices_that_come_late_are_waited_for(browser: Browser, address: str):
    with opened(browser, address, LATE) as page:
        listening(page)

        page.wait_for_function("window.spoken.length > 0")
        assert spoken(page) == READ[:1]


def test_a_voice_that_fails_is_told(browser: Browser, address: str):
    with opened(browser, address, VOICES) as page:
        listening(page)
        page.evaluate("window.fail()")

        expect(page.locator(".aloud-told")).to_have_text(FR["aloud.failed"])
