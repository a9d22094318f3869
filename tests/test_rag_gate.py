"""When an answer is given, and when quotes are."""

import pytest
from fakes import evidence_of

from corpus.language import READER_LANGUAGES
from rag.answering.gate import Gate, may_answer
from rag.answering.to_the_point import Told


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_gate_follows_the_model_and_its_probabilities(language: str):
    assert may_answer(True, None, language)
    assert may_answer(True, 1000.0, language)
    assert not may_answer(True, -1000.0, language)
    assert not may_answer(False, None, language)


def test_gate_tells_what_answers_a_question_from_what_is_only_near_it():
    gate = Gate(0.8)

    assert gate.answers(evidence_of("Es tanzt.", "Es singt.", score=0.8), Told.PARTLY)
    assert not gate.answers(evidence_of("Es singt.", score=0.795), Told.PARTLY)
    assert gate.may_show(evidence_of("Es singt.", score=0.76))
    assert not gate.may_show(evidence_of("Es singt.", score=0.74))


def test_gate_takes_no_quote_for_an_answer_that_is_beside_the_point_however_near():
    assert not Gate(0.8).answers(evidence_of("Es singt.", score=1.0), Told.BESIDE)


def test_gate_takes_what_tells_all_that_is_asked_for_an_answer_if_it_is_a_little_less_near():
    assert Gate(0.8).answers(evidence_of("Es singt.", score=0.775), Told.FULLY)
    assert not Gate(0.8).answers(evidence_of("Es singt.", score=0.76), Told.FULLY)


def test_gate_lets_nothing_through_where_there_is_no_evidence():
    assert not Gate(-1).answers((), Told.FULLY)
    assert not Gate(-1).may_show(())
