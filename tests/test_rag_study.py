"""What helps to understand an answer."""

from dataclasses import replace

import numpy as np
from fakes import article_of, evidence_of

from corpus.types import Audience
from rag.study.counterparts import Counterparts
from rag.study.explaining_sentences import ExplainingSentences
from rag.study.study import Study, study
from rag.types import Answer, AnswerSentence, Question, Readability, ReadingLevel, Status, Timings

EXPLAINS = article_of("Un algorithme est une suite d'instructions qui dit à une machine quoi faire.", id="mots")
QUOTED = "Un algorithme de la plateforme Musique Claire a choisi 4 500 chansons en mars 2025."
SENTENCES = ExplainingSentences(lambda: [EXPLAINS], lambda: 1)
ALONE = Counterparts(list, dict, lambda: 1)


def answer_of(*sentences: AnswerSentence, language: str = "fr") -> Answer:
    question = Question("Qui choisit ?", language, ReadingLevel.CHILD)
    evidence = evidence_of(QUOTED)
    return Answer(question, Status.QUOTED, "", sentences, evidence, Timings(0, 0, 0), Readability(1, 1, 0, 0))


def test_words_of_what_is_written_and_of_quotes_are_explained():
    answer = answer_of(
        AnswerSentence("C'est un algorithme.", (1,)), AnswerSentence(f"« {QUOTED} »", (1,), is_quote=True)
    )

    words = study(answer, SENTENCES, ALONE).words

    assert {text: [word.text for word in found] for text, found in words.items()} == {
        "C'est un algorithme.": ["algorithme"],
        QUOTED: ["algorithme", "plateforme"],
    }


def test_words_are_explained_in_the_readers_language():
    words = study(answer_of(language="de"), SENTENCES, ALONE).words[QUOTED]

    assert words and {word.explanation.language for word in words} == {"de"}


def test_questions_are_about_the_evidence_in_the_readers_language():
    asked = study(answer_of(), SENTENCES, ALONE).quiz

    assert asked and all(question.proof.text == QUOTED for question in asked)
    assert study(answer_of(language="it"), SENTENCES, ALONE).quiz == ()


def test_answer_without_sentences_has_nothing_to_study():
    assert study(replace(answer_of(), citations=()), SENTENCES, ALONE) == Study()


def test_same_event_told_for_younger_readers_is_in_the_readers_language_if_it_can_be():
    told = "Breaking Rust, un chanteur qui n’existe pas, est premier au classement Billboard aux États-Unis."
    told_in_german = "Breaking Rust, ein Sänger, den es nicht gibt, steht bei Billboard in den USA auf Platz eins."
    adult = article_of(told, id="adulte", title="Breaking Rust premier", audience=Audience.ADULT)
    child = article_of(told, id="enfant", title="Breaking Rust premier", audience=Audience.CHILD)
    german = article_of(
        told_in_german, id="kind", title="Breaking Rust ist Erster", audience=Audience.CHILD, language="de"
    )
    leads = {each.id: np.ones(1, np.float32) for each in (adult, child, german)}
    paired = Counterparts(lambda: [adult, child, german], lambda: leads, lambda: 1)
    (cited,) = evidence_of(told)
    answer = {
        language: replace(answer_of(language=language), citations=(replace(cited, article=adult),))
        for language in ("fr", "de")
    }

    easier = {language: study(each, SENTENCES, paired).easier for language, each in answer.items()}

    assert easier == {"fr": {"adulte": child}, "de": {"adulte": german}}
    assert study(answer["fr"], SENTENCES, paired).deeper == {}
