"""The comfort panel with the keyboard alone: what is chosen shows at once, lasts, and never leaves the browser."""

from collections.abc import Iterator

import pytest
from browser_pages import Story, ask, browser, opened, served, tab_to
from playwright.sync_api import Browser, Page, expect

from page.texts import load

pytestmark = pytest.mark.browser
__all__ = ["browser"]
OPENED = "document.activeElement.name === 'comfort-font'"  # the panel, which is told so a moment after it is shown
# what the root says in the first frame that shows anything of the page
FIRST_FRAME = """
const look = () => {
  if (!document.querySelector(".masthead")) return requestAnimationFrame(look);
  window.first = { ...document.documentElement.dataset };
};
requestAnimationFrame(look);
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Story()) as served_at:
        yield served_at


def size(page: Page, selector: str = "#welcome p") -> float:
    return float(page.evaluate("(at) => parseFloat(getComputedStyle(document.querySelector(at)).fontSize)", selector))


def choose(page: Page, name: str, arrow_downs: int = 1) -> None:
    """Reach a choice by Tab and move on in it by arrow keys."""
    tab_to(page, f"[name=comfort-{name}]")
    for _ in range(arrow_downs):
        page.keyboard.press("ArrowRight")


def test_the_panel_opens_chooses_and_closes_by_keyboard_and_gives_the_focus_back(browser: Browser, address: str):
    with opened(browser, address) as page:
        usual = size(page)
        tab_to(page, ".comfort-open")
        page.keyboard.press("Enter")
        page.wait_for_function(OPENED)

        page.keyboard.press("ArrowRight")
        choose(page, "size", arrow_downs=2)
        choose(page, "lines")
        choose(page, "contrast")
        page.keyboard.press("Escape")

        expect(page.locator(".comfort-open")).to_be_focused()
        assert size(page) == pytest.approx(1.45 * usual, rel=0.01)
        page.wait_for_function("document.fonts.check('16px OpenDyslexic')")
        root = page.locator("html")
        for name, value in {"font": "dyslexia", "size": "larger", "lines": "wide", "contrast": "more"}.items():
            expect(root).to_have_attribute(f"data-{name}", value)
        assert "OpenDyslexic" in page.evaluate("getComputedStyle(document.querySelector('#welcome p')).fontFamily")


def test_a_choice_is_there_before_the_first_paint_and_is_sent_to_nobody(browser: Browser, address: str):
    with opened(browser, address, FIRST_FRAME) as page:
        page.evaluate("document.dispatchEvent(new CustomEvent('comfort', { detail: { size: 'large' } }))")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(f"{request.url} {request.headers} {request.post_data}"))
        page.reload()
        page.wait_for_function("window.first")

        assert page.evaluate("window.first.size") == "large"
        assert page.evaluate("JSON.stringify(localStorage)") == '{"actuclair-comfort":"{\\"size\\":\\"large\\"}"}'
        assert page.context.cookies() == []
        assert not [request for request in requests if "comfort-" in request or '"large"' in request]


def test_reset_forgets_everything(browser: Browser, address: str):
    with opened(browser, address) as page:
        page.evaluate("document.dispatchEvent(new CustomEvent('comfort', { detail: { contrast: 'more' } }))")
        page.locator(".comfort-open").press("Enter")
        page.wait_for_function(OPENED)
        expect(page.locator("[name=comfort-contrast][value=more]")).to_be_checked()

        tab_to(page, "[data-comfort=reset]")
        page.keyboard.press("Enter")

        expect(page.locator("[name=comfort-contrast][value=usual]")).to_be_checked()
        assert page.evaluate("localStorage.length") == 0
        assert page.locator("html").get_attribute("data-contrast") is None


@pytest.mark.parametrize("kept", ["{", '{"size":"huge","colour":"red"}', "null", "[3]", '"x"'])
def test_what_is_kept_but_broken_changes_nothing(browser: Browser, address: str, kept: str):
    script = f"if (!localStorage.length) localStorage.setItem('actuclair-comfort', {kept!r});"
    with opened(browser, address, script) as page:
        assert page.evaluate("({...document.documentElement.dataset})") == {}


def test_a_device_that_asks_for_contrast_gets_it_until_the_reader_chooses_otherwise(browser: Browser, address: str):
    with opened(browser, address, contrast="more") as page:
        expect(page.locator("html")).to_have_attribute("data-contrast", "more")
        page.evaluate("document.dispatchEvent(new CustomEvent('comfort', { detail: { contrast: 'usual' } }))")
        page.reload()

        expect(page.locator("#question textarea")).to_be_visible()
        assert page.locator("html").get_attribute("data-contrast") is None


def test_the_panel_follows_the_language_of_the_page(browser: Browser, address: str):
    with opened(browser, f"{address}/?language=de") as page:
        expect(page.locator("html")).to_have_attribute("lang", "de")
        page.locator(".comfort-open").press("Enter")

        expect(page.locator("#comfort")).to_contain_text(load()["de"]["comfort.font_dyslexia"])


@pytest.mark.parametrize("width", [375, 1280])
def test_the_largest_letters_need_no_scrolling_sideways(browser: Browser, address: str, width: int):
    with opened(browser, address, viewport={"width": width, "height": 800}) as page:
        detail = "{ font: 'dyslexia', size: 'larger', lines: 'wide' }"
        page.evaluate(f"document.dispatchEvent(new CustomEvent('comfort', {{ detail: {detail} }}))")
        ask(page)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        page.wait_for_timeout(300)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".comfort-open").press("Enter")
        assert (
            page.evaluate("(panel => panel.scrollWidth - panel.clientWidth)(document.querySelector('#comfort'))") <= 0
        )
