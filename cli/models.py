"""The commands `models pull` and `models list`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from cli.edge import command, console, load_settings
from cli.output import print_json
from cli.searching import Json
from rag.models import models

models_commands = typer.Typer(no_args_is_help=True, help="Fetch and list the models.")


@models_commands.command("pull")
@command
def pull(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names from `actuclair models list`; else the two defaults.")
    ] = None,
) -> None:
    """Fetch models, verify their checksums, and make them ready. Goes on where an earlier try stopped.

    Example: `actuclair models pull multilingual-e5-small`
    """
    folder = load_settings().models
    wanted = [models.find_model(name) for name in names or []]
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        for model in wanted or [model for model in models.catalogue().values() if model.default]:
            task = progress.add_task(model.name, total=model.bytes)
            models.pull(model, folder, _filling(progress, task))
    console.print(f"The models are ready in '{folder}'.", highlight=False)


def _filling(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    return lambda done, total: progress.update(task, completed=done, total=total)


@models_commands.command("list")
@command
def list_models(json: Json = False) -> None:
    """What the catalogue has, and what of it is on this machine.

    Example: `actuclair models list`
    """
    folder = load_settings().models
    states = {model: models.state(model, folder).value for model in models.catalogue().values()}
    if json:
        print_json({"models": [_model_json(model, state, folder) for model, state in states.items()]})
        return
    for model, state in states.items():
        typer.echo(f"{model.name}  [{state}]  {model.bytes / 1e6:,.0f} MB, {model.licence}, {model.role}")
        typer.echo(f"    {model.summary}\n    {folder / model.file}")


def _model_json(model: models.Model, state: str, folder: Path) -> dict[str, object]:
    return {
        "name": model.name, "role": model.role, "state": state, "bytes": model.bytes, "sha256": model.sha256,
        "licence": model.licence, "path": str(folder / model.file), "tested": model.tested,
    }  # fmt: skip
