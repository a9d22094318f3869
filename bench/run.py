"""`python -m bench.run`: Actuclair and the tutorial pipeline in turns on the same questions and models."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from bench.answering import time_actuclair, time_tutorial
from bench.ingest_speed import measure_ingest
from bench.memory import peak_alone_mib, peak_mib
from bench.questions import Asked, load_answerable, spread, warm_ups
from bench.report import Machine, Results, Side, Turn, to_markdown
from bench.sides import Actuclair, AnswerTutorial, open_actuclair, open_model, open_tutorial
from bench.tutorial import SUFFIXES
from cli.edge import load_settings
from corpus.errors import ActuclairError
from corpus.reading import read_source
from corpus.types import Article
from rag.assembly import open_embedder
from rag.models import models
from rag.settings import Settings

_BASELINE = Path(__file__).with_name("baseline.json")


def main() -> int:
    options = _parse()
    settings = load_settings()
    if missing := _missing(options.articles, options.questions, settings):
        _say(f"skipped: {missing}")
        return 0
    try:
        results = measure(options.articles, options.questions, options.count, settings)
    except ActuclairError as error:
        _say(str(error))
        return 1
    _write(results, options.out, options.write_baseline)
    return 0


def measure(articles: Path, questions: Path, count: int, settings: Settings) -> Results:
    """All measurements. Memory comes first: each side alone in a process, before this one holds any model."""
    answerable = load_answerable(questions)
    chosen = spread(answerable, count)
    alone = {}
    for side in Side:
        _say(f"peak memory of {side.value} alone ...")
        alone[side] = peak_alone_mib(side, articles, questions, count)

    embedder, model = open_embedder(settings), open_model(settings)
    tutorial = open_tutorial(articles, embedder, model)
    with open_actuclair(articles, embedder, model, settings) as actuclair:
        _warm(tutorial, actuclair, warm_ups(answerable, chosen))
        turns = [turn for place, asked in enumerate(chosen) for turn in _both(tutorial, actuclair, asked, place)]
    _say("ingest speed ...")
    rounds = measure_ingest([entry for entry in read_source(articles) if isinstance(entry, Article)], embedder)
    return Results(_machine(settings), tuple(turns), rounds, alone, peak_mib())


def _warm(tutorial: AnswerTutorial, actuclair: Actuclair, asked: Sequence[Asked]) -> None:
    """Unmeasured: Actuclair's prompts begin differently in each language, the tutorial's is the same in all."""
    _say("warming both ...")
    for entry in asked[:1]:
        list(tutorial(entry.question.text))
    for entry in asked:
        actuclair.writer.warm(entry.question.language)
        actuclair.explainer.answer(entry.question)


def _both(tutorial: AnswerTutorial, actuclair: Actuclair, asked: Asked, number: int) -> list[Turn]:
    """Both sides on one question; who goes first alternates."""
    best = actuclair.explainer.evidence_for(asked.question)[0]  # as in a server that is up, its sentences are embedded
    own = best.article.language == asked.question.language
    turns = []
    for place, side in enumerate(list(Side) if number % 2 == 0 else list(Side)[::-1], start=1):
        if side is Side.TUTORIAL:
            turn = time_tutorial(asked, place, tutorial(asked.question.text), own)
        else:
            turn = time_actuclair(asked, place, lambda: actuclair.explainer.explain(asked.question), own)
        _say(
            f"{asked.id} {side.value}: sentence {turn.first_sentence_s:.1f} s, all {turn.total_s:.1f} s, {turn.status}"
        )
        turns.append(turn)
    return turns


def _missing(articles: Path, questions: Path, settings: Settings) -> str:
    """What is not there, and what to do; '' when all is."""
    if not any(file.suffix.lower() in SUFFIXES for file in articles.rglob("*")):
        return f"no {' or '.join(SUFFIXES)} files in '{articles}'. Name a folder with some: --articles corpus/articles."
    if not questions.is_file():
        return f"there is no file '{questions}'. Name one with --questions."
    for name in (settings.embedder, settings.writer):
        if name not in models.catalogue():
            return f"'{name}' is not in the catalogue. The bench compares with the catalogue's models: unset it."
        if models.state(models.find_model(name), settings.models) is not models.ModelState.PRESENT:
            return f"the model '{name}' is not in '{settings.models}'. Run `actuclair models pull`."
    return ""


def _machine(settings: Settings) -> Machine:
    return Machine(
        cpu=_cpu(), cores=os.cpu_count() or 1, system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(), date=date.today().isoformat(), embedder=settings.embedder,
        writer=settings.writer,
    )  # fmt: skip


def _cpu() -> str:
    """The processor's name; `platform` does not know it on Linux."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def _write(results: Results, folder: Path, as_baseline: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target, markdown = folder / "results.json", to_markdown(results)
    target.write_text(_json(results), encoding="utf-8")
    target.with_suffix(".md").write_text(markdown, encoding="utf-8")
    if as_baseline:
        _BASELINE.write_text(_json(without_texts(results)), encoding="utf-8")
    sys.stdout.write(markdown)


def without_texts(results: Results) -> Results:
    """The figures alone: answers quote articles that are not ours to hand on."""
    return replace(results, turns=tuple(replace(turn, text="") for turn in results.turns))


def _json(results: Results) -> str:
    return json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n"


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--questions", type=Path, default=Path("evals/seed_questions.jsonl"))
    parser.add_argument("--articles", type=Path, default=Path("../shared/seeds"), help="a folder of .txt or .md files")
    parser.add_argument("--count", type=int, default=12, choices=range(1, 1001), metavar="N", help="how many questions")
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    parser.add_argument("--write-baseline", action="store_true", help=f"also write {_BASELINE.name}")
    return parser.parse_args()


def _say(line: str) -> None:
    sys.stderr.write(f"bench: {line}\n")


if __name__ == "__main__":
    sys.exit(main())
