"""The story of an answer, with a retriever of words and a writer that does as it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import FakeEmbedder, FakeWriter, article_of

from corpus.language import READER_LANGUAGES
from corpus.types import Kind
from rag.answering.finishing import Finisher
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.assembly import open_retriever
from rag.checking.attribution import Attribution
from rag.errors import WriterFailed
from rag.explainer import Explainer
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.sentence_vectors import SentenceVectors
from rag.phrases import phrase
from rag.types import Answer, AnswerSentence, EvidenceFound, Question, ReadingLevel, Status, Voice, WriterNext

SINGER = "Le chanteur Breaking Rust n'existe pas."
MACHINE = "Une machine compose ses chansons."
NOT_REAL = "Breaking Rust n'existe pas, le chanteur."
COMPOSED = "Ses chansons, une machine les compose."
QUESTION = Question("Le chanteur Breaking Rust, qui est-ce ?", "fr", ReadingLevel.CHILD)
GATE = Gate(0.5)
OFF_TOPIC = Question("Quanto costano i biglietti del treno?", "it")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    articles = [
        article_of(f"{SINGER} {MACHINE}", id="cowboy", title="Le cow-boy"),
        article_of("I bambini ballano in piazza fino a mezzanotte.", id="festa", title="La festa", language="it"),
    ]
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest(articles, opened)
        yield opened


def explainer_of(workspace: Workspace, writer: FakeWriter | None, gate: Gate = GATE) -> Explainer:
    vectors = SentenceVectors(workspace.embedder)
    return Explainer(open_retriever(workspace), Prover(Attribution(vectors), writer, gate), Finisher(vectors.of))


def answer_of(workspace: Workspace, *sentences: str, question: Question = QUESTION) -> Answer:
    return explainer_of(workspace, FakeWriter(sentences)).answer(question)


def written(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences if not sentence.is_quote]


def test_explain_yields_the_evidence_then_quotes_then_sentences_then_the_answer(workspace: Workspace):
    writer = FakeWriter([NOT_REAL])

    events = list(explainer_of(workspace, writer).explain(QUESTION))

    kinds = [EvidenceFound, AnswerSentence, WriterNext, AnswerSentence, Answer]
    assert [type(event) for event in events] == kinds
    found, quoted, _, told, answer = events
    assert isinstance(found, EvidenceFound) and isinstance(answer, Answer)
    assert found.evidence[0].text == SINGER
    assert answer.status is Status.ANSWERED
    assert isinstance(quoted, AnswerSentence) and quoted.is_quote
    assert answer.sentences == (told,)  # the quote says the same in the same words
    assert answer.text == NOT_REAL
    assert [question for question, _ in writer.asked] == [QUESTION]


def test_explain_shows_a_sentence_before_the_next_one_is_written(workspace: Workspace):
    writer = FakeWriter([NOT_REAL], fails=WriterFailed("plume", "panne"))

    events = explainer_of(workspace, writer).explain(QUESTION)

    assert isinstance(next(events), EvidenceFound)
    sentences = [event for event in events if isinstance(event, AnswerSentence)]
    assert [sentence.is_quote for sentence in sentences] == [True, False]


def test_answer_is_what_the_articles_say_when_the_writer_fails(workspace: Workspace):
    writer = FakeWriter(fails=WriterFailed("plume", "panne"))

    answer = explainer_of(workspace, writer).answer(QUESTION)

    assert answer == replace(explainer_of(workspace, None).answer(QUESTION), timings=answer.timings, steps=answer.steps)
    assert answer.status is Status.QUOTED


def test_evidence_is_numbered_from_1_and_stands_in_its_article(workspace: Workspace):
    found = next(explainer_of(workspace, None).explain(QUESTION))

    assert isinstance(found, EvidenceFound)
    assert [item.number for item in found.evidence] == list(range(1, len(found.evidence) + 1))
    assert all(item.article.text[item.start : item.end] == item.text for item in found.evidence)


def test_answer_is_called_unsure_when_nothing_that_is_written_can_be_proved(workspace: Workspace):
    question = Question("Le chanteur Breaking Rust vend quoi ?", "fr")

    writer = FakeWriter(["Le chanteur Breaking Rust a vendu 12 millions de disques."])

    answer = explainer_of(workspace, writer, Gate(0.76)).answer(question)

    assert answer.is_unsure
    assert answer.text.startswith(phrase("fr", "nearest"))
    assert "12 millions" not in answer.text


def test_sentence_in_the_articles_language_instead_of_the_readers_becomes_a_quote(workspace: Workspace):
    answer = answer_of(workspace, f"{SINGER[:-1]} !", question=Question(QUESTION.text, "it"))

    assert answer.status is Status.QUOTED
    assert answer.sentences[0] == AnswerSentence(f"«{SINGER}»", answer.sentences[0].citations, is_quote=True)
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences)
    assert answer.text.startswith(phrase("it", "quoted"))


def test_unsupported_sentence_among_others_is_left_out(workspace: Workspace):
    answer = answer_of(workspace, "Breaking Rust, le chanteur, a 12 ans.", NOT_REAL, "Le chanteur Elvis n'existe pas.")

    assert answer.status is Status.ANSWERED
    assert written(answer) == [NOT_REAL]


def test_same_sentence_twice_is_shown_once(workspace: Workspace):
    answer = answer_of(workspace, *[NOT_REAL] * 3)

    assert written(answer) == [NOT_REAL]


def test_answer_cites_only_the_evidence_that_its_sentences_use(workspace: Workspace):
    answer = answer_of(workspace, COMPOSED)

    numbers = {number for sentence in answer.sentences for number in sentence.citations}
    assert {item.number for item in answer.citations} == numbers
    assert {item.number: item.text for item in answer.citations}[answer.sentences[0].citations[0]] == MACHINE


def test_answer_of_which_nothing_could_be_proved_is_what_the_articles_say_when_that_is_very_near(workspace: Workspace):
    question = Question(NOT_REAL.replace(".", " ?"), "fr")

    answer = answer_of(workspace, "Le chanteur Elvis a 12 ans.", question=question)

    assert answer.status is Status.QUOTED
    assert NOT_REAL[:-1] in answer.sentences[0].text or SINGER[:-1] in answer.sentences[0].text


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_answer_says_in_the_readers_language_that_the_articles_do_not_tell(workspace: Workspace, language: str):
    answer = answer_of(workspace, NOT_REAL, question=Question("1 + 1 = ?", language))

    assert answer.status is Status.NO_EVIDENCE
    assert answer.text.startswith(phrase(language, "no_evidence"))
    assert answer.sentences == answer.citations == ()


@pytest.mark.parametrize("writer", [None, FakeWriter(["I biglietti del treno costano molto."])])
def test_question_about_something_else_is_not_answered_with_quotes(workspace: Workspace, writer: FakeWriter | None):
    answer = explainer_of(workspace, writer).answer(OFF_TOPIC)

    assert answer.status is Status.NO_EVIDENCE
    assert answer.text == f"{phrase('it', 'no_evidence')} Parlano però di «La festa» e di «Breaking Rust»."
    assert len(answer.suggestions) == 2


def test_answer_without_a_writer_quotes_the_evidence(workspace: Workspace):
    answer = explainer_of(workspace, None).answer(QUESTION)

    assert answer.status is Status.QUOTED
    assert answer.sentences[0] == AnswerSentence(f"«\u00a0{SINGER}\u00a0»", (1,), is_quote=True)
    assert answer.text.startswith(f"{phrase('fr', 'quoted')} «\u00a0{SINGER}\u00a0»")


@pytest.mark.parametrize("writer", [None, FakeWriter([NOT_REAL]), FakeWriter()])
def test_timings_never_go_back(workspace: Workspace, writer: FakeWriter | None):
    timings = explainer_of(workspace, writer).answer(QUESTION).timings

    moments = [0.0, timings.retrieve_s, timings.first_sentence_s, timings.total_s]
    assert all(earlier <= later for earlier, later in pairwise(moments))


def test_answer_is_measured_by_its_own_words(workspace: Workspace):
    answer = answer_of(workspace, COMPOSED)

    assert (answer.readability.sentences, answer.readability.words_per_sentence) == (1, 6)


def test_answer_without_evidence_does_not_ask_the_model(tmp_path: Path):
    writer = FakeWriter([NOT_REAL])
    with Workspace(tmp_path, FakeEmbedder()) as empty:
        answer = explainer_of(empty, writer).answer(QUESTION)

    assert answer.status is Status.NO_EVIDENCE
    assert writer.asked == []


def test_comments_prove_no_fact_and_are_quoted(tmp_path: Path):
    comments = article_of(f"{SINGER} {MACHINE}", id="voix", title="Vos avis", kind=Kind.COMMENTS)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([comments], opened)
        answer = answer_of(opened, NOT_REAL)

    assert answer.status is Status.QUOTED
    assert {sentence.voice for sentence in answer.sentences} == {Voice.COMMENTS}


def test_quote_that_says_what_is_written_in_the_same_words_is_left_out(workspace: Workspace):
    answer = answer_of(workspace, NOT_REAL, COMPOSED)

    assert answer.text == f"{NOT_REAL} {COMPOSED}"


def test_follow_up_is_answered_as_what_it_means_and_kept_as_it_was_asked(workspace: Workspace):
    explainer = explainer_of(workspace, FakeWriter([COMPOSED]))
    first = explainer.answer(Question("Qui est Breaking Rust ?", "fr"))

    answer = explainer.answer(Question("et lui, il chante ?", "fr"), earlier=[first])

    assert answer.question.text == "et lui, il chante ?"
    assert answer.understood == "Breaking Rust\u00a0: et lui, il chante ?"
    assert first.understood == ""


def test_articles_that_give_different_amounts_are_told_with_where_and_when(tmp_path: Path):
    said = "La chanson Walk My Walk a été écoutée par {} millions de personnes."
    days = {"4": date(2025, 11, 21), "2,5": date(2025, 11, 12)}
    articles = [
        article_of(said.format(amount), id=f"a{day.day}", title="Walk My Walk", outlet="Le Petit Clair", published=day)
        for amount, day in days.items()
    ]
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest(articles, opened)
        answer = explainer_of(opened, None).answer(Question("Combien de personnes ont écouté Walk My Walk ?", "fr"))
        other = explainer_of(opened, None).answer(Question("Qui a écouté la chanson Walk My Walk ?", "fr"))

    assert other.sentences and not other.conflicts  # nobody asked for an amount
    (conflict,) = answer.conflicts
    assert [value.amount for value in conflict.values] == [4_000_000, 2_500_000]
    (fixed,) = [sentence for sentence in answer.sentences if sentence.is_fixed]
    assert fixed.text in answer.text and "21 novembre 2025" in fixed.text
    assert set(fixed.citations) <= {evidence.number for evidence in answer.citations}
    assert answer.as_of == date(2025, 11, 21)
