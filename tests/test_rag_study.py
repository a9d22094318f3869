"""What helps to understand an answer."""

from dataclasses import replace

from fakes import article_of, evidence_of

from rag.explaining_sentences import ExplainingSentences
from rag.study import Study, study
from rag.types import Answer, AnswerSentence, Question, Readability, ReadingLevel, Status, Timings

EXPLAINS = article_of("Un algorithme est une suite d'instructions qui dit à une machine quoi faire.", id="mots")
QUOTED = "Un algorithme de la plateforme Musique Claire a choisi 4 500 chansons en mars 2025."
SENTENCES = ExplainingSentences(lambda: [EXPLAINS], lambda: 1)


def answer_of(*sentences: AnswerSentence, language: str = "fr") -> Answer:
    question = Question("Qui choisit ?", language, ReadingLevel.CHILD)
    evidence = evidence_of(QUOTED)
    return Answer(question, Status.QUOTED, "", sentences, evidence, Timings(0, 0, 0), Readability(1, 1, 0, 0))


def test_words_of_what_is_written_and_of_quotes_are_explained():
    answer = answer_of(
        AnswerSentence("C'est un algorithme.", (1,)), AnswerSentence(f"« {QUOTED} »", (1,), is_quote=True)
    )

    words = study(answer, SENTENCES).words

    assert {text: [word.text for word in found] for text, found in words.items()} == {
        "C'est un algorithme.": ["algorithme"],
        QUOTED: ["algorithme", "plateforme"],
    }


def test_words_are_explained_in_the_readers_language():
    words = study(answer_of(language="de"), SENTENCES).words[QUOTED]

    assert words and {word.explanation.language for word in words} == {"de"}


def test_questions_are_about_the_evidence_in_the_readers_language():
    asked = study(answer_of(), SENTENCES).quiz

    assert asked and all(question.proof.text == QUOTED for question in asked)
    assert study(answer_of(language="it"), SENTENCES).quiz == ()


def test_answer_without_sentences_has_nothing_to_study():
    assert study(replace(answer_of(), citations=()), SENTENCES) == Study()
