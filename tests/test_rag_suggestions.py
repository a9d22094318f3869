"""What is suggested when the articles do not answer a question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Kind
from rag.asking.suggestions import Suggestions, questions_about, suggest, told_about
from rag.types import Evidence, Question
from rag.words.topics import Form, topics
from tests.fakes import evidence_of

ROBOT = (
    "La chanteuse Ana Ruiz a construit un robot.",
    "Chez Melodia, le robot chante tous les soirs.",
    "Une pile est un petit réservoir d’électricité.",
    "Avec Melodia et « La Marche Lente », Ana Ruiz fait le tour du monde.",
    "Le public adore « La Marche Lente ».",
)
ASKED = {
    "fr": ("Combien gagne-t-elle ?", "Qui est Ana Ruiz\u00a0?"),
    "en": ("How much does she earn?", "Who is Ana Ruiz?"),
    "it": ("Quanto guadagna?", "Chi è Ana Ruiz?"),
    "es": ("¿Cuánto gana?", "¿Quién es Ana Ruiz?"),
    "de": ("Wie viel verdient sie?", "Wer ist Ana Ruiz?"),
}


def found(text: str, language: str) -> list[tuple[str, Form]]:
    (evidence,) = evidence_of(text, language=language, title="")
    return [(topic.name, topic.form) for topic in topics(evidence)]


@pytest.mark.parametrize("language", list(ASKED))
def test_suggest_asks_for_a_person_in_the_readers_language_whatever_that_of_the_article(language: str):
    text, wanted = ASKED[language]

    suggestions = suggest(Question(text, language), evidence_of(*ROBOT))

    assert suggestions.questions[0] == wanted
    assert len(suggestions.questions) == 2
    assert suggestions.told[0] == "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("Ana Ruiz est une chanteuse célèbre.", "fr", ("Ana Ruiz", Form.WHO)),
        ("Une pile, c’est un réservoir d’électricité.", "fr", ("une pile", Form.WHAT)),
        ("Une IA est un programme.", "fr", ("une IA", Form.WHAT)),
        ("The Velvet Robots is a band.", "en", ("The Velvet Robots", Form.WHAT)),
        ("Melodia is a firm that builds robots.", "en", ("Melodia", Form.WHAT)),
        ("“The Slow March” is a song for robots.", "en", ("The Slow March", Form.WHAT)),
        ("A battery, or cell, is a small store of electricity.", "en", ("a battery", Form.WHAT)),
        ("Streaming vuol dire ascoltare senza comprare.", "it", ("streaming", Form.MEANING)),
        ("Melodia è un’azienda di robot.", "it", ("Melodia", Form.WHAT)),
        ("El robot imita a Ana Ruiz, profesora de canto.", "es", ("Ana Ruiz", Form.WHO)),
        ("Eine Batterie ist ein kleiner Speicher.", "de", ("eine Batterie", Form.WHAT)),
        ("Melodia ist eine Firma für Roboter.", "de", ("Melodia", Form.WHAT)),
        ("Die Sängerin Ana Ruiz lacht.", "de", ("Ana Ruiz", Form.WHO)),
    ],
)
def test_topics_are_what_a_sentence_explains(text: str, language: str, topic: tuple[str, Form]):
    assert topic in found(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Elle est une étoile. Les États-Unis et les États-Unis.", "fr"),
        ("Le Luxembourg est un pays. Il aime (Le Luxembourg).", "fr"),
        ("It is a song. This is a robot.", "en"),
        ("Il robot è un gioco.", "it"),
        ("Der Roboter singt, und die Musik spielt, und die Musik ist laut.", "de"),
        ("Bei der Band ist der Roboter neu.", "de"),
    ],
)
def test_topics_are_no_little_words_and_no_plain_nouns(text: str, language: str):
    assert found(text, language) == []


def test_suggest_does_not_ask_what_has_just_been_asked():
    evidence = evidence_of(*ROBOT)

    for text in ("C'est qui, Ana Ruiz ?", "Que disent les articles sur Ana Ruiz ?"):
        assert not any("Ana Ruiz" in question for question in suggest(Question(text, "fr"), evidence).questions)
    assert "Wer ist Ana Ruiz?" in suggest(Question("Was verdient Ana Ruiz?", "de"), evidence).questions


def test_suggest_never_draws_on_comments():
    comments = tuple(replace(item, kind=Kind.COMMENTS) for item in evidence_of(*ROBOT))
    beside = evidence_of("Rien à dire.", "Selon Ugo Neri, chanteur, Ugo Neri rit.", title="", comments_start=13)

    assert suggest(Question("Combien ?", "fr"), [*comments, beside[0]]) == Suggestions()


def test_suggest_explains_words_of_the_readers_language_only():
    evidence = evidence_of("Une pile est un réservoir.", title="")

    assert suggest(Question("Où ça ?", "fr"), evidence).questions == ("C’est quoi une pile\u00a0?",)
    assert suggest(Question("¿Dónde?", "es"), evidence).questions == ()


def test_suggest_prefers_what_is_near_and_falls_back_on_titles():
    near = evidence_of("Rien de spécial.", title="Le robot chanteur")
    far = evidence_of("La chanteuse Ana Ruiz rit.", title="", id="autre")

    questions = suggest(Question("Combien ?", "fr"), [*near, *near, *far]).questions

    assert questions == ("Qui est Ana Ruiz\u00a0?", "De quoi parle l’article «\u00a0Le robot chanteur\u00a0»\u00a0?")


def test_suggest_prefers_what_the_question_names():
    near = evidence_of(*ROBOT, "Melodia fabrique, et Melodia vend.")

    assert suggest(Question("¿Cuánto cuesta Melodia?", "es"), near).questions[0].endswith("sobre Melodia?")


def test_suggest_has_nothing_where_nothing_is_near():
    assert suggest(Question("Hvorfor?", "de"), []) == Suggestions()
    assert told_about(Suggestions(), "it") == ""


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("fr", "Mais ils parlent de «\u00a0A\u00a0».", "Mais ils parlent de «\u00a0A\u00a0» et de «\u00a0B\u00a0»."),
        ("en", "But they do talk about “A”.", "But they do talk about “A” and “B”."),
        ("it", "Parlano però di «A».", "Parlano però di «A» e di «B»."),
        ("es", "Pero hablan de «A».", "Pero hablan de «A» y de «B»."),
        ("de", "Sie erzählen aber von „A“.", "Sie erzählen aber von „A“ und „B“."),
    ],
)
def test_told_about_names_one_thing_or_two(language: str, one: str, two: str):
    assert told_about(Suggestions(("A",)), language) == one
    assert told_about(Suggestions(("A", "B")), language) == two


def test_questions_about_an_article_start_with_its_first_sentences():
    questions = questions_about(evidence_of(*ROBOT), "es")

    assert questions == ("¿Quién es Ana Ruiz?", "¿Qué dicen los artículos sobre Melodia?")


@given(
    texts=st.lists(st.sampled_from(ROBOT) | st.text(min_size=1, max_size=80), min_size=1, max_size=4, unique=True),
    asked=st.text(max_size=40),
    language=st.sampled_from(list(ASKED)),
    written=st.sampled_from([*ASKED, "pl"]),
)
def test_suggest_asks_at_most_two_questions_for_words_that_stand_there(
    texts: list[str], asked: str, language: str, written: str
):
    evidence: tuple[Evidence, ...] = evidence_of(*texts, language=written, title="Der Roboter")

    suggestions = suggest(Question(asked, language), evidence)

    stands = f"{evidence[0].article.text} Der Roboter".casefold()
    assert len(suggestions.told) <= len(set(suggestions.questions)) == len(suggestions.questions) <= 2
    assert all(name.casefold() in stands for name in suggestions.told)
    assert all(question.endswith("?") for question in suggestions.questions)
