"""Whether quotes tell what was asked, or only of whom."""

from dataclasses import replace

import pytest
from fakes import evidence_of

from corpus.types import Kind
from rag.answering.to_the_point import Told, is_about_something_else, says_something, told
from rag.types import Question


def tells(question: str, language: str, quote: str, told_in: str = "", kind: Kind = Kind.NEWS) -> bool:
    quotes = [replace(item, kind=kind) for item in evidence_of(quote, language=told_in or language)]
    return told(Question(question, language), quotes) is not Told.BESIDE


@pytest.mark.parametrize(
    ("question", "language", "beside", "to_it", "told_in"),
    [
        ("Qui a filmé Ana Ruiz ?", "fr", "Ana Ruiz a été filmée hier.", "Léo Bo a filmé Ana Ruiz.", "fr"),
        ("Wer hat Ana Ruiz gefilmt?", "de", "Ana Ruiz a été filmée hier.", "Léo Bo a filmé Ana Ruiz.", "fr"),
        ("Which instrument does Ana Ruiz play?", "en", "Ana Ruiz canta a Roma.", "Ana Ruiz suona il violino.", "it"),
        ("¿Qué instrumento toca Ana Ruiz?", "es", "Ana Ruiz dirige una escuela.", "Ana Ruiz toca la guitarra.", "es"),
        ("Ana Ruiz vient de quel pays ?", "fr", "Ana Ruiz canta molto bene.", "Ana Ruiz viene dalla Romania.", "it"),
        ("Quando è nata Ana Ruiz?", "it", "Ana Ruiz ist gern zu Hause.", "Ana Ruiz wurde 1990 geboren.", "de"),
        ("In welcher Stadt wohnt Ana Ruiz?", "de", "Ana Ruiz likes to sing.", "Today Ana Ruiz lives in Rome.", "en"),
        ("Pourquoi Ana Ruiz pleure-t-elle ?", "fr", "Ana Ruiz chante.", "Ana Ruiz pleure, car il pleut.", "fr"),
        ("Hat Ana Ruiz einen Preis bekommen?", "de", "Ana Ruiz made the film.", "Ana Ruiz won a prize for it.", "en"),
        (
            "¿Cómo se llama la hermana de Ana Ruiz?",
            "es",
            "Ana Ruiz tiene una hermana.",
            "Su hermana se llama Eva.",
            "es",
        ),
    ],
)
def test_quote_is_to_the_point_if_it_tells_what_is_asked_and_not_only_of_whom(
    question: str, language: str, beside: str, to_it: str, told_in: str
):
    assert not tells(question, language, beside, told_in)
    assert tells(question, language, to_it, told_in)


def test_quote_with_a_new_name_is_beside_the_point_if_it_tells_nothing_else_of_what_is_asked():
    assert not tells("Wer hat Ana Ruiz gefilmt?", "de", "Ana Ruiz wohnt neben Léo Bo.")


def test_who_something_is_of_others_is_beside_the_point():
    elsewhere = "Léo Bo dirige l'école de Rome."

    assert not tells("Who is the CEO of Deezer?", "en", elsewhere, "fr")
    assert tells("Who is the CEO of Deezer?", "en", f"Léo Bo dirige Deezer. {elsewhere}", "fr")


def test_german_noun_is_no_name_that_is_asked_for():
    assert not tells("What are the titles of the two albums of Ana Ruiz?", "en", "Ana Ruiz hat Alben mit Cover.", "de")
    assert tells("What are the titles of the two albums of Ana Ruiz?", "en", "Ana Ruiz nennt das Album Zorro.", "de")


def test_half_of_what_a_question_to_be_denied_or_not_speaks_of_is_not_enough():
    question = "Hat Ana Ruiz für das Video einen Preis bekommen?"

    assert not tells(question, "de", "Ana Ruiz made the video.", "en")
    assert tells(question, "de", "Ana Ruiz won a prize for the video.", "en")


def test_quote_that_says_that_nobody_knows_answers_who_it_was():
    assert tells("Qui a filmé Ana Ruiz ?", "fr", "Personne ne sait qui a filmé Ana Ruiz.")


def test_writer_of_a_comment_is_told_in_it_to_who_names_nobody():
    violin = "Inès, 10 ans : Je joue du violon depuis trois ans."

    assert tells("qui joue du violon ?", "fr", violin, kind=Kind.COMMENTS)
    assert not tells("Wer hat Ana Ruiz gefilmt?", "de", "Jule, 14: Ana Ruiz, gefilmt!", kind=Kind.COMMENTS)


def test_several_quotes_tell_together_what_is_asked():
    quotes = evidence_of("Ana Ruiz costruisce violini.", "Li vende ai turisti di passaggio.", language="it")

    assert told(Question("Ana Ruiz vende ai turisti i violini che costruisce?", "it"), quotes) is Told.PARTLY


def test_word_that_no_list_has_is_no_reproach_to_a_quote_in_another_language():
    assert tells("Was ist ein Regenschirm?", "de", "Un paraguas es una herramienta contra la lluvia.", "es")
    assert not tells("Was ist ein Regenschirm?", "de", "Ein Kontrabass wiegt viel.")


def test_quote_with_all_that_is_asked_tells_it_fully_but_a_yes_only_partly():
    quotes = evidence_of("Léo Bo a filmé le concert d’Ana Ruiz.")

    assert told(Question("Wer hat das Konzert von Ana Ruiz gefilmt?", "de"), quotes) is Told.FULLY
    assert told(Question("Hat Léo Bo das Konzert von Ana Ruiz gefilmt?", "de"), quotes) is Told.PARTLY


def test_german_noun_that_is_english_too_is_no_name():
    assert not tells("Welches Instrument spielt Ana Ruiz?", "de", "Ana Ruiz spielt Fußball.")


def test_sentence_of_a_name_and_grammar_says_nothing():
    asked = Question("Paul Ruiz voleva un video?", "it")

    assert not says_something(asked, *evidence_of("Paul Ruiz tut das.", language="de"))
    assert says_something(asked, *evidence_of("Paul Ruiz weint.", language="de"))
    assert says_something(asked, *evidence_of("Das tut nur Eva Braun.", language="de"))
    assert says_something(asked, *evidence_of("Il a dix ans.", language="fr"))
    assert says_something(asked, *evidence_of("Das sind 12.", language="de"))


@pytest.mark.parametrize(
    ("question", "language", "quote", "told_in", "is_else"),
    [
        ("mi piace il robot", "it", "Un robot canta a Roma.", "it", False),
        ("j'ai mangé des pâtes à la cantine", "fr", "Un cow-boy triste chante dans un clip.", "fr", True),
        ("wann sind Sommerferien?", "de", "Ana Ruiz canta a Roma da dieci anni.", "it", True),
        ("who sings the song?", "en", "Un robot chante la chanson.", "fr", False),
        ("Was kann Ana Ruiz?", "de", "Ana Ruiz war da.", "de", False),
    ],
)
def test_quotes_are_about_something_else_without_a_name_or_a_thing_of_the_question(
    question: str, language: str, quote: str, told_in: str, is_else: bool
):
    evidence = evidence_of(quote, language=told_in)

    assert is_about_something_else(Question(question, language), evidence, evidence) is is_else
