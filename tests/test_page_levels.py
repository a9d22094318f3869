"""The level meter, its two buttons, and an answer that is explained again where it stands."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from markupsafe import escape
from page_turns import QUESTION, TEXTS, answer_of, evidence_of, turn_of

from corpus.errors import ActuclairError
from page import view
from rag.reading_level import band
from rag.study.study import NO_STUDY
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Readability, ReadingLevel, Status
from telling.asking import unfold_again
from telling.turns import Turn, advance

NOBODY = AnswerSentence("Nessuno canta.", (1,))
FOUND = (evidence_of(1), evidence_of(2, "Il cowboy ha un cappello."))


def told(difficulty: float = 20.0, level: ReadingLevel = ReadingLevel.CHILD, **more: object) -> Turn:
    measured = Readability(3, 8.0, 0.1, 30.0, difficulty=difficulty, level=ReadingLevel.TWEEN, margin=11.6)
    changes = {"readability": measured, "question": replace(QUESTION, level=level)} | more
    answer = replace(answer_of(NOBODY, evidence=FOUND[:1]), **changes)  # type: ignore[arg-type]
    return advance(advance(Turn(3, QUESTION), EvidenceFound(FOUND)), answer)


def html_of(turn: Turn, language: str = "it") -> str:
    return view.newest_html(turn, TEXTS[language])


@pytest.mark.parametrize(
    ("difficulty", "place"), [(20.0, "inside"), (band(ReadingLevel.CHILD, "it").high + 5, "above")]
)
def test_meter_tells_in_words_what_was_asked_and_measured_with_its_margin(difficulty: float, place: str):
    html = html_of(told(difficulty), "de")

    said = TEXTS["de"][f"meter.{place}"].format(difficulty=round(difficulty), margin=12)
    assert said in html and f'data-place="{place}"' in html
    assert TEXTS["de"]["meter.asked"].format(level=TEXTS["de"]["level.child"]) in html


def test_meter_stands_below_what_is_read():
    html = html_of(told(), "fr")

    assert html.index(NOBODY.text) < html.index('class="cards"') < html.index('class="meter"')


def test_meter_says_that_an_easy_answer_for_grown_ups_is_easier_than_it_should_be():
    assert 'data-place="below"' in html_of(told(5.0, ReadingLevel.ADULT))


def test_a_text_without_a_level_is_said_to_be_unmeasurable():
    html = html_of(told(readability=Readability(1, 3.0, 0.0, 3.0, notes=("short",))))

    assert TEXTS["it"]["meter.short"] in html and "meter-scale" not in html


@pytest.mark.parametrize(
    ("level", "simpler", "deeper"), [("child", "", "tween"), ("teen", "tween", "adult"), ("adult", "teen", "")]
)
def test_buttons_lead_to_the_next_levels_and_end_with_the_scale(level: str, simpler: str, deeper: str):
    html = html_of(told(level=ReadingLevel(level)))

    assert ('id="simpler3" data-turn="3" data-level="" disabled' in html) == (simpler == "")
    assert ('id="deeper3" data-turn="3" data-level="" disabled' in html) == (deeper == "")
    assert all(f'data-level="{reached}">' in html for reached in (simpler, deeper) if reached)


def test_an_answer_that_says_nothing_has_no_meter():
    refused = turn_of(evidence=(), status=Status.NO_EVIDENCE)

    assert "meter" not in html_of(refused) and "meter" not in html_of(Turn(1, QUESTION))


def test_quotes_in_easier_words_stand_above_the_cards_and_lead_to_them():
    eased = AnswerSentence("Il cowboy non c’è.", (1,), is_eased=True)
    quote = AnswerSentence("«Il cowboy non esiste.»", (1,), is_quote=True)

    html = html_of(turn_of(eased, quote, evidence=FOUND[:1], status=Status.QUOTED))

    assert html.index(TEXTS["it"]["eased"]) < html.index("Il cowboy non c’è.") < html.index("Il cowboy non esiste.")
    assert TEXTS["it"]["quoted"] not in html and 'href="#e3-1"' in html


def test_quotes_that_are_only_near_are_called_so_in_easier_words_too():
    eased = AnswerSentence("Il cowboy non c’è.", (1,), is_eased=True)

    html = html_of(turn_of(eased, evidence=FOUND[:1], status=Status.QUOTED, is_unsure=True))

    assert html.index(TEXTS["it"]["nearest"]) < html.index(TEXTS["it"]["eased"])


def test_easier_words_for_another_quote_begin_a_line_of_their_own():
    first, same, other = (
        AnswerSentence("Il cowboy non c’è.", (1,), is_eased=True),
        AnswerSentence("Non canta.", (1,), is_eased=True),
        AnswerSentence("Porta un cappello.", (2,), is_eased=True),
    )

    html = html_of(turn_of(first, same, other, evidence=FOUND, status=Status.QUOTED))

    told_first, told_other = html.split("<br>")
    assert first.text in told_first and same.text in told_first
    assert other.text in told_other


def again(answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
    yield found
    yield replace(answer, question=replace(answer.question, level=level), text=f"{len(found.evidence)}")


def test_an_answer_is_explained_again_in_its_place_from_all_that_was_found():
    conversation = (replace(told(), number=2), told(), replace(told(), number=4))

    changed = list(unfold_again("3 tween 17", conversation, again, lambda answer: NO_STUDY))[-1]

    assert [turn.number for turn in changed] == [2, 3, 4]
    assert changed[1].question.level is ReadingLevel.TWEEN
    assert changed[1].answer and changed[1].answer.text == "2" and changed[1].found == EvidenceFound(FOUND)
    assert (changed[0], changed[2]) == (conversation[0], conversation[2])


@pytest.mark.parametrize("wish", ["", "3", "9 teen", "3 genius", "x y z", "3 child\u0000"])
def test_a_wish_that_cannot_be_met_changes_nothing(wish: str):
    assert list(unfold_again(wish, (told(),), again, lambda answer: NO_STUDY)) == []


def test_an_answer_that_cannot_be_explained_again_stays_with_a_notice_and_its_buttons():
    def fails(answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
        yield found
        raise ActuclairError("secret")

    *_, changed = unfold_again("3 teen", (told(),), fails, lambda answer: NO_STUDY)

    assert changed == (replace(told(), problem="cannot_answer_now"),)
    html = html_of(changed[0])
    assert NOBODY.text in html and escape(TEXTS["it"]["problem.cannot_answer_now"]) in html and 'id="deeper3"' in html


def test_an_answer_that_is_explained_again_after_a_failure_has_no_notice_any_more():
    failed = replace(told(), problem="cannot_answer_now")

    *_, changed = unfold_again("3 teen", (failed,), again, lambda answer: NO_STUDY)

    assert changed[0].problem == "" and changed[0].question.level is ReadingLevel.TEEN
