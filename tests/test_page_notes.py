"""What stands beside an answer: how its question was read, its age, whose words it cites, suggestions."""

import re
from dataclasses import replace
from datetime import date

import pytest
from page_turns import HOSTILE, QUESTION, TEXTS, evidence_of, turn_of

from page import view
from rag.types import AnswerSentence, EvidenceFound, Status, Step, Voice
from telling.turns import Turn, advance

NOBODY = AnswerSentence("Nessuno.", (1,))


def page_of(turn: Turn, language: str = "it") -> str:
    return view.newest_html(turn, TEXTS[language])


def test_the_question_as_it_was_understood_stands_above_the_answer():
    html = page_of(turn_of(NOBODY, understood="Breaking Rust: chi canta?"), "fr")

    assert "J’ai compris\u00a0: <q" in html and '<q lang="it">Breaking Rust: chi canta?</q>' in html
    assert html.index("Breaking Rust") < html.index("Nessuno.")


def test_a_question_understood_as_it_was_typed_is_not_repeated():
    assert "understood" not in page_of(turn_of(NOBODY))


def test_an_answer_tells_until_when_its_articles_reach_in_the_pages_language():
    html = page_of(turn_of(NOBODY, as_of=date(2025, 11, 21)), "de")

    assert '<time datetime="2025-11-21">21. November 2025</time> erschienen' in html


def test_a_note_on_the_age_of_articles_takes_the_place_of_their_date():
    html = page_of(turn_of(NOBODY, as_of=date(2025, 8, 21), age_note="Sono articoli di 3 mesi fa."))

    assert html.count("Sono articoli di 3 mesi fa.") == 1
    assert "as-of" not in html


@pytest.mark.parametrize(
    ("voice", "speaker", "told"),
    [
        (Voice.NEWS, "", "<span>Notizia</span>"),
        (Voice.SPEECH, "Ugo Neri", 'Parole riportate: <span lang="it">Ugo Neri</span>'),
        (Voice.SPEECH, "", "<span>Parole di qualcuno</span>"),
        (Voice.OPINION, "", "<span>Opinione</span>"),
        (Voice.COMMENTS, "", "<span>Commento di un lettore o di una lettrice</span>"),
    ],
)
def test_a_card_tells_whose_words_it_shows_in_words_and_to_who_listens(voice: Voice, speaker: str, told: str):
    html = page_of(turn_of(NOBODY, evidence=(replace(evidence_of(1), voice=voice, speaker=speaker),)))

    assert re.search(rf'<p class="voice voice-{voice}" id="v3-1"><svg[^>]*aria-hidden="true".*?{re.escape(told)}', html)
    assert 'aria-describedby="v3-1"' in html


def test_a_quote_that_holds_a_quotation_has_other_marks_for_it_than_those_around():
    marked, cut = evidence_of(1, "«Non canto», dice."), evidence_of(2, "Dice: «Non canto.")

    html = page_of(turn_of(AnswerSentence("Nessuno.", (1, 2)), evidence=(marked, cut)))

    assert "<p>“Non canto”, dice.</p></blockquote>" in html
    assert "<p>Dice: “Non canto.”</p></blockquote>" in html


def test_a_fixed_sentence_stands_apart_in_its_place_with_its_marks():
    fixed = AnswerSentence("Gli articoli non dicono lo stesso.", (1, 2), is_fixed=True)

    html = page_of(turn_of(NOBODY, fixed, AnswerSentence("Fine.", ()), evidence=(evidence_of(1), evidence_of(2))))

    callout = re.search(r'<span class="sentence callout".*?</span>', html)
    assert callout and callout.group().count('class="mark"') == 2
    assert html.index("Nessuno.") < callout.start() < html.index("Fine.")


def test_suggestions_are_buttons_that_carry_their_question():
    html = page_of(turn_of(NOBODY, suggestions=("Chi è Ugo?", "Che cos’è l’IA?")))

    assert "Altre domande possibili:" in html
    assert re.findall(r'<button type="button"[^>]* data-question="([^"]+)">', html) == ["Chi è Ugo?", "Che cos’è l’IA?"]


def test_suggestions_wait_for_the_end_of_the_answer_and_go_with_the_next_question():
    ended = turn_of(NOBODY, suggestions=("Chi è Ugo?",))
    running = advance(Turn(4, QUESTION), EvidenceFound((evidence_of(1),)))

    assert "suggestion" not in view.earlier_html((ended,), TEXTS["it"]) + page_of(running)


def test_suggestions_in_another_language_than_the_pages_are_left_out():
    assert "suggestion" not in page_of(turn_of(NOBODY, suggestions=("Chi è Ugo?",)), "es")


def test_hostile_texts_beside_an_answer_are_escaped():
    evidence = replace(evidence_of(1), voice=Voice.SPEECH, speaker=HOSTILE)
    more = {"understood": HOSTILE, "age_note": HOSTILE, "suggestions": (HOSTILE,)}

    html = page_of(turn_of(NOBODY, evidence=(evidence,), **more))

    assert "<img" not in html
    assert html.count("&lt;img") == 5


@pytest.mark.parametrize("status", [Status.CRISIS, Status.DECLINED, Status.ABOUT_ME])
def test_an_answer_with_fixed_words_stands_alone(status: Status):
    beside = {"as_of": date(2025, 11, 21), "suggestions": ("Chi è Ugo?",), "steps": (Step("understood", 0.1),)}

    html = page_of(turn_of(status=status, **beside))

    assert "<details" not in html and "as-of" not in html and "suggestion" not in html
    assert "suggestion" in page_of(turn_of(status=Status.NO_EVIDENCE, **beside))
