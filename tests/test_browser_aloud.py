"""Reading aloud with the keyboard alone: each sentence in its own language, marked, and as the answer comes."""

import pytest
from browser_pages import WRITTEN, Story, browser, opened, tab_to
from playwright.sync_api import Browser, expect
from reading_aloud import FR, READ, VOICES, address, button, finish, listening, spoken, story

pytestmark = pytest.mark.browser
__all__ = ["address", "browser", "story"]


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
