"""Questions and articles -> judged answers, with the real models, in a data folder that is gone afterwards.

Knows what is asked and in which order, not how answers are judged or shown.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter, ValidationError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from cli.edge import console, load_settings, read_batch
from corpus.errors import ActuclairError
from corpus.reading import read_source
from evals.report import Figures, Machine
from evals.scoring import EvalQuestion, Result, judge, summarise
from rag.answering.answer_json import answer_json
from rag.asking.question import make_question
from rag.assembly import open_explainer, open_retriever, open_workspace, open_writer
from rag.explainer import Explainer
from rag.finding.retriever import Retriever
from rag.index.ingest import ingest
from rag.index.workspace import Workspace
from rag.writing.writer import ChatWriter, Writer

_SPEED_OVER_S = 300.0  # answers take seconds each, so the rate is that of the last minutes
_EVAL_QUESTION = TypeAdapter(EvalQuestion)


class EvalSetInvalid(ActuclairError):
    """A line of a set of questions lacks something."""

    def __init__(self, path: Path, question: str, reason: str):
        super().__init__(f"In '{path}', the question '{question}' cannot be used: {reason}. See evals/README.md.")


class ArticleInvalid(ActuclairError):
    """An article that questions are about could not be read."""

    def __init__(self, source: str, reason: str):
        super().__init__(f"The article '{source}' cannot be read: {reason}. Mend it, or name others with --articles.")


class _Rate(ProgressColumn):
    """Example: '7.3 s a question'"""

    def render(self, task: Task) -> Text:
        return Text(f"{1 / task.speed:.1f} s a question" if task.speed else "")


def read_questions(path: Path) -> list[EvalQuestion]:
    """The questions of a set. Raises EvalSetInvalid."""
    questions = []
    for entry in read_batch(path):
        try:
            questions.append(_EVAL_QUESTION.validate_python(entry))
        except ValidationError as error:
            first = error.errors()[0]
            raise EvalSetInvalid(path, entry["question"], f"'{first['loc'][0]}': {first['msg']}") from error
    return questions


def run(questions: Sequence[EvalQuestion], articles: Path, answers: Path) -> Figures:
    """Ask all questions about the articles of a folder; each answer is in the file as soon as it is there."""
    answers.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="actuclair-evals-") as home:
        settings = load_settings(home=Path(home))
        with open_workspace(settings) as workspace:
            _ingest(articles, workspace)
            writer = open_writer(settings)
            results = list(_ask(questions, workspace, writer, answers))
            machine = Machine(
                os.cpu_count() or 1, workspace.embedder.name, writer.name if writer else "none", str(date.today())
            )
    return Figures(machine, summarise(results))


def result_json(result: Result) -> dict[str, Any]:
    """What `actuclair ask --json` prints of an answer, with the question's id and the verdict."""
    return {
        "id": result.asked.id,
        "answerable": result.asked.answerable,
        **answer_json(result.answer),
        "first_retrieved_article": result.first_article,
        "verdict": asdict(result.verdict),
    }


def _ingest(articles: Path, workspace: Workspace) -> None:
    report = ingest(read_source(articles), workspace)
    for failure in report.failed:
        raise ArticleInvalid(failure.source, failure.reason)
    console.print(f"{report.articles} articles of '{articles}' indexed ({report.passages} passages).", soft_wrap=True)


def _ask(
    questions: Sequence[EvalQuestion], workspace: Workspace, writer: Writer | None, answers: Path
) -> Iterator[Result]:
    explainer = open_explainer(workspace, writer, load_settings())
    retriever = open_retriever(workspace)
    with answers.open("w", encoding="utf-8") as file, _progress_bar() as progress:
        _warm(writer, questions, progress)
        task = progress.add_task("Asking", total=len(questions))
        for asked in questions:
            result = _answer(asked, explainer, retriever)
            file.write(json.dumps(result_json(result), ensure_ascii=False) + "\n")
            file.flush()
            progress.update(task, advance=1, description=f"Asked {asked.id}")
            yield result


def _answer(asked: EvalQuestion, explainer: Explainer, retriever: Retriever) -> Result:
    """The answer, then what the retriever gives: looking first would leave the answer less to do."""
    question = make_question(asked.question, asked.language, asked.level, asked.language)
    answer = explainer.answer(question)
    first_article = next((found.article.id for found in retriever.retrieve(question, 1)), "")
    return Result(asked, first_article, answer, judge(asked, first_article, answer))


def _warm(writer: Writer | None, questions: Sequence[EvalQuestion], progress: Progress) -> None:
    """As in a server that has been running for a while: no question pays for reading the prompt's beginning."""
    languages = list(dict.fromkeys(asked.language for asked in questions))
    if isinstance(writer, ChatWriter):
        for language in progress.track(languages, description="Warming"):
            writer.warm(language)


def _progress_bar() -> Progress:
    """On standard error, with how long a question takes and how long all of it still will."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
        console=console, speed_estimate_period=_SPEED_OVER_S,
    )  # fmt: skip
