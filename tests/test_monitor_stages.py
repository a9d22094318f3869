"""Where the time of an answer goes, as its own steps tell."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_turns import answer_of

from monitor.stages import Stage, Told, is_told_again, seconds_by_stage, stage_of, told
from rag.types import Answer, Status, Step

RAG = Path(__file__).resolve().parent.parent / "rag"
NOTED = set(re.findall(r'\.note\(\s*"([a-z ]+)"', "".join(p.read_text(encoding="utf-8") for p in RAG.rglob("*.py"))))
UNTIMED = {"not asked"}


def answer_with(*steps: Step, status: Status = Status.ANSWERED) -> Answer:
    return replace(answer_of(status=status), steps=steps)


def test_seconds_of_steps_of_one_stage_are_added():
    answer = answer_with(Step("searched", 0.2), Step("wrote", 3.0), Step("proved", 0.1), Step("refused", 0.3))

    assert seconds_by_stage(answer) == pytest.approx({Stage.SEARCH: 0.2, Stage.WRITE: 3.0, Stage.CHECK: 0.4})


def test_an_answer_told_again_counts_only_what_was_done_for_this_reader():
    again = answer_with(Step("understood", 0.1), Step("told again", 0.2), Step("searched", 0.0), Step("refused", 0.0))

    assert is_told_again(again)
    assert seconds_by_stage(again) == {Stage.UNDERSTAND: 0.1}


@pytest.mark.parametrize("name", sorted(NOTED - UNTIMED))
def test_every_step_that_an_answer_notes_belongs_to_a_stage(name: str):
    assert stage_of(Step(name, 1.0)) is not None


def test_the_steps_of_the_program_were_found():
    assert {"searched", "waited", "wrote", "failed"} <= NOTED


@pytest.mark.parametrize("status", [Status.CRISIS, Status.DECLINED, Status.ABOUT_ME])
def test_a_call_for_help_cannot_be_told_from_other_fixed_words(status: Status):
    assert told(answer_with(status=status)) is Told.FIXED


@given(st.lists(st.tuples(st.sampled_from(sorted(NOTED)), st.floats(0, 100)), max_size=12))
def test_no_second_is_counted_twice(steps: list[tuple[str, float]]):
    answer = answer_with(*(Step(name, seconds) for name, seconds in steps))

    timed = sum(seconds for name, seconds in steps if name not in UNTIMED)
    assert sum(seconds_by_stage(answer).values()) == pytest.approx(timed)
