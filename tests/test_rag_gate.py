"""When an answer is given, and when quotes are."""

import pytest
from fakes import evidence_of

from corpus.language import READER_LANGUAGES
from rag.answering.gate import Gate, may_answer


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_gate_follows_the_model_and_its_probabilities(language: str):
    assert may_answer(True, None, language)
    assert may_answer(True, 1000.0, language)
    assert not may_answer(True, -1000.0, language)
    assert not may_answer(False, None, language)


def test_gate_tells_what_answers_a_question_from_what_is_only_near_it():
    gate = Gate(0.8)

    assert gate.answers(evidence_of("Es tanzt.", "Es singt.", score=0.8))
    assert not gate.answers(evidence_of("Es singt.", score=0.79))
    assert gate.may_show(evidence_of("Es singt.", score=0.76))
    assert not gate.may_show(evidence_of("Es singt.", score=0.74))


def test_gate_lets_nothing_through_where_there_is_no_evidence():
    assert not Gate(-1).answers(())
    assert not Gate(-1).may_show(())
