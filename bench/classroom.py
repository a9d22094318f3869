"""`python -m bench.classroom`: a teacher and pupils with real HTTP clients ask a server of their own.

Prints the machine beside every figure. `--scenario` runs some of: differ, mix, flood, leave, restart, many, tutorial.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.class_clients import Pupil, Seen, Teacher
from bench.class_report import percentile, say, tell
from bench.class_server import Server
from bench.questions import load_answerable
from bench.run import _machine
from cli.edge import load_settings

_EVALS = Path(__file__).resolve().parent.parent / "evals"
_LANGUAGE = "fr"
_LONGEST_S = 900.0
_LOOK_UP_S = 30.0


@dataclass
class Run:
    """What a scenario needs."""

    server: Server
    teacher: Teacher
    questions: list[str]
    pupils: int

    async def class_of(self, count: int) -> tuple[str, list[Pupil]]:
        """A new session with so many pupils in it; several where one is too small."""
        pupils: list[Pupil] = []
        path = ""
        for first in range(0, count, 40):
            path, code = await self.teacher.open("Bench", _LANGUAGE)
            pupils += [Pupil(self.server.address, code, f"Lion{n}") for n in range(first, min(count, first + 40))]
        await asyncio.gather(*(pupil.join() for pupil in pupils))
        return path, pupils

    def different(self, count: int) -> list[str]:
        """So many questions, no two alike as far as there are as many."""
        return [self.questions[place % len(self.questions)] for place in range(count)]


async def all_at_once(pupils: Sequence[Pupil], questions: Sequence[str]) -> list[Seen]:
    """All ask within one second; what each saw, when all have ended."""
    gap = 1.0 / len(pupils)

    async def one(place: int) -> Seen:
        await asyncio.sleep(place * gap)
        seen = await pupils[place].ask(questions[place])
        await pupils[place].answered(_LONGEST_S)
        return seen

    return list(await asyncio.gather(*(one(place) for place in range(len(pupils)))))


async def differ(run: Run) -> None:
    _, pupils = await run.class_of(run.pupils)
    tell("all different", await all_at_once(pupils, run.different(run.pupils)))
    await away(pupils)


async def mix(run: Run) -> None:
    """Two thirds repeat, or nearly repeat, what others ask."""
    await restarted(run)  # nothing is remembered
    third = run.different(max(1, run.pupils // 3))
    questions = [nearly(third[place % len(third)], place // len(third)) for place in range(run.pupils)]
    _, pupils = await run.class_of(run.pupils)
    tell("the usual mix (two thirds repeats or near repeats)", await all_at_once(pupils, questions))
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
        seen = await all_at_once(pupils[:-1], questions[:-1])
        if flooding:
            flooding.cancel()
        tell(f"one pupil floods: {floods}", seen)
        waits.append(percentile([each.answer_s or _LONGEST_S for each in seen], 95))
        await away(pupils)
    say(f"  the flood changes the others' p95 by {waits[1] / waits[0] - 1:+.0%}")


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
    say(f"{run.pupils} leave midway: {before} waited, all places free after {time.monotonic() - gone:.1f} s")
    await away(pupils)


async def restart(run: Run) -> None:
    """The server is killed in the middle and started again."""
    await restarted(run)
    path, pupils = await run.class_of(run.pupils)
    asked = [await pupil.ask(question) for pupil, question in zip(pupils, run.different(run.pupils), strict=True)]
    await asyncio.sleep(1)
    run.server.kill()
    took = await asyncio.to_thread(run.server.start)
    ended = await asyncio.gather(*(pupil.answered(_LONGEST_S) for pupil in pupils))
    twice = sum(seen.answers > 1 for seen in asked)
    states = len(await run.teacher.states(path))
    say(
        f"restart in the middle ({took:.0f} s): {sum(ended)} of {len(asked)} answered, {twice} twice, "
        f"{states} turns kept"
    )
    await away(pupils)


async def many(run: Run) -> None:
    """More than can be served: who is told so, what that costs, and how soon there is room again."""
    for count in (60, 300):
        await restarted(run)
        before = run.server.memory_mib()
        _, pupils = await run.class_of(count)
        questions = [f"{question} {place}" for place, question in enumerate(run.different(count))]
        asking = asyncio.create_task(all_at_once(pupils, questions))
        await asyncio.sleep(5)
        peak = run.server.memory_mib()
        refused = [pupil for pupil in pupils if pupil.seen and pupil.seen[-1].status == 503]
        seen = await asking
        full = sum(each.status == 503 for each in seen)
        tell(f"{count} askers: {full} were told that it is full", [each for each in seen if each.status == 200])
        say(f"  memory {before:.0f} MiB before, {peak:.0f} MiB meanwhile, {run.server.memory_mib():.0f} MiB after")
        if refused:
            free = time.monotonic()
            while (await refused[0].ask(run.questions[0])).status != 200 and time.monotonic() < free + 60:
                await asyncio.sleep(0.2)
            say(f"  a refused pupil gets in {time.monotonic() - free:.1f} s after the last answer")
        await away(pupils)


async def restarted(run: Run) -> None:
    run.server.stop()
    await asyncio.to_thread(run.server.start)


async def away(pupils: Sequence[Pupil]) -> None:
    await asyncio.gather(*(pupil.close() for pupil in pupils))


def tutorial(questions: Sequence[str], articles: Sequence[Path]) -> None:
    """The same questions, one after the other, by the pipeline as tutorials write it, on the same models."""
    from bench.sides import open_model, open_tutorial
    from rag.assembly import open_embedder

    settings = load_settings()
    answer = open_tutorial(articles[0], open_embedder(settings), open_model(settings))
    list(answer(questions[0]))  # warm
    started = time.monotonic()
    for question in questions:
        list(answer(question))
    say(f"tutorial pipeline, {len(questions)} questions one after the other: {time.monotonic() - started:.0f} s")


Scenario = Callable[[Run], Coroutine[Any, Any, None]]
_SCENARIOS: dict[str, Scenario] = {
    "differ": differ, "mix": mix, "flood": flood, "leave": leave, "restart": restart, "many": many,
}  # fmt: skip


async def measure(options: argparse.Namespace, server: Server, questions: list[str]) -> None:
    server.start()
    teacher = Teacher(server.address)
    await teacher.sign_in()
    run = Run(server, teacher, questions, options.pupils)
    for name in options.scenario:
        if name in _SCENARIOS:
            await _SCENARIOS[name](run)
    say(f"faults in the server's log: {server.faults()}")


def main() -> int:
    options = _parse()
    articles = [path for path in options.articles if path.exists()]
    files = (_EVALS / "seed_questions.jsonl", _EVALS / "dev_questions.jsonl")
    asked = [each.question for path in files for each in load_answerable(path) if each.question.language == _LANGUAGE]
    questions = list(dict.fromkeys(question.text for question in asked))
    machine = _machine(load_settings())
    say(f"{machine.date}, {machine.cpu}, {machine.cores} cores, load {os.getloadavg()[0]:.1f}, Python {machine.python}")
    say(f"writer: {options.writer or machine.writer}, {len(questions)} different questions, {options.pupils} pupils")
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home), articles, options.writer)
        try:
            asyncio.run(measure(options, server, questions))
        finally:
            server.kill()
    if "tutorial" in options.scenario:
        tutorial([questions[place % len(questions)] for place in range(options.pupils + 1)], articles)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.classroom", description=__doc__)
    parser.add_argument("--articles", nargs="+", type=Path, default=[Path("../shared/seeds"), Path("corpus/articles")])
    parser.add_argument("--writer", default="", help="as ACTUCLAIR_WRITER; `none` for quotes only")
    parser.add_argument("--pupils", type=int, default=30)
    every = [*_SCENARIOS, "tutorial"]
    parser.add_argument("--scenario", nargs="+", choices=every, default=every)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
