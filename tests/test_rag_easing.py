"""Quotes that are too hard, in easier words: which, for whom, with whose voice, and what stays as it is."""

from dataclasses import replace

import pytest
from fakes import evidence_of

from corpus.types import Kind
from rag.answering.proving import quote
from rag.levels.easing import eased_written, in_easier_words
from rag.reading_level import measure
from rag.types import AnswerSentence, Question, ReadingLevel, Voice

HARD = (
    "Le laboratoire européen transforme des matériaux composites extrêmement résistants aux températures élevées ; les "
    "ingénieurs utilisent désormais des moteurs hypersoniques beaucoup plus légers."
)
EASY = "Le chat dort sur le lit. Il a bien mangé."
UNCHANGEABLE = (
    "Interrogés précédemment, quelques spécialistes universitaires réputés redoutaient des perturbations climatiques."
)


def eased(
    *texts: str, level: ReadingLevel = ReadingLevel.CHILD, language: str = "fr", **of: object
) -> list[AnswerSentence]:
    evidence = evidence_of(*texts, language="fr")
    evidence = tuple(replace(item, **of) for item in evidence)  # type: ignore[arg-type]
    question = Question("Que fait le laboratoire ?", language, level)
    return list(in_easier_words(question, [quote(item, "fr") for item in evidence], evidence))


def test_a_hard_quote_is_said_in_easier_sentences_that_cite_it():
    sentences = eased(HARD)

    assert [sentence.citations for sentence in sentences] == [(1,)] * 2
    assert all(sentence.is_eased and not sentence.is_written for sentence in sentences)
    assert sentences[1].text.startswith("Les ingénieurs utilisent")
    told = " ".join(sentence.text for sentence in sentences)
    assert measure(told, "fr").difficulty < measure(HARD, "fr").difficulty


def test_easy_quotes_and_those_for_adults_stay_as_they_are():
    assert eased(EASY) == []
    assert eased(HARD, level=ReadingLevel.ADULT) == []


def test_a_quote_in_another_language_than_the_readers_stays_as_it_is():
    assert eased(HARD, language="it") == []


def test_what_no_rule_makes_easier_is_not_told_twice():
    assert eased(UNCHANGEABLE) == []


def test_a_younger_reader_never_gets_harder_words():
    hardness = [
        measure(" ".join(s.text for s in eased(HARD, EASY, level=level)) or f"{HARD} {EASY}", "fr").difficulty
        for level in ReadingLevel
    ]

    assert hardness == sorted(hardness)


def test_the_best_quote_is_always_among_the_easier_words():
    sentences = eased(HARD, UNCHANGEABLE)

    assert sentences[0].citations == (1,)


def test_readers_comments_and_what_an_author_says_of_itself_keep_their_words():
    mine = HARD.replace("les ingénieurs utilisent", "je fabrique")

    assert eased(HARD, kind=Kind.COMMENTS, voice=Voice.COMMENTS) == []
    assert eased(mine, kind=Kind.OPINION, voice=Voice.OPINION) == []


@pytest.mark.parametrize(
    ("kind", "voice", "speaker"),
    [
        (Kind.OPINION, Voice.OPINION, ""),
        (Kind.NEWS, Voice.SPEECH, "Ana Ruiz"),
        (Kind.NEWS, Voice.SPEECH, "The mayor"),
        (Kind.NEWS, Voice.SPEECH, ""),
    ],
)
def test_what_the_news_does_not_say_itself_keeps_its_words(kind: Kind, voice: Voice, speaker: str):
    assert eased(HARD, kind=kind, voice=voice, speaker=speaker) == []


def test_a_quote_that_begins_with_a_pronoun_is_told_only_behind_the_sentence_it_follows():
    items = evidence_of(HARD, "Elle a inauguré trois laboratoires.", "Le chat dort.", "Elle a mangé.", language="fr")
    shown = (items[0], items[1], items[3])
    question = Question("Que fait le laboratoire ?", "fr", ReadingLevel.CHILD)

    sentences = in_easier_words(question, [quote(item, "fr") for item in shown], shown)

    assert {number for sentence in sentences for number in sentence.citations} <= {1, 2}
    assert sentences and eased(f"Elle dirige un laboratoire. {HARD}") == []


def test_a_written_sentence_that_is_too_hard_becomes_several_with_the_same_proof():
    question = Question("Que fait le laboratoire ?", "fr", ReadingLevel.CHILD)
    written = AnswerSentence(HARD, (2,), voice=Voice.NEWS)
    evidence = evidence_of(EASY, HARD, language="fr")

    sentences = eased_written(question, written, evidence)

    assert len(sentences) == 2 and all(sentence.citations == (2,) and sentence.is_written for sentence in sentences)
    assert eased_written(replace(question, level=ReadingLevel.ADULT), written, evidence) == (written,)
    assert eased_written(question, written, evidence[:1]) == (written,)  # nothing proves it


@pytest.mark.parametrize(
    ("language", "text", "voice"),
    [
        ("fr", f"{HARD[:-1]}, selon Ana Ruiz.", Voice.SPEECH),
        ("fr", f"{HARD[:-1]}, selon Ana Ruiz.", Voice.NEWS),
        ("fr", HARD, Voice.SPEECH),
         ("en", "The average temperature of the air is high, and it threatens populations, says Mona.", Voice.SPEECH),
        ("de", "Die durchschnittliche Temperatur ist höher, und sie bedroht uns, so Jo Bauer.", Voice.SPEECH),
    ],
)  # fmt: skip
def test_a_written_sentence_with_a_source_keeps_it(language: str, text: str, voice: Voice):
    written = AnswerSentence(text, (1,), voice=voice)
    question = Question("?", language, ReadingLevel.CHILD)

    assert eased_written(question, written, evidence_of(text, language=language)) == (written,)


def test_readers_comments_are_not_told_in_easier_words():
    assert eased(HARD, kind=Kind.COMMENTS) == []
