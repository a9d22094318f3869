"""Questions, answers and cards as HTML, without a browser and without Gradio's server."""

import re
from dataclasses import replace

import pytest
from page_turns import HOSTILE, QUESTION, TEXTS, answer_of, article_of, evidence_of, turn_of

from page import cards, view
from rag.types import AnswerSentence, EvidenceFound, Question, ReadingLevel, Status
from telling.turns import Turn, advance


def page_of(turn: Turn, language: str = "fr") -> str:
    return view.newest_html(turn, TEXTS[language])


def test_turn_escapes_a_hostile_question_answer_quote_title_and_outlet():
    evidence = evidence_of(1, HOSTILE, title=HOSTILE, outlet=HOSTILE, language=HOSTILE)
    turn = advance(
        Turn(1, Question(HOSTILE, "fr", ReadingLevel.ADULT)),
        answer_of(AnswerSentence(HOSTILE, (1,)), evidence=(evidence,)),
    )

    html = page_of(turn)

    assert "<img" not in html
    assert html.count("&lt;img") >= 5


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//host/x", "", "http://[x"]
)
def test_title_is_not_linked_to_what_is_not_a_web_address(url: str):
    html = cards.title_html(article_of(url=url), TEXTS["fr"])

    assert "href" not in html
    assert "Il cowboy" in html


def test_title_is_linked_to_a_web_address_in_a_new_tab_without_opener():
    html = cards.title_html(article_of(), TEXTS["fr"])

    assert 'href="https://demo.example/cowboy"' in html
    assert 'target="_blank"' in html
    assert "noopener" in html


def test_marks_and_back_links_lead_to_ids_that_exist_once():
    sentences = (AnswerSentence("Nessuno.", (1, 2)), AnswerSentence("È un programma.", (2,)))

    html = page_of(turn_of(*sentences, evidence=(evidence_of(1), evidence_of(2))))

    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["e3-1", "e3-2", "e3-2", "s3-1", "s3-1"]
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_a_mark_without_evidence_is_left_out():
    html = page_of(turn_of(AnswerSentence("Nessuno.", (1, 7)), evidence=(evidence_of(1),)))

    assert "#e3-7" not in html


def test_cards_are_shown_before_the_first_sentence_and_only_cited_ones_stay():
    found = advance(Turn(3, QUESTION), EvidenceFound((evidence_of(1), evidence_of(2))))
    ended = advance(found, answer_of(AnswerSentence("Nessuno.", (2,)), evidence=(evidence_of(2),)))

    assert 'id="e3-1"' in page_of(found) and TEXTS["fr"]["writing"] in page_of(found)
    assert 'id="e3-1"' not in page_of(ended) and 'id="e3-2"' in page_of(ended)


def test_the_final_answer_replaces_the_sentences_shown_before():
    shown = advance(Turn(3, QUESTION), AnswerSentence("Una bozza.", (1,)))

    ended = advance(shown, answer_of(AnswerSentence("La risposta.", (1,)), evidence=(evidence_of(1),)))

    assert "Una bozza." not in page_of(ended)
    assert "La risposta." in page_of(ended)


def test_a_card_tells_quote_outlet_date_language_audience_and_kind_in_the_readers_language():
    html = page_of(turn_of(AnswerSentence("Nessuno.", (1,)), evidence=(evidence_of(1),)), "de")

    assert '<blockquote lang="it">' in html
    for text in ("Il Chiarino", "18. November 2025", "Italienisch", "Für Kinder", "Nachricht"):
        assert text in html


@pytest.mark.parametrize(("is_unsure", "introduction"), [(False, "quoted"), (True, "nearest")])
def test_quotes_stand_on_their_cards_in_the_language_of_their_article(is_unsure: bool, introduction: str):
    quote = "Ese vaquero no existe."
    turn = turn_of(
        AnswerSentence(f"“{quote}”", (1,), is_quote=True),
        evidence=(evidence_of(1, quote, language="es"),),
        status=Status.QUOTED,
        is_unsure=is_unsure,
    )

    html = page_of(turn, "en")

    assert html.count(quote) == 1
    assert f'<blockquote lang="es"><p>{quote}' in html
    assert html.index(TEXTS["en"][introduction]) < html.index(TEXTS["en"]["sources"]) < html.index(quote)
    assert 'class="back"' not in html


def test_quotes_beside_what_is_written_are_its_proofs():
    quotes = [AnswerSentence(f"«È {word}.»", (1,), is_quote=True) for word in ("nuovo", "bello")]

    html = page_of(turn_of(AnswerSentence("Nessuno.", (1,)), *quotes, evidence=(evidence_of(1),)), "it")

    assert TEXTS["it"]["quoted"] not in html and TEXTS["it"]["evidence"] in html
    assert html.count('class="sentence"') == 1


def test_fixed_answer_and_notice_are_shown_and_the_question_as_it_was_masked():
    masked = replace(QUESTION, text="Mi chiamo ***: chi canta?")
    ended = advance(
        Turn(4, QUESTION),
        replace(
            answer_of(evidence=(), status=Status.CRISIS),
            question=masked,
            text="Parla con un adulto.",
            notice="Grazie.",
        ),
    )

    html = page_of(ended)

    assert "Parla con un adulto." in html and "Grazie." in html
    assert masked.text in html and QUESTION.text not in html
    assert 'data-status="crisis"' in html


def test_an_answer_without_evidence_has_neither_cards_nor_measure():
    html = page_of(turn_of(AnswerSentence("Gli articoli non lo dicono.", ()), evidence=(), status=Status.NO_EVIDENCE))

    assert "Gli articoli non lo dicono." in html
    assert "card" not in html and "measure" not in html


def test_measured_words_a_sentence_are_rounded():
    assert "Environ 9 mots par phrase" in page_of(turn_of(AnswerSentence("Nessuno.", ()), evidence=()))
