"""All sites of a server: what their readers may ask, and what becomes of it. Knows neither requests nor HTML."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from desk import Busy, Desk
from rag.asking.question import make_question
from rag.databases.database import Database
from rag.errors import InvalidQuestion, StorageFailed
from rag.filters import Filters
from rag.types import Answer, Question, Status
from sites.arrivals import Arrivals
from sites.articles import Shelf, SiteArticles
from sites.errors import Refused
from sites.gate import Caller
from sites.intake import Intake, Ways
from sites.kept_answers import KeptAnswers
from sites.models import Ask
from sites.pace import Pace
from sites.readers import Reader, Readers
from sites.storage import Sites
from sites.telling import Asked, Explain, Learn, Teller
from sites.types import Finished, Kept, Opinion, Site

Now = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Answers:
    """How questions are answered: `at_once` gives the fixed answer to a reader in need, None to all others."""

    explain: Explain
    at_once: Callable[[Question], Answer | None]
    learn: Learn
    default_language: str


class Kiosk:
    """The sites, their articles and answers, and who waits."""

    def __init__(self, file: Database, desk: Desk, answers: Answers, shelf: Shelf, ways: Ways, now: Now = utc_now):
        """`file` is closed with it."""
        self._file = file
        self._answers = answers
        self._desk = desk
        self._pace = Pace()
        self._now = now
        self.sites = Sites(self._file)
        self.kept = KeptAnswers(self._file)
        self._intake = Intake(Arrivals(self._file), self.sites, ways)
        self.articles = SiteArticles(shelf, self.sites, self._intake)
        self.readers = Readers(desk)
        self._teller = Teller(answers.explain, answers.learn, self.kept, self.today)

    @contextmanager
    def open(self) -> Iterator[None]:
        """While the server runs."""
        self._desk.start()
        self._intake.start()
        try:
            yield
        finally:
            self._intake.close()
            self._desk.close()
            self._file.close()

    def now(self) -> datetime:
        return self._now()

    def today(self) -> date:
        return self._now().date()

    def ask(self, caller: Caller, wanted: Ask) -> Asked | Finished:
        """A question that may be answered now, or the fixed answer to a reader in need, whom no limit keeps from it.

        Raises Refused.
        """
        question = self._question(caller.site, wanted.question, wanted.language, wanted.level)
        try:
            self._pace.count_question(caller)
            article, places = self.articles.searched(caller.site, wanted.article)
            self._spend(caller.site)
        except (Refused, StorageFailed):
            if helped := self._help(caller.site, question):
                return helped
            raise
        earlier = [self.kept.find(caller.site.id, id_) for id_ in wanted.earlier]
        before = tuple(kept.answer for kept in earlier if kept)
        return Asked(caller.site, question, places, before, article.id if article else "")

    def wish(self, caller: Caller, answer_id: str, level: str) -> Asked:
        """An answer again, at another level. Raises Refused."""
        self._pace.count_question(caller)
        kept = self.find(caller, answer_id)
        answer, asked, places = kept.answer, kept.answer.question, self._places(caller, kept)
        question = self._question(caller.site, answer.understood or asked.text, asked.language, level)
        self._spend(caller.site)
        return Asked(caller.site, question, places, (), kept.article_id, answer)

    def begin(self, asked: Asked, loop: asyncio.AbstractEventLoop) -> Reader | Finished:
        """Have it answered. Raises Refused when too many wait, but for a reader in need."""
        try:
            return self.readers.begin(asked.site.id, self._teller.tell(asked), loop)
        except Busy as error:
            if helped := self._help(asked.site, asked.question):
                return helped
            raise Refused(503, "busy", retry_after=Busy.again_s) from error

    def find(self, caller: Caller, answer_id: str) -> Kept:
        """Raises Refused for an answer that this site does not have."""
        kept = self.kept.find(caller.site.id, answer_id)
        if kept is None:
            raise Refused(404, "answer_unknown")
        return kept

    def judge(self, caller: Caller, answer_id: str, opinion: Opinion) -> None:
        """Raises Refused."""
        self._pace.count_opinion(caller)
        if not self.kept.judge(caller.site.id, answer_id, opinion):
            raise Refused(404, "answer_unknown")

    def look(self, caller: Caller) -> None:
        """One more look whether an article is here. Raises Refused."""
        self._pace.count_look(caller)

    def _places(self, caller: Caller, kept: Kept) -> tuple[Filters, ...]:
        """Where an answer came from; where its article is gone, what is left to look at."""
        _, places = self.articles.searched(caller.site, kept.article_id)
        return places if kept.from_article else places[-1:]

    def _question(self, site: Site, text: str, language: str, level: str) -> Question:
        try:
            question = make_question(text, language, level, self._answers.default_language)
        except InvalidQuestion as error:
            raise Refused(422, error.phrase) from error
        return replace(question, country=site.country)

    def _spend(self, site: Site) -> None:
        """One question of the month's budget. Raises Refused."""
        if not self.sites.count_question(site, self.today()):
            now = self._now()
            next_month = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0)
            raise Refused(429, "budget_spent", retry_after=int((next_month - now).total_seconds()) + 1)

    def _help(self, site: Site, question: Question) -> Finished | None:
        """The fixed answer to a reader in need; None for all others."""
        fixed = self._answers.at_once(question)
        if fixed is None or fixed.status is not Status.CRISIS:
            return None
        return self._teller.finish(Asked(site, question, ()), fixed, from_article=False)
