"""The run itself: load and faults side by side, the server looked at all the while, and in the end what is still there.

Knows no tables and no judgements.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from bench.class_report import say
from bench.soak.faults import Chaos
from bench.soak.ledger import History, Ledger
from bench.soak.load import Load
from bench.soak.samples import Sample, sample
from bench.soak.schedule import Fault

_LOOK_S = 1.0
_LONGEST_LOOK_S = 5.0
_TELL_S = 30.0

Find = Callable[[Sequence[str]], frozenset[str]]


@dataclass(frozen=True)
class Injected:
    """A fault as it was: when it began and ended, in seconds since the load began."""

    fault: Fault
    began_s: float
    ended_s: float


@dataclass
class Outcome:
    """All that was seen. `deaths`: how often the server ended though nobody had ended it."""

    seconds: float
    ledger: Ledger
    injected: list[Injected] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    deaths: int = 0
    history: History = field(default_factory=lambda: History({}, frozenset()))


class Soak:
    """One run."""

    def __init__(self, chaos: Chaos, load: Load, faults: Sequence[Fault], began: float):
        """`began`: of time.monotonic, as the load counts from it."""
        self._chaos = chaos
        self._load = load
        self._faults = faults
        self._began = began
        self.outcome = Outcome(load.seconds, load.ledger)

    async def run(self, find: Find) -> Outcome:
        """Load, faults and looks until the time is over; then kill the server once more and see what is kept."""
        looking = [asyncio.create_task(each) for each in (self._look(), self._tell())]
        injecting = asyncio.create_task(self._inject())
        try:
            await self._load.ask()
            await injecting
        finally:
            for task in (injecting, *looking):
                task.cancel()
            await asyncio.gather(injecting, *looking, return_exceptions=True)
        say("  the server is killed and started once more: what is still there?")
        self._chaos.server.kill()
        await self._chaos.start_server()
        await asyncio.to_thread(self._chaos.server.wait_until_ready)
        self.outcome.history = await self._load.history(find)
        return self.outcome

    async def _inject(self) -> None:
        for fault in self._faults:
            await asyncio.sleep(max(0.0, fault.at_s - self._now()))
            began_s = self._now()
            say(f"  {began_s:5.0f} s: {fault}")
            await self._chaos.begin(fault)
            try:
                await asyncio.sleep(max(0.0, fault.lasts_s - (self._now() - began_s)))
            finally:
                mended_s = self._now()
                await self._chaos.end(fault)
            self.outcome.injected.append(Injected(fault, began_s, mended_s))

    async def _look(self) -> None:
        """Weigh the server, and ask whether it is ready; start it again where it has ended by itself."""
        async with httpx.AsyncClient(base_url=self._chaos.server.address, timeout=_LONGEST_LOOK_S) as client:
            while True:
                if not self._chaos.is_down:
                    await self._look_once(client)
                await asyncio.sleep(_LOOK_S)

    async def _look_once(self, client: httpx.AsyncClient) -> None:
        process = self._chaos.server.process
        if process.poll() is not None and not self._chaos.is_down:
            self.outcome.deaths += 1
            say(f"  {self._now():5.0f} s: THE SERVER HAS ENDED with status {process.returncode}")
            await self._chaos.start_server()
            return
        if seen := sample(process.pid, self._now()):
            self.outcome.samples.append(seen)
        try:
            is_ready = (await client.get("/readyz")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            is_ready = False
        self.outcome.ledger.ready.append((self._now(), is_ready))

    async def _tell(self) -> None:
        """A line now and then."""
        while True:
            await asyncio.sleep(_TELL_S)
            entries = self.outcome.ledger.entries
            told = sum(entry.told_s is not None for entry in entries)
            failed = sum(entry.has_failed for entry in entries)
            last = self.outcome.samples[-1] if self.outcome.samples else None
            weighs = f", {last.memory_mib:.0f} MiB, {last.descriptors} descriptors" if last else ""
            say(f"  {self._now():5.0f} s: {len(entries)} asked, {told} told, {failed} failed{weighs}")

    def _now(self) -> float:
        return time.monotonic() - self._began
