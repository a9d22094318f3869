"""Pupils of two classes and readers of a site, who go on asking until it is over. Knows no faults."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench import site_clients
from bench.class_clients import Pupil, Teacher
from bench.class_clients import Seen as PupilSaw
from bench.class_scenarios import nearly
from bench.site_clients import ORIGIN, Reader
from bench.soak.ledger import ANSWER_S, REQUEST_S, Entry, History, Ledger, Way

LANGUAGES = ("fr", "en", "it", "es", "de")
_CLASSES = ("fr", "de")
_PAUSE_S = (5.0, 10.0)  # of a pupil between two questions, and of a reader
_MOST_TURNS = 900  # of a session, which takes a thousand
_LOOK_S = 0.1
_END_S = 2.0


@dataclass
class Load:
    """Who asks, what, and the ledger of it. `now`: seconds since the load began."""

    address: str
    key: str
    seed: int
    seconds: float
    now: Callable[[], float]
    ledger: Ledger = field(default_factory=Ledger)
    pupils: list[Pupil] = field(default_factory=list)
    _readers: list[Reader] = field(default_factory=list)
    _asked: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _saw: list[tuple[Entry, PupilSaw]] = field(default_factory=list)

    async def come(self, pupils: int, readers: int) -> None:
        """A teacher opens two classes, so many pupils join each, so many readers open a page."""
        for _ in range(readers):
            headers = {"origin": ORIGIN}
            client = httpx.AsyncClient(base_url=self.address, headers=headers, timeout=REQUEST_S * 2)
            self._readers.append(Reader(client, self.key))
        self._asked = {language: await self._readers[0].questions(language) for language in LANGUAGES}
        teacher = Teacher(self.address)
        await teacher.sign_in()
        for language in _CLASSES:
            _, code = await teacher.open("Soak", language)
            for number in range(pupils):
                self.pupils.append(Pupil(self.address, code, f"Lion{number}"))
                await self.pupils[-1].join()
        await teacher.client.aclose()

    async def ask(self) -> None:
        """Go on until the time is over, and every answer has come or has been waited for long enough."""
        half = len(self.pupils) // len(_CLASSES)
        pause = max(1.0, half * self.seconds / _MOST_TURNS / _PAUSE_S[0])
        asking = [self._pupil(pupil, place, _CLASSES[place // half], pause) for place, pupil in enumerate(self.pupils)]
        await asyncio.gather(*asking, *(self._reader(each, place) for place, each in enumerate(self._readers)))
        for entry, saw in self._saw:
            entry.answers = saw.answers

    async def history(self, kept: Callable[[Sequence[str]], frozenset[str]]) -> History:
        """What there is in the end, when all that still runs has had time to end; `kept` finds answers of the site."""
        until = self.now() + ANSWER_S
        while True:
            turns = {str(place): await pupil.turns() for place, pupil in enumerate(self.pupils)}
            if self.now() > until or not any(state == "running" for each in turns.values() for _, state in each):
                break
            await asyncio.sleep(_END_S)
        ids = [entry.answer_id for entry in self.ledger.entries if entry.answer_id]
        return History(turns, await asyncio.to_thread(kept, ids))

    async def leave(self) -> None:
        await asyncio.gather(*(pupil.close() for pupil in self.pupils))
        await asyncio.gather(*(reader.client.aclose() for reader in self._readers))

    async def _pupil(self, pupil: Pupil, place: int, language: str, pause: float) -> None:
        chance = random.Random(f"{self.seed} pupil {place}")  # noqa: S311 - it has to be the same again
        questions = [" ".join(each["question"].split()) for each in self._asked[language]]  # as it is kept
        await asyncio.sleep(chance.uniform(0, _PAUSE_S[1]))
        while self.now() < self.seconds:
            question = nearly(chance.choice(questions), chance.randrange(3))
            if chance.random() < 1 / 3:
                question = f"{question} {chance.randrange(10**6)}"  # nobody has asked it before
            await self._ask_in_class(pupil, Entry(Way.CLASS, str(place), question, self.now()))
            await asyncio.sleep(chance.uniform(*_PAUSE_S) * pause)

    async def _ask_in_class(self, pupil: Pupil, entry: Entry) -> None:
        self.ledger.entries.append(entry)
        try:
            async with asyncio.timeout(REQUEST_S + _END_S):
                saw = await pupil.ask(entry.question)
        except httpx.HTTPError:
            entry.broke_off, entry.ended_s = True, self.now()
            return
        except TimeoutError:  # it has not ended: that is what the ledger says
            return
        entry.status, entry.ended_s = saw.status, self.now()
        if not entry.is_taken:
            return
        self._saw.append((entry, saw))
        until = self.now() + ANSWER_S
        while saw.answer_s is None and self.now() < until:
            await asyncio.sleep(_LOOK_S)
        if saw.answer_s is not None:
            entry.told_s, entry.end = self.now(), saw.outcome

    async def _reader(self, reader: Reader, place: int) -> None:
        chance = random.Random(f"{self.seed} reader {place}")  # noqa: S311 - it has to be the same again
        await asyncio.sleep(chance.uniform(0, _PAUSE_S[1]))
        while self.now() < self.seconds:
            asked = dict(chance.choice(self._asked[chance.choice(LANGUAGES)]))
            asked["level"] = chance.choice(("child", "tween", "teen"))
            if chance.random() < 1 / 3:
                asked["question"] = f"{asked['question']} {chance.randrange(10**6)}"
            await self._ask_on_site(reader, asked, str(place))
            await asyncio.sleep(chance.uniform(*_PAUSE_S))

    async def _ask_on_site(self, reader: Reader, asked: dict[str, Any], who: str) -> None:
        entry, saw = Entry(Way.SITE, who, asked["question"], self.now()), site_clients.Seen()
        self.ledger.entries.append(entry)
        try:
            async with asyncio.timeout(REQUEST_S + _END_S):
                await reader.ask(asked, saw)
        except httpx.HTTPError:
            entry.broke_off = True
        except TimeoutError:  # it has not ended: that is what the ledger says
            entry.status = saw.status
            return
        entry.status, entry.ended_s, entry.answer_id = saw.status, self.now(), saw.answer_id
        if saw.last in ("finished", "problem"):
            entry.end, entry.told_s = saw.last, entry.ended_s
