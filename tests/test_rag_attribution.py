"""A sentence -> the evidence that proves it, with an embedder of words."""

from dataclasses import replace

import numpy as np
import pytest
from fakes import FakeEmbedder, evidence_of

from rag.attribution import Attribution
from rag.sentence_vectors import SentenceVectors
from rag.types import Question

CHANTEUR = "Le chanteur Breaking Rust n'existe pas."
ECOUTE = "Plus de 4 millions de gens ont écouté la chanson."
EVIDENCE = evidence_of(CHANTEUR, ECOUTE)
QUESTION = Question("Qui est-ce ?", "fr")


@pytest.fixture
def attribution() -> Attribution:
    return Attribution(SentenceVectors(FakeEmbedder()))


def test_support_is_the_evidence_nearest_to_the_sentence(attribution: Attribution):
    assert attribution.support("Le chanteur Breaking Rust n'existe vraiment pas.", QUESTION, EVIDENCE) == (1,)
    assert attribution.support("Plus de 4 millions de gens ont écouté sa chanson.", QUESTION, EVIDENCE) == (2,)


@pytest.mark.parametrize(
    "text",
    [
        "Plus de 9 millions de gens ont écouté la chanson.",
        "Le chanteur Elvis Presley n'existe pas.",
        "Plus di 4 milioni di persone hanno ascoltato la canzone.",
        "La mairie vend du miel au marché de Noël.",
        "Qui est-ce ?",
    ],
)
def test_sentence_with_other_numbers_names_words_or_language_has_no_support_however_near(text: str):
    assert Attribution(SentenceVectors(Same())).support(text, QUESTION, EVIDENCE) == ()


def test_sentence_that_is_far_from_all_evidence_has_no_support(attribution: Attribution):
    text = "On a écouté la chanson de 4 millions de gens de plus."

    assert Attribution(SentenceVectors(Same())).support(text, QUESTION, EVIDENCE) == (2,)
    assert attribution.support("Gens, écouté, chanson.", QUESTION, EVIDENCE) == ()


def test_two_pieces_of_evidence_may_prove_a_sentence_together():
    everything_is_near = SentenceVectors(Same())
    joined = "Breaking Rust n'existe pas mais 4 millions de gens ont écouté la chanson."

    assert Attribution(everything_is_near).support(joined, QUESTION, EVIDENCE) == (1, 2)


def test_evidence_in_another_language_may_be_less_near_but_not_far(attribution: Attribution):
    (near,) = evidence_of("Breaking Rust existe pas du tout le chanteur robot uno dos tres.", language="es")
    (far,) = evidence_of("El tren sale a las ocho de la mañana.", language="es")
    text = "Breaking Rust existe pas du tout, chanteur robot."

    assert attribution.support(text, QUESTION, [near]) == (1,)
    assert attribution.support(text, QUESTION, [replace(near, article=EVIDENCE[0].article)]) == ()
    assert attribution.support(text, QUESTION, [far]) == ()


def test_evidence_in_another_language_proves_nothing_where_the_readers_own_is_nearer(attribution: Attribution):
    (spanish,) = evidence_of("Breaking Rust existe pas du tout uno dos chanteur.", language="es")
    (french,) = evidence_of("Breaking Rust existe pas du tout, chanteur robot !", language="fr")
    text = "Breaking Rust, chanteur robot, existe pas du tout de 7 ans."

    assert attribution.support(text, QUESTION, [spanish, replace(french, number=2)]) == ()


def test_repeated_evidence_is_told_only_for_a_sentence_in_the_wrong_language(attribution: Attribution):
    text = "Plus de 4 millions de gens ont écouté la chanson !"

    assert attribution.repeated(text, Question("Chi è?", "it"), EVIDENCE) == EVIDENCE[1]
    assert attribution.repeated(text, QUESTION, EVIDENCE) is None
    assert attribution.repeated("Plus de 9 millions de gens dansent ici.", Question("Chi è?", "it"), EVIDENCE) is None


def test_sentence_vectors_embed_a_sentence_once():
    embedder = FakeEmbedder()
    vectors = SentenceVectors(embedder)

    first, second = vectors.of([CHANTEUR, ECOUTE, CHANTEUR]), vectors.of([ECOUTE])

    assert embedder.embedded == [CHANTEUR, ECOUTE]
    assert np.array_equal(first[1], second[0]) and np.array_equal(first[0], first[2])
    assert vectors.of([]).size == 0


class Same:
    """All texts have the same vector."""

    name = "tutto-uguale"

    def embed_query(self, text: str) -> np.ndarray:
        return np.ones(1, np.float32)

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 1), np.float32)


def test_name_in_another_sentence_of_the_article_completes_the_proof():
    told = evidence_of("The director's video lasts four minutes.", "Paul Trillo tells a love story.", language="en")
    text = "Il video di Paul Trillo dura 4 minuti."
    question = Question("Quanto dura il video?", "it")

    assert Attribution(SentenceVectors(Same())).support(text, question, told) == (1, 2)
    assert Attribution(SentenceVectors(Same())).support(text, question, told[:1]) == ()
