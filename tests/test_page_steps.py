"""How an answer came about, as the page tells it: its steps, and why sentences were refused."""

from dataclasses import replace

import pytest
from page_turns import HOSTILE, QUESTION, TEXTS, answer_of, article_of, evidence_of, turn_of

from page import view
from page.reasons import reasons
from page.wording import seconds
from rag.checking.grounding import faults, unsupported
from rag.types import AnswerSentence, Question, Step, Timings
from telling.texts import LANGUAGES
from telling.turns import Turn, advance

STEPS = [
    "understood",
    "searched",
    "chose",
    "waited",
    "asked",
    "not asked",
    "wrote",
    "proved",
    "refused",
    "quoted instead",
    "compared",
    "failed",
    "told again",
]
NOBODY = AnswerSentence("Nessuno.", (1,))


def page_of(turn: Turn, language: str = "it") -> str:
    return view.newest_html(turn, TEXTS[language])


def steps_of(*steps: Step, language: str = "it") -> str:
    """The fold below an answer with these steps."""
    return page_of(turn_of(NOBODY, evidence=(evidence_of(1),), steps=steps), language).partition("<details")[2]


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
        "Differenze trovate: 1",
        "In tutto: 12,3\u00a0s",
    )
    assert [html.index(text) for text in told] == sorted(html.index(text) for text in told)


def test_steps_of_an_answer_told_again_come_without_seconds():
    html = steps_of(Step("told again", 0.2), Step("searched", 0.0, {"passages": 3}))

    assert html.count('class="seconds"') == 1
    assert html.index("Mi hanno già fatto questa domanda") < html.index("0,2\u00a0s") < html.index("Brani trovati: 3")


@pytest.mark.parametrize(
    ("willing", "may_answer", "told"),
    [(True, True, "Ha detto di sì."), (True, False, "Non era abbastanza sicura"), (False, False, "Ha detto di no.")],
)
def test_steps_tell_whether_the_model_was_willing(willing: bool, may_answer: bool, told: str):
    assert told in steps_of(Step("asked", 2.0, {"willing": willing, "log_odds": 0.1, "may_answer": may_answer}))


def test_a_proved_sentence_leads_to_its_proof():
    html = steps_of(Step("proved", 1.0, {"text": "È una voce.", "citations": [1, 7]}))

    assert '<q lang="it">È una voce.</q>&nbsp;<a class="mark" href="#e3-1"' in html and "#e3-7" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_refused_sentence_made_up_is_shown(language: str):
    made_up = ["number '987'", "name 'Zzyzx'", "month 'Zzyzx'", "day 'Zzyzx'", "time 'Zzyzx'", "currency 'Zzyzx'"]
    said = [*made_up, "not in 'zzyzx'", "Zzyzx", "name 'Zzyzx' 987'"]

    html = steps_of(Step("refused", 1.0, {"text": "Zzyzx ha 987 anni.", "reasons": said}), language=language)

    assert "zzyzx" not in html.lower() and "987" not in html
    assert TEXTS[language]["reason.number"] in html and TEXTS[language]["reason.something"] in html


def test_a_sentence_in_the_wrong_language_is_told_by_what_is_quoted_instead():
    said = {"text": "He is a fake.", "quote": "Il est faux.", "language": "fr"}

    html = steps_of(Step("quoted instead", 0.1, said))

    assert 'che cosa dice l’articolo: <q lang="fr">Il est faux.</q>' in html and "fake" not in html


def test_a_quote_that_is_not_kept_leaves_only_the_words():
    html = steps_of(Step("quoted instead", 0.1, {"text": "He is a fake.", "citations": [1]}))

    assert "che cosa dice l’articolo." in html and "<q" not in html


def test_hostile_texts_of_steps_are_escaped():
    html = steps_of(
        Step("understood", 0.1, {"question": HOSTILE}),
        Step("proved", 0.1, {"text": HOSTILE}),
        Step("quoted instead", 0.1, {"quote": HOSTILE, "language": HOSTILE}),
        Step(HOSTILE, 0.1),
    )

    assert "<img" not in html
    assert html.count("&lt;img") == 5


def test_a_step_without_words_is_called_by_its_name_and_a_failure_keeps_its_reason_to_itself():
    html = steps_of(Step("polished", 0.2, {"secret": "sesame"}), Step("failed", 0.1, {"reason": "http://10.0.0.1"}))

    assert '<span lang="en">polished</span>' in html and "L’IA che scrive non è riuscita a rispondere." in html
    assert "sesame" not in html and "10.0.0.1" not in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STEPS)
def test_every_step_that_is_noted_has_words(name: str, language: str):
    assert f'<span lang="en">{name}</span>' not in steps_of(Step(name, 0.1), language=language)


def test_a_wait_for_the_model_is_told_only_where_it_is_noticed():
    waited = "Ho aspettato che l’IA"

    assert waited in steps_of(Step("waited", 2.0))
    assert waited not in steps_of(Step("searched", 0.1), Step("waited", 0.004))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["number '4000000'"], "Elle donne un nombre qui n’est pas dans les preuves."),
        (["number '4'", "number '5'", "number '5'"], "Elle donne 2 nombres qui ne sont pas dans les preuves."),
        (["name 'l'Aria'", "name 'Ugo'"], "Elle donne 2 noms qui ne sont pas dans les preuves."),
        (["month '8'"], "Le mois «\u00a0août\u00a0» n’est pas dans les preuves."),
        (["day 'monday'"], "Le jour «\u00a0lundi\u00a0» n’est pas dans les preuves."),
        (["time 'week'"], "Une durée en semaines n’est pas dans les preuves."),
        (["currency 'dollar'"], "Elle parle d’une monnaie qui n’est pas dans les preuves."),
        (["not in 'it'"], "Elle n’est pas écrite en italien."),
        (["too far from all evidence"], "Aucune preuve ne parle vraiment de cela."),
        (["who does what"], "Sur qui fait quoi, elle ne dit pas la même chose que les preuves."),
        (["never heard of", "month '13'"], "Elle dit quelque chose qui n’est pas dans les preuves."),
    ],
)
def test_reasons_are_sentences_of_the_readers_language_each_once(said: list[str], told: str):
    assert reasons(said, TEXTS["fr"]) == (told,)


@pytest.mark.parametrize(
    "text",
    [
        "Alle 9 Cowboys singen seit drei Wochen im August.",
        "Die meisten Lieder von Ugo Neri klingen nicht traurig.",
        "Il cowboy canta una canzone molto triste.",
        "Wer singt?",
    ],
)
def test_reasons_have_words_for_what_the_check_of_sentences_says(text: str):
    question = Question("Wer singt?", "de")
    evidence = replace(evidence_of(1), text="Kein Cowboy singt seit Jahren.", article=article_of(language="de"))

    said = [*faults(text, question), *unsupported(text, question, [evidence])]

    assert said
    assert TEXTS["de"]["reason.something"] not in reasons(said, TEXTS["de"])


def test_seconds_have_one_decimal_in_the_readers_notation():
    assert seconds(2.14, TEXTS["fr"]) == "2,1\u00a0s"
    assert seconds(0.0, TEXTS["en"]) == "<\u00a00.1\u00a0s"
