"""What a soak makes of what it saw: each judgement can fail, and holds when all is well."""

from dataclasses import replace

import pytest

from bench.soak.ledger import (
    ANSWER_S,
    REQUEST_S,
    Entry,
    History,
    Ledger,
    Way,
    failed_between,
    lost,
    recovered_s,
    unended,
    untold,
)
from bench.soak.report import judge, tables
from bench.soak.run import Injected, Outcome
from bench.soak.samples import Sample, trends
from bench.soak.schedule import Fault, Kind

ASKED = Entry(Way.CLASS, "Zoë", "Perché il robot canta?", 10.0, 200, 10.2, 12.0, "answered")
READ = Entry(Way.SITE, "0", "Pourquoi chante-t-il ?", 11.0, 200, 12.5, 12.5, "finished", answer_id="k3")
KEPT = History({"Zoë": [("Perché il robot canta?", "answered")]}, frozenset({"k3"}))


def test_what_was_acknowledged_and_is_kept_is_not_lost():
    assert lost([ASKED, READ], KEPT) == []


@pytest.mark.parametrize(
    "turns",
    [
        [],
        [("Perché il robot canta?", "running")],
        [("Perché il robot canta?", "")],
        [("Perché il robot balla?", "answered")],
    ],
)
def test_a_question_that_is_gone_or_has_no_end_is_lost(turns: list[tuple[str, str]]):
    assert lost([ASKED], History({"Zoë": turns}, frozenset())) == [ASKED]


def test_a_question_of_another_pupil_does_not_stand_for_a_lost_one():
    assert lost([ASKED], History({"Ugo": KEPT.pupils["Zoë"]}, frozenset())) == [ASKED]


def test_a_question_that_was_asked_twice_has_to_be_kept_twice():
    again = replace(ASKED, begun_s=30.0)

    assert lost([ASKED, again], KEPT) == [again]


def test_a_question_that_was_not_acknowledged_may_be_kept_or_not():
    broken = replace(ASKED, status=0, broke_off=True)

    assert lost([broken, replace(ASKED, status=503)], History({}, frozenset())) == []
    assert lost([broken], KEPT) == []


def test_a_problem_that_was_told_is_an_end():
    assert lost([ASKED], History({"Zoë": [(ASKED.question, "problem")]}, frozenset())) == []
    assert lost([replace(READ, end="problem", answer_id="")], KEPT) == []


@pytest.mark.parametrize("entry", [replace(READ, end="", told_s=None), replace(READ, answer_id="k4")])
def test_a_stream_that_ended_without_a_word_and_an_answer_that_is_not_kept_are_lost(entry: Entry):
    assert lost([entry], KEPT) == [entry]


def test_a_stream_that_broke_off_is_a_failed_request_and_no_lost_answer():
    broken = replace(READ, end="", told_s=None, answer_id="", broke_off=True)

    assert lost([broken], KEPT) == []
    assert broken.has_failed


def test_a_request_has_to_end_in_time():
    late = replace(ASKED, ended_s=ASKED.begun_s + REQUEST_S + 1)
    never = replace(ASKED, ended_s=None)

    assert unended([ASKED, late, never], until_s=600) == [late, never]
    assert unended([never], until_s=ASKED.begun_s + REQUEST_S - 1) == []


def test_a_question_that_was_taken_in_has_to_be_told_an_end_in_time():
    late = replace(ASKED, told_s=ASKED.begun_s + ANSWER_S + 1)
    never = replace(ASKED, told_s=None)

    assert untold([ASKED, late, never, replace(never, status=503), READ], until_s=600) == [late, never]


def test_recovery_is_when_the_server_is_ready_and_both_ways_have_answered_what_was_asked_since():
    ledger = Ledger([ASKED, READ], [(5.0, True), (9.0, False), (12.2, True)])

    assert recovered_s(10.0, ledger) == pytest.approx(2.5)
    assert recovered_s(9.0, Ledger([ASKED, READ], [(20.0, True)])) == pytest.approx(11.0)


@pytest.mark.parametrize(
    "ledger",
    [
        Ledger([ASKED, READ], [(11.0, False)]),
        Ledger([ASKED], [(11.0, True)]),
        Ledger([ASKED, replace(READ, end="problem")], [(11.0, True)]),
        Ledger([ASKED, replace(READ, begun_s=9.0)], [(11.0, True)]),
    ],
)
def test_there_is_no_recovery_while_one_of_them_is_missing(ledger: Ledger):
    assert recovered_s(10.0, ledger) is None


def test_failed_questions_are_counted_in_their_time():
    entries = [
        ASKED,
        replace(ASKED, status=503),
        replace(ASKED, status=0, broke_off=True),
        replace(READ, end="problem"),
    ]

    assert failed_between(entries, 0, 60) == 3
    assert failed_between(entries, 60, 90) == 0
    assert failed_between([replace(ASKED, status=429)], 0, 60) == 0


def samples(memory: float, descriptors: int, seconds: int = 300, process: int = 1) -> list[Sample]:
    """Of a process whose memory and descriptors grow by so much from begin to end."""
    parts = [at_s / seconds for at_s in range(0, seconds, 2)]
    return [Sample(part * seconds, process, 1000 + memory * part, 60 + round(descriptors * part)) for part in parts]


def test_what_stays_flat_is_flat_and_what_grows_is_not():
    (flat,) = trends(samples(5, 3))
    (memory,) = trends(samples(900, 3))
    (descriptors,) = trends(samples(5, 200))

    assert (flat.memory_is_flat, flat.descriptors_are_flat, flat.is_flat) == (True, True, True)
    assert (memory.memory_is_flat, memory.descriptors_are_flat, memory.is_flat) == (False, True, False)
    assert (descriptors.memory_is_flat, descriptors.descriptors_are_flat, descriptors.is_flat) == (True, False, False)


def test_growth_while_it_warms_up_and_a_peak_during_a_fault_are_no_leak():
    warming = [replace(each, memory_mib=each.memory_mib - 600 * (each.at_s < 90)) for each in samples(5, 3)]
    peak = [replace(each, descriptors=each.descriptors + 500 * (250 < each.at_s < 270)) for each in samples(5, 3)]

    assert all(trend.is_flat for trend in (*trends(warming), *trends(peak)))


def test_each_process_is_judged_by_itself_if_it_lived_long_enough():
    lived = trends([*samples(5, 3, seconds=60, process=1), *samples(5, 3, process=2)])

    assert [trend.process for trend in lived] == [2]


def outcome(**changes: object) -> Outcome:
    entries = [replace(each, begun_s=each.begun_s + 10) for each in (ASKED, READ)]
    entries = [replace(each, ended_s=each.begun_s + 1, told_s=each.begun_s + 2) for each in entries]
    injected = [Injected(Fault(Kind.DISK, 10.0, 8.0), 10.0, 18.0)]
    values = {
        "ledger": Ledger(entries, [(19.0, True)]),
        "injected": injected,
        "history": KEPT,
        "samples": samples(5, 3),
    }
    return Outcome(300.0, **values | changes)  # type: ignore[arg-type]


def test_a_run_in_which_all_is_well_breaks_nothing():
    verdict = judge(outcome())

    assert verdict.broken() == []
    assert [(each.has_survived, each.recovery_s) for each in verdict.survived] == [(True, pytest.approx(5.0))]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"history": History({}, frozenset())}, "2 questions or answers that were acknowledged are lost"),
        ({"deaths": 1}, "the server ended 1 times by itself"),
        ({"samples": samples(900, 3)}, "the memory of process 1 grew"),
        ({"samples": samples(5, 200)}, "the descriptors of process 1 grew"),
        ({"ledger": Ledger([replace(ASKED, ended_s=None)], [(19.0, True)])}, "1 requests did not end within 60 s"),
        ({"ledger": Ledger([replace(ASKED, told_s=None)], [(19.0, True)])}, "1 questions of a class were told no end"),
        ({"ledger": Ledger([], [(19.0, True)])}, "not survived: disk full"),
    ],
)
def test_a_run_tells_each_thing_that_is_not_as_wanted(changes: dict[str, object], said: str):
    assert any(line.startswith(said) for line in judge(outcome(**changes)).broken())


def test_the_tables_tell_what_was_injected_and_what_was_left_out():
    seen = outcome()

    told = tables(seen, judge(seen), {Kind.CLOCK: "libfaketime is not installed"})

    assert "| disk full | 1 | 1 | 5.0 s | 5.0 s | 0 | 0 |" in told
    assert "| clock jumps | 0 | left out: libfaketime is not installed |" in told
    assert "| class | 1 |" in told and "| news site | 1 |" in told
    assert "model killed" not in told
