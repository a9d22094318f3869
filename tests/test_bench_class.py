"""What a pupil of a bench notes of its page: when it saw what, and whether that was its own, once."""

import pytest

from bench.class_clients import Pupil, Seen
from bench.class_scenarios import nearly

CARD = '<article class="card"></article>'


def part(name: str, question: str, status: str, told: str = "", card: str = "") -> dict[str, str]:
    html = (
        f'<h2 class="question" id="q1"><span class="unseen">Demandé </span>{question}</h2>'
        f'<div class="answer" data-status="{status}"><p>{told}</p></div><section class="evidence">{card}</section>'
    )
    return {"part": name, "html": html}


@pytest.fixture
def pupil() -> Pupil:
    seated = Pupil("http://127.0.0.1:1", "tigre-lune-4827", "Lion1")
    seated.seen.append(Seen("Qui chante ?"))
    return seated


def test_evidence_then_an_answer_are_noted_once(pupil: Pupil):
    for told in (
        part("turn-1", "Qui chante ?", "running", card=CARD),
        part("turn-1", "Qui chante ?", "answered", "Un robot."),
        part("turn-1", "Qui chante ?", "answered", "Un robot."),  # told again after a restart
    ):
        pupil._note(told)

    (seen,) = pupil.seen
    assert seen.evidence_s is not None and seen.answer_s is not None and seen.evidence_s <= seen.answer_s
    assert (seen.answers, seen.is_crossed) == (1, False)


def test_a_second_answer_and_a_question_of_another_are_seen(pupil: Pupil):
    pupil._note(part("turn-1", "Qui chante ?", "answered", "Un robot."))
    pupil._note(part("turn-1", "Qui danse ?", "answered", "Deux robots."))

    assert (pupil.seen[0].answers, pupil.seen[0].is_crossed) == (2, True)


def test_near_repeats_are_the_same_question_in_other_words():
    assert [nearly("Qui chante\u00a0?", times) for times in range(3)] == [
        "Qui chante\u00a0?", "qui chante", "euh… Qui chante\u00a0? stp",
    ]  # fmt: skip


def test_what_comes_late_of_an_earlier_question_is_noted_there(pupil: Pupil):
    pupil.seen.append(Seen("Qui danse ?"))

    pupil._note(part("turn-1", "Qui chante ?", "problem", "Réessaie."))

    assert [seen.outcome for seen in pupil.seen] == ["problem", ""]
    assert not any(seen.is_crossed for seen in pupil.seen)
