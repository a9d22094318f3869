"""Does Actuclair know when not to answer? `python -m evals.answerability --help`.

Questions over given passages of an encyclopedia, some of which answer them. Each question sees its own passages only.
Judged is whether it is answered, not whether rightly: nobody says what a right answer would be.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.progress import track

from cli.edge import command, console, load_settings, read_batch
from corpus.types import Article
from evals.scoring import EVERY_LANGUAGE, Share
from rag.types import Answer, Status

BASELINE = Path(__file__).with_name("answerability_baseline.json")
_SET = "answerability.jsonl"
_MEASURES: dict[str, tuple[bool, Callable[[Answer], bool]]] = {
    "answered though the passages do not tell": (False, lambda answer: _is_answered(answer)),
    "not sure, though the passages do not tell": (False, lambda answer: answer.is_unsure),
    "refused though the passages tell": (True, lambda answer: answer.status is Status.NO_EVIDENCE),
    "not sure, though the passages tell": (True, lambda answer: answer.is_unsure),
}


@dataclass(frozen=True)
class Item:
    """A question with its passages, each with a title."""

    id: str
    question: str
    language: str
    passages: tuple[str, ...]
    answerable: bool

    def articles(self) -> Iterator[Article]:
        """One article for each passage."""
        for number, passage in enumerate(self.passages):
            title, _, text = passage.partition(": ")
            yield Article(f"{self.id}-{number}", title, text or title, self.language, _SET)


@command
def main(
    data: Annotated[Path, typer.Option(help="The folder with answerability.jsonl.")] = Path("../shared/evals"),
    each: Annotated[int | None, typer.Option(min=1, help="Only so many a language of either kind.")] = None,
    write: Annotated[bool, typer.Option("--write-baseline", help="Keep the figures as the new baseline.")] = False,
    out: Annotated[Path, typer.Option(help="Where the answers are written.")] = Path("var/evals/answerability.jsonl"),
) -> None:
    """Ask each question about its own passages, and count what is answered and what is refused."""
    path = data / _SET
    if not path.is_file():
        typer.echo(f"Skipped: there is no file '{path}'. Name its folder with --data.")
        return
    held = count((item, answer) for item, answer in ask(choose(read_items(path), each), out))
    typer.echo(table(held))
    if write:
        figures = {language: {name: asdict(share) for name, share in row.items()} for language, row in held.items()}
        BASELINE.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        console.print(f"Written: {out}, {BASELINE}", soft_wrap=True)


def read_items(path: Path) -> Iterator[Item]:
    """The questions of a file."""
    for entry in read_batch(path):
        yield Item(entry["id"], entry["question"], entry["lang"], tuple(entry["passages"]), entry["answerable"])


def choose(items: Iterator[Item], each: int | None) -> list[Item]:
    """The first ones of either kind in each language."""
    groups: dict[tuple[str, bool], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.language, item.answerable].append(item)
    return [item for group in groups.values() for item in group[:each]]


def ask(items: Sequence[Item], out: Path) -> Iterator[tuple[Item, Answer]]:
    """Every question with its answer, each in a data folder of its own; the answers go to a file too."""
    from rag.asking.question import make_question
    from rag.assembly import open_embedder, open_explainer, open_writer  # their libraries take seconds to load
    from rag.index.ingest import ingest
    from rag.index.workspace import Workspace

    settings = load_settings()
    embedder, writer = open_embedder(settings), open_writer(settings)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", 1, encoding="utf-8") as file:
        for item in track(items, "Asking", console=console):
            with TemporaryDirectory(prefix="actuclair-evals-") as home, Workspace(Path(home), embedder) as workspace:
                ingest(item.articles(), workspace)
                question = make_question(item.question, item.language, "adult", item.language)
                answer = open_explainer(workspace, writer, settings).answer(question)
            file.write(json.dumps(_line(item, answer), ensure_ascii=False) + "\n")
            yield item, answer


def count(answers: Iterator[tuple[Item, Answer]]) -> dict[str, dict[str, Share]]:
    """The share of each measure by language, and under `all` that of all."""
    hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for item, answer in answers:
        for name, (answerable, holds) in _MEASURES.items():
            if item.answerable is answerable:
                for group in (item.language, EVERY_LANGUAGE):
                    hits[group][name].append(holds(answer))
    return {
        group: {name: Share(sum(found), len(found)) for name, found in row.items()}
        for group, row in sorted(hits.items(), key=lambda entry: entry[0] == EVERY_LANGUAGE)
    }


def table(held: Mapping[str, Mapping[str, Share]]) -> str:
    """For people: shares with their 95 % intervals."""
    lines = [["", *held], ["---"] * (len(held) + 1)]
    lines += [[name, *(_cell(row.get(name, Share(0, 0))) for row in held.values())] for name in _MEASURES]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(share: Share) -> str:
    low, high = share.interval
    return f"{share.percent:.0f} % ({low:.0f}–{high:.0f}) of {share.of}"


def _is_answered(answer: Answer) -> bool:
    return answer.status in (Status.ANSWERED, Status.QUOTED) and not answer.is_unsure


def _line(item: Item, answer: Answer) -> dict[str, Any]:
    return {
        "id": item.id, "question": item.question, "language": item.language, "answerable": item.answerable,
        "status": answer.status.value, "unsure": answer.is_unsure, "text": answer.text,
    }  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
