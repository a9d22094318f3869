"""Where errors become messages and exit codes: 2 for misuse, 1 for failure. Knows no command."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import typer
from pydantic import SecretStr, ValidationError
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from classroom.errors import SecretsDiffer, SecretTooShort
from cli.output import print_json
from corpus.errors import ActuclairError
from rag.errors import InvalidQuestion, ModelUnknown
from rag.settings import Settings
from sites.errors import SiteMisused

MISUSE, FAILURE = 2, 1
_MISUSES = (InvalidQuestion, ModelUnknown, SecretTooShort, SecretsDiffer, SiteMisused)
_P = ParamSpec("_P")
console = Console(stderr=True)


class BatchIncomplete(ActuclairError):
    """Some lines of a batch could not be answered."""

    def __init__(self, batch: Path, failures: int):
        super().__init__(f"{failures} lines of '{batch}' could not be answered: see their \"error\".")


def command(function: Callable[_P, None]) -> Callable[_P, None]:
    """A command whose deliberate errors become a line on standard error and an exit code."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except ActuclairError as error:
            complain(str(error))
            raise typer.Exit(MISUSE if isinstance(error, _MISUSES) else FAILURE) from error
        except BrokenPipeError as error:  # whoever read our output has gone, such as `head`
            sys.stderr.close()
            raise typer.Exit(FAILURE) from error
        except KeyboardInterrupt as error:
            complain("Stopped.")
            raise typer.Exit(130) from error

    return run


def complain(message: str) -> None:
    console.print(f"actuclair: {message}", style="bold red", markup=False, highlight=False, soft_wrap=True)


def load_settings(**given: Any) -> Settings:
    """The settings from the environment, overridden by what is given; an invalid one ends the program."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for problem in error.errors():
            field = str(problem["loc"][0])
            is_secret = Settings.model_fields[field].annotation is SecretStr  # a log must not hold it
            given_value = "…" if is_secret else repr(problem["input"])
            complain(f"ACTUCLAIR_{field.upper()}={given_value} cannot be used: {problem['msg']}.")
        raise typer.Exit(MISUSE) from error


def answer_batch(
    batch: Path, entries: Sequence[Mapping[str, Any]], answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> None:
    """Print an object for each line; one that cannot be answered gives one with its error, and the next is asked.

    Raises BatchIncomplete at the end when there was such a line.
    """
    failures = 0
    for entry in entries:
        try:
            values = answer(entry)
        except InvalidQuestion as error:
            values, failures = {"question": entry["question"], "status": "error", "error": str(error)}, failures + 1
        print_json({"id": entry.get("id"), **values})
    if failures:
        raise BatchIncomplete(batch, failures)


def read_batch(path: Path) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON Lines file. A line that is none ends the program."""
    if not path.is_file():
        complain(f"There is no file '{path}'. Name a file with one JSON object a line.")
        raise typer.Exit(MISUSE)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        complain(f"The file '{path}' cannot be read ({error}). Name a UTF-8 file with one JSON object a line.")
        raise typer.Exit(MISUSE) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            complain(f"Line {number} of '{path}' is not valid JSON ({error}).")
            raise typer.Exit(MISUSE) from error
        if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
            complain(f"Line {number} of '{path}' has no \"question\".")
            raise typer.Exit(MISUSE)
        yield entry


class _Rate(ProgressColumn):
    """Example: '12.5 a second'"""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f} a second" if task.speed else "")


def progress_bar(unit: str) -> Progress:
    """A bar on standard error, with how fast it goes and how long it still takes."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit), _Rate(),
        TimeElapsedColumn(), TimeRemainingColumn(), console=console,
    )  # fmt: skip
