"""The rules of a session: what may happen when, found out by doing everything in any order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from class_rooms import NOON, PLAN, question_of
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from page_turns import answer_of

from classroom.errors import NotNow
from classroom.lesson import rules
from classroom.lesson.plans import MORE_MINUTES
from classroom.types import (
    Broadcast,
    Ending,
    FlagKind,
    Opinion,
    Progress,
    Pupil,
    QuizResult,
    Register,
    Session,
    State,
    Turn,
)
from rag.types import Question, ReadingLevel, Status

PUPILS = ("Ugo", "Zoë", "Leone7")


def register_of(**changes: object) -> Register:
    session = Session("s", "tigre-luna-4827", PLAN, NOON, NOON + timedelta(minutes=60))
    return Register(replace(session, **changes))  # type: ignore[arg-type]


def joined(*names: str, **changes: object) -> Register:
    register = register_of(**changes)
    for name in names or ("Ugo",):
        register.pupils[name] = Pupil(name, name, f"token {name}", NOON)
    return register


def turn_of(number: int, pupil: str = "Ugo", question: Question | None = None) -> Turn:
    return Turn(f"t{number}", number, pupil, question or question_of(), NOON)


def refusal(do: object, *given: object) -> str:
    with pytest.raises(NotNow) as refused:
        do(*given)  # type: ignore[operator]
    return refused.value.phrase


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [({"state": State.ENDED}, "ended"), ({"is_locked": True}, "locked")],
)
def test_nobody_joins_behind_a_closed_door(changes: dict[str, object], phrase: str):
    assert refusal(rules.join, register_of(**changes), Pupil("p", "Ugo", "x", NOON)) == phrase


@pytest.mark.parametrize("other", ["ugo", "UGO ", "Ug0", "Ugо"])  # the last with a Cyrillic o
def test_a_nickname_that_looks_like_another_is_taken(other: str):
    assert refusal(rules.join, joined("Ugo"), Pupil("p", other.strip(), "x", NOON)) == "nickname_taken"


def test_a_class_that_is_full_lets_nobody_in_until_somebody_is_out():
    register = joined(*(f"Leone{number}" for number in range(rules.MOST_PUPILS)))

    assert refusal(rules.join, register, Pupil("p", "Ugo", "x", NOON)) == "full"
    rules.remove(register, "Leone0")
    rules.join(register, Pupil("p", "Ugo", "x", NOON))

    assert "p" in register.pupils


def test_help_in_a_crisis_is_not_held_and_is_flagged_first():
    register = joined(holds=True)
    rules.ask(register, turn_of(1))

    finished = rules.finish(register, "t1", Ending(answer_of(status=Status.CRISIS)), NOON)

    assert finished and not finished.is_held
    assert [flag.kind for flag in register.flags] == [FlagKind.CRISIS]


def test_held_answers_are_shown_when_they_are_released_or_the_session_ends():
    register = joined("Ugo", "Zoë", holds=True)
    for number, pupil in enumerate(("Ugo", "Zoë"), start=1):
        rules.ask(register, turn_of(number, pupil))
        rules.finish(register, f"t{number}", Ending(answer_of()), NOON)

    rules.release(register, ("t1",))
    held = [turn.id for turn in register.turns.values() if turn.is_held]
    rules.end(register, NOON)

    assert held == ["t2"]
    assert not any(turn.is_held for turn in register.turns.values())


def test_a_pupil_judges_only_its_own_answers():
    register = joined("Ugo", "Zoë")
    rules.ask(register, turn_of(1, "Ugo"))

    assert refusal(rules.judge, register, "Zoë", "t1", Opinion.REPORTED, NOON) == "unknown"
    assert refusal(rules.note_result, register, "Zoë", QuizResult("t1", 0, True)) == "unknown"
    assert register.flags == []


def test_only_the_first_try_at_a_quiz_counts():
    register = joined()
    rules.ask(register, turn_of(1))

    rules.note_result(register, "Ugo", QuizResult("t1", 0, False))
    rules.note_result(register, "Ugo", QuizResult("t1", 0, True))

    assert [result.is_right for result in register.results.values()] == [False]


def test_a_session_ends_in_time_and_only_once():
    register = joined()

    before = rules.end_in_time(register, NOON + timedelta(minutes=59))
    after = [rules.end_in_time(register, NOON + timedelta(minutes=60 + late)) for late in (0, 5)]

    assert (before, after) == (False, [True, False])
    assert register.session.ended_at == NOON + timedelta(minutes=60)


class Lesson(RuleBasedStateMachine):
    """A teacher and three pupils do all they can; what is refused changes nothing."""

    @initialize()
    def open(self) -> None:
        self.register = register_of()
        self.number = 0
        self.now = NOON
        self.finished: set[str] = set()

    def tries(self, do: object, *given: object) -> bool:
        before = repr(self.register)
        try:
            do(self.register, *given)  # type: ignore[operator]
        except NotNow as refused:
            assert repr(self.register) == before
            assert refused.phrase
            return False
        return True

    @rule(name=st.sampled_from(PUPILS))
    def join(self, name: str) -> None:
        known, session = name in self.register.pupils, self.register.session
        came_in = self.tries(rules.join, Pupil(name, name, f"token {name}", self.now))
        assert came_in == (not known and not session.is_locked and session.state is not State.ENDED)

    @rule(name=st.sampled_from(PUPILS), level=st.sampled_from(list(ReadingLevel)))
    def ask(self, name: str, level: ReadingLevel) -> None:
        self.number += 1
        turn = turn_of(self.number, name, replace(question_of(), level=level))
        pupil = self.register.pupils.get(name)
        waits = any(each.pupil_id == name for each in self.running())
        may = pupil is not None and not pupil.is_removed and not waits and level in PLAN.levels
        assert self.tries(rules.ask, turn) == (may and self.register.session.state is State.OPEN)

    @rule(data=st.data(), status=st.sampled_from([Status.ANSWERED, Status.CRISIS, Status.NO_EVIDENCE]))
    def finish(self, data: st.DataObject, status: Status) -> None:
        if self.register.turns:
            turn_id = data.draw(st.sampled_from(sorted(self.register.turns)))
            once = rules.finish(self.register, turn_id, Ending(answer_of(status=status)), self.now)
            assert (once is None) == (turn_id in self.finished)
            self.finished.add(turn_id)

    @rule(do=st.sampled_from(["pause", "resume", "lock", "unlock", "hold", "unhold"]))
    def steer(self, do: str) -> None:
        was_over = self.register.session.state is State.ENDED
        assert self.tries(rules.steer, do) != was_over

    @rule(minutes=st.sampled_from(MORE_MINUTES))
    def prolong(self, minutes: int) -> None:
        session, more = self.register.session, timedelta(minutes=minutes)
        may = session.state is not State.ENDED and self.now < session.ends_at
        assert self.tries(rules.prolong, minutes, self.now) == (may and session.ends_at + more <= NOON + rules.LONGEST)

    @rule(name=st.sampled_from(PUPILS))
    def remove(self, name: str) -> None:
        self.tries(rules.remove, name)

    @rule(minutes=st.integers(-600, 30))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        rules.end_in_time(self.register, self.now)

    @rule()
    def show(self) -> None:
        self.tries(rules.broadcast, Broadcast("b", "Chi canta?", "", self.now))

    @invariant()
    def nobody_has_two_questions_on_their_way(self) -> None:
        names = [turn.pupil_id for turn in self.running()]
        assert len(names) == len(set(names))

    @invariant()
    def an_ended_session_stays_so_and_holds_nothing(self) -> None:
        session = self.register.session
        assert (session.state is State.ENDED) == (session.ended_at is not None)
        if session.state is State.ENDED:
            assert not any(turn.is_held for turn in self.register.turns.values())

    @invariant()
    def help_is_never_held_and_always_flagged(self) -> None:
        flagged = {flag.turn_id for flag in self.register.flags if flag.kind is FlagKind.CRISIS}
        crises = {turn.id for turn in self.register.turns.values() if turn.is_crisis}
        assert flagged == crises
        assert not any(self.register.turns[turn_id].is_held for turn_id in crises)

    def running(self) -> list[Turn]:
        return [turn for turn in self.register.turns.values() if turn.progress is Progress.RUNNING]


TestLesson = Lesson.TestCase
TestLesson.settings = settings(max_examples=2 * settings.default.max_examples // 3, stateful_step_count=30)
