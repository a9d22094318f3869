"""`python -m bench.widget`: readers of a news site ask a server of their own, over the public API.

Tells how soon the first evidence and the first sentence come, beside the same questions on the command line's explainer
in the same run, and what fifty readers wait who ask about one article at once. Prints the machine beside every figure.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from bench.class_report import percentile, say
from bench.class_server import Server
from bench.run import _machine
from bench.site_clients import ARTICLES, LONG_S, ORIGIN, Reader, Seen, add_site
from cli.edge import load_settings
from rag.settings import Settings
from rag.types import Question, ReadingLevel


async def through_the_widget(server: Server, key: str, count: int, readers: int) -> list[dict[str, Any]]:
    """One after the other, then many at once; gives the questions that were asked."""
    limits = httpx.Limits(max_connections=None)
    headers = {"origin": ORIGIN}
    async with httpx.AsyncClient(base_url=server.address, headers=headers, timeout=LONG_S, limits=limits) as client:
        reader = Reader(client, key)
        asked = [each for language in ("fr", "en", "it", "es", "de") for each in await reader.questions(language)]
        chosen, warm = asked[:: max(1, len(asked) // count)][:count], asked[-1]
        await reader.ask(warm)
        tell("through the widget, one after the other", [await reader.ask(each) for each in chosen])
        same = {**chosen[0], "level": "tween"}  # not remembered yet
        gathered = await asyncio.gather(*(reader.ask(same) for _ in range(readers)))
        tell(f"{readers} readers at once, the same question", gathered)
        about_one = [{**each, "article": same["article"], "level": "teen"} for each in asked[:5]]
        mixed = await asyncio.gather(*(reader.ask(about_one[place % 5]) for place in range(readers)))
        tell(f"{readers} readers at once, five questions about one article", mixed)
    return chosen


def on_the_command_line(questions: Sequence[dict[str, Any]], settings: Settings) -> list[Seen]:
    """The same questions to the explainer of `actuclair ask`, in this process."""
    from rag.assembly import open_explainer, open_workspace, open_writer
    from rag.filters import Filters
    from rag.types import Answer, AnswerSentence, EvidenceFound

    names = {EvidenceFound: "evidence", AnswerSentence: "sentence", Answer: "finished"}
    with open_workspace(settings) as workspace:
        explainer = open_explainer(workspace, open_writer(settings), settings)
        workspace.index.start()
        told = []
        for place, asked in enumerate([questions[-1], *questions]):  # the first one warms up
            article = workspace.shelf.find(asked["article"])
            question = Question(asked["question"], asked["language"], ReadingLevel("adult" if not place else "child"))
            seen, started = Seen(200), time.monotonic()
            for event in explainer.explain(question, Filters(articles=(article.id,) if article else ())):
                if type(event) in names:
                    seen.note(names[type(event)], time.monotonic() - started)
            told.append(seen)
    return told[1:]


def tell(what: str, seen: Sequence[Seen]) -> None:
    """One line of counts and one of times."""
    ended = [each for each in seen if each.finished_s is not None]
    say(f"{what}: {len(ended)} of {len(seen)} answered")
    for name in ("evidence_s", "sentence_s", "finished_s"):
        times = [getattr(each, name) for each in ended]
        if times:
            label = {"evidence_s": "first evidence", "sentence_s": "first sentence", "finished_s": "whole answer"}[name]
            say(f"  {label}: p50 {statistics.median(times):.2f} s, p95 {percentile(times, 95):.2f} s")


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writer", default="", help="as ACTUCLAIR_WRITER")
    parser.add_argument("--questions", type=int, default=15)
    parser.add_argument("--readers", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        server = Server(home, [ARTICLES], options.writer)
        key = add_site(home)
        server.start()
        server.wait_until_ready()
        try:
            asked = asyncio.run(through_the_widget(server, key, options.questions, options.readers))
            say(f"  memory of the server {server.memory_mib():.0f} MiB, faults in its log {server.faults()}")
        finally:
            server.stop()
        settings = load_settings(home=home, **({"writer": options.writer} if options.writer else {}))
        tell("on the command line's explainer, one after the other", on_the_command_line(asked, settings))
        say(json.dumps(_machine(settings).__dict__, ensure_ascii=False))


if __name__ == "__main__":
    main()
