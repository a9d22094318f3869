"""The widget in a real browser, as a reader uses it: ask, cite, level, close, on a big screen and on a phone."""

import re

import pytest
from browser_pages import browser
from playwright.sync_api import Browser, expect
from widget_browsing import answered, ask, focused, open_widget, reading, until
from widget_pages import CRISIS, CRISIS_TEXT, KEY, WHOLE, WRITTEN, Fake, answer, sentence

pytestmark = pytest.mark.browser
__all__ = ["browser"]


def test_reader_asks_and_follows_the_mark_to_its_card_and_back(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        open_widget(page)
        expect(page.locator(".article-state")).to_have_text("J’ai lu cet article\u00a0: on peut commencer\u00a0!")
        ask(page, "Qui chante ?")
        answered(page)

        expect(page.locator(".sentence")).to_contain_text(WRITTEN)
        page.locator(".sentence .mark").nth(1).click()
        expect(page.locator(".card[data-number='2']")).to_be_focused()
        page.locator(".card[data-number='2'] .back").click()
        expect(page.locator(".sentence")).to_be_focused()

    assert [path for path, _ in fake.asked] == ["articles", "ask"]
    asked = fake.asked[1][1]
    assert asked == {
        "question": "Qui chante ?", "language": "fr", "level": "child", "earlier": [],
        "article": asked["article"],
    }  # fmt: skip
    assert asked["article"].endswith("/article")  # without ?reader=me


def test_cards_come_first_then_the_wait_then_sentences(browser: Browser):
    waiting = ("waiting", {"ahead": 3, "seconds": 24})
    fake = Fake([WHOLE[0], waiting, *WHOLE[1:]], pause=2)
    with reading(browser, fake) as page:
        open_widget(page)
        ask(page)

        expect(page.locator(".card")).to_have_count(3)
        expect(page.locator(".busy")).to_contain_text("3. Encore 24\u00a0secondes environ")
        assert page.locator(".sentence").count() == 0
        ask(page, "Et alors ?")
        expect(page.locator(".said")).to_contain_text("La prochaine question vient juste après")
        expect(page.locator("textarea")).to_have_value("Et alors ?")
        fake.goes_on.set()
        answered(page)
        expect(page.locator(".card")).to_have_count(2)


def test_who_is_next_is_told_of_no_queue(browser: Browser):
    with reading(browser, Fake([WHOLE[0], ("waiting", {"ahead": 0, "seconds": 0}), *WHOLE[1:]], pause=2)) as page:
        open_widget(page)
        ask(page)

        expect(page.locator(".card")).to_have_count(3)
        expect(page.locator(".busy")).not_to_contain_text("seconde")


def test_quotes_that_are_the_answer_stand_before_what_can_be_done_with_it(browser: Browser):
    quote = sentence("«Il cowboy non esiste.»", 2, quoted=True)
    told = {**WHOLE[2][1], "answer": answer(quote, status="quoted", language="it")}
    with reading(browser, Fake([WHOLE[0], ("finished", told)]), 'language="it"') as page:
        open_widget(page)
        ask(page)
        answered(page)

        tops = page.evaluate(
            """(names) => { const root = document.querySelector('actuclair-explainer').shadowRoot;
              return names.map((each) => root.querySelector(each).getBoundingClientRect().top); }""",
            [".sentences .note", ".card", ".tools"],
        )
        assert tops == sorted(tops)
        expect(page.locator(".evidence h4")).to_have_count(0)


def test_next_question_leans_on_the_answer_before_it(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.locator(".answer .suggestion").click()
        expect(page.locator(".answer:not([data-status=running])")).to_have_count(2)

    assert [body["earlier"] for path, body in fake.asked if path == "ask"] == [[], ["answer-1"]]


def test_answer_is_told_again_at_another_level_in_its_place(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        open_widget(page)
        ask(page)
        answered(page)
        expect(page.locator("[data-name=simpler]")).to_be_disabled()
        fake.told = [("finished", {"id": "answer-2", "answer": answer(sentence("Autrement dit.", 1), level="tween")})]
        page.locator("[data-name=deeper]").click()

        expect(page.locator(".sentence")).to_have_text(re.compile("Autrement dit"))
        expect(page.locator(".answer-for")).to_contain_text("11–13 ans")
        assert page.locator(".turn").count() == 1

    assert fake.asked[-1] == ("answers/answer-1/level", {"level": "tween"})


def test_opinion_reaches_the_server_and_the_button_stays_pressed(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="it"') as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.get_by_role("button", name="È sbagliata").click()

        expect(page.get_by_role("button", name="È sbagliata")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".opinion")).to_contain_text("Grazie!")
        assert focused(page) == "small"
        until(page, lambda: fake.asked[-1][0] == "feedback")

    assert fake.asked[-1] == ("feedback", {"answer": "answer-1", "opinion": "wrong"})


def test_difficult_word_is_explained_and_escape_closes_the_note_only(browser: Browser):
    with reading(browser) as page:
        open_widget(page)
        ask(page)
        answered(page)
        expect(page.locator(".together").first).to_have_text(re.compile(r"^d’écoutes.*\.$"))
        page.locator(".word").first.click()

        expect(page.locator(".word-note")).to_contain_text("Le nombre de fois où l’on écoute.")
        page.keyboard.press("Escape")
        expect(page.locator(".word-note")).to_be_hidden()
        expect(page.locator(".dialog")).to_be_visible()


def test_quiz_is_checked_without_asking_the_server(browser: Browser):
    fake = Fake()
    with reading(browser, fake) as page:
        open_widget(page)
        ask(page)
        answered(page)
        asked = len(fake.asked)
        page.locator(".quiz summary").click()
        page.get_by_label("9", exact=True).check()
        page.get_by_role("button", name="Vérifier").first.click()
        expect(page.locator(".quiz-verdict").first).to_have_text("Pas tout à fait. La bonne réponse\u00a0: 4.")
        page.get_by_label("Le mot qui manque").fill("CHANSON")
        page.keyboard.press("Enter")
        expect(page.locator(".quiz-verdict").last).to_have_text("Bravo, c’est juste\u00a0!")

    assert len(fake.asked) == asked


def test_reader_in_need_gets_help_that_a_phone_can_call_and_nothing_else(browser: Browser):
    with reading(browser, Fake(list(CRISIS))) as page:
        open_widget(page)
        ask(page, "Je veux mourir")
        answered(page)

        expect(page.locator(".help")).to_have_text("De l’aide, tout de suite")
        expect(page.locator(".fixed")).to_contain_text(CRISIS_TEXT.split("\n")[0])
        expect(page.locator(".fixed a")).to_have_attribute("href", "tel:0800235236")
        assert page.locator(".quiz, .judge, .moves, .answer .suggestion, .aloud").count() == 0


def test_correction_by_an_editor_stands_above_the_answer(browser: Browser):
    told = {
        **WHOLE[2][1],
        "correction": {"text": "Ce n’est pas 4 millions.", "on": "2025-11-22"},
        "from_article": False,
    }
    with reading(browser, Fake([("finished", told)])) as page:
        open_widget(page)
        ask(page)
        answered(page)

        expect(page.locator(".correction")).to_contain_text("Corrigé par la rédaction, le 22 novembre 2025")
        expect(page.locator(".notes")).to_contain_text("d’autres articles de ce site")


def test_another_article_in_the_same_page_begins_anew(browser: Browser):
    fake = Fake()
    with reading(browser, fake, 'language="fr" article="https://news.example/1"') as page:
        open_widget(page)
        ask(page)
        answered(page)
        page.evaluate("document.querySelector('actuclair-explainer').setAttribute('article', 'https://news.example/2')")
        expect(page.locator(".turn")).to_have_count(0)
        expect(page.locator(".article-state")).to_be_visible()
        until(page, lambda: fake.asked[-1][0] == "articles")

    assert [body["article"] for path, body in fake.asked if path == "articles"] == [
        "https://news.example/1", "https://news.example/2",
    ]  # fmt: skip
    assert fake.asked[0][1]["site"] == KEY
