"""`python -m bench.soak`: a class and readers of a site ask a server for some minutes, while faults are injected.

Nothing that was acknowledged may be lost, every request has to end, memory and descriptors have to stay flat: else it
ends with status 1. Prints tables in Markdown. The same seed gives the same faults at the same moments.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.class_report import say
from bench.class_server import Server, free_port
from bench.run import _machine
from bench.site_clients import ARTICLES, SITE, add_site
from bench.soak.disk import small_disk
from bench.soak.faults import Chaos, clock_environment, missing
from bench.soak.load import LANGUAGES, Load
from bench.soak.model import Model
from bench.soak.network import Line
from bench.soak.postgres import cluster
from bench.soak.report import judge, tables
from bench.soak.run import Outcome, Soak
from bench.soak.schedule import Fault, Kind, schedule
from cli.edge import load_settings
from sites.kept_answers import KeptAnswers
from sites.storage import open_file

_EXAMPLES = """examples:
  python -m bench.soak                                  ten minutes, SQLite, seed 7
  python -m bench.soak --minutes 60 --seed 11           longer, other faults in another order
  python -m bench.soak --engine postgres                a throwaway PostgreSQL that is restarted
  python -m bench.soak --minutes 3 --faults disk clock  only some kinds of faults
  python -m bench.soak --plan                           only tell what would be injected, and when
"""
_ARTICLES_EACH = 2  # of a language: enough to ask about, and soon embedded
_WRITER_TIMEOUT_S = 8.0
_GIB = 2**30


def main() -> int:
    options = _parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started and mounted goes in any case
    seconds = options.minutes * 60
    kinds = {kind for kind in Kind if kind.name.lower() in options.faults}
    faults = schedule(options.seed, seconds, kinds)
    if options.plan:
        for fault in faults:
            say(f"{fault.at_s:7.1f} s: {fault}")
        return 0
    _tell_machine(options)
    with tempfile.TemporaryDirectory(prefix="actuclair-soak-") as folder, _arranged(options, Path(folder)) as arranged:
        chaos, key, database = arranged
        faults = schedule(options.seed, seconds, kinds - chaos.missing.keys())
        for kind in sorted(chaos.missing.keys() & kinds):
            say(f"  left out: {kind}: {chaos.missing[kind]}")
        outcome = asyncio.run(_soak(options, chaos, key, database, faults))
        verdict = judge(outcome)
        say("\n" + tables(outcome, verdict, {kind: why for kind, why in chaos.missing.items() if kind in kinds}) + "\n")
        for line, count in _logged(chaos.server.log):
            say(f"  in the server's log, {count} times: {line}")
        for entry in (*verdict.lost, *verdict.unended, *verdict.untold):
            say(f"  {entry}")
    broken = verdict.broken()
    say("All is as wanted." if not broken else "NOT AS WANTED: " + "; ".join(broken))
    return 1 if broken else 0


@contextmanager
def _arranged(options: argparse.Namespace, folder: Path) -> Iterator[tuple[Chaos, str, str]]:
    """A server with all that it needs, ready; the key of a site; the address of its database."""
    data, clock = folder / "data", folder / "clock"
    data.mkdir()
    with ExitStack() as stack:
        reason = stack.enter_context(small_disk(data))
        database = stack.enter_context(cluster()) if options.engine == "postgres" else None
        model = Model(free_port())
        model.start()
        stack.callback(model.kill)
        more = {"ACTUCLAIR_WRITER_TIMEOUT_S": str(_WRITER_TIMEOUT_S)}
        more |= {"ACTUCLAIR_DATABASE_URL": database.address} if database else {}
        if options.light:
            embedder = Model(free_port())
            embedder.start()
            stack.callback(embedder.kill)
            more |= {"ACTUCLAIR_EMBEDDER": embedder.url}
        say("  the articles are read and embedded")
        server = Server(data, _some_articles(), model.url, more, folder / "serve.log")
        faked = clock_environment(clock)
        server.environment |= faked
        key = add_site(data, database.address if database else "")
        server.start()
        stack.callback(server.kill)
        server.wait_until_ready()
        line = Line(urlsplit(server.address).port or 0)
        chaos = Chaos(server, model, line, data, clock, database, missing(reason, faked))
        yield chaos, key, database.address if database else ""


async def _soak(options: argparse.Namespace, chaos: Chaos, key: str, database: str, faults: Sequence[Fault]) -> Outcome:
    def find(ids: Sequence[str]) -> frozenset[str]:
        file = open_file(chaos.data, database)
        try:
            kept = KeptAnswers(file)
            return frozenset(id_ for id_ in ids if kept.find(SITE, id_))
        finally:
            file.close()

    async with chaos.line as line:
        began = time.monotonic()
        load = Load(line.address, key, options.seed, options.minutes * 60, lambda: time.monotonic() - began)
        await load.come(options.pupils, options.readers)
        began = time.monotonic()
        try:
            return await Soak(chaos, load, faults, began).run(find)
        finally:
            await load.leave()


def _some_articles() -> list[Path]:
    """The first articles of each language."""
    return [path for each in LANGUAGES for path in sorted((ARTICLES / each).glob("*.md"))[:_ARTICLES_EACH]]


def _logged(log: Path) -> list[tuple[str, int]]:
    """What the server has logged, most often first, with numbers taken out."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    told = Counter(re.sub(r"[0-9a-f]{8,}|\d+", "N", line)[:160] for line in lines if line[:1].strip())
    return told.most_common(15)


def _tell_machine(options: argparse.Namespace) -> None:
    machine = _machine(load_settings())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    say(
        f"{machine.date}, {machine.cpu}, {machine.cores} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}, "
        f"Python {machine.python}; {options.engine}, seed {options.seed}, {options.minutes:g} minutes"
    )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak", description=__doc__, epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    names = [kind.name.lower() for kind in Kind]
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pupils", type=int, default=5, help="in each of two classes")
    parser.add_argument("--readers", type=int, default=4, help="of the site")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--faults", nargs="*", choices=names, default=names, metavar="KIND", help=", ".join(names))
    parser.add_argument("--light", action="store_true", help="embed by words, in another process: loads no model")
    parser.add_argument("--plan", action="store_true", help="tell the schedule, and run nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
