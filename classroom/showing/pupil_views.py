"""What pupils see of their session, as parts of a page. Knows rooms and HTML, not requests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from classroom.lesson.changes import part_of, turn_of
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.showing.pages import render
from classroom.showing.parts import Part
from classroom.showing.texts import load
from classroom.types import Opinion, Progress, Pupil, State, Turn
from corpus.types import Article
from page import view
from page.answer_notes import suggestions_html
from rag.types import Status
from telling.texts import Texts

_LONG_S = 90
_OFFERED = 8  # questions of others
_FOR_ALL = frozenset({"lesson", "broadcasts", "shared"})
_SHARED = (Status.ANSWERED, Status.QUOTED)


def pupil_parts(school: School, room: Room, pupil_id: str) -> list[Part]:
    """The parts of a pupil's page: the lesson, what the teacher shows, what others ask, and its own turns."""
    texts = load()[room.language]
    parts = [
        Part("lesson", "", lambda: pupil_lesson(room, pupil_id, texts)),
        Part("broadcasts", "", lambda: broadcasts_html(school, room, texts)),
        Part("shared", "", lambda: shared_html(room, pupil_id, texts)),
    ]
    own = [turn for turn in room.register.turns.values() if turn.pupil_id == pupil_id]
    if not _is_in(room.register.pupils.get(pupil_id)):  # removed, or all is deleted: told so, and given help
        parts, own = parts[:1], [turn for turn in own if turn.is_crisis]
    return parts + [Part(part_of(turn.id), "conversation", _Turn(school, room, turn, texts)) for turn in own]


def concerns(room: Room, pupil_id: str, changed: Sequence[str]) -> bool:
    """Whether a pupil's page shows any of the parts that have changed. Asked in any thread."""
    turns = [room.register.turns.get(turn_of(part) or "") for part in changed]
    return not _FOR_ALL.isdisjoint(changed) or any(turn and turn.pupil_id == pupil_id for turn in turns)


def pupil_lesson(room: Room, pupil_id: str, texts: Texts) -> Markup:
    """Whether one may ask now, and if not why not."""
    pupil = room.register.pupils.get(pupil_id)
    session = room.register.session
    if pupil is None:
        return render("pupil_lesson.html", texts=texts, why="deleted", may_ask=False)
    if pupil.is_removed:
        return render("pupil_lesson.html", texts=texts, why="removed", may_ask=False)
    why = {State.PAUSED: "paused", State.ENDED: "ended"}.get(session.state, "")
    return render("pupil_lesson.html", texts=texts, why=why, may_ask=session.state is State.OPEN)


def broadcasts_html(school: School, room: Room, texts: Texts) -> Markup:
    """What the teacher shows to everybody, the newest first."""
    known: Mapping[str, Article] = {}
    if any(message.article_id for message in room.register.broadcasts):
        known = {article.id: article for article in school.library.articles()}
    shown = [(message, known.get(message.article_id)) for message in reversed(room.register.broadcasts)]
    may_ask = room.register.session.state is State.OPEN
    return render("broadcasts.html", texts=texts, shown=shown, may_ask=may_ask)


def shared_html(room: Room, pupil_id: str, texts: Texts) -> Markup:
    """What others ask, where the teacher lets pupils see it: only what the articles answered, never who asked."""
    own = [turn for turn in room.register.turns.values() if turn.pupil_id == pupil_id]
    asked, others = {turn.question.text for turn in own}, dict[str, None]()
    needs_help = bool(own) and own[-1].is_crisis  # who does is not sent on to other things
    if room.register.session.plan.shares and room.register.session.state is State.OPEN and not needs_help:
        for turn in reversed(room.register.turns.values()):
            is_fit = turn.answer and turn.answer.status in _SHARED and not turn.answer.notice and not turn.is_held
            if is_fit and turn.pupil_id != pupil_id and turn.question.text not in asked:
                others[turn.question.text] = None
    return render("shared.html", texts=texts, questions=list(others)[:_OFFERED])


def turn_html(school: School, room: Room, turn: Turn, texts: Texts) -> Markup:
    """A question and its answer as on the page, with the place in the queue, and what one makes of it."""
    if turn.is_held and turn.progress is not Progress.FAILED:
        return render("held.html", texts=texts, turn=turn)
    told = school.answering.told_of(room, turn)
    html = view.turn_html(told, with_place(room, turn, texts))
    newest = max(each.number for each in room.register.turns.values() if each.pupil_id == turn.pupil_id)
    if turn.number == newest and room.register.session.state is State.OPEN:
        html += suggestions_html(told, texts)
    if turn.answer is None:
        return html
    opinion = room.register.opinions.get((turn.id, turn.pupil_id))
    return html + render("opinion.html", texts=texts, turn=turn, opinion=opinion, opinions=list(Opinion))


def with_place(room: Room, turn: Turn, texts: Texts) -> Texts:
    """The texts of the page, where "I am writing" tells how many answers come first, if any do."""
    wait = room.so_far.wait_of(turn.id)
    if wait is None or wait[0] == 0:
        return texts
    place = texts["queue"].format(count=wait[0], wait=duration(wait[1]))
    return replace(texts, entries={**texts.entries, "writing": place})


def duration(seconds: float) -> str:
    """About how long. Example: 34.2 -> '30\\u00a0s', 200.0 -> '3\\u00a0min'"""
    if seconds >= _LONG_S:
        return f"{round(seconds / 60)}\u00a0min"
    return f"{max(5, round(seconds / 10) * 10)}\u00a0s"


class _Turn:
    """A turn, rendered when it has changed."""

    def __init__(self, school: School, room: Room, turn: Turn, texts: Texts):
        self._given = (school, room, turn, texts)

    def __call__(self) -> Markup | None:
        _, room, turn, _ = self._given
        return turn_html(*self._given) if turn.id in room.register.turns else None


def levels_of(room: Room, texts: Texts) -> list[tuple[str, str]]:
    """The levels that may be chosen, as (value, label)."""
    return [(level.value, texts[f"level.{level.value}"]) for level in room.register.session.plan.levels]


def level_of(room: Room, pupil_id: str) -> str:
    """The level at which a pupil asked last, for a page that is loaded again; the first one for who has not asked."""
    own = [turn.question.level.value for turn in room.register.turns.values() if turn.pupil_id == pupil_id]
    return own[-1] if own else room.register.session.plan.levels[0].value


def _is_in(pupil: Pupil | None) -> bool:
    return pupil is not None and not pupil.is_removed
