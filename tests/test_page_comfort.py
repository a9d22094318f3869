"""The comfort panel and the buttons that read aloud as HTML: in every language, labelled and escaped."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from page_turns import HOSTILE, TEXTS, evidence_of, turn_of

from page import cards, comfort, view
from page.aloud import aloud_html
from page.comfort import CHOICES, comfort_html
from rag.types import AnswerSentence, EvidenceFound, Question, ReadingLevel
from telling.turns import Turn, advance


@pytest.mark.parametrize("language", TEXTS)
def test_comfort_panel_has_a_labelled_choice_for_everything_that_can_be_chosen(language: str):
    html = comfort_html(TEXTS[language])

    assert re.findall(r'name="comfort-(\w+)" value="(\w+)"', html) == [
        (choice, value) for choice, values in CHOICES.items() for value in values
    ]
    assert html.count("<legend>") == len(CHOICES)
    assert 'popovertarget="comfort"' in html
    assert TEXTS[language]["comfort.about"] in html


def test_scripts_and_styles_know_every_choice():
    known, shown = (
        Path(comfort.__file__).with_suffix(ending).read_text(encoding="utf-8") for ending in (".js", ".css")
    )

    for choice, values in CHOICES.items():
        for value in values[1:]:
            assert re.search(rf'{choice}: \[[^\]]*"{value}"', known)
            assert f'[data-{choice}="{value}"]' in shown


@pytest.mark.parametrize("language", TEXTS)
def test_an_answer_has_its_buttons_and_all_that_may_be_said_in_the_page_language(language: str):
    html = view.newest_html(turn_of(AnswerSentence("Nessuno.", ())), TEXTS[language])

    said = json.loads(unescape(re.findall(r'data-said="([^"]+)"', html)[0]))
    assert re.findall(r'data-aloud="(\w+)"', html) == ["play", "stop", "slower"]
    assert said["no_voice"] == TEXTS[language]["aloud.no_voice"]
    assert "{language}" in said["no_voice"]
    assert 'role="status"' in aloud_html(turn_of(), TEXTS[language])


def test_there_is_something_to_listen_to_from_the_first_sentence_on():
    asked = Turn(1, Question("Wer singt?", "de", ReadingLevel.CHILD))
    found = advance(asked, EvidenceFound((evidence_of(1), evidence_of(2, "Un altro."))))
    begun = advance(found, AnswerSentence("Niemand singt.", (2,)))

    assert aloud_html(asked, TEXTS["de"]) == aloud_html(found, TEXTS["de"]) == ""
    assert 'data-aloud="play"' in aloud_html(begun, TEXTS["de"])
    assert re.findall(r'id="e1-(\d)" tabindex="-1" data-quoted', view.newest_html(begun, TEXTS["de"])) == ["2"]


@pytest.mark.parametrize(
    ("language", "note"), [("fr", "Citation en italien"), ("de", "Zitat auf Italienisch"), ("it", "")]
)
def test_a_quote_in_another_language_has_a_plain_note_of_it(language: str, note: str):
    turn = turn_of(AnswerSentence("Nessuno.", (1,)), evidence=(evidence_of(1),))

    html = cards.evidence_html(turn, TEXTS[language])

    assert ("foreign" in html) == bool(note)
    assert note in html
    assert ("italiano" in html) == (language == "it")


def test_the_note_of_a_hostile_language_is_escaped():
    turn = turn_of(AnswerSentence("Nessuno.", (1,)), evidence=(evidence_of(1, language=HOSTILE),))

    assert "<img" not in cards.evidence_html(turn, TEXTS["es"])
