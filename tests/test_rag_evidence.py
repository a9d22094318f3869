"""What a question brings up -> the evidence a model reads, in a stable order and numbered by fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbedder, article_of

from corpus.types import Kind, Passage
from rag.assembly import open_retriever
from rag.finding.evidence import best_first, select_evidence
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.types import Found, Question, RetrievedPassage, ScoredSentence

COWBOY = article_of("Un homme marche. Le cow-boy chante sa chanson. Il pleut.", id="cowboy", title="Le cow-boy")
FESTA = article_of("I bambini ballano in piazza. Il cow-boy chante.", id="festa", title="La festa", language="it")
QUESTION = Question("Le cow-boy chante quoi ?", "fr")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([COWBOY, FESTA], opened)
        yield opened


def test_evidence_is_the_section_in_its_order_then_the_best_from_elsewhere(workspace: Workspace):
    evidence = select_evidence(open_retriever(workspace).find(QUESTION, 20), QUESTION.language)

    assert [item.text for item in evidence[:3]] == ["Un homme marche.", "Le cow-boy chante sa chanson.", "Il pleut."]
    assert {item.article.id for item in evidence[3:]} == {"festa"}


def test_evidence_is_numbered_by_how_well_it_fits(workspace: Workspace):
    evidence = select_evidence(open_retriever(workspace).find(QUESTION, 20), QUESTION.language)

    ranked = best_first(evidence)
    assert [item.number for item in ranked] == list(range(1, len(evidence) + 1))
    assert ranked[0].text == "Le cow-boy chante sa chanson."


def test_evidence_from_elsewhere_is_at_most_four_short_sentences_that_say_something_new(tmp_path: Path):
    elsewhere = [
        article_of("Le cow-boy chante sa chanson !", id="copie", title="Copie"),
        article_of(f"Le cow-boy chante {'très ' * 200}fort.", id="long", title="Long"),
        *(
            article_of(f"{told} Le vent souffle.", id=told, title=told)
            for told in (
                "Un cow-boy triste chante seul dehors.",
                "Ce cow-boy joyeux rit très fort.",
                "Notre cow-boy timide mange du pain.",
                "Mon cow-boy âgé dort toujours.",
                "Leur cow-boy blond danse souvent.",
            )
        ),
    ]
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([COWBOY, *elsewhere], opened)
        found = open_retriever(opened).find(QUESTION, 20)

    section = found.section[0].article.id
    outside = [item for item in select_evidence(found, QUESTION.language) if item.article.id != section]
    assert len(outside) == 4
    assert all(len(item.text) < 100 for item in outside)
    assert not {"Le cow-boy chante sa chanson.", "Le cow-boy chante sa chanson !"} <= {
        item.text for item in select_evidence(found, QUESTION.language)
    }


def test_sentence_that_stands_twice_in_a_section_is_evidence_once(tmp_path: Path):
    twice = article_of("Il robot canta.\n\nIl robot canta.\n\nPiove forte.", id="due", title="Due", language="it")
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([twice], opened)
        evidence = select_evidence(open_retriever(opened).find(Question("Chi canta?", "it"), 20), "it")

    assert [item.text for item in evidence] == ["Il robot canta.", "Piove forte."]


def test_section_is_one_of_facts_unless_comments_fit_clearly_better(tmp_path: Path):
    news = article_of("Le cow-boy chante sa chanson.", id="news", title="Un")
    voices = article_of("Le cow-boy chante sa chanson !", id="voix", title="Un", kind=Kind.COMMENTS)
    with Workspace(tmp_path, FakeEmbedder()) as opened:
        ingest([voices, news], opened)
        found = open_retriever(opened).find(QUESTION, 20)

    assert [passage.article.id for passage in found.section] == ["news"]


def test_evidence_of_nothing_is_none():
    assert select_evidence(Found((), ()), "it") == ()


def found_of(text: str, language: str, score: float, kind: Kind = Kind.NEWS, shared: float = 0.0) -> RetrievedPassage:
    article = article_of(text, id=text, language=language)
    passage = Passage(f"{text}:0", article.id, text, 0, len(text), kind)
    return RetrievedPassage(passage, article, (ScoredSentence(text, 0, len(text), score, shared),), score)


def test_facts_in_the_readers_language_come_first_when_they_are_about_as_near():
    spanish, french, comment = (
        found_of("El vaquero canta.", language="es", score=0.9),
        found_of("Le cow-boy chante.", language="fr", score=0.87),
        found_of("Moi aussi je chante.", language="fr", score=0.89, kind=Kind.COMMENTS),
    )

    evidence = best_first(select_evidence(Found((spanish, french, comment), (spanish,)), "fr"))

    assert [item.text for item in evidence] == ["Le cow-boy chante.", "El vaquero canta.", "Moi aussi je chante."]


def test_what_has_the_question_s_words_comes_before_what_is_a_little_nearer():
    named, told = (
        found_of("Ada porte un chapeau.", language="fr", score=0.9),
        found_of("Cette chanteuse n'est pas une vraie personne.", language="fr", score=0.88, shared=0.5),
    )

    evidence = best_first(select_evidence(Found((named, told), (named, told)), "fr"))

    assert evidence[0].text == "Cette chanteuse n'est pas une vraie personne."
    assert [item.score for item in evidence] == [0.88, 0.9]  # how near they are is what it was
