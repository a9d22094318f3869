"""`python -m bench.classroom`: a teacher and pupils with real HTTP clients ask a server of their own.

Prints the machine beside every figure. `--scenario` runs some of: differ, mix, flood, leave, restart, guess, many,
tutorial; after `--minutes` no further one is begun, and nobody is waited for. `--write-baseline` keeps what was printed
in bench/class_baseline.txt, or in bench/class_quotes_baseline.txt where no model writes.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.class_clients import Teacher
from bench.class_peer import compare
from bench.class_report import said, say
from bench.class_scenarios import SCENARIOS, Run
from bench.class_server import Server
from bench.questions import load_answerable
from bench.run import _machine
from cli.edge import load_settings

_EVALS = Path(__file__).resolve().parent.parent / "evals"
_BASELINE = Path(__file__).with_name("class_baseline.txt")
_QUOTES_BASELINE = Path(__file__).with_name("class_quotes_baseline.txt")
_LANGUAGE = "fr"
_GIB = 2**30
_TOLD_FAULTS = 10


async def measure(options: argparse.Namespace, run: Run) -> None:
    run.server.start()
    await asyncio.to_thread(run.server.wait_until_idle)
    await run.teacher.sign_in()
    for name in options.scenario:
        if name not in SCENARIOS:
            continue
        if time.monotonic() > run.until:
            say(f"{name}: not begun, the {options.minutes} minutes are over")
            continue
        started = time.monotonic()
        await SCENARIOS[name](run)
        say(f"  ({name} took {time.monotonic() - started:.0f} s)")
    faults = run.server.faults()
    say("\n  ".join([f"faults in the server's log: {len(faults)}", *faults[:_TOLD_FAULTS]]))


def main() -> int:
    options = _parse()
    articles = [path for path in options.articles if path.exists()]
    questions = different_questions()
    _tell_machine(options, len(questions))
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home), articles, options.writer)
        until = time.monotonic() + options.minutes * 60
        try:
            asyncio.run(measure(options, Run(server, Teacher(server.address), questions, options.pupils, until)))
        finally:
            server.kill()
    if "tutorial" in options.scenario:
        compare([questions[place % len(questions)] for place in range(options.pupils + 1)], articles[0])
    if options.write_baseline:
        (_QUOTES_BASELINE if options.writer == "none" else _BASELINE).write_text(said(), encoding="utf-8")
    return 0


def different_questions() -> list[str]:
    """Questions in one language that the articles answer, each once."""
    files = (_EVALS / "seed_questions.jsonl", _EVALS / "dev_questions.jsonl")
    asked = [each.question for path in files for each in load_answerable(path) if each.question.language == _LANGUAGE]
    return list(dict.fromkeys(question.text for question in asked))


def _tell_machine(options: argparse.Namespace, questions: int) -> None:
    machine = _machine(load_settings())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    say(
        f"{machine.date}, {machine.cpu}, {machine.cores} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}, "
        f"Python {machine.python}"
    )
    say(f"writer: {options.writer or machine.writer}, {questions} different questions, {options.pupils} pupils")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.classroom", description=__doc__)
    parser.add_argument("--articles", nargs="+", type=Path, default=[Path("../shared/seeds"), Path("corpus/articles")])
    parser.add_argument("--writer", default="", help="as ACTUCLAIR_WRITER; `none` for quotes only")
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=30, help="for all scenarios but the tutorial's")
    parser.add_argument("--write-baseline", action="store_true", help="keep what is printed")
    every = [*SCENARIOS, "tutorial"]
    parser.add_argument("--scenario", nargs="+", choices=every, default=every)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
