"""The widget when something changes while it is used: its attributes, the article, the level, two things at once."""

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, Page, expect
from test_browser_widget_access import SPEECH
from widget_browsing import answered, ask, focused, open_widget, reading, risen, until
from widget_pages import WHOLE, WRITTEN, Fake

pytestmark = pytest.mark.browser
__all__ = ["browser"]
CORRECTED = {**WHOLE[2][1], "correction": {"text": "Ce n’est pas 4 millions.", "on": "2025-11-22"}}


def change(page: Page, name: str, value: str) -> None:
    page.evaluate(f"document.querySelector('actuclair-explainer').setAttribute('{name}', '{value}')")


@pytest.mark.parametrize(("name", "value"), [("theme", "dark"), ("language", "it"), ("level", "teen")])
def test_what_is_typed_and_asked_survives_a_change_of_the_site(browser: Browser, name: str, value: str):
    with reading(browser) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.locator("textarea").fill("Et ensui")
        change(page, name, value)

        expect(page.locator("textarea")).to_have_value("Et ensui")
        expect(page.locator(".sentence")).to_contain_text(WRITTEN)
        assert focused(page) == "TEXTAREA"


def test_change_of_the_site_takes_no_focus_from_the_page(browser: Browser):
    with reading(browser, body="<main><h1 tabindex='-1'>A</h1></main>{widget}") as page:
        open_widget(page)
        page.locator("h1").focus()
        change(page, "article", "https://news.example/2")

        expect(page.locator("textarea")).to_be_visible()
        expect(page.locator("h1")).to_be_focused()


def test_what_comes_late_about_another_article_is_not_believed(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="es" article="https://news.example/1"') as page:
        held = []
        page.route("**/api/v1/articles?*", lambda route: held.append(route), times=1)
        open_widget(page)
        expect(page.locator(".article-state")).to_contain_text("Un momento")
        page.locator(".close").click()
        change(page, "article", "https://news.example/2")
        until(page, lambda: held)
        with page.expect_response("**/api/v1/articles?*"):
            held[0].continue_()
        page.wait_for_timeout(300)
        open_widget(page)
        expect(page.locator(".article-state")).to_contain_text("He leído")

    assert [body["article"] for _, body in fake.asked] == ["https://news.example/1", "https://news.example/2"]


def test_article_that_is_being_read_is_asked_about_again_without_a_flicker_while_it_is_seen(browser: Browser):
    fake = Fake(article={"state": "coming", "questions": []})
    with reading(browser, fake, 'language="de"') as page:
        page.clock.install()
        open_widget(page)
        said = page.locator(".article-state")
        expect(said).to_contain_text("Ich lese diesen Artikel gerade")
        said.evaluate("(each) => { each.dataset.kept = 'yes'; }")
        with page.expect_response("**/api/v1/articles?*"):
            page.clock.run_for(16_000)
        page.wait_for_timeout(300)
        assert (len(fake.asked), said.get_attribute("data-kept")) == (2, "yes")
        page.locator(".close").click()
        page.clock.run_for(60_000)
        page.wait_for_timeout(300)
        assert len(fake.asked) == 2
        fake.article = {"state": "indexed", "questions": []}
        page.locator(".launcher").click()

        expect(said).to_contain_text("Diesen Artikel habe ich gelesen")


@pytest.mark.parametrize(("rest", "said"), [(True, "Forse la risposta"), (False, "per ora non posso rispondere")])
def test_reader_is_invited_to_ask_only_where_an_answer_may_come(browser: Browser, rest: bool, said: str):
    with reading(browser, Fake(article={"state": "unknown", "rest": rest}), 'language="it"') as page:
        open_widget(page)

        expect(page.locator(".article-state")).to_contain_text(said)


@pytest.mark.parametrize("width", [375, 1280])
def test_head_and_box_stay_where_they_are_however_many_questions_are_asked(browser: Browser, width: int):
    places = """() => [".head", ".composer"].map((name) => {
      const box = document.querySelector("actuclair-explainer").shadowRoot.querySelector(name).getBoundingClientRect();
      return name === ".head" ? Math.round(box.top) : Math.round(box.bottom); })"""
    with reading(browser, Fake(statuses=[200, 200, 429]), viewport={"width": width, "height": 720}) as page:
        open_widget(page)
        risen(page)
        before = page.evaluate(places)
        for number in range(1, 4):
            ask(page, f"Qui chante {'?' * number}")
            expect(page.locator(".answer:not([data-status=running])")).to_have_count(number)

            assert page.evaluate(places) == before


def test_opinion_on_an_answer_lets_no_second_question_out_while_one_is_answered(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        open_widget(page)
        ask(page)
        answered(page)
        fake.pause = 1
        ask(page, "Et alors ?")
        until(page, lambda: fake.asked[-1][0] == "ask" and fake.asked[-1][1]["question"] == "Et alors ?")
        expect(page.locator(".busy")).to_be_visible()
        page.locator("[data-name=helpful]").first.click()
        expect(page.locator(".opinion").first).to_contain_text("Merci")
        ask(page, "Encore ?")

        expect(page.locator(".said")).to_contain_text("La prochaine question vient juste après")
        assert [body["question"] for path, body in fake.asked if path == "ask"] == ["Qui chante ?", "Et alors ?"]


def test_answer_says_for_whom_it_was_written_when_another_level_does_not_come(browser: Browser):
    fake = Fake(statuses=[200, 503])
    with reading(browser, fake) as page:
        page.evaluate("window.told = []; addEventListener('actuclair-answer', () => window.told.push(1))")
        open_widget(page)
        ask(page)
        answered(page)
        page.locator("[data-name=deeper]").click()
        expect(page.locator(".trouble")).to_be_visible()

        expect(page.locator(".answer-for")).to_contain_text("8–10 ans")
        expect(page.locator("[data-name=simpler]")).to_be_disabled()
        assert page.evaluate("window.told.length") == 1


def test_correction_is_heard_before_what_it_puts_right(browser: Browser):
    with reading(browser, Fake([("finished", CORRECTED)])) as page:
        page.add_init_script(SPEECH)
        page.reload()
        open_widget(page)
        ask(page)
        answered(page)
        page.get_by_role("button", name="Écouter").click()
        expect(page.locator(".aloud-told")).to_have_text("La lecture est finie.")

        assert page.evaluate("window.spoken")[1:3] == ["Ce n’est pas 4 millions.", WRITTEN]
        expect(page.locator("[aria-live=polite] p").first).to_contain_text("Ce n’est pas 4 millions.")
        above = """() => { const root = document.querySelector('actuclair-explainer').shadowRoot;
          const bottom = (name) => root.querySelector(name).getBoundingClientRect().bottom;
          return bottom(".correction") <= bottom(".sentence"); }"""
        assert page.evaluate(above)


def test_choice_with_another_sign_is_another_choice(browser: Browser):
    proof = WHOLE[0][1]["evidence"][0]
    quiz = [{"kind": "choose", "question": "Il fait ____ °C.", "choices": ["−3", "3"], "right": "−3", "proof": proof}]
    with reading(browser, Fake([("finished", {**WHOLE[2][1], "quiz": quiz})])) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.locator(".quiz summary").click()
        page.get_by_label("3", exact=True).check()
        page.get_by_role("button", name="Vérifier").click()

        expect(page.locator(".quiz-verdict")).to_have_text("Pas tout à fait. La bonne réponse\u00a0: −3.")
