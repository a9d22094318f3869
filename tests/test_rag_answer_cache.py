"""The answer cache: who gets whose answer, and what is forgotten."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from told_stories import QUESTION, Asker, Maker, answer_in, plain, story_of

from rag.filters import Filters
from rag.types import Question, ReadingLevel, Status, Step, WriterNext


def test_cache_tells_a_repeated_question_again_with_the_askers_words_and_time():
    asker, maker = Asker(), Maker()
    typed = replace(QUESTION, text="euh… lolita cercel, cest qui stp ??")

    first = list(asker.ask(maker))
    again = list(asker.ask(maker, typed))

    assert maker.begun == 1
    assert first == maker.events
    assert plain(again) == plain(first)
    assert answer_in(again).question == typed
    assert answer_in(again).timings.total_s < 1
    assert [step.name for step in answer_in(again).steps] == ["told again"]


def test_cache_answers_a_near_identical_question_but_no_near_one_that_asks_something_else():
    asker, maker = Asker(), Maker()
    list(asker.ask(maker, Question("Is the government planning a new tax?", "en")))

    list(asker.ask(maker, Question("is the govenrment planning a new tax", "en")))
    slip = maker.begun
    list(asker.ask(maker, Question("Is the government planning no new tax?", "en")))

    assert (slip, maker.begun) == (1, 2)


def test_cache_does_not_choose_between_two_answers_that_a_question_may_want():
    asker = Asker()
    for text in ("Où va-t-il ?", "Où va-t-elle ?"):
        list(asker.ask(Maker(), replace(QUESTION, text=text)))

    assert not asker.is_kept(replace(QUESTION, text="Où va ?"))


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        (replace(QUESTION, level=ReadingLevel.CHILD), Filters()),
        (replace(QUESTION, language="it"), Filters()),
        (QUESTION, Filters(outlet="Le Petit Clair")),
    ],
)
def test_cache_keeps_levels_languages_and_filters_apart(question: Question, filters: Filters):
    asker = Asker()
    list(asker.ask(Maker()))

    assert not asker.is_kept(question, filters)
    assert asker.is_kept(question, filters)


@pytest.mark.parametrize("change", [{"version": 2}, {"day": date(2026, 11, 22)}])
def test_cache_forgets_answers_when_an_article_changes_and_when_the_day_is_over(change: dict[str, Any]):
    asker = Asker()
    list(asker.ask(Maker()))

    vars(asker).update(change)

    assert not asker.is_kept()


def test_cache_does_not_keep_an_answer_during_which_an_article_changed():
    asker, maker = Asker(), Maker()

    events = asker.ask(maker)
    next(events)
    asker.version = 2
    rest = list(events)

    assert answer_in(rest).text == "Elle n’existe pas."
    assert not asker.is_kept()
    asker.version = 1
    assert not asker.is_kept()


@pytest.mark.parametrize("changes", [{"notice": "Ne dis pas ton nom."}, {"status": Status.CRISIS}])
def test_cache_keeps_nothing_that_was_meant_for_one_reader(changes: dict[str, Any]):
    asker, maker = Asker(), Maker(story_of(QUESTION, **changes))

    first, second = asker.ask(maker), asker.ask(maker)
    next(first)
    next(second)
    told = answer_in(list(first))

    assert told.notice == changes.get("notice", "")
    assert answer_in(list(second)).notice == ""
    assert not asker.is_kept()


def test_cache_does_not_keep_quotes_that_stand_for_a_model_which_failed():
    asker = Asker()
    failed = Step("failed", 0.1, {"reason": "nobody answers at its address"})

    list(asker.ask(Maker(story_of(QUESTION, status=Status.QUOTED, steps=(failed,)))))

    assert not asker.is_kept()


def test_cache_does_not_keep_what_ends_without_an_answer():
    asker = Asker()

    assert len(list(asker.ask(Maker(story_of(QUESTION)[:2])))) == 2

    assert not asker.is_kept()


def test_cache_keeps_the_answers_that_were_asked_for_last():
    asker = Asker(kept=2)
    first, second, third = (Question(f"Que chante le robot {n} ?", "fr") for n in (4, 5, 6))
    for question in (first, second, first, third):
        list(asker.ask(Maker(), question))

    assert [asker.is_kept(question) for question in (first, third, second)] == [True, True, False]


def test_who_waits_for_an_answer_is_told_of_the_writer_and_who_comes_after_it_is_not():
    asker = Asker()
    maker = Maker([WriterNext(), *story_of(QUESTION, "Lei canta.")])

    maker_events, waiting = asker.ask(maker), asker.ask(maker)
    told = (next(iter(maker_events)), next(iter(waiting)))
    list(maker_events)
    later = list(asker.ask(maker))

    assert told[0] is told[1] is maker.events[0]
    assert not any(isinstance(event, WriterNext) for event in later)
    assert maker.begun == 1
