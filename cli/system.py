"""The commands `serve` and `doctor`."""

import importlib.metadata
import shutil
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from cli.edge import FAILURE, command, load_settings
from corpus.errors import ActuclairError
from monitor.logs import speak_json
from rag.assembly import open_archive, open_writer
from rag.models import models
from rag.settings import Settings
from rag.writing.writer import ChatWriter

_LIBRARIES = ("langchain-core", "chromadb", "sentence-transformers", "torch", "gradio", "xllamacpp", "SQLAlchemy")
_MODEL_MENDS = {
    models.ModelState.PRESENT: "",
    models.ModelState.MISSING: "actuclair models pull",
    models.ModelState.DAMAGED: "rm '{path}' && actuclair models pull",
}
_LEAST_FREE_BYTES = 2 * 1024**3
Finding = tuple[str, str, str]  # what was looked at, what was seen, the command that mends it ('' when all is well)


@command
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")] = None,
) -> None:
    """Serve the page.

    Example: `actuclair serve --port 8000`
    """
    from app import run  # the page's libraries take seconds to load, and only this command needs them

    settings = load_settings(host=host, port=port)
    if settings.log == "json":
        speak_json()
    run(settings)


@command
def doctor() -> None:
    """Look at versions, models, index and disk; say what is wrong and which command mends it.

    Example: `actuclair doctor`
    """
    findings = list(_examine(load_settings()))
    for subject, seen, mend in findings:
        typer.echo(f"{'✗' if mend else '✓'} {subject}: {seen}")
        if mend:
            typer.echo(f"    mend it with: {mend}")
    if any(mend for _, _, mend in findings):
        raise typer.Exit(FAILURE)


def _examine(settings: Settings) -> Iterator[Finding]:
    yield "Python", sys.version.split()[0], "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer"
    for library in _LIBRARIES:
        yield library, importlib.metadata.version(library), ""
    yield from _examine_models(settings)
    yield _examine_disk(settings)
    yield _examine_index(settings)
    yield _examine_writer(settings)


def _examine_models(settings: Settings) -> Iterator[Finding]:
    for name in (settings.embedder, settings.writer):
        if name in models.catalogue():
            model = models.find_model(name)
            state = models.state(model, settings.models)
            yield (
                f"model {name}",
                f"{state.value} in '{settings.models}'",
                _MODEL_MENDS[state].format(path=settings.models / model.file),
            )


def _examine_disk(settings: Settings) -> Finding:
    folder = next(folder for folder in (settings.home.resolve(), *settings.home.resolve().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    return (
        "disk",
        f"{free / 1e9:.1f} GB free at '{folder}'",
        "" if free > _LEAST_FREE_BYTES else f"free some space at '{folder}'",
    )


def _examine_index(settings: Settings) -> Finding:
    try:
        with open_archive(settings) as workspace:
            workspace.check_embedder()
            passages = workspace.record.count_passages()
            sound = workspace.index.probe()
    except ActuclairError as error:
        return "index", str(error), "do what this message says"
    if passages == 0:
        return "index", "no passages recorded", "actuclair ingest corpus/articles"
    state = "the vector index finds them" if sound else "the vector index is damaged"
    return "index", f"{passages} passages recorded, {state}", "" if sound else "actuclair mend"


def _examine_writer(settings: Settings) -> Finding:
    try:
        writer = open_writer(settings)
        if isinstance(writer, ChatWriter):
            writer.warm(settings.default_language)
    except ActuclairError as error:
        return "language model", str(error), "do what this message says"
    return "language model", "none: answers are quotes" if writer is None else f"'{writer.name}' answers", ""
