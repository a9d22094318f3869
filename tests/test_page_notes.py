"""What stands beside an answer: how its question was read, its age, whose words it cites, suggestions, steps."""

import re
from dataclasses import replace
from datetime import date

import pytest
from page_turns import HOSTILE, QUESTION, TEXTS, answer_of, article_of, evidence_of, turn_of

from page import view
from page.reasons import reason
from page.texts import LANGUAGES
from page.turns import Turn, advance
from page.wording import amount, seconds
from rag.grounding import unsupported
from rag.types import AnswerSentence, EvidenceFound, Question, Step, Timings, Voice

STEPS = ["understood", "searched", "chose", "asked", "proved", "refused", "quoted instead", "compared", "failed"]
NOBODY = AnswerSentence("Nessuno.", (1,))


def page_of(turn: Turn, language: str = "it") -> str:
    return view.newest_html(turn, TEXTS[language])


def steps_of(*steps: Step, evidence: int = 1) -> str:
    """The fold below an answer with these steps, in Italian."""
    cited = tuple(evidence_of(number) for number in range(1, evidence + 1))
    return page_of(turn_of(NOBODY, evidence=cited, steps=steps)).partition("<details")[2]


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
        (Voice.SPEECH, "", "<span>Parole di una persona</span>"),
        (Voice.OPINION, "", "<span>Opinione</span>"),
        (Voice.COMMENTS, "", "<span>Commento di un lettore o di una lettrice</span>"),
    ],
)
def test_a_card_tells_whose_words_it_shows_in_words_and_to_who_listens(voice: Voice, speaker: str, told: str):
    html = page_of(turn_of(NOBODY, evidence=(replace(evidence_of(1), voice=voice, speaker=speaker),)))

    assert re.search(rf'<p class="voice voice-{voice}" id="v3-1"><svg[^>]*aria-hidden="true".*?{re.escape(told)}', html)
    assert 'aria-describedby="v3-1"' in html


def test_a_quote_that_begins_with_quotation_marks_gets_no_others():
    marked, plain = evidence_of(1, "«Non canto», dice."), evidence_of(2, "Non canta.")

    html = page_of(turn_of(AnswerSentence("Nessuno.", (1, 2)), evidence=(marked, plain)))

    assert html.count('<blockquote lang="it" class="marked">') == 1
    assert html.count('<blockquote lang="it">') == 1


def test_a_fixed_sentence_stands_apart_in_its_place_with_its_marks():
    fixed = AnswerSentence("Gli articoli non dicono lo stesso.", (1, 2), is_fixed=True)

    html = page_of(turn_of(NOBODY, fixed, AnswerSentence("Fine.", ()), evidence=(evidence_of(1), evidence_of(2))))

    callout = re.search(r'<span class="sentence callout".*?</span>', html)
    assert callout and callout.group().count('class="mark"') == 2
    assert html.index("Nessuno.") < callout.start() < html.index("Fine.")


def test_suggestions_are_buttons_that_carry_their_question():
    html = page_of(turn_of(NOBODY, suggestions=("Chi è Ugo?", "Che cos’è l’IA?")))

    assert "Puoi chiedere anche:" in html
    assert re.findall(r'<button type="button"[^>]* data-question="([^"]+)">', html) == ["Chi è Ugo?", "Che cos’è l’IA?"]


def test_suggestions_wait_for_the_end_of_the_answer_and_go_with_the_next_question():
    ended = turn_of(NOBODY, suggestions=("Chi è Ugo?",))
    running = advance(Turn(4, QUESTION), EvidenceFound((evidence_of(1),)))

    assert "suggestion" not in view.earlier_html((ended,), TEXTS["it"]) + page_of(running)


def test_suggestions_in_another_language_than_the_pages_are_left_out():
    assert "suggestion" not in page_of(turn_of(NOBODY, suggestions=("Chi è Ugo?",)), "es")


def test_hostile_texts_beside_an_answer_are_escaped():
    steps = (
        Step("understood", 0.1, {"question": HOSTILE}),
        Step("refused", 0.1, {"text": HOSTILE, "reasons": [HOSTILE, f"name '{HOSTILE}'"]}),
        Step(HOSTILE, 0.1),
    )
    evidence = replace(evidence_of(1), voice=Voice.SPEECH, speaker=HOSTILE)
    more = {"understood": HOSTILE, "age_note": HOSTILE, "suggestions": (HOSTILE,), "steps": steps}

    html = page_of(turn_of(NOBODY, evidence=(evidence,), **more))

    assert "<img" not in html
    assert html.count("&lt;img") == 10


def test_steps_are_folded_away_and_told_in_order_with_their_seconds_and_the_total():
    steps = (
        Step("searched", 0.31, {"passages": ["a", "b"]}),
        Step("chose", 0.004, {"evidence": ["c"] * 24}),
        Step("compared", 0.2, {"conflicts": 1}),
    )
    answer = replace(answer_of(NOBODY, steps=steps), timings=Timings(0.3, 1.0, 12.34))

    html = page_of(advance(Turn(3, QUESTION), answer))

    assert '<details class="course"><summary>Come ho risposto</summary>' in html
    told = (
        "Brani trovati: 2",
        "0,3\u00a0s",
        "servire da prova: 24",
        "&lt;\u00a00,1\u00a0s",
        "trovati: 1",
        "In tutto: 12,3\u00a0s",
    )
    assert [html.index(text) for text in told] == sorted(html.index(text) for text in told)


@pytest.mark.parametrize(
    ("willing", "may_answer", "told"),
    [(True, True, "Ha detto di sì."), (True, False, "Non era abbastanza sicura"), (False, False, "Ha detto di no.")],
)
def test_steps_tell_whether_the_model_was_willing(willing: bool, may_answer: bool, told: str):
    assert told in steps_of(Step("asked", 2.0, {"willing": willing, "log_odds": 0.1, "may_answer": may_answer}))


def test_a_proved_sentence_leads_to_its_proof_and_a_refused_one_tells_why():
    html = steps_of(
        Step("proved", 1.0, {"text": "È una voce.", "citations": [1, 7]}),
        Step("refused", 1.0, {"text": "Sono 9.", "reasons": ["number '9'", "a reason to come"]}),
    )

    assert '<q lang="it">È una voce.</q>&nbsp;<a class="mark" href="#e3-1"' in html and "#e3-7" not in html
    assert '<q lang="it">Sono 9.</q><ul class="reasons"><li>Il numero 9 non è nelle prove.</li>' in html
    assert '<li lang="en">a reason to come</li>' in html


def test_a_step_without_words_is_called_by_its_name_and_a_failure_keeps_its_reason_to_itself():
    html = steps_of(Step("polished", 0.2, {"secret": "sesame"}), Step("failed", 0.1, {"reason": "http://10.0.0.1"}))

    assert '<span lang="en">polished</span>' in html and "L’IA che scrive non è riuscita a rispondere." in html
    assert "sesame" not in html and "10.0.0.1" not in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "understood",
        "searched",
        "chose",
        "asked",
        "proved",
        "refused",
        "quoted instead",
        "compared",
        "failed",
        "told again",
    ],
)
def test_every_step_that_is_noted_has_words(name: str, language: str):
    html = page_of(turn_of(NOBODY, steps=(Step(name, 0.1),)), language)

    assert f'<span lang="en">{name}</span>' not in html


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("number '4000000'", "Le nombre 4\u202f000\u202f000 n’est pas dans les preuves."),
        ("name 'l'Aria'", "Le nom «\u00a0l'Aria\u00a0» n’est pas dans les preuves."),
        ("month '8'", "Le mois «\u00a0août\u00a0» n’est pas dans les preuves."),
        ("time 'week'", "Un temps compté en semaines n’est pas dans les preuves."),
        ("not in 'it'", "Elle n’est pas dans la bonne langue (italien)."),
        ("too far from all evidence", "Aucune preuve ne parle vraiment de cela."),
        ("never heard of", None),
    ],
)
def test_reason_is_a_sentence_of_the_readers_language_where_there_is_one(said: str, told: str | None):
    assert reason(said, TEXTS["fr"]) == told


def test_reason_has_words_for_what_the_check_of_sentences_says():
    question = Question("Wer singt?", "de")
    evidence = replace(evidence_of(1), text="Kein Cowboy singt.", article=article_of(language="de"))

    said = list(unsupported("Alle 9 Cowboys singen seit drei Wochen im August.", question, [evidence]))

    assert len(said) >= 4
    assert all(reason(each, TEXTS["de"]) for each in said)


def test_amount_groups_the_digits_of_long_numbers_but_not_of_years():
    assert [amount(number, "it") for number in ("2025", "35000", "10/11")] == ["2025", "35.000", "10/11"]


def test_seconds_have_one_decimal_in_the_readers_notation():
    assert seconds(2.14, TEXTS["fr"]) == "2,1\u00a0s"
    assert seconds(0.0, TEXTS["en"]) == "<\u00a00.1\u00a0s"
