"""What a class does in a bench: it asks at once, floods, leaves, is interrupted, is too large. Knows no command line.

Each scenario prints what was seen, and what is wanted beside it.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from bench.class_clients import Pupil, Seen, Teacher
from bench.class_report import percentile, say, tell
from bench.class_server import Server

_LANGUAGE = "fr"
_LARGEST = 40  # pupils of a session
_LOOK_UP_S = 30.0
_RECOVERED_S = 60.0


@dataclass
class Run:
    """What a scenario needs."""

    server: Server
    teacher: Teacher
    questions: list[str]
    pupils: int
    until: float  # of time.monotonic: who waits for an answer gives up then

    async def class_of(self, count: int) -> tuple[str, list[Pupil]]:
        """A new session with so many pupils in it; several where one is too small."""
        pupils: list[Pupil] = []
        path = ""
        for first in range(0, count, _LARGEST):
            path, code = await self.teacher.open("Bench", _LANGUAGE)
            numbers = range(first, min(count, first + _LARGEST))
            joining = [Pupil(self.server.address, code, f"Lion{number}") for number in numbers]
            await asyncio.gather(*(pupil.join() for pupil in joining))
            pupils += joining
        return path, pupils

    def different(self, count: int) -> list[str]:
        """So many questions, no two alike as far as there are as many."""
        return [self.questions[place % len(self.questions)] for place in range(count)]

    @property
    def left_s(self) -> float:
        """The seconds that are left."""
        return max(1.0, self.until - time.monotonic())


async def all_at_once(run: Run, pupils: Sequence[Pupil], questions: Sequence[str]) -> list[Seen]:
    """All ask within one second; what each saw, when all have ended."""
    gap = 1.0 / len(pupils)

    async def one(place: int) -> Seen:
        await asyncio.sleep(place * gap)
        seen = await pupils[place].ask(questions[place])
        await pupils[place].answered(run.left_s)
        return seen

    return list(await asyncio.gather(*(one(place) for place in range(len(pupils)))))


async def differ(run: Run) -> None:
    """The pupils, and the teacher among them, ask different things."""
    count = run.pupils + 1
    _, pupils = await run.class_of(count)
    tell("all different", await all_at_once(run, pupils, run.different(count)))
    say("  wanted: all answered, none lost, none crossed; evidence p95 1 s, last answer 120 s")
    await away(pupils)


async def mix(run: Run) -> None:
    """Two thirds repeat, or nearly repeat, what others ask."""
    await restarted(run)  # nothing is remembered
    count = run.pupils + 1
    third = run.different(max(1, count // 3))
    questions = [nearly(third[place % len(third)], place // len(third)) for place in range(count)]
    _, pupils = await run.class_of(count)
    tell("the usual mix (two thirds repeats or near repeats)", await all_at_once(run, pupils, questions))
    say("  wanted: all answered, none lost, none crossed; evidence p95 1 s, last answer 40 s")
    await away(pupils)


def nearly(question: str, times: int) -> str:
    """The same in other words. Example: 'Qui chante ?', 1 -> 'qui chante'"""
    return (question, question.lower().rstrip(" ?\u00a0\u202f"), f"euh… {question} stp")[times % 3]


async def flood(run: Run) -> None:
    """One pupil asks without end; what becomes of the others' 95th percentile."""
    questions = run.different(run.pupils + 1)
    waits = []
    for floods in (False, True):
        await restarted(run)
        _, pupils = await run.class_of(run.pupils + 1)
        flooding = asyncio.create_task(ask_for_ever(pupils[-1], questions[-1])) if floods else None
        seen = await all_at_once(run, pupils[:-1], questions[:-1])
        if flooding:
            flooding.cancel()
        tell(f"one pupil floods: {floods}", seen)
        waits.append(percentile([each.answer_s or run.left_s for each in seen], 95))
        await away(pupils)
    say(f"  the flood changes the others' p95 by {waits[1] / waits[0] - 1:+.0%}; wanted: +20% at most")


async def ask_for_ever(pupil: Pupil, question: str) -> None:
    for number in range(10**6):
        await pupil.ask(f"{question} {number}")
        await asyncio.sleep(0.02)


async def leave(run: Run) -> None:
    """All leave in the middle: how soon their places are free."""
    await restarted(run)
    path, pupils = await run.class_of(run.pupils)
    await asyncio.gather(*(p.ask(q) for p, q in zip(pupils, run.different(run.pupils), strict=True)))
    looked = time.monotonic()
    while (before := (await run.teacher.states(path)).count("waiting")) < run.pupils // 2:
        if time.monotonic() > looked + _LOOK_UP_S:
            break
        await asyncio.sleep(0.2)
    gone = time.monotonic()
    await asyncio.gather(*(pupil.leave() for pupil in pupils))
    while (await run.teacher.states(path)).count("waiting") and time.monotonic() < gone + 60:
        await asyncio.sleep(0.1)
    took = time.monotonic() - gone
    say(f"{run.pupils} leave midway: {before} waited, all places free after {took:.1f} s; wanted: 5 s")
    await away(pupils)


async def restart(run: Run) -> None:
    """The server is killed in the middle and started again."""
    await restarted(run)
    path, pupils = await run.class_of(run.pupils)
    asked = [await pupil.ask(question) for pupil, question in zip(pupils, run.different(run.pupils), strict=True)]
    await asyncio.sleep(1)
    run.server.kill()
    took = await asyncio.to_thread(run.server.start)
    ended = await asyncio.gather(*(pupil.answered(run.left_s) for pupil in pupils))
    twice = sum(seen.answers > 1 for seen in asked)
    states = len(await run.teacher.states(path))
    say(
        f"restart in the middle ({took:.0f} s): {sum(ended)} of {len(asked)} answered, {twice} twice, "
        f"{states} turns kept; wanted: all, none twice"
    )
    await away(pupils)


async def many(run: Run) -> None:
    """More than can be served: who is told so, what that costs, and how soon there is room again."""
    for count in (60, 300):
        await restarted(run)
        before = run.server.memory_mib()
        _, pupils = await run.class_of(count)
        questions = [f"{question} {place}" for place, question in enumerate(run.different(count))]
        weighing = asyncio.create_task(heaviest(run.server, asking := asyncio.Event()))
        seen = await all_at_once(run, pupils, questions)
        asking.set()
        full = sum(each.status == 503 for each in seen)
        tell(f"{count} askers: {full} were told that it is full", [each for each in seen if each.status == 200])
        peak, after = await weighing, run.server.memory_mib()
        say(f"  memory {before:.0f} MiB before, {peak:.0f} MiB at most, {after:.0f} MiB after; wanted: bounded")
        await again(run, [pupil for pupil in pupils if pupil.seen[-1].status == 503])
        await away(pupils)


async def heaviest(server: Server, ended: asyncio.Event) -> float:
    """The most memory that the server takes until something has ended, in MiB."""
    most = 0.0
    while not ended.is_set():
        most = max(most, server.memory_mib())
        await asyncio.sleep(1)
    return most


async def again(run: Run, refused: Sequence[Pupil]) -> None:
    """How soon one of those who were refused is let in."""
    started, tries = time.monotonic(), 0
    while refused and time.monotonic() < started + _RECOVERED_S:
        pupil, tries = refused[tries % len(refused)], tries + 1
        if (await pupil.ask(run.questions[0])).status == 200:
            say(f"  a refused pupil gets in {time.monotonic() - started:.1f} s after the last answer; wanted: 10 s")
            return
        await asyncio.sleep(0.2)
    if refused:
        say(f"  none of the refused pupils got in within {_RECOVERED_S:.0f} s; wanted: 10 s")


async def guess(run: Run) -> None:
    """Twenty wrong passwords at once; what becomes of the pupils' evidence, without and with them."""
    for guesses in (0, 20):
        await restarted(run)
        _, pupils = await run.class_of(run.pupils)
        asking = asyncio.create_task(all_at_once(run, pupils, run.different(run.pupils)))
        statuses = await run.teacher.guess(guesses)
        tell(f"{guesses} wrong passwords at once {sorted(set(statuses))}", await asking)
        await away(pupils)


async def restarted(run: Run) -> None:
    run.server.stop()
    await asyncio.to_thread(run.server.start)
    await asyncio.to_thread(run.server.wait_until_idle)


async def away(pupils: Sequence[Pupil]) -> None:
    await asyncio.gather(*(pupil.close() for pupil in pupils))


Scenario = Callable[[Run], Coroutine[Any, Any, None]]
SCENARIOS: dict[str, Scenario] = {
    "differ": differ, "mix": mix, "flood": flood, "leave": leave, "restart": restart, "guess": guess, "many": many,
}  # fmt: skip
