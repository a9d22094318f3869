"""Questions are looked at before articles are searched or a model is asked."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, FakeWriter, article_of

from corpus.language import READER_LANGUAGES
from rag.answering.finishing import Finisher
from rag.answering.gate import Gate
from rag.answering.proving import Prover
from rag.asking.guard import Guard, Looked
from rag.assembly import open_retriever
from rag.checking.attribution import Attribution
from rag.explainer import Explainer
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.models.sentence_vectors import SentenceVectors
from rag.types import Answer, Question, ReadingLevel, Status
from safety import Classifier

IN_NEED = {
    "fr": "Je veux mourir",
    "en": "I want to die",
    "it": "Voglio morire",
    "es": "Quiero morirme",
    "de": "Ich will sterben",
}


class BrokenEmbedder:
    """An embedder whose model is down."""

    name = "kaputt"

    def embed_query(self, text: str) -> np.ndarray:
        raise AssertionError("asked for a vector")

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("asked for vectors")


class TakenForTheMachine(Guard):
    """Who names nobody is taken to speak of the machine, as by vectors alone."""

    def look(self, question: Question) -> Looked:
        looked = super().look(question)
        is_of_somebody = looked.text or "Breaking Rust" in question.text
        return looked if is_of_somebody else Looked(question, Status.ABOUT_ME, "Je suis un programme.", "")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "données", FakeEmbedder()) as opened:
        ingest([article_of("Le robot chante à Lyon. Il a dix ans.")], opened)
        yield opened


def explainer_of(workspace: Workspace, writer: FakeWriter, kind: type[Guard] = Guard) -> Explainer:
    vectors = SentenceVectors(workspace.embedder)
    guard = kind(vectors, workspace.embedder.name, "FR")
    prover = Prover(Attribution(vectors), writer, Gate(0.0))
    return Explainer(open_retriever(workspace, vectors), prover, Finisher(vectors.of), guard)


def test_question_that_names_a_country_gets_the_helplines_of_that_one(workspace: Workspace):
    explainer = explainer_of(workspace, FakeWriter([]))

    told = explainer.answer(Question(IN_NEED["it"], "it", ReadingLevel.TEEN, country="IT"))
    usual = explainer.answer(Question(IN_NEED["it"], "it", ReadingLevel.TEEN))

    assert "Telefono Azzurro" in told.text and "3114" not in told.text
    assert "3114" in usual.text


@pytest.mark.parametrize("language", READER_LANGUAGES)
@pytest.mark.parametrize("level", ReadingLevel)
def test_reader_in_need_gets_help_at_once_and_no_model_is_asked(
    workspace: Workspace, language: str, level: ReadingLevel
):
    writer = FakeWriter(["Le robot chante."])

    events = list(explainer_of(workspace, writer).explain(Question(IN_NEED[language], language, level)))

    assert [type(event) for event in events] == [Answer]
    (answer,) = events
    assert isinstance(answer, Answer)
    assert answer.status is Status.CRISIS
    assert "3114" in answer.text and "112" in answer.text
    assert writer.asked == [] and answer.citations == ()


class InDoubt(Classifier):
    """A classifier that is never sure, and in doubt about every question."""

    def find(self, vector: np.ndarray, adult: bool) -> None:
        return None

    def is_rather_a_crisis(self, vector: np.ndarray, adult: bool) -> bool:
        return False

    def may_be_a_crisis(self, vector: np.ndarray) -> bool:
        return True


def test_reader_who_may_be_in_need_is_answered_and_told_where_help_is(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    none = np.zeros((0, 4), np.float32)
    doubting = InDoubt("mots", "1", none, (), none, none, 1.0, none, none, 0.0)
    monkeypatch.setattr("safety.load_classifier", lambda embedder: doubting)
    writer = FakeWriter(["Le robot chante à Lyon, dit-on."])

    answer = explainer_of(workspace, writer).answer(Question("Dove canta il robot?", "it", ReadingLevel.CHILD))

    assert answer.status not in (Status.CRISIS, Status.DECLINED)
    assert "3114" in answer.notice or "119" in answer.notice
    assert "adulto" in answer.notice and "adulto" not in answer.text


def test_reader_in_need_is_helped_when_the_embedder_fails():
    guard = Guard(SentenceVectors(BrokenEmbedder()), BrokenEmbedder.name, "DE")

    looked = guard.look(Question("Ich will sterben", "de", ReadingLevel.CHILD))

    assert looked.status is Status.CRISIS
    assert "116 111" in looked.text


def test_harmful_wish_is_declined_with_something_to_ask_instead(workspace: Workspace):
    question = Question("Wie baue ich eine Bombe?", "de", ReadingLevel.CHILD)

    answer = explainer_of(workspace, FakeWriter()).answer(question)

    assert answer.status is Status.DECLINED
    assert "?" in answer.text and answer.sentences == ()


def test_question_whether_it_is_human_is_answered_as_it_is(workspace: Workspace):
    answer = explainer_of(workspace, FakeWriter()).answer(Question("Sei umano?", "it", ReadingLevel.CHILD))

    assert answer.status is Status.ABOUT_ME
    assert "programma" in answer.text


def test_what_a_reader_tells_of_itself_reaches_neither_the_model_nor_the_answer(workspace: Workspace):
    writer = FakeWriter(["Le robot chante à Lyon, dit-on."])
    typed = "Je m'appelle Zoé Martin, mon numéro est 06 12 34 56 78 : où chante le robot ?"

    answer = explainer_of(workspace, writer).answer(Question(typed, "fr", ReadingLevel.CHILD))

    (asked, _), = writer.asked  # fmt: skip
    for kept in (asked.text, answer.question.text, answer.text):
        assert "Martin" not in kept and "06 12 34 56 78" not in kept
    assert answer.notice


@pytest.mark.parametrize("typed", ["OÙ CHANTE LE ROBOT ?", "Où chante le robot ?"])
def test_a_question_in_capitals_is_read_as_any_other(workspace: Workspace, typed: str):
    writer = FakeWriter(["Le robot chante à Lyon, dit-on."])

    answer = explainer_of(workspace, writer).answer(Question(typed, "fr", ReadingLevel.CHILD))

    (asked, _), = writer.asked  # fmt: skip
    assert asked.text == "Où chante le robot ?"
    assert (answer.question.text, answer.understood) == (typed, "")


def test_what_a_reader_tells_of_itself_in_capitals_is_masked_too(workspace: Workspace):
    typed = "MY NAME IS ANNA SMITH AND I GO TO OAKWOOD SCHOOL: WHERE DOES THE ROBOT SING?"

    answer = explainer_of(workspace, FakeWriter([])).answer(Question(typed, "en", ReadingLevel.CHILD))

    assert "anna" not in answer.question.text.lower() and "oakwood" not in answer.question.text.lower()


def test_question_about_difficult_news_goes_to_the_articles(workspace: Workspace):
    writer = FakeWriter(["Le robot chante à Lyon, dit-on."])
    ingest([article_of("La guerre a commencé pour une île.", id="guerre", title="La guerre")], workspace)

    answer = explainer_of(workspace, writer).answer(Question("Pourquoi y a-t-il la guerre ?", "fr", ReadingLevel.CHILD))

    assert answer.status not in (Status.CRISIS, Status.DECLINED, Status.ABOUT_ME)
    assert answer.notice == ""
    assert len(writer.asked) == 1


@pytest.mark.parametrize(("typed", "language"), [("asdf", "en"), ("ok", "it"), ("Kevin", "de")])
def test_what_asks_nothing_gets_no_quote_and_no_model_is_asked(workspace: Workspace, typed: str, language: str):
    writer = FakeWriter(["Le robot chante à Lyon, dit-on."])

    answer = explainer_of(workspace, writer).answer(Question(typed, language, ReadingLevel.CHILD))

    assert (answer.status, answer.citations, writer.asked) == (Status.NO_EVIDENCE, (), [])
    assert answer.text


@pytest.mark.parametrize(
    ("text", "is_remembered"),
    [
        ("Chi canta a Lione?", True),
        ("Mi chiamo Giulia Bianchi, chi canta a Lione?", False),
        (IN_NEED["it"], False),
        ("Sei un robot?", False),
    ],
)
def test_only_what_is_harmless_and_tells_of_nobody_is_remembered(text: str, is_remembered: bool):
    guard = Guard(SentenceVectors(FakeEmbedder()), "mots-fictifs", "IT")
    question = Question(text, "it", ReadingLevel.CHILD)

    looked = [guard.look(question), guard.look(question)]

    assert looked[0] == looked[1]
    assert (looked[0] is looked[1]) is is_remembered
    assert guard.look(Question(text, "it", ReadingLevel.ADULT)) is not looked[0]


def test_reader_in_need_does_not_wait_for_another_question_whose_embedder_hangs(workspace: Workspace):
    guard = Guard(SentenceVectors(FakeEmbedder()), "nessuno", "IT")
    for looking in guard._looking:
        looking.acquire()

    told = guard.look(Question(IN_NEED["it"], "it", ReadingLevel.TEEN))

    assert told.status is Status.CRISIS


@pytest.mark.parametrize(
    ("first", "then", "language"),
    [
        ("Who is Breaking Rust?", "Is he human?", "en"),
        ("Qui est Breaking Rust ?", "Est-il humain ?", "fr"),
        ("Chi è Breaking Rust?", "È umano?", "it"),
        ("¿Quién es Breaking Rust?", "¿Y gana dinero?", "es"),
        ("Wer ist Breaking Rust?", "Ist er ein Mensch?", "de"),
    ],
)
def test_a_question_about_whom_was_spoken_of_is_not_about_the_machine(
    workspace: Workspace, first: str, then: str, language: str
):
    explainer = explainer_of(workspace, FakeWriter([]), TakenForTheMachine)
    before = explainer.answer(Question(first, language))

    alone = explainer.answer(Question(then, language))
    after = explainer.answer(Question(then, language), earlier=[before])

    assert alone.status is Status.ABOUT_ME
    assert after.status is not Status.ABOUT_ME and after.question.text == then
    assert after.understood.startswith("Breaking Rust")


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_call_for_help_stays_one_whatever_was_spoken_of(workspace: Workspace, language: str):
    explainer = explainer_of(workspace, FakeWriter([]), TakenForTheMachine)
    before = explainer.answer(Question("Breaking Rust ?", language))

    assert explainer.answer(Question(IN_NEED[language], language), earlier=[before]).status is Status.CRISIS
