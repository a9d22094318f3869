"""Values of a class <-> rows. Knows the tables, not when they are written."""

import logging
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, select

from classroom.keeping.stored_answers import AnswerUnreadable, read, stored
from classroom.keeping.tables import BROADCASTS, FLAGS, OPINIONS, PUPILS, RESULTS, SESSIONS, TURNS
from classroom.types import (
    UNREADABLE,
    Broadcast,
    Flag,
    FlagKind,
    Opinion,
    Plan,
    Progress,
    Pupil,
    QuizResult,
    Register,
    Session,
    State,
    Turn,
)
from rag.types import Question, ReadingLevel

Values = dict[str, Any]
_TOLD = cast(TURNS.c.answer, Text).label("told")  # as text: one that is damaged keeps no other from being read
_TURN = (*(column for column in TURNS.c if column is not TURNS.c.answer), _TOLD)
_NOTHING = (None, "null")  # SQLAlchemy writes the latter
_log = logging.getLogger(__name__)


def of_session(session: Session) -> Values:
    plan = session.plan
    return {
        "id": session.id, "code": session.code, "title": plan.title, "language": plan.language,
        "levels": [level.value for level in plan.levels], "articles": list(plan.articles), "minutes": plan.minutes,
        "shares": plan.shares, "opened_at": session.opened_at, "ends_at": session.ends_at,
        "state": session.state.value, "is_locked": session.is_locked, "holds": session.holds,
        "ended_at": session.ended_at,
    }  # fmt: skip


def of_pupil(session: Session, pupil: Pupil) -> Values:
    return {
        "id": pupil.id, "session_id": session.id, "nickname": pupil.nickname, "token_hash": pupil.token_hash,
        "joined_at": pupil.joined_at, "is_removed": pupil.is_removed,
    }  # fmt: skip


def of_turn(session: Session, turn: Turn) -> Values:
    question = turn.question
    return {
        "id": turn.id, "session_id": session.id, "pupil_id": turn.pupil_id, "number": turn.number,
        "question": question.text, "language": question.language, "level": question.level.value,
        "asked_at": turn.asked_at, "progress": turn.progress.value,
        "answer": stored(turn.answer, turn.quiz) if turn.answer else None, "problem": turn.problem,
        "is_held": turn.is_held,
    }  # fmt: skip


def of_flag(flag: Flag) -> Values:
    return {"turn_id": flag.turn_id, "kind": flag.kind.value, "at": flag.at, "is_seen": flag.is_seen}


def of_broadcast(session: Session, message: Broadcast) -> Values:
    return {
        "id": message.id, "session_id": session.id, "text": message.text, "article_id": message.article_id,
        "at": message.at,
    }  # fmt: skip


def read_register(connection: Connection, session_id: str) -> Register:
    """A session with all that is in it, in the order in which it came."""
    session = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session_id)).one()
    register = Register(_session(session))
    for row in connection.execute(select(PUPILS).where(PUPILS.c.session_id == session_id).order_by(PUPILS.c.joined_at)):
        register.pupils[row.id] = Pupil(row.id, row.nickname, row.token_hash, row.joined_at, row.is_removed)
    turns = select(*_TURN).where(TURNS.c.session_id == session_id).order_by(TURNS.c.number)
    for row in connection.execute(turns):
        register.turns[row.id] = _turn(row)
    for row in connection.execute(select(FLAGS).join(TURNS).where(TURNS.c.session_id == session_id)):
        register.flags.append(Flag(row.turn_id, FlagKind(row.kind), row.at, row.is_seen))
    for row in connection.execute(select(OPINIONS).join(TURNS).where(TURNS.c.session_id == session_id)):
        register.opinions[row.turn_id, row.pupil_id] = Opinion(row.opinion)
    for row in connection.execute(select(RESULTS).join(TURNS).where(TURNS.c.session_id == session_id)):
        register.results[row.turn_id, row.place] = QuizResult(row.turn_id, row.place, row.is_right)
    shown = select(BROADCASTS).where(BROADCASTS.c.session_id == session_id).order_by(BROADCASTS.c.at)
    register.broadcasts += [Broadcast(row.id, row.text, row.article_id, row.at) for row in connection.execute(shown)]
    return register


def _session(row: Row[Any]) -> Session:
    levels = tuple(ReadingLevel(level) for level in row.levels)
    plan = Plan(row.title, row.language, levels, tuple(row.articles), row.minutes, row.shares)
    return Session(
        row.id, row.code, plan, row.opened_at, row.ends_at, State(row.state), row.is_locked, row.holds, row.ended_at
    )


def _turn(row: Row[Any]) -> Turn:
    question = Question(row.question, row.language, ReadingLevel(row.level))
    turn = Turn(
        row.id, row.number, row.pupil_id, question, row.asked_at, Progress(row.progress), None, row.problem, row.is_held
    )
    try:
        answer, quiz = (None, None) if row.told in _NOTHING else read(row.told)
    except AnswerUnreadable as error:
        _log.error("%s The rest of the class is not touched.", error)
        return replace(turn, progress=Progress.FAILED, problem=UNREADABLE)
    return replace(turn, answer=answer, quiz=quiz)
