"""Whether a vector index may be opened: damaged files can crash the process that reads them (Chroma 1.5.9).

Files that are as they were when the index was closed are opened as they are; others must be whole, and are
first read by another process. Knows files, not vectors.
"""

import json
import subprocess
import sys
from pathlib import Path

from rag.index.files import are_whole

_PROJECT = Path(__file__).resolve().parents[2]
_READ = "import sys; from rag.index.vector_index import read_all; read_all(sys.argv[1])"
_LONGEST_S = 120.0


def seal(folder: Path) -> None:
    """Note how the files of a closed index are. Raises OSError."""
    _seal(folder).write_text(json.dumps(_files(folder)))


def forget_seal(folder: Path) -> None:
    """Delete what was noted of an index that is gone. Raises OSError."""
    _seal(folder).unlink(missing_ok=True)


def may_be_opened(folder: Path) -> bool:
    """Whether the files are as they were sealed, or whole and another process can read them. Raises OSError."""
    files = _files(folder)
    return not files or _sealed(folder) == files or (are_whole(folder) and _can_be_read(folder))


def _can_be_read(folder: Path) -> bool:
    reader = [sys.executable, "-c", _READ, str(folder.resolve())]
    try:
        return subprocess.run(reader, cwd=_PROJECT, capture_output=True, timeout=_LONGEST_S).returncode == 0  # noqa: S603
    except subprocess.TimeoutExpired:
        return False


def _files(folder: Path) -> dict[str, list[int]]:
    """The size and the time of change, in nanoseconds, of each file."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): [file.stat().st_size, file.stat().st_mtime_ns] for file in files}


def _sealed(folder: Path) -> dict[str, list[int]] | None:
    try:
        found: dict[str, list[int]] = json.loads(_seal(folder).read_text())
        return found
    except (OSError, ValueError):  # never sealed, or killed while sealing: then the files are read
        return None


def _seal(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")
