"""Reading aloud for tests: a page on which somebody listens to made-up voices, by the keyboard alone."""

from collections.abc import Iterator

import pytest
from browser_pages import FRENCH, ITALIAN, WRITTEN, Story, ask, served, tab_to
from playwright.sync_api import Page

from page.texts import load

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
