"""What a teacher sees of a session, as parts of a page. Knows rooms and HTML, not requests."""

import math
from collections import Counter
from datetime import timedelta

from babel.dates import format_timedelta
from markupsafe import Markup

from classroom.lesson.changes import part_of
from classroom.lesson.plans import MORE_MINUTES
from classroom.lesson.room import Room
from classroom.lesson.school import School
from classroom.showing.charts import bars
from classroom.showing.pages import render
from classroom.showing.parts import Part
from classroom.types import FlagKind, Progress, Turn
from corpus.types import Article
from rag.answering.age import written_day
from rag.types import OUTCOMES
from telling.texts import Texts

_TOPICS = 6
_UNANSWERED = 12
_KINDS = list(FlagKind)


def teacher_parts(school: School, room: Room, texts: Texts) -> list[Part]:
    """The parts of the live view; every turn is one, the newest first."""
    parts = [
        Part("flags", "", lambda: flags_html(room, texts)),
        Part("lesson", "", lambda: lesson_html(school, room, texts)),
        Part("pupils", "", lambda: pupils_html(school, room, texts)),
        Part("figures", "", lambda: figures_html(room, texts)),
        Part("broadcasts", "", lambda: shown_html(school, room, texts)),
    ]
    return parts + [Part(part_of(id_), "turns", _Row(room, id_, texts)) for id_ in room.register.turns]


def lesson_html(school: School, room: Room, texts: Texts) -> Markup:
    """Whether it runs, and the switches; once it is over, the day on which it is deleted."""
    goes_at = room.register.session.goes_at(school.days)
    goes = texts["room.goes"].format(day=written_day(goes_at.date(), texts.language)) if goes_at else ""
    return render("teacher_lesson.html", texts=texts, room=room, goes=goes, more=MORE_MINUTES)


def kept_for(school: School, texts: Texts) -> str:
    """How long a session is kept after its end. Example: 30 -> '… après 30 jours.'"""
    days = timedelta(days=school.days)
    told = format_timedelta(
        days, granularity="day", threshold=math.inf, locale=texts.language
    )  # "30 days", no "1 month"
    return texts["room.clock"].format(days=told)


def articles_of(school: School, room: Room) -> list[Article]:
    """The articles that a session is about, those in its language first."""
    chosen = set(room.register.session.plan.articles)
    articles = [article for article in school.library.articles() if not chosen or article.id in chosen]
    return sorted(articles, key=lambda article: (article.language != room.language, article.title))


def flags_html(room: Room, texts: Texts) -> Markup:
    """What the teacher should look at, help first; of help only whose it is, not what was written."""
    open_flags = [flag for flag in room.register.flags if not flag.is_seen]
    open_flags.sort(key=lambda flag: (_KINDS.index(flag.kind), flag.at))
    shown = [(flag, room.register.turns[flag.turn_id]) for flag in open_flags]
    return render("flags.html", texts=texts, shown=shown, pupils=room.register.pupils, crisis=FlagKind.CRISIS)


def pupils_html(school: School, room: Room, texts: Texts) -> Markup:
    """Who has joined, who is here, and how much each has asked."""
    asked = Counter(turn.pupil_id for turn in room.register.turns.values())
    pupils = [
        (pupil, school.answering.presence.is_here(pupil.id), asked[pupil.id])
        for pupil in room.register.pupils.values()
        if not pupil.is_removed
    ]
    return render("pupils.html", texts=texts, pupils=pupils, here=sum(here for _, here, _ in pupils))


def figures_html(room: Room, texts: Texts) -> Markup:
    """Charts, and the questions that the articles could not answer."""
    turns = [turn for turn in room.register.turns.values() if not turn.is_crisis]
    unanswered = list(dict.fromkeys(turn.question.text for turn in turns if is_unanswered(turn)))[-_UNANSWERED:]
    charts = [
        bars(texts["chart.statuses"], _statuses(turns, texts), texts),
        bars(texts["chart.topics"], topics(turns).most_common(_TOPICS), texts),
        bars(texts["chart.levels"], _levels(room, turns, texts), texts),
        bars(texts["chart.quiz"], _results(room, texts), texts),
        bars(texts["chart.opinions"], _opinions(room, texts), texts),
    ]
    return render("figures.html", texts=texts, charts=charts, unanswered=unanswered, count=len(turns))


def shown_html(school: School, room: Room, texts: Texts) -> Markup:
    """What was shown to everybody."""
    titles = {article.id: article.title for article in articles_of(school, room)}
    shown = [message.text or titles.get(message.article_id, "") for message in reversed(room.register.broadcasts)]
    return render("shown.html", texts=texts, shown=shown)


def topics(turns: list[Turn]) -> Counter[str]:
    """How many questions each article answered, by its title."""
    counts: Counter[str] = Counter()
    for turn in turns:
        if turn.answer:
            counts.update({evidence.article.title for evidence in turn.answer.citations})
    return counts


def is_unanswered(turn: Turn) -> bool:
    return turn.answer is not None and not turn.answer.tells


def state_of(room: Room, turn: Turn) -> str:
    """The name of what has become of a turn. Example: a turn whose answer waits -> 'held'"""
    if turn.is_held and turn.progress is Progress.ANSWERED:
        return "held"
    if turn.answer:
        return turn.answer.outcome
    if turn.progress is Progress.FAILED:
        return "failed"
    wait = room.so_far.wait_of(turn.id)
    return "looking" if wait is None else "waiting" if wait[0] else "writing"


class _Row:
    """The row of a turn, rendered when it has changed."""

    def __init__(self, room: Room, turn_id: str, texts: Texts):
        self._room = room
        self._turn_id = turn_id
        self._texts = texts

    def __call__(self) -> Markup | None:
        room = self._room
        if (turn := room.register.turns.get(self._turn_id)) is None:
            return None
        pupil = room.register.pupils[turn.pupil_id]
        flags = [flag.kind.value for flag in room.register.flags if flag.turn_id == turn.id]
        return render(
            "teacher_turn.html", texts=self._texts, turn=turn, pupil=pupil, state=state_of(room, turn), flags=flags,
            opinion=room.register.opinions.get((turn.id, pupil.id)), is_looked_up=room.so_far.is_looked_up(turn),
        )  # fmt: skip


def _statuses(turns: list[Turn], texts: Texts) -> list[tuple[str, int]]:
    counts = Counter(turn.answer.outcome for turn in turns if turn.answer)
    return [(texts[f"state.{outcome}"], counts[outcome]) for outcome in OUTCOMES if counts[outcome]]


def _levels(room: Room, turns: list[Turn], texts: Texts) -> list[tuple[str, int]]:
    counts = Counter(turn.question.level for turn in turns)
    return [(texts[f"level.{level.value}"], counts[level]) for level in room.register.session.plan.levels]


def _results(room: Room, texts: Texts) -> list[tuple[str, int]]:
    counts = Counter(result.is_right for result in room.register.results.values())
    return [(texts[f"chart.{name}"], counts[right]) for name, right in (("right", True), ("wrong", False))]


def _opinions(room: Room, texts: Texts) -> list[tuple[str, int]]:
    counts = Counter(room.register.opinions.values())
    return [(texts[f"opinion.{opinion.value}"], count) for opinion, count in sorted(counts.items())]
