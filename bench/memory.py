"""The peak memory of a process that holds one side only. Knows no tables.

`python -m bench.memory SIDE ARTICLES QUESTIONS COUNT` answers the warm-up questions and prints its peak in MiB.
"""

import resource
import subprocess
import sys
from pathlib import Path

from bench.questions import Asked, load_answerable, spread, warm_ups
from bench.report import Side
from bench.sides import open_actuclair, open_model, open_tutorial
from cli.edge import load_settings
from rag.assembly import open_embedder


def peak_mib() -> float:
    """The most memory that this process ever had resident; Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def peak_alone_mib(side: Side, articles: Path, questions: Path, count: int) -> float:
    """The peak of a new process in which that side alone answers the warm-up questions."""
    arguments = [side.value, str(articles), str(questions), str(count)]
    done = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "bench.memory", *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(done.stdout.split()[-1])


def _answer(side: Side, articles: Path, asked: list[Asked]) -> None:
    settings = load_settings()
    embedder, model = open_embedder(settings), open_model(settings)
    if side is Side.TUTORIAL:
        answer = open_tutorial(articles, embedder, model)
        for entry in asked:
            list(answer(entry.question.text))
        return
    with open_actuclair(articles, embedder, model, settings) as actuclair:
        for entry in asked:
            actuclair.explainer.answer(entry.question)


def main(side: str, articles: str, questions: str, count: str) -> None:
    answerable = load_answerable(Path(questions))
    _answer(Side(side), Path(articles), warm_ups(answerable, spread(answerable, int(count))))
    sys.stdout.write(f"{peak_mib()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
