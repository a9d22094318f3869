"""`python -m bench.readers`: 10, 50, 100 and 300 readers of a news site ask a server of their own in the same moment.

Quotes only: no language model. Each reader has an address of its own on this machine (Linux: all of 127.0.0.0/8), so
that limits for each address stay as they are, and the server's own limits show.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from ipaddress import IPv4Address
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

from bench.class_report import say
from bench.class_server import Server
from bench.questions import Asked, load_answerable
from bench.site_clients import ARTICLES, LONG_S, ORIGIN, Reader, Seen, add_site
from bench.spread import Spread, spread

_EVALS = Path(__file__).resolve().parent.parent / "evals"
BASELINE = Path(__file__).with_name("readers_baseline.json")
READERS = (10, 50, 100, 300)
LANGUAGES = ("fr", "en", "it", "es", "de")
_LEVELS = ("child", "tween", "teen", "adult")
_FIRST_ADDRESS = IPv4Address("127.1.0.1")
_BUSY = (429, 503)
DIFFERENT, SAME = "in one moment, different questions", "in one moment, the same question"
SPREAD = "over a minute, different questions"


@dataclass(frozen=True)
class Crowd:
    """What so many readers saw. Times in seconds since each asked; `answers_s` is how many were answered a second."""

    readers: int
    answered: int
    told_busy: int
    failed: int
    evidence: Spread
    finished: Spread
    answers_s: float
    memory_mib: float
    descriptors: int
    load: float


def crowd_of(seen: Sequence[Seen], took_s: float, server: Server, descriptors: int) -> Crowd:
    """Count who got what. Raises ValueError when nobody was answered."""
    ended = [each for each in seen if each.finished_s is not None and each.evidence_s is not None]
    busy = sum(each.status in _BUSY for each in seen)
    if not ended:
        raise ValueError(f"none of {len(seen)} readers was answered")
    evidence = spread([each.evidence_s or 0.0 for each in ended])
    finished = spread([each.finished_s or 0.0 for each in ended])
    return Crowd(
        len(seen), len(ended), busy, len(seen) - len(ended) - busy, evidence, finished, len(ended) / took_s,
        server.memory_mib(), descriptors, os.getloadavg()[0],
    )  # fmt: skip


def all_questions(asked: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each question at each level, about its article and about all: as many as no memory of answers has."""
    about_all = [{name: value for name, value in each.items() if name != "article"} for each in asked]
    others = [{"question": each.question.text, "language": each.question.language} for each in _others()]
    return [{**each, "level": level} for some in (asked, about_all, others) for level in _LEVELS for each in some]


def _others() -> list[Asked]:
    """Questions about other articles: they are looked up alike."""
    return [each for name in ("seed_questions", "dev_questions") for each in load_answerable(_EVALS / f"{name}.jsonl")]


class Crowds:
    """Readers of one server, who never ask what others have asked before, as long as there are questions left."""

    def __init__(self, server: Server, key: str):
        self._server = server
        self._key = key
        self._questions: Iterator[dict[str, Any]] = iter(())

    async def begin(self) -> int:
        """Find out what can be asked; how many questions there are."""
        async with _reader(self._server, self._key, 0) as first:
            pool = [each for language in LANGUAGES for each in await first.questions(language)]
            await first.ask(pool[-1])  # the first answer of a server is slower
        several = all_questions(pool[:-1])
        self._questions = cycle(several)
        return len(several)

    async def ask(self, readers: int, is_same: bool, over_s: float) -> Crowd:
        """Each reader asks once, spread over some seconds."""
        chosen = list(islice(self._questions, 1)) * readers if is_same else list(islice(self._questions, readers))

        async def one(reader: Reader, place: int) -> Seen:
            await asyncio.sleep(over_s * place / readers)
            return await reader.ask(chosen[place])

        async with AsyncExitStack() as stack:
            each = [
                await stack.enter_async_context(_reader(self._server, self._key, place)) for place in range(readers)
            ]
            open_files, started = asyncio.create_task(_most_open(self._server)), time.monotonic()
            seen = await asyncio.gather(*(one(reader, place) for place, reader in enumerate(each)))
            took_s = time.monotonic() - started
            open_files.cancel()
            return crowd_of(seen, took_s, self._server, await open_files)


@asynccontextmanager
async def _reader(server: Server, key: str, place: int) -> AsyncIterator[Reader]:
    """A reader at an address of its own."""
    transport = httpx.AsyncHTTPTransport(local_address=str(_FIRST_ADDRESS + place))
    headers = {"origin": ORIGIN}
    async with httpx.AsyncClient(
        base_url=server.address, headers=headers, timeout=LONG_S, transport=transport
    ) as client:
        yield Reader(client, key)


async def _most_open(server: Server) -> int:
    """The most descriptors that were seen until this is cancelled."""
    most = 0
    try:
        while True:
            most = max(most, server.descriptors())
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        return most


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, nargs="+", default=READERS)
    parser.add_argument("--write-baseline", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        server, key = Server(home, [ARTICLES], "none"), add_site(home)
        server.start()
        try:
            server.wait_until_ready()
            found = asyncio.run(_measure(Crowds(server, key), options.readers))
        finally:
            server.stop()
        for name, crowds in found.items():
            say(f"\n{name}\n\n{render(crowds)}")
        say(f"\nfaults in the server's log: {server.faults()}")
    if options.write_baseline:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n")


async def _measure(crowds: Crowds, readers: Sequence[int]) -> dict[str, Any]:
    say(f"{await crowds.begin()} different questions")
    return {
        DIFFERENT: {str(count): asdict(await crowds.ask(count, False, 0)) for count in readers},
        SAME: {str(count): asdict(await crowds.ask(count, True, 0)) for count in readers},
        SPREAD: {str(max(readers)): asdict(await crowds.ask(max(readers), False, 60))},
    }


def render(crowds: dict[str, Any]) -> str:
    """A Markdown table, one number of readers a row; times are the median and the 95th percentile."""
    lines = [
        "| readers | answered | told busy | failed | evidence s | all s | answers a second | MiB | open files | load |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in crowds.values():
        evidence, finished = each["evidence"], each["finished"]
        lines.append(
            f"| {each['readers']} | {each['answered']} | {each['told_busy']} | {each['failed']} "
            f"| {evidence['p50']:.2f} / {evidence['p95']:.2f} | {finished['p50']:.2f} / {finished['p95']:.2f} "
            f"| {each['answers_s']:.1f} | {each['memory_mib']:.0f} | {each['descriptors']} | {each['load']:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
