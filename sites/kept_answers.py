"""Answers as they are kept for a site, what readers made of them, and what editors say to them. Knows no readers.

Two answers are the same when the same was asked about the same article in the same language, whatever the level, or
when they say the same with the same proofs: what an editor says to one of them comes with all.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, or_, select, update

from rag.answering.answer_json import answer_json, read_answer
from rag.asking.same_question import wording
from rag.databases.database import Database
from rag.databases.dialects import DaysBetween, insert_into
from rag.types import Answer, Status
from sites.keys import new_id
from sites.tables import ANSWERS, CORRECTIONS, COUNTS, LEFT, SITES
from sites.types import Correction, Kept, Opinion, Tally

FROM_ARTICLES = frozenset({Status.ANSWERED, Status.QUOTED, Status.NO_EVIDENCE})  # nothing is kept of other questions
_AGE_DAYS = DaysBetween(ANSWERS.c.answer["as_of"].as_string(), ANSWERS.c.day)
_AGE = case(
    (ANSWERS.c.status == Status.NO_EVIDENCE.value, ""), (_AGE_DAYS.is_(None), "undated"), (_AGE_DAYS <= 7, "week"),
    (_AGE_DAYS <= 31, "month"), (_AGE_DAYS <= 366, "year"), else_="older",
).label("age")  # fmt: skip


@dataclass(frozen=True)
class _Marks:
    """What makes answers the same: by what was asked, and by what was told."""

    asked: str
    told: str


class KeptAnswers:
    """The answers of a file; safe for several threads."""

    def __init__(self, file: Database):
        self._file = file

    def keep(self, site_id: str, kept: Kept) -> Correction | None:
        """Keep an answer from the articles; what an editor has said to it, or to one that is the same."""
        question, marks = kept.answer.question, _marks(kept.answer, kept.article_id)
        row = {
            "id": kept.id, "site_id": site_id, "day": kept.day, "question": question.text,
            "language": question.language, "level": question.level.value, "status": kept.answer.outcome,
            "article_id": kept.article_id, "from_article": kept.from_article, "asked_mark": marks.asked,
            "told_mark": marks.told, "answer": answer_json(kept.answer), "opinion": None,
            "left_at": _midnight(kept.day),
        }  # fmt: skip
        with self._file.change(lasting=False) as connection:
            connection.execute(insert(ANSWERS).values(row))
            return _correction(connection, site_id, marks)

    def count(self, site_id: str, day: date, status: Status) -> None:
        """One more question that nothing else is kept of."""
        row = {"site_id": site_id, "day": day, "status": status.value, "questions": 1, "left_at": _midnight(day)}
        more = {"questions": COUNTS.c.questions + 1}
        keys = ["site_id", "day", "status"]
        with self._file.change() as connection:
            first = insert_into(connection, COUNTS).values(row)
            connection.execute(first.on_conflict_do_update(index_elements=keys, set_=more))

    def counts(self, site_id: str) -> dict[str, int]:
        """How many questions nothing else is kept of, by status."""
        query = select(COUNTS.c.status, func.sum(COUNTS.c.questions).label("questions")).group_by(COUNTS.c.status)
        with self._file.transaction() as connection:
            rows = connection.execute(query.where(COUNTS.c.site_id == site_id))
            return {row.status: int(row.questions) for row in rows}

    def tallies(self, site_id: str) -> list[Tally]:
        """All answers of a site, counted where they are alike: 1 s for 50,000."""
        columns = (ANSWERS.c.status, ANSWERS.c.level, ANSWERS.c.language, ANSWERS.c.opinion)
        query = select(*columns, _AGE, func.count()).where(ANSWERS.c.site_id == site_id)
        query = query.group_by(*columns, "age")  # by its name: PostgreSQL takes it for another expression else
        with self._file.transaction() as connection:
            return [Tally(*row) for row in connection.execute(query)]

    def find(self, site_id: str, answer_id: str) -> Kept | None:
        """An answer of this site by its id; None for what it never had, or has no more."""
        query = select(ANSWERS).where(ANSWERS.c.id == answer_id, ANSWERS.c.site_id == site_id)
        with self._file.transaction() as connection:
            row = connection.execute(query).one_or_none()
        return _kept(row) if row else None

    def latest(self, site_id: str, most: int) -> list[Kept]:
        """The answers of a site by day, the newest day first; within a day in the order of the questions' letters."""
        query = select(ANSWERS).where(ANSWERS.c.site_id == site_id)
        query = query.order_by(ANSWERS.c.day.desc(), ANSWERS.c.question, ANSWERS.c.id).limit(most)
        with self._file.transaction() as connection:
            return [_kept(row) for row in connection.execute(query)]

    def judge(self, site_id: str, answer_id: str, opinion: Opinion) -> bool:
        """What a reader makes of an answer, in place of what it made before; whether there is such an answer."""
        this = (ANSWERS.c.id == answer_id) & (ANSWERS.c.site_id == site_id)
        with self._file.change() as connection:
            return bool(connection.execute(update(ANSWERS).where(this).values(opinion=opinion.value)).rowcount)

    def correct(self, site_id: str, kept: Kept, text: str, on: date) -> Correction:
        """What an editor says to an answer, in place of what was said before."""
        correction, marks = Correction(new_id(), text, on), _marks(kept.answer, kept.article_id)
        row = {"id": correction.id, "site_id": site_id, "asked_mark": marks.asked, "told_mark": marks.told}
        with self._file.change() as connection:
            connection.execute(delete(CORRECTIONS).where(_same(site_id, marks)))
            connection.execute(insert(CORRECTIONS).values(**row, text=text, on=on))
        return correction

    def correction(self, site_id: str, answer: Answer, article_id: str) -> Correction | None:
        """What an editor has said to this answer about an article, or to one that is the same."""
        with self._file.transaction() as connection:
            return _correction(connection, site_id, _marks(answer, article_id))

    def corrections(self, site_id: str) -> list[Correction]:
        """All that editors say now, the newest first."""
        query = select(CORRECTIONS).where(CORRECTIONS.c.site_id == site_id)
        with self._file.transaction() as connection:
            rows = connection.execute(query.order_by(CORRECTIONS.c.on.desc(), CORRECTIONS.c.id))
            return [Correction(row.id, row.text, row.on) for row in rows]

    def withdraw(self, site_id: str, correction_id: str) -> bool:
        """Say it no longer; whether it was said."""
        this = (CORRECTIONS.c.id == correction_id) & (CORRECTIONS.c.site_id == site_id)
        with self._file.change() as connection:
            return bool(connection.execute(delete(CORRECTIONS).where(this)).rowcount)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All that readers have left, with the name of its table and of the site."""
        with self._file.transaction() as connection:
            for table in LEFT:
                query = select(SITES.c.name.label("site"), *table.c).join_from(table, SITES)
                for row in connection.execute(query).mappings():
                    yield table.name, dict(row)

    def forget(self, before: datetime | None) -> dict[str, int]:
        """Delete all that readers have left, or what was left before a time; how many rows of each table."""
        gone = {}
        with self._file.change() as connection:
            for table in LEFT:
                old = table.c.left_at < before if before else table.c.left_at == table.c.left_at
                gone[table.name] = connection.execute(delete(table).where(old)).rowcount
        if any(gone.values()):
            self._file.compact()
        return gone


def _correction(connection: Connection, site_id: str, marks: _Marks) -> Correction | None:
    query = select(CORRECTIONS).where(_same(site_id, marks)).order_by(CORRECTIONS.c.on.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Correction(row.id, row.text, row.on) if row else None


def _same(site_id: str, marks: _Marks) -> Any:
    is_one = or_(CORRECTIONS.c.asked_mark == marks.asked, CORRECTIONS.c.told_mark == marks.told)
    return (CORRECTIONS.c.site_id == site_id) & is_one


def _marks(answer: Answer, article_id: str) -> _Marks:
    question = answer.question
    said = wording(answer.understood or question.text, question.language)
    asked = _mark(article_id, question.language, *said.words, *sorted(map(str, said.numbers)))
    proofs = [f"{item.article.id} {item.text}" for item in answer.citations]
    told = _mark(question.language, answer.text, *proofs) if proofs else asked  # 'they do not tell' says it of many
    return _Marks(asked, told)


def _mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _kept(row: Row[Any]) -> Kept:
    opinion = Opinion(row.opinion) if row.opinion else None
    return Kept(row.id, row.day, read_answer(row.answer), row.article_id, row.from_article, opinion)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
