"""Answers are counted where all of them pass, and a server that stops begins none."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from class_rooms import MadeUp, question_of
from metric_reads import read
from page_turns import QUESTION, answer_of, library_of
from waiting import wait_until

from desk import Busy, Desk, Ticket
from monitor.metrics import Metrics
from monitor.underway import Underway
from monitor.watching import Watch, until_stopped
from rag.errors import InvalidQuestion, WriterFailed
from rag.filters import Filters
from rag.study.study import NO_STUDY
from rag.types import Answer, Event, EvidenceFound, Question, ReadingLevel
from telling.asking import unfold
from telling.turns import Turn


def watch() -> Watch:
    return Watch(Metrics(), Underway())


def test_an_answer_is_counted_once_and_is_on_its_way_until_its_end():
    watching = watch()
    library = watching.over(library_of(lambda question, earlier: iter([EvidenceFound(()), answer_of()])))

    events = library.explain(QUESTION, Filters(), ())
    next(events)
    during = watching.underway.count
    rest = list(events)

    assert (during, watching.underway.count, len(rest)) == (1, 0, 1)
    assert read(watching.metrics)["actuclair_answers_total", "anew", "answered"] == 1


def test_an_answer_at_another_level_is_counted_too():
    heard: list[Answer] = []
    watching = Watch(Metrics(), Underway(), heard.append)
    library = watching.over(library_of(lambda *_: iter(()), explain_again=lambda *_: iter([answer_of()])))

    list(library.explain_again(answer_of(), EvidenceFound(()), ReadingLevel.CHILD))

    assert len(heard) == 1


def test_a_reader_who_leaves_is_no_failure_and_waits_no_more():
    watching = watch()
    library = watching.over(library_of(lambda question, earlier: iter([EvidenceFound(()), answer_of()])))

    events = library.explain(QUESTION, Filters(), ())
    next(events)
    events.close()  # type: ignore[attr-defined]

    assert watching.underway.count == 0
    assert read(watching.metrics)["actuclair_answer_failures_total",] == 0


@pytest.mark.parametrize(
    ("error", "failures"),
    [
        (WriterFailed("plume", "tace"), 1),
        (KeyError("a fault of ours"), 1),
        (InvalidQuestion("vide", "question_empty"), 0),
    ],
)
def test_a_fault_is_counted_and_what_was_typed_in_vain_is_not(error: Exception, failures: int):
    def explain(question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        yield EvidenceFound(())
        raise error

    watching = watch()

    with pytest.raises(type(error)):
        list(watching.over(library_of(explain)).explain(QUESTION, Filters(), ()))

    assert read(watching.metrics)["actuclair_answer_failures_total",] == failures
    assert watching.underway.count == 0


def test_a_page_that_asks_while_the_server_stops_is_told_to_come_back_later():
    underway = Underway()
    library = until_stopped(library_of(lambda question, earlier: iter([answer_of()])), underway)
    before = list(library.explain(QUESTION, Filters(), ()))
    underway.finish(lambda: None, 0)

    (turn,) = unfold(
        Turn(1, QUESTION), (), lambda asked, earlier: library.explain(asked, Filters(), earlier), lambda a: NO_STUDY
    )

    assert len(before) == 1
    assert turn.problem == "cannot_answer_now"


def test_finishing_waits_for_the_answers_on_their_way_and_not_for_ever():
    underway, said = Underway(), []
    with underway.one_more():
        underway.finish(lambda: said.append("no more"), 0.05)  # gives up
        waiting = threading.Thread(target=underway.finish, args=(lambda: None, 300))
        waiting.start()
        assert waiting.is_alive()
    waiting.join(120)

    assert not waiting.is_alive()
    assert said == ["no more"]


def test_a_desk_that_takes_no_more_finishes_what_it_has_and_hears_calls_for_help():
    answers, desk = MadeUp(), Desk()
    shown: dict[str, Turn] = {}

    def take(turn: str, text: str, is_urgent: bool = False) -> None:
        frames = unfold(
            Turn(1, question_of(text)), (), lambda asked, earlier: answers.explain(asked, Filters(), earlier),
            lambda answer: NO_STUDY,
        )  # fmt: skip
        desk.take(Ticket(turn, "p", "g"), frames, shown.__setitem__, lambda: is_urgent)

    desk.start()
    take("t1", "Chi canta?")
    wait_until(lambda: desk.load().under_way == 1 and "t1" in shown)
    desk.take_no_more()
    with pytest.raises(Busy):
        take("t2", "Chi balla?")
    take("t3", "Voglio morire", is_urgent=True)
    answers.may_write.set()

    wait_until(lambda: {"t1", "t3"} <= shown.keys() and shown["t1"].finished and shown["t3"].finished)
    wait_until(lambda: not desk.load().under_way)
    desk.close()
