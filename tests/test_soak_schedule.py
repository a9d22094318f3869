"""Which fault a soak injects when: the same for the same seed, one at a time, and all over before the end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.soak.schedule import LAST_S, LASTS_S, WARM_UP_S, Kind, schedule

SEEDS = st.integers(0, 10**6)
SECONDS = st.floats(0, 7200)
KINDS = st.sets(st.sampled_from(list(Kind)), min_size=1)


@given(SEEDS, SECONDS, KINDS)
def test_faults_come_one_at_a_time_and_are_over_before_the_end(seed: int, seconds: float, kinds: set[Kind]):
    faults = schedule(seed, seconds, kinds)

    assert all(before.ends_s < after.at_s for before, after in pairwise(faults))
    assert all(fault.at_s >= WARM_UP_S and fault.ends_s <= seconds - LAST_S for fault in faults)
    assert {fault.kind for fault in faults} <= kinds


@given(SEEDS, KINDS)
def test_each_kind_comes_in_ten_minutes(seed: int, kinds: set[Kind]):
    assert {fault.kind for fault in schedule(seed, 600, kinds)} == kinds


@given(SEEDS, SECONDS)
def test_no_kind_comes_again_before_all_others_have(seed: int, seconds: float):
    kinds = [fault.kind for fault in schedule(seed, seconds)]

    rounds = [kinds[start : start + len(Kind)] for start in range(0, len(kinds), len(Kind))]

    assert all(len(set(each)) == len(each) for each in rounds)


@given(SEEDS, SECONDS)
def test_each_fault_lasts_as_long_as_its_kind_may_and_only_clocks_jump(seed: int, seconds: float):
    for fault in schedule(seed, seconds):
        shortest, longest = LASTS_S[fault.kind]
        assert shortest <= fault.lasts_s <= longest
        assert (fault.hours != 0) is (fault.kind is Kind.CLOCK)


def test_a_longer_run_of_a_seed_begins_as_a_shorter_one():
    short, long = schedule(7, 600), schedule(7, 3600)

    assert short and long[: len(short)] == short
    assert len(long) > len(short)


def test_the_schedule_of_a_seed_is_the_same_in_every_run():
    assert [(str(fault), fault.at_s) for fault in schedule(7, 200)] == [
        ("disk full, for 15 s", 45.0),
        ("database locked or restarted, for 9 s", 98.3),
        ("model hangs, for 13 s", 134.0),
    ]
    assert schedule(7, 600) != schedule(8, 600)


@pytest.mark.parametrize("seconds", [0, 60])
def test_nothing_is_injected_when_there_is_no_time_for_it(seconds: float):
    assert schedule(7, seconds) == ()
