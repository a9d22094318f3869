"""What happens when a reader uses the page, without a browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace

import gradio as gr
import pytest
from page_turns import answer_of, evidence_of, library_of

from page.blocks import NOTHING, Page, Updates
from page.talk import OpenPage, Talk
from rag.errors import InvalidQuestion
from rag.types import Answer, AnswerSentence, Event, EvidenceFound, Question, ReadingLevel

TOO_LONG = "Chi canta? " * 99


def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
    if question.text == TOO_LONG.strip():
        raise InvalidQuestion("Too long.", "question_too_long")
    yield from told(question)


def told(question: Question) -> Iterator[Event]:
    yield EvidenceFound((evidence_of(1),))
    answer = answer_of(AnswerSentence("Il cowboy non esiste.", (1,)), evidence=(evidence_of(1),))
    yield replace(answer, question=question)


@pytest.fixture
def page() -> Page:
    def again(answer: Answer, found: EvidenceFound, level: ReadingLevel) -> Iterator[Event]:
        return told(replace(answer.question, level=level))

    built = Page(library_of(explain, language="it", explain_again=again))
    with gr.Blocks():
        built.build()
    return built


def test_a_question_and_its_answer_are_kept_in_the_talk(page: Page):
    talk = Talk("it")

    shown = list(page.react("Chi canta?", "", "it", "child", talk))

    assert "Il cowboy non esiste." in shown[-1][page.current]
    assert [turn.question.text for turn in talk.conversation] == ["Chi canta?"]


def test_what_is_told_after_a_new_conversation_began_is_not_shown(page: Page):
    opened = OpenPage(Talk("it"))

    async def renew_meanwhile() -> tuple[Updates, list[Updates]]:
        telling = page.tell("Chi canta?", "", "it", "child", opened)
        begun = await anext(telling)
        opened.renew()
        return begun, [update async for update in telling]

    begun, told = asyncio.run(renew_meanwhile())

    assert "Chi canta?" in begun[page.current]
    assert told == [NOTHING]
    assert opened.talk == Talk("it")


def test_the_first_screen_comes_after_all_that_was_told_before_and_what_is_asked_then_after_it(page: Page):
    opened = OpenPage(Talk("it"))
    order: list[str] = []

    async def note(name: str, updates: AsyncIterator[Updates]) -> None:
        async for update in updates:
            await asyncio.sleep(0.05)  # on its way to the page
            order.append(name if update != NOTHING else f"end of {name}")

    async def one_upon_the_other() -> None:
        telling = page.tell("Chi canta?", "", "it", "child", opened)
        await anext(telling)
        renewing = asyncio.create_task(note("first screen", page.start_again(opened)))
        await asyncio.sleep(0)  # it has begun
        asking = asyncio.create_task(note("next", page.tell("Chi balla?", "", "it", "child", opened)))
        await note("before", telling)
        await asyncio.gather(renewing, asking)

    asyncio.run(one_upon_the_other())

    assert order[:3] == ["end of before", "first screen", "end of first screen"]
    assert set(order[3:-1]) == {"next"} and order[-1] == "end of next"
    assert [turn.question.text for turn in opened.talk.conversation] == ["Chi balla?"]


def test_what_is_shown_last_changes_nothing_for_gradio_shows_it_once_more(page: Page):
    async def both(opened: OpenPage) -> list[list[Updates]]:
        told = [update async for update in page.tell("Chi canta?", "", "it", "child", opened)]
        return [told, [update async for update in page.start_again(opened)]]

    told, renewed = asyncio.run(both(OpenPage(Talk("it"))))

    assert "Il cowboy non esiste." in told[-2][page.current] and told[-1] == gr.skip()
    assert renewed[-2][page.current] == "" and renewed[-1] == gr.skip()


def test_another_language_during_an_answer_leaves_it_to_who_answers_and_changes_what_was_said(page: Page):
    talk = Talk("it")
    list(page.react("Chi canta?", "", "it", "child", talk))
    updates = page.react("Chi ascolta?", "", "it", "child", talk)
    next(updates)

    translated = page.translate("de", OpenPage(talk))

    assert page.current not in translated
    assert "Chi canta?" in translated[page.earlier] and "Die Belege" in translated[page.earlier]
    *_, told = updates
    assert "Chi ascolta?" in told[page.current] and "Die Belege" in told[page.current]


def test_another_language_waits_for_an_answer_that_is_told_at_another_level(page: Page):
    talk = Talk("it")
    list(page.react("Chi canta?", "", "it", "child", talk))
    list(page.react("Chi ascolta?", "", "it", "child", talk))
    updates = page.react("", "1 adult", "it", "child", talk)
    next(updates)

    assert page.earlier not in page.translate("de", OpenPage(talk))
    *_, told = updates
    assert "Die Belege" in told[page.earlier]


def test_a_question_that_is_handed_back_leaves_what_was_said(page: Page):
    talk = Talk("it")
    list(page.react("Chi canta?", "", "it", "child", talk))
    said = talk.conversation

    *_, handed_back = page.react(TOO_LONG, "", "it", "child", talk)

    assert handed_back[page.question] == TOO_LONG
    assert "Chi canta?" in handed_back[page.current]
    assert talk.conversation == said


@pytest.mark.parametrize(("text", "wish"), [("Chi ascolta?", ""), ("", "1 adult")])
def test_what_a_broken_connection_left_unanswered_is_not_kept(page: Page, text: str, wish: str):
    talk = Talk("it")
    list(page.react("Chi canta?", "", "it", "child", talk))
    said = talk.conversation
    updates = page.react(text, wish, "it", "child", talk)
    next(updates)

    updates.close()

    assert talk.conversation == said


def test_another_language_brings_back_nothing_of_a_talk_that_ends_meanwhile(page: Page):
    talk = Talk("it")
    list(page.react("Chi canta?", "", "it", "child", talk))
    assert "Chi canta?" in page.translate("de", OpenPage(talk))[page.current]

    talk.over.set()

    assert page.current not in page.translate("de", OpenPage(talk))
