"""What is kept of a session when it is over: a page to print, Markdown, or a table. Knows the register, not the rooms.

What was written in a crisis, or not answered, is in none of them. In a table nothing can be taken for a formula.
"""

import csv
import io
import re
from dataclasses import dataclass

from starlette.responses import HTMLResponse, Response

from classroom.errors import NotNow
from classroom.showing.pages import render
from classroom.types import Register, Turn
from rag.answering.age import written_day
from rag.types import Answer, Evidence
from telling.texts import Texts

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKS = re.compile(r"([\\`*_{}\[\]<>|~&])")
_MARKS_FIRST = re.compile(r"^(\d*)([#+=.)-])")  # mean something only where a line begins; addresses are full of them


@dataclass(frozen=True)
class Entry:
    """One question as it is kept."""

    number: int
    who: str
    level: str
    question: str
    state: str
    answer: tuple[str, ...]
    sources: tuple[str, ...]
    quiz: str
    opinion: str


def exported(register: Register, form: str, names: bool, texts: Texts) -> Response:
    """'print', 'markdown' or 'csv', with nicknames or without. Raises NotNow for any other."""
    entries = entries_of(register, names, texts)
    title = register.session.plan.title
    if form == "print":
        given = {"register": register, "entries": entries, "day": _day(register, texts)}
        return HTMLResponse(render("export.html", texts=texts, **given))
    if form == "markdown":
        return _file(markdown(register, entries, texts), "text/markdown", title, "md")
    if form == "csv":
        return _file("\ufeff" + table(entries, texts), "text/csv", title, "csv")
    raise NotNow("unknown", 404)


def entries_of(register: Register, names: bool, texts: Texts) -> list[Entry]:
    """The questions in the order in which they were asked; who asked in a crisis, and what, is not told."""
    places = {pupil_id: place for place, pupil_id in enumerate(register.pupils, start=1)}
    return [
        _entry(register, turn, names, places[turn.pupil_id], texts)
        for turn in sorted(register.turns.values(), key=lambda each: each.number)
    ]


def _entry(register: Register, turn: Turn, names: bool, place: int, texts: Texts) -> Entry:
    level = texts[f"level.{turn.question.level.value}"]
    if turn.is_crisis:
        return Entry(turn.number, "", level, texts["export.private"], texts["export.private"], (), (), "", "")
    if turn.answer is None:  # perhaps nobody has looked yet whether it is a call for help
        return Entry(turn.number, "", level, texts["export.private"], texts["state.failed"], (), (), "", "")
    who = register.pupils[turn.pupil_id].nickname if names else texts["export.pupil"].format(number=place)
    opinion = register.opinions.get((turn.id, turn.pupil_id))
    results = [result for (turn_id, _), result in register.results.items() if turn_id == turn.id]
    right = sum(result.is_right for result in results)
    return Entry(
        number=turn.number,
        who=who,
        level=level,
        question=turn.question.text,
        state=texts[f"state.{turn.answer.outcome}"],
        answer=_told(turn.answer),
        sources=tuple(_source(each, texts) for each in turn.answer.citations),
        quiz=texts["export.quiz"].format(right=right, count=len(results)) if results else "",
        opinion=texts[f"opinion.{opinion.value}"] if opinion else "",
    )


def _told(answer: Answer) -> tuple[str, ...]:
    """The sentences with their marks, else the words that were fixed."""
    told = tuple(f"{each.text} {_numbers(each.citations)}".strip() for each in answer.sentences)
    return told or (answer.text,)


def _numbers(citations: tuple[int, ...]) -> str:
    return "".join(f"[{number}]" for number in citations)


def _source(evidence: Evidence, texts: Texts) -> str:
    """Example: '[2] Le cow-boy – Le Petit Clair, 21 novembre 2025 – https://…'"""
    article = evidence.article
    day = written_day(article.published, texts.language) if article.published else ""
    where = ", ".join(part for part in (article.outlet, day) if part)
    return " – ".join(part for part in (f"[{evidence.number}] {article.title}", where, article.url) if part)


def markdown(register: Register, entries: list[Entry], texts: Texts) -> str:
    """All of it as text with headings; what was typed cannot become markup."""
    lines = [f"# {plain(register.session.plan.title)}", "", _day(register, texts), ""]
    if not entries:
        lines += [texts["export.empty"], ""]
    for entry in entries:
        lines += [f"## {entry.number}. {plain(entry.question)}", ""]
        about = [entry.who, entry.level, entry.state, entry.quiz, entry.opinion]
        lines += [plain(" · ".join(part for part in about if part)), ""]
        lines += [line for told in entry.answer for line in (plain(told), "")]
        lines += [f"- {plain(source)}" for source in entry.sources] + ([""] if entry.sources else [])
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text that Markdown shows as it is. Example: '*a*' -> '\\\\*a\\\\*'"""
    return _MARKS_FIRST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))


def table(entries: list[Entry], texts: Texts) -> str:
    """Comma-separated values, a header first."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = ("number", "who", "level", "question", "state", "answer", "sources", "quiz", "opinion")
    writer.writerow([texts[f"export.column_{name}"] for name in columns])
    for entry in entries:
        row = [entry.who, entry.level, entry.question, entry.state, " ".join(entry.answer), "; ".join(entry.sources)]
        writer.writerow([entry.number, *map(inert, [*row, entry.quiz, entry.opinion])])
    return out.getvalue()


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs. Example: '=1+1' -> "'=1+1"

    After OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _day(register: Register, texts: Texts) -> str:
    return written_day(register.session.opened_at.date(), texts.language)


def _file(text: str, kind: str, title: str, ending: str) -> Response:
    """A file to be kept, named after the session in letters that every system knows."""
    name = re.sub(r"[^a-z0-9]+", "-", title.lower().encode("ascii", "ignore").decode()).strip("-") or "class"
    headers = {"Content-Disposition": f'attachment; filename="actuclair-{name}.{ending}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
