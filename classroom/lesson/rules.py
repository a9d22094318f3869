"""What may happen in a session, and what it becomes. Pure: knows neither the web, the disk, nor who is signed in.

open <-> paused, either -> ended; locked or not beside it. The end can be put off, and never be called back. Every
function checks, then changes the register, or raises NotNow and changes nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from classroom.entering.nicknames import check_nickname, skeleton
from classroom.errors import NotNow
from classroom.types import (
    Broadcast,
    Ending,
    Flag,
    FlagKind,
    Opinion,
    Progress,
    Pupil,
    QuizResult,
    Register,
    State,
    Turn,
)
from rag.types import ReadingLevel, Status
from telling import turns as told

MOST_PUPILS = 40
MOST_TURNS = 1000  # of one session: what is kept is bounded
LONGEST = timedelta(hours=8)  # of one session; shorter than a sign-in and a pupil's cookie last
_AN_ANSWER_S = 5  # when who has a question on its way may ask again
_SETTLED = (Progress.ANSWERED, Progress.FAILED)


def end_in_time(register: Register, now: datetime) -> bool:
    """End a session whose time is over; whether it was."""
    if register.session.state is State.ENDED or now < register.session.ends_at:
        return False
    end(register, now)
    return True


def steer(register: Register, do: str) -> None:
    """What a teacher switches: 'pause', 'resume', 'lock', 'unlock', 'hold', 'unhold'."""
    _check_runs(register)
    changes = {
        "pause": {"state": State.PAUSED},
        "resume": {"state": State.OPEN},
        "lock": {"is_locked": True},
        "unlock": {"is_locked": False},
        "hold": {"holds": True},
        "unhold": {"holds": False},
    }
    register.session = replace(register.session, **changes[do])  # type: ignore[arg-type]
    if do == "unhold":
        release(register, tuple(register.turns))


def prolong(register: Register, minutes: int, now: datetime) -> None:
    """Put the end off; not past LONGEST, nor once the time is over."""
    _check_runs(register)
    session = register.session
    if now >= session.ends_at:
        raise NotNow("ended", 410)
    ends_at = session.ends_at + timedelta(minutes=minutes)
    if ends_at > session.opened_at + LONGEST:
        raise NotNow("longest")
    register.session = replace(session, ends_at=ends_at)


def end(register: Register, now: datetime) -> None:
    """Nobody joins or asks any more; what is running comes to its end, what was held is shown."""
    _check_runs(register)
    register.session = replace(register.session, state=State.ENDED, ended_at=now, holds=False)
    release(register, tuple(register.turns))


def join(register: Register, pupil: Pupil) -> None:
    """Let somebody in under a nickname that nobody else has, nor had."""
    _check_runs(register)
    if register.session.is_locked:
        raise NotNow("locked")
    check_nickname(pupil.nickname)
    if skeleton(pupil.nickname) in {skeleton(other.nickname) for other in register.pupils.values()}:
        raise NotNow("nickname_taken")
    if sum(not other.is_removed for other in register.pupils.values()) >= MOST_PUPILS:
        raise NotNow("full")
    register.pupils[pupil.id] = pupil


def remove(register: Register, pupil_id: str) -> Pupil:
    """Show somebody out; what it asked stays in the register."""
    pupil = register.pupils.get(pupil_id)
    if pupil is None:
        raise NotNow("unknown", 404)
    register.pupils[pupil_id] = replace(pupil, is_removed=True)
    return pupil


def check_may_ask(register: Register, pupil_id: str, level: ReadingLevel) -> None:
    """Whether a pupil may ask now, at this level."""
    session = register.session
    _check_in(register, pupil_id)
    _check_runs(register)
    if session.state is State.PAUSED:
        raise NotNow("paused")
    if level not in session.plan.levels:
        raise NotNow("level_not_here", 400)
    if any(turn.pupil_id == pupil_id and turn.progress is Progress.RUNNING for turn in register.turns.values()):
        raise NotNow("one_at_a_time", 429, _AN_ANSWER_S)
    if len(register.turns) >= MOST_TURNS:
        raise NotNow("session_full")


def ask(register: Register, turn: Turn) -> None:
    """Take a question in."""
    check_may_ask(register, turn.pupil_id, turn.question.level)
    register.turns[turn.id] = replace(turn, is_held=register.session.holds)


def answered_before(register: Register, turn: Turn) -> told.Conversation:
    """What the pupil of a turn was answered before it: the conversation that it goes on with."""
    answered = (
        told.advance(told.Turn(other.number, other.question), other.answer)
        for other in register.turns.values()
        if other.pupil_id == turn.pupil_id and other.number < turn.number and other.answer
    )
    return tuple(answered)[-told.KEPT :]


def finish(register: Register, turn_id: str, ending: Ending, now: datetime) -> Turn | None:
    """The end of a turn, once; None when it had ended. Help in a crisis is not held, and the teacher is told.

    Of what somebody asked before it was shown out only a call for help is answered.
    """
    turn = register.turns.get(turn_id)
    if turn is None or turn.progress in _SETTLED:
        return None
    is_crisis = ending.answer is not None and ending.answer.status is Status.CRISIS
    if register.pupils[turn.pupil_id].is_removed and not is_crisis:
        ending = Ending(None, "removed")
    turn = replace(
        turn, progress=Progress.ANSWERED if ending.answer else Progress.FAILED, answer=ending.answer,
        problem=ending.problem, is_held=turn.is_held and not is_crisis, quiz=ending.quiz,
    )  # fmt: skip
    register.turns[turn_id] = turn
    if turn.is_crisis:
        register.flags.append(Flag(turn_id, FlagKind.CRISIS, now))
    return turn


def release(register: Register, turn_ids: tuple[str, ...]) -> list[Turn]:
    """Show answers that were held."""
    released = []
    for turn_id in turn_ids:
        turn = register.turns.get(turn_id)
        if turn is None:
            raise NotNow("unknown", 404)
        if turn.is_held:
            register.turns[turn_id] = replace(turn, is_held=False)
            released.append(register.turns[turn_id])
    return released


def judge(register: Register, pupil_id: str, turn_id: str, opinion: Opinion, now: datetime) -> None:
    """What a pupil makes of its own answer; a later word replaces an earlier one. What is reported is flagged once."""
    turn = own_turn(register, pupil_id, turn_id)
    register.opinions[turn_id, pupil_id] = opinion
    told = any(flag.turn_id == turn.id and flag.kind is FlagKind.REPORTED for flag in register.flags)
    if opinion is Opinion.REPORTED and not told:
        register.flags.append(Flag(turn.id, FlagKind.REPORTED, now))


def see(register: Register, turn_id: str) -> None:
    """The teacher has seen the flags of a turn."""
    if turn_id not in register.turns:
        raise NotNow("unknown", 404)
    register.flags = [replace(flag, is_seen=flag.is_seen or flag.turn_id == turn_id) for flag in register.flags]


def note_result(register: Register, pupil_id: str, result: QuizResult) -> bool:
    """Keep the first try at a question of a quiz; whether it was the first."""
    own_turn(register, pupil_id, result.turn_id)
    if (result.turn_id, result.place) in register.results:
        return False
    register.results[result.turn_id, result.place] = result
    return True


def broadcast(register: Register, message: Broadcast) -> None:
    """Show something to everybody."""
    _check_runs(register)
    register.broadcasts.append(message)


def own_turn(register: Register, pupil_id: str, turn_id: str) -> Turn:
    """A turn of this pupil that it may see; any other is unknown to it."""
    _check_in(register, pupil_id)
    turn = register.turns.get(turn_id)
    if turn is None or turn.pupil_id != pupil_id:
        raise NotNow("unknown", 404)
    return turn


def _check_in(register: Register, pupil_id: str) -> None:
    pupil = register.pupils.get(pupil_id)
    if pupil is None:
        raise NotNow("not_joined", 403)
    if pupil.is_removed:
        raise NotNow("removed", 403)


def _check_runs(register: Register) -> None:
    if register.session.state is State.ENDED:
        raise NotNow("ended", 410)
