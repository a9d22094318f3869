"""What happens when a reader uses the page, without a browser."""

from collections.abc import Iterator, Sequence

import gradio as gr
import pytest
from page_turns import answer_of, evidence_of, library_of

from page.blocks import Page, Talk
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question


def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
    yield EvidenceFound((evidence_of(1),))
    yield answer_of(AnswerSentence("Il cowboy non esiste.", (1,)), evidence=(evidence_of(1),))


@pytest.fixture
def page() -> Page:
    built = Page(library_of(explain, language="it"))
    with gr.Blocks():
        built.build()
    return built


def test_a_question_and_its_answer_are_kept_in_the_talk(page: Page):
    talk = Talk()

    shown = list(page.react("Chi canta?", "", "it", "child", talk))

    assert "Il cowboy non esiste." in shown[-1][page.current]
    assert [turn.question.text for turn in talk.conversation] == ["Chi canta?"]


def test_what_is_told_after_a_new_conversation_began_is_not_shown(page: Page):
    talk = Talk()
    updates = page.react("Chi canta?", "", "it", "child", talk)
    next(updates)

    renewed = page.start_again(talk)

    assert list(updates) == []
    assert list(page.show("it", talk)) == []
    assert renewed[page.talk].conversation == ()


def test_a_conversation_on_its_way_to_be_shown_stays_away_when_a_new_one_began(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    talk = Talk()
    list(page.react("Chi canta?", "", "it", "child", talk))
    drawn = page.conversation_of

    def drawn_while_another_begins(talk: Talk, language: str) -> object:
        updates = drawn(talk, language)
        page.start_again(talk)
        return updates

    monkeypatch.setattr(page, "conversation_of", drawn_while_another_begins)

    assert list(page.show("it", talk)) == []


def test_another_language_brings_back_nothing_of_a_talk_that_ends_meanwhile(page: Page):
    talk = Talk()
    list(page.react("Chi canta?", "", "it", "child", talk))
    assert "Chi canta?" in page.translate("de", talk)[page.current]

    page.start_again(talk)

    assert page.current not in page.translate("de", talk)
