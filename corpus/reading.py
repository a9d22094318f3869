"""Sources (files, folders) -> articles. Knows files and formats, not where articles are kept."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from corpus.cleaning import clean
from corpus.decoding import decode
from corpus.errors import SourceUnreadable
from corpus.failures import Failure, failure_of
from corpus.fields import Extract, complete, make_article, text_field
from corpus.markdown import read_markdown
from corpus.types import Article

__all__ = ["SUFFIXES", "Failure", "make_article", "read_file", "read_source"]

SUFFIXES = (".md", ".txt", ".html", ".htm", ".pdf", ".jsonl")
_LARGEST_FILE = 200 * 1024 * 1024  # bytes: a larger archive should be split, a mistake should not fill the memory


def read_source(path: Path) -> Iterator[Article | Failure]:
    """Yield the articles of a file or of a folder's files, in order; what cannot be read comes as a Failure."""
    try:
        path.stat()
    except FileNotFoundError:
        broken_link = path.is_symlink()
        yield Failure(_shown(path), "the link leads nowhere" if broken_link else "there is no such file or folder")
    except (OSError, ValueError) as error:
        yield Failure(_shown(path), _not_opened(error))
    else:
        yield from _read_folder(path) if path.is_dir() else read_file(path)


def read_file(path: Path) -> Iterator[Article | Failure]:
    """Yield the articles of one file: one a line for JSON Lines, one for all other kinds."""
    source = _shown(path)
    try:
        data = _read_bytes(path)
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path, _text(source, data))
        else:
            extract = _extract(source, path.suffix.lower(), data)
            article_id = clean(str(extract.given.get("id") or "")) or _path_id(path)
            yield complete(source, article_id, extract)
    except SourceUnreadable as error:
        yield failure_of(source, error)


def _extract(source: str, suffix: str, data: bytes) -> Extract:
    if suffix in (".html", ".htm"):
        from corpus.web_page import read_page  # brings trafilatura in, half a second that other files need not wait

        return read_page(source, data)
    if suffix == ".pdf":
        from corpus.pdf import read_pdf  # likewise

        return read_pdf(source, data)
    if suffix == ".md":
        fields, body = read_markdown(source, _text(source, data))
        return Extract(clean(body), given=fields)
    return Extract(clean(_text(source, data)))


def _read_folder(folder: Path) -> Iterator[Article | Failure]:
    """The files below a folder that are for us; links to folders are not followed, hidden files are not read."""
    barred: list[OSError] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=barred.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = [name for name in names if not name.startswith(".")]
        files += [Path(parent, name) for name in visible if Path(name).suffix.lower() in SUFFIXES]
    for error in barred:
        yield Failure(_shown(Path(error.filename)), _not_opened(error))
    if not files and not barred:
        yield Failure(_shown(folder), f"no file in this folder ends in {', '.join(SUFFIXES)}")
    for file in sorted(files):
        if file.is_file() or file.is_symlink():
            yield from read_file(file)
        else:
            yield Failure(_shown(file), "it is not a file but a device or a pipe")


def _read_lines(path: Path, text: str) -> Iterator[Article | Failure]:
    used: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        source = f"{_shown(path)}:{number}"
        try:
            article = _read_line(source, line, f"{_path_id(path)}-{number}")
            if article.id in used:
                raise SourceUnreadable(source, f"the id '{article.id}' is already that of line {used[article.id]}")
            used[article.id] = number
            yield article
        except SourceUnreadable as error:
            yield Failure(source, error.reason)


def _read_line(source: str, line: str, default_id: str) -> Article:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise SourceUnreadable(source, f"the line is not valid JSON ({error.msg} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 100,000 brackets
        raise SourceUnreadable(source, f"the line is not JSON that can be used ({error})") from error
    if not isinstance(fields, dict):
        raise SourceUnreadable(source, 'the line is not a JSON object such as {"title": ..., "text": ...}')
    article_id = text_field(source, fields, "id") or default_id
    return make_article(source, article_id, text_field(source, fields, "text"), fields)


def _path_id(path: Path) -> str:
    """The file's stem and a mark of its full path: the same at every run, different for namesakes elsewhere."""
    return f"{clean(_shown(Path(path.stem)))}-{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:6]}"


def _shown(path: Path) -> str:
    """A path as text that can be stored and printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _read_bytes(path: Path) -> bytes:
    """What a file holds. Raises SourceUnreadable when it cannot be opened, is empty or too large."""
    source = _shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise SourceUnreadable(source, _not_opened(error)) from error
    if len(data) > _LARGEST_FILE:
        raise SourceUnreadable(source, f"it has more than {_LARGEST_FILE:,} bytes: split it")
    if not data.strip():
        raise SourceUnreadable(source, "it is empty")
    return data


def _text(source: str, data: bytes) -> str:
    try:
        return decode(data)
    except ValueError as error:
        raise SourceUnreadable(source, str(error)) from error


def _not_opened(error: OSError | ValueError) -> str:
    return f"it cannot be opened ({getattr(error, 'strerror', None) or error})"
