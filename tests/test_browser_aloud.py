"""Reading aloud with made-up voices and the keyboard alone: each sentence in its own language, or a kind word."""

from collections.abc import Iterator

import pytest
from browser_pages import FRENCH, ITALIAN, WRITTEN, Story, ask, browser, opened, served, tab_to
from playwright.sync_api import Browser, Page, expect

from page.texts import load

pytestmark = pytest.mark.browser
__all__ = ["browser"]
FR = load()["fr"]
VOICES = """
(() => {
  const french = [["Bells", "fr-FR", true], ["Chloé", "fr-CA", false], ["Claire", "fr_FR", true]];
  const known = [...french, ["Ada", "it-IT", true]];
  window.voices = known.map(([name, lang, localService]) => ({ name, lang, localService, default: false }));
  window.spoken = [];
  let current = null;
  const ended = (tell) => { const was = current; current = null; synthesis.speaking = false; if (was) tell(was); };
  class Synthesis extends EventTarget {
    speaking = false; pending = false;
    getVoices() { return window.voices; }
    speak(given) {
      current = given; this.speaking = true;
      window.spoken.push([given.voice.name, given.rate, given.text]);
    }
    cancel() { ended((was) => setTimeout(() => was.onerror({ error: "canceled" }))); }
  }
  const synthesis = new Synthesis();
  window.finish = () => ended((was) => was.onend({}));
  window.fail = () => ended((was) => was.onerror({ error: "audio-hardware" }));
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; this.rate = 1; } };
})();
"""
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
READ = [
    ["Claire", 1, WRITTEN[0]],
    ["Claire", 1, WRITTEN[1]],
    ["Claire", 1, "Garde ton nom pour toi."],
    ["Claire", 1, FRENCH],
    ["Claire", 1, FR["voice.speech_of"].format(speaker="Ada Neri").replace("\u00a0", " ")],
    ["Ada", 1, ITALIAN],
    ["Claire", 1, FR["voice.opinion"]],
    ["Ada", 1, "È un inganno."],
]


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


@pytest.fixture(scope="module")
def address(story: Story) -> Iterator[str]:
    with served(story) as served_at:
        yield served_at


def listening(page: Page) -> None:
    """Ask, then reach the first button by keyboard and press it."""
    ask(page)
    page.locator("#current .question").focus()
    tab_to(page, "[data-aloud=play]")
    page.keyboard.press("Enter")


def button(page: Page, name: str) -> str:
    return page.locator(f"#current [data-aloud={name}]").inner_text().strip()


def finish(page: Page) -> None:
    page.evaluate("window.finish()")


def spoken(page: Page) -> list[list[object]]:
    return list(page.evaluate("window.spoken"))


def test_each_sentence_is_read_in_its_own_language_and_marked_while_it_is(browser: Browser, address: str):
    with opened(browser, address, VOICES) as page:
        listening(page)

        marked = []
        while page.evaluate("speechSynthesis.speaking"):
            marked.append(page.locator("[data-spoken]").inner_text())
            finish(page)

        assert spoken(page) == READ
        assert len(marked) == len(READ)
        assert all(text[:12] in shown for (_, _, text), shown in zip(READ[:4], marked, strict=False))
        expect(page.locator("[data-spoken]")).to_have_count(0)
        expect(page.locator(".aloud-told")).to_have_text(FR["aloud.ended"])
        assert button(page, "play") == FR["aloud.listen"]


def test_a_pause_goes_on_with_the_same_sentence_and_slower_is_remembered(browser: Browser, address: str):
    with opened(browser, address, VOICES) as page:
        listening(page)
        finish(page)
        page.keyboard.press("Enter")
        assert button(page, "play") == FR["aloud.go_on"]
        expect(page.locator(".aloud-told")).to_have_text(FR["aloud.paused"])

        page.keyboard.press("Enter")
        assert button(page, "play") == FR["aloud.pause"]
        expect(page.locator(".aloud-told")).to_have_text("")
        tab_to(page, "[data-aloud=slower]")
        page.keyboard.press("Space")

        assert [text for _, _, text in spoken(page)] == [WRITTEN[0], WRITTEN[1], WRITTEN[1], WRITTEN[1]]
        assert spoken(page)[-1][1] == 0.72
        expect(page.locator("[data-aloud=slower]")).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-pace", "slow")


@pytest.mark.parametrize("key", ["button", "Escape"])
def test_stop_is_silent_at_once_and_keeps_the_focus(browser: Browser, address: str, key: str):
    with opened(browser, address, VOICES) as page:
        listening(page)
        if key == "button":
            tab_to(page, "[data-aloud=stop]")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Escape")

        assert not page.evaluate("speechSynthesis.speaking")
        assert page.evaluate("document.activeElement.dataset.aloud") == "play"
        expect(page.locator("[data-aloud=stop]")).to_be_hidden()
        expect(page.locator("[data-spoken]")).to_have_count(0)


def test_reading_begins_with_what_is_there_and_goes_on_with_what_comes(browser: Browser, address: str, story: Story):
    with opened(browser, address, VOICES) as page:
        story.goes_on.clear()
        page.fill("#question textarea", "Qui chante ?")
        page.keyboard.press("Enter")
        expect(page.locator("#current .answer[data-status=running] [data-aloud=play]")).to_be_visible()
        page.locator("#current .question").focus()
        tab_to(page, "[data-aloud=play]")
        page.keyboard.press("Enter")
        finish(page)
        while page.evaluate("speechSynthesis.speaking"):
            finish(page)

        before = spoken(page)
        assert before[0] == READ[0] and READ[1] not in before
        assert button(page, "play") == FR["aloud.pause"]
        expect(page.locator(".aloud-told")).to_have_text("")
        story.goes_on.set()
        page.wait_for_function(f"window.spoken.length > {len(before)}")
        while page.evaluate("speechSynthesis.speaking"):
            finish(page)
        assert sorted(map(str, spoken(page))) == sorted(map(str, READ))
        expect(page.locator(".aloud-told")).to_have_text(FR["aloud.ended"])


def test_reading_goes_on_where_the_answer_is_written_anew(browser: Browser, address: str, story: Story):
    with opened(browser, address, VOICES) as page:
        listening(page)
        finish(page)
        story.goes_on.clear()
        page.fill("#question textarea", "Et après ?")
        page.keyboard.press("Enter")
        expect(page.locator("#earlier [data-spoken]")).to_contain_text("algorithme")
        finish(page)

        assert [text for _, _, text in spoken(page)] == [text for _, _, text in READ[:3]]
        expect(page.locator("#earlier [data-aloud=stop]")).to_be_visible()
        story.goes_on.set()
        expect(page.locator("#current .answer:not([data-status=running])")).to_be_visible()
        expect(page.locator("#current [data-aloud=stop]")).to_be_hidden()


def test_reading_goes_on_where_a_sentence_ends_while_its_answer_is_away(browser: Browser, address: str):
    with opened(browser, address, VOICES) as page:
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        listening(page)
        page.evaluate("""async () => {
            const turn = document.querySelector("#current .turn");
            const place = turn.parentElement;
            turn.remove();
            await null; // until the page has seen it
            window.finish();
            await null;
            place.append(turn);
        }""")

        page.wait_for_function("window.spoken.length > 1")
        assert [text for _, _, text in spoken(page)] == [text for _, _, text in READ[:2]]
        assert failures == []
        expect(page.locator("[data-aloud=stop]")).to_be_visible()


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


def test_the_page_scrolls_only_to_a_sentence_that_is_out_of_sight(browser: Browser, address: str):
    with opened(browser, address, VOICES, viewport={"width": 375, "height": 600}, reduced_motion="reduce") as page:
        listening(page)
        before = page.evaluate("scrollY")
        finish(page)
        assert page.evaluate("scrollY") == before

        while spoken(page)[-1][0] != "Ada":
            finish(page)

        box = page.locator("[data-spoken]").bounding_box()
        composer = page.locator("#composer").bounding_box()
        assert box and composer and box["y"] >= 0 and box["y"] + box["height"] <= composer["y"]
