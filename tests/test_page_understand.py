"""Tapped words and the quiz as HTML: native controls, proofs, five languages, and nothing hostile gets through."""

import re
from dataclasses import replace

import pytest
from fakes import article_of, evidence_of
from hypothesis import given
from hypothesis import strategies as st
from page_turns import turn_of

from page import texts as page_texts
from page.cards import evidence_html
from page.quiz import quiz_html
from page.words import explained_html, unbroken
from rag.study.difficult_words import DifficultWord, difficult_words
from rag.study.glossary import Explanation
from rag.study.quiz import Form, make_quiz
from rag.study.study import Study
from rag.types import AnswerSentence, ReadingLevel

TEXTS = page_texts.load()
CHILD = ReadingLevel.CHILD
_SENTENCES = (
    "Breaking Rust chante « Walk My Walk » depuis juin 2025.",
    "Sur Spotify, plus de 4 millions de personnes ont écouté la chanson de Breaking Rust.",
    "Un clip est un petit film qui accompagne une chanson.",
)
_HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("language", TEXTS)
def test_explained_text_has_a_button_and_a_popover_of_the_same_id_for_each_word(language: str):
    text = "L’algorithme et le référendum."

    html = explained_html(text, difficult_words(text, "fr", CHILD, language), "w1-2", TEXTS[language])

    assert re.findall(r'popovertarget="([^"]+)"', html) == ["w1-2-1", "w1-2-2"]
    assert re.findall(r'popover class="word-note" id="([^"]+)"', html) == ["w1-2-1", "w1-2-2"]
    assert html.startswith("L’<button ")
    assert TEXTS[language]["word.glossary"] in html


def test_explanation_from_an_article_names_it_and_is_escaped():
    article = article_of(f"Un drone est {_HOSTILE}.", title=_HOSTILE)
    word = DifficultWord("drone", 3, 8, Explanation("drone", article.text, "fr", "", article, 0, 9))

    html = explained_html(f"Un drone {_HOSTILE}", [word], "w", TEXTS["it"])

    assert "<img" not in html
    assert html.count("&lt;img") == 3


def test_a_word_keeps_the_marks_behind_it_on_its_line_and_no_quotation_mark_stands_alone():
    word = DifficultWord("drone", 5, 10, Explanation("drone", "Un avion sans pilote.", "fr"))

    html = explained_html("« Un drone. » Oui !", [word], "w", TEXTS["fr"])

    assert html.startswith('«\u00a0Un <span class="held"><button ')
    assert html.endswith("</span>.\u00a0»</span> Oui\u00a0!")


@given(st.text(alphabet="a «»:?! .\u00a0"))
def test_unbroken_text_has_the_same_letters_in_their_places(text: str):
    shown = "".join(unbroken(text))

    assert len(shown) == len(text)
    assert shown.replace("\u00a0", " ") == text.replace("\u00a0", " ")


def test_the_way_to_another_article_stands_on_the_first_card_that_leads_there():
    easier, quoted = article_of("Facile.", title="Plus simple"), evidence_of("Le robot chante.", "Le robot danse.")
    sentences = [AnswerSentence(each.text, (each.number,), is_quote=True) for each in quoted]
    turn = replace(turn_of(*sentences, evidence=quoted), study=Study(easier={quoted[0].article.id: easier}))

    html = str(evidence_html(turn, TEXTS["it"]))

    assert html.count("Plus simple") == 1
    assert html.index("Plus simple") < html.index("Le robot danse.")


def test_text_without_difficult_words_stays_as_it_is():
    assert explained_html("Le chat & le chien", (), "w", TEXTS["fr"]) == "Le chat &amp; le chien"


@pytest.mark.parametrize("language", TEXTS)
def test_quiz_has_native_controls_a_proof_and_a_live_verdict_for_each_form(language: str):
    quiz = make_quiz(evidence_of(*_SENTENCES), "fr", CHILD)

    html = quiz_html(quiz, 3, TEXTS[language])

    assert {question.form for question in quiz} == set(Form)
    assert html.count('type="radio"') == 5
    assert html.count('type="text"') == 1
    assert html.count('aria-live="polite"') == 3
    assert html.count('class="quiz-proof" hidden') == 3
    assert all(f'href="#e3-{question.proof.number}"' in html for question in quiz)
    assert all(question.proof.text in html for question in quiz)


def test_ids_of_the_quiz_are_unique_and_every_label_has_its_control():
    html = quiz_html(make_quiz(evidence_of(*_SENTENCES), "fr", CHILD), 1, TEXTS["es"])

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' for="([^"]+)"', html)) <= set(ids)


def test_quiz_without_questions_is_nothing():
    assert quiz_html((), 1, TEXTS["de"]) == ""


def test_hostile_texts_of_the_quiz_are_escaped():
    text = f"Ana Ruiz compte 4 millions de fans sur {_HOSTILE} depuis longtemps."

    html = quiz_html(make_quiz(evidence_of(text), "fr", CHILD), 1, TEXTS["fr"])

    assert html
    assert "<img" not in html
