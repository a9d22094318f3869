"""The widget for everybody: keyboard alone, axe-core, small and wide screens, dark, calm, on paper, without a shift."""

from importlib.resources import files
from pathlib import Path

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, Page, expect
from widget_browsing import answered, ask, focused, open_widget, reading, risen, until
from widget_pages import CRISIS, WHOLE, WRITTEN, Fake

from telling.texts import LANGUAGES

pytestmark = pytest.mark.browser
__all__ = ["browser"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FIND = """async (wanted) => (await axe.run(document.querySelector('actuclair-explainer'), wanted)).violations
  .map((each) => each.id + ': ' + each.nodes.map((node) => node.target + ' ' + node.any.map((one) => one.message)))"""
SPEECH = """
window.spoken = [];
const voices = [{ name: 'Amélie', lang: 'fr-FR', localService: true, default: true }];
const synth = { speak: (each) => { window.spoken.push(each.text); setTimeout(() => each.onend && each.onend(), 5); },
  cancel() {}, getVoices: () => voices, addEventListener() {} };
Object.defineProperty(window, 'speechSynthesis', { value: synth });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def faults(page: Page) -> list[str]:
    """What axe-core finds, in light and in dark."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += page.evaluate(FIND, {})
    return found


def wide(page: Page) -> bool:
    """Whether something reaches over the edge."""
    return bool(
        page.evaluate(
            """() => { const root = document.querySelector('actuclair-explainer').shadowRoot;
              return [...root.querySelectorAll('.panel *')].some((each) => !each.closest('.unseen, [popover=auto]') &&
                each.getBoundingClientRect().right > innerWidth + 1); }"""
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["launcher", "inline"])
def test_no_state_has_a_fault(browser: Browser, language: str, mode: str):
    fake = Fake(pause=2)
    attributes = f'language="{language}" mode="{mode}"'
    with reading(browser, fake, attributes, body="<main><h1>A</h1>{widget}</main>", reduced_motion="reduce") as page:
        page.evaluate(AXE)
        assert faults(page) == []
        if mode == "launcher":
            open_widget(page)
        page.locator("textarea").focus()
        expect(page.locator(".first .suggestion")).to_have_count(2)
        assert faults(page) == []

        ask(page)
        expect(page.locator(".card")).to_have_count(3)
        assert faults(page) == []

        fake.goes_on.set()
        answered(page)
        page.locator(".quiz summary").click()
        page.locator(".strong").first.click()
        assert faults(page) == []
        page.locator(".word").first.click()
        assert faults(page) == []


@pytest.mark.parametrize("told", [CRISIS, None], ids=["crisis", "trouble"])
def test_no_hard_moment_has_a_fault(browser: Browser, told: list | None):
    fake = Fake(list(told)) if told else Fake(statuses=[503])
    with reading(browser, fake) as page:
        page.evaluate(AXE)
        open_widget(page)
        ask(page)
        expect(page.locator(".help, .trouble")).to_be_visible()

        assert faults(page) == []


def test_keyboard_alone_opens_asks_cites_and_closes(browser: Browser):
    with reading(browser) as page:
        page.locator(".launcher").wait_for()
        page.keyboard.press("Tab")
        until(page, lambda: focused(page) == "launcher")
        page.keyboard.press("Enter")
        expect(page.locator("textarea")).to_be_focused()
        page.keyboard.type("Qui chante ?")
        page.keyboard.press("Enter")
        answered(page)
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if focused(page) == "mark":
                break
        page.keyboard.press("Enter")
        expect(page.locator(".card:focus")).to_have_count(1)
        page.keyboard.press("Escape")

        expect(page.locator(".dialog")).to_be_hidden()
        until(page, lambda: focused(page) == "launcher")
        page.keyboard.press("Enter")
        expect(page.locator(".sentence")).to_contain_text(WRITTEN)  # what was asked is still there


def test_order_of_the_focus_is_the_order_of_the_panel(browser: Browser):
    with reading(browser) as page:
        open_widget(page)
        expect(page.locator(".first .suggestion")).to_have_count(2)
        page.locator(".close").focus()
        seen = []
        for _ in range(5):
            page.keyboard.press("Tab")
            seen.append(focused(page))

        assert seen == ["suggestion", "suggestion", "INPUT", "TEXTAREA", "send"]


@pytest.mark.parametrize("width", [320, 375, 768, 1280, 1920])
def test_every_width_shows_everything(browser: Browser, width: int):
    with reading(browser, viewport={"width": width, "height": 667}, has_touch=width < 700) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.locator(".quiz summary").click()
        risen(page)

        assert not wide(page)
        box = page.locator(".dialog").bounding_box()
        assert box and box["x"] >= 0 and box["y"] >= 0 and box["y"] + box["height"] <= 668
        assert (box["width"] == width) == (width < 700)
        targets = page.locator(".panel button:visible:not(.word, .mark, .back, .renew)").all()
        assert min(each.bounding_box()["height"] for each in targets) >= 36  # type: ignore[index]
        page.locator(".close").click()
        expect(page.locator(".dialog")).to_be_hidden()


def test_phone_that_is_turned_keeps_the_panel_and_the_focus(browser: Browser):
    with reading(browser, viewport={"width": 390, "height": 800}) as page:
        open_widget(page)
        page.locator("textarea").fill("Qui")
        assert page.locator(".dialog").evaluate("(each) => each.matches(':modal')")
        page.set_viewport_size({"width": 800, "height": 390})

        until(page, lambda: not page.locator(".dialog").evaluate("(each) => each.matches(':modal')"))
        expect(page.locator(".dialog")).to_be_visible()
        expect(page.locator("textarea")).to_be_focused()
        expect(page.locator("textarea")).to_have_value("Qui")


@pytest.mark.parametrize("attributes", ['language="fr"', 'language="fr" mode="inline"'])
def test_nothing_moves_when_it_loads_or_opens(browser: Browser, attributes: str):
    head = "<style>actuclair-explainer[mode=inline]:not(:defined) { display: block; min-height: 33em }</style>"
    with reading(browser, attributes=attributes, body="{widget}<main>{article}</main>", head=head) as page:
        expect(page.locator(".launcher, textarea").first).to_be_visible()
        if "inline" in attributes:
            page.locator(".ideas").click()
        else:
            open_widget(page)
        expect(page.locator(".first .suggestion")).to_have_count(2)
        page.wait_for_timeout(700)  # a shift half a second after a reader's press is not counted

        assert page.evaluate("window.shifted") < 0.001


def test_who_wants_calm_gets_it(browser: Browser):
    with reading(browser, Fake(pause=1), reduced_motion="reduce") as page:
        open_widget(page)
        ask(page)
        expect(page.locator(".busy")).to_be_visible()

        moving = "document.querySelector('actuclair-explainer').shadowRoot.getAnimations().length"
        assert page.evaluate(moving) == 0


def test_dark_follows_the_reader_and_a_site_may_fix_it(browser: Browser):
    colours = {}
    for theme in ("", "light", "dark"):
        with reading(browser, attributes=f'language="fr" theme="{theme}"', color_scheme="dark") as page:
            open_widget(page)
            colours[theme] = page.locator(".panel").evaluate("(each) => getComputedStyle(each).backgroundColor")

    assert colours == {"": "rgb(26, 23, 34)", "light": "rgb(255, 250, 242)", "dark": "rgb(26, 23, 34)"}


def test_paper_shows_question_answer_and_sources_whole(browser: Browser, tmp_path: Path):
    from pypdf import PdfReader

    with reading(browser) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.pdf(path=tmp_path / "page.pdf")
        text = " ".join(" ".join(part.extract_text() for part in PdfReader(tmp_path / "page.pdf").pages).split())

        for said in ("Qui chante", WRITTEN, "4 millions", "https://news.example/1", "Breaking Rust chante."):
            assert said in text
        assert "Fermer" not in text and "Demander" not in text
        expect(page.locator(".dialog")).to_be_visible()


def test_closed_widget_is_not_on_paper(browser: Browser, tmp_path: Path):
    from pypdf import PdfReader

    with reading(browser) as page:
        page.locator(".launcher").wait_for()
        page.pdf(path=tmp_path / "page.pdf")

        assert "Une question" not in "".join(part.extract_text() for part in PdfReader(tmp_path / "page.pdf").pages)


def test_answer_is_read_aloud_sentence_by_sentence_and_what_has_no_voice_is_left_out(browser: Browser):
    with reading(browser) as page:
        page.add_init_script(SPEECH)
        page.reload()
        open_widget(page)
        ask(page)
        answered(page)
        page.get_by_role("button", name="Écouter").click()
        expect(page.locator(".aloud-told")).to_have_text("La lecture est finie.")

        spoken = page.evaluate("window.spoken")
        assert spoken[0] == WRITTEN and len(spoken) == 2  # the Italian quote has no voice here


def test_who_listens_is_told_each_sentence_once(browser: Browser):
    with reading(browser, Fake([*WHOLE[:2], *WHOLE[1:]])) as page:
        open_widget(page)
        ask(page)
        answered(page)

        expect(page.locator("[aria-live=polite] p").first).to_have_text(WRITTEN)
        assert page.locator("[aria-live=polite] p").all_inner_texts().count(WRITTEN) == 1
