"""When an answer is given, and when quotes are."""

import pytest
from fakes import evidence_of

from corpus.language import READER_LANGUAGES
from rag.gate import may_answer, may_quote


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_gate_follows_the_model_and_its_probabilities(language: str):
    assert may_answer(True, None, language)
    assert may_answer(True, 1000.0, language)
    assert not may_answer(True, -1000.0, language)
    assert not may_answer(False, None, language)


def test_gate_quotes_only_what_is_near_the_question():
    assert may_quote(evidence_of("Es singt.", score=0.9), least_similarity=0.8)
    assert not may_quote(evidence_of("Es singt.", score=0.7), least_similarity=0.8)
    assert not may_quote((), least_similarity=0.8)
