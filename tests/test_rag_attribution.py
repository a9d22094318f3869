"""A sentence -> the evidence that proves it, with an embedder of words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from fakes import FakeEmbedder, evidence_of

from corpus.types import Kind
from rag.checking.attribution import Attribution
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Evidence, Question

CHANTEUR = "Le chanteur Breaking Rust n'existe pas."
ECOUTE = "Plus de 4 millions de gens ont écouté la chanson."
EVIDENCE = evidence_of(CHANTEUR, ECOUTE)
QUESTION = Question("Qui est-ce ?", "fr")


@pytest.fixture
def attribution() -> Attribution:
    return Attribution(SentenceVectors(FakeEmbedder()))


def test_check_finds_the_evidence_nearest_to_the_sentence(attribution: Attribution):
    assert attribution.check("Breaking Rust, le chanteur, n'existe pas.", QUESTION, EVIDENCE).numbers == (1,)
    assert attribution.check("Plus de 4 millions de gens ont écouté sa chanson.", QUESTION, EVIDENCE).numbers == (2,)


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
    assert Attribution(SentenceVectors(Same())).check(text, QUESTION, EVIDENCE).numbers == ()


def test_sentence_that_is_far_from_all_evidence_has_no_support(attribution: Attribution):
    text = "On a écouté la chanson de 4 millions de gens de plus."

    assert Attribution(SentenceVectors(Same())).check(text, QUESTION, EVIDENCE).numbers == (2,)
    assert attribution.check("Gens, écouté, chanson.", QUESTION, EVIDENCE).numbers == ()


def test_two_pieces_of_evidence_may_prove_a_sentence_together():
    everything_is_near = SentenceVectors(Same())
    joined = "Breaking Rust n'existe pas mais 4 millions de gens ont écouté la chanson."

    assert Attribution(everything_is_near).check(joined, QUESTION, EVIDENCE).numbers == (1, 2)


def test_evidence_in_another_language_may_be_less_near_but_not_far(attribution: Attribution):
    (near,) = evidence_of("Breaking Rust existe bien et beaucoup le chanteur robot uno dos tres.", language="es")
    (far,) = evidence_of("El tren sale a las ocho de la mañana.", language="es")
    text = "Breaking Rust existe bien beaucoup chanteur robot."

    assert attribution.check(text, QUESTION, [near]).numbers == (1,)
    assert attribution.check(text, QUESTION, [replace(near, article=EVIDENCE[0].article)]).numbers == ()
    assert attribution.check(text, QUESTION, [far]).numbers == ()


def test_evidence_in_another_language_proves_nothing_where_the_readers_own_is_nearer(attribution: Attribution):
    (spanish,) = evidence_of("Breaking Rust existe pas du tout uno dos chanteur.", language="es")
    (french,) = evidence_of("Breaking Rust existe pas du tout, chanteur robot !", language="fr")
    text = "Breaking Rust, chanteur robot, existe pas du tout de 7 ans."

    assert attribution.check(text, QUESTION, [spanish, replace(french, number=2)]).numbers == ()


def test_check_tells_what_the_nearest_evidence_does_not_say(attribution: Attribution):
    checked = attribution.check("Plus de 9 millions de gens ont écouté la chanson.", QUESTION, EVIDENCE)

    assert (checked.numbers, checked.reasons, checked.nearest) == ((), ("number '9000000'",), EVIDENCE[1])
    assert 0.88 < checked.nearness < 1


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Plus di 4 milioni di persone hanno ascoltato la canzone.", ("not in 'fr'",)),
        ("Qui est-ce ?", ("says no more than the question",)),
        ("La mairie vend du miel au marché de Noël.", ("too far from all evidence",)),
        ("Breaking Rust, le chanteur, n'existe pas.", ()),
    ],
)
def test_check_tells_why_a_sentence_is_refused(attribution: Attribution, text: str, reasons: tuple[str, ...]):
    assert attribution.check(text, QUESTION, EVIDENCE).reasons == reasons


def test_check_without_evidence_refuses(attribution: Attribution):
    checked = attribution.check("Le chanteur n'existe pas.", QUESTION, ())

    assert (checked.numbers, checked.reasons, checked.nearest) == ((), ("too far from all evidence",), None)


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

    assert Attribution(SentenceVectors(Same())).check(text, question, told).numbers == (1, 2)
    assert Attribution(SentenceVectors(Same())).check(text, question, told[:1]).numbers == ()


@pytest.mark.parametrize(
    ("text", "question", "facts"),
    [
        ("Breaking Rust n'existe pas mais 4 millions de gens ont écouté la chanson.", QUESTION, EVIDENCE),
        (
            "Il video di Paul Trillo dura 4 minuti.",
            Question("Quanto dura il video?", "it"),
            evidence_of("Il video del regista dura quattro minuti.", "Paul Trillo ha girato un video.", language="it"),
        ),
    ],
)
def test_comments_never_prove_a_fact_beside_other_evidence(text: str, question: Question, facts: Sequence[Evidence]):
    with_comment = [facts[0], replace(facts[1], kind=Kind.COMMENTS)]
    attribution = Attribution(SentenceVectors(Same()))

    assert attribution.check(text, question, facts).numbers == (1, 2)
    assert attribution.check(text, question, with_comment).numbers == ()
    assert attribution.check(with_comment[1].text, question, with_comment[1:]).numbers == (2,)


class Apart(Same):
    """Texts that tell of a death, and of no machine, have another vector than all others."""

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        died = [any(word in text for word in ("mort", "died", "tue")) and "machine" not in text for text in texts]
        return np.array([(0.6, 0.8) if dead else (1.0, 0.0) for dead in died], np.float32)


@pytest.mark.parametrize(
    ("text", "language", "told_in"),
    [
        ("Breaking Rust est créé par une machine, il est mort hier.", "fr", "fr"),
        ("Breaking Rust est créé par une machine qui tue.", "fr", "fr"),
        ("Breaking Rust est créé par une machine, il est mort hier.", "fr", "es"),
        ("Breaking Rust è creato da una machine, è morto ieri.", "it", "fr"),
        ("Breaking Rust was made by a machine and he died yesterday.", "en", "fr"),
    ],
)
def test_each_part_of_a_sentence_must_be_proved(text: str, language: str, told_in: str):
    told = evidence_of("Breaking Rust est créé par une machine.", language=told_in)
    attribution = Attribution(SentenceVectors(Apart()), rules={})
    alone = text[: text.index("machine") + len("machine")]

    assert attribution.check(alone, Question("?", language), told).numbers == (1,)
    assert attribution.check(text, Question("?", language), told).reasons == ("not all of it stands in the evidence",)
