"""The answer cache: readers who wait for the same answer, and what happens when one leaves or making it fails."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from told_stories import QUESTION, Asker, Maker, answer_in, plain, story_of

from rag.errors import WriterFailed
from rag.filters import Filters
from rag.types import Event, Question

WAIT_S = 60  # only a broken cache waits so long


def test_cache_shares_an_answer_that_is_being_made_event_by_event():
    asker, maker = Asker(), Maker()
    first, second = asker.ask(maker), asker.ask(Maker())

    begun = [next(first), next(first)]
    caught_up = [next(second), next(second)]
    made_by_then = maker.told
    last = [next(second), next(first)]

    assert begun == caught_up == maker.events[:2]
    assert made_by_then == 2
    assert plain(last) == plain([maker.events[2]] * 2)
    assert maker.begun == 1


def test_cache_goes_on_for_the_others_when_the_first_reader_leaves():
    asker, maker = Asker(), Maker()
    first, second = asker.ask(maker), asker.ask(Maker())
    next(first)
    next(second)

    first.close()

    assert plain(list(second)) == plain(maker.events[1:])
    assert (maker.begun, asker.is_kept()) == (1, True)


def test_cache_stops_making_an_answer_when_the_last_reader_leaves():
    asker, maker = Asker(), Maker()
    first, second = asker.ask(maker), asker.ask(maker)
    next(first)
    next(second)

    first.close()
    second.close()

    assert (maker.told, maker.closed) == (1, 1)
    assert not asker.is_kept()


def test_cache_gives_a_failure_to_everybody_who_waits_and_keeps_nothing_of_it():
    asker = Asker()
    maker = Maker(story_of(QUESTION)[:1], fails=WriterFailed("plume", "nobody answers"))
    first, second = asker.ask(maker), asker.ask(maker)
    next(first)
    next(second)

    for events in (first, second):
        with pytest.raises(WriterFailed, match="nobody answers"):
            next(events)

    assert maker.begun == 1
    assert not asker.is_kept()


def test_cache_lets_readers_in_threads_wait_for_one_answer_and_outlive_the_one_who_makes_it():
    asker, writing, may_go_on = Asker(), threading.Event(), threading.Event()

    def slow() -> Iterator[Event]:
        for event in story_of(QUESTION):
            yield event
            writing.set()
            assert may_go_on.wait(WAIT_S)

    def read() -> list[Event]:
        return list(asker.cache.events(QUESTION, Filters(), slow))

    def leave_early() -> None:
        events = asker.cache.events(QUESTION, Filters(), slow)
        next(events)
        next(events)
        events.close()

    with ThreadPoolExecutor(8) as threads:
        leaving = threads.submit(leave_early)
        assert writing.wait(WAIT_S)
        reading = [threads.submit(read) for _ in range(7)]
        may_go_on.set()
        leaving.result(WAIT_S)
        told = [plain(reader.result(WAIT_S)) for reader in reading]

    assert told == [plain(story_of(QUESTION))] * 7


def test_cache_gives_every_reader_its_own_answer_under_many_threads():
    asker, threads_at_once = Asker(kept=3), 8
    questions = [Question(f"Was singt Roboter {n}?", "de") for n in range(2, 8)]
    makers = {question: Maker(story_of(question, f"Roboter singt Lied {question.text}")) for question in questions}
    together = threading.Barrier(threads_at_once)
    before = set(threading.enumerate())

    def read(number: int) -> list[tuple[Question, str]]:
        together.wait(WAIT_S)
        chosen = [questions[(number * step + step) % len(questions)] for step in range(60)]
        return [(each, answer_in(list(asker.ask(makers[each], each))).text) for each in chosen]

    with ThreadPoolExecutor(threads_at_once) as threads:
        told = [pair for result in threads.map(read, range(threads_at_once)) for pair in result]

    assert all(question.text in text for question, text in told)
    assert set(threading.enumerate()) <= before
